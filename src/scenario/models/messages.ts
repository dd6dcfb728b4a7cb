// What is said of models and latencies.

import type { Text, Warning } from "../../documents/checking/problems.ts";
import { called } from "../../documents/quoting.ts";
import type { Path } from "../../documents/reading/tree.ts";

export const noModels: Text = {
  message: "there is no model",
  rule: "a scenario has at least one model, unless all its agents are people or programs",
  hint: "write models: { base: { errorRate: 0.1 } }",
};

export const bounds = (path: Path, low: number, high: number): Text => ({
  message: `${called(path)}: low is ${low} s and high is ${high} s`,
  rule: "low is not above high",
});

export const ascending = (path: Path, seconds: number, before: number): Text => ({
  message: `${called(path)}: a quantile of ${seconds} s comes after one of ${before} s`,
  rule: "quantiles are in ascending order: none is below the one before it",
});

export const timeoutTooShort = (seconds: number, least: number): Text => ({
  message: `the timeout is ${seconds} s, and no call takes less than ${least} s`,
  rule: "a timeout lets some calls come to an end: it is longer than the shortest latency",
});

export const nothingToRetry = (key: string): Warning => ({
  topic: "retries-without-failures",
  message: `${key} has no meaning here: no call of this model fails`,
  rule: "calls fail where failure is above 0 or a timeout is set",
});
