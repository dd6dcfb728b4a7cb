// What is said of objectives, success and thresholds.

import { HINTS } from "../../documents/checking/messages.ts";
import type { Text } from "../../documents/checking/problems.ts";
import { didYouMean, type Hint, shorten, word } from "../../documents/quoting.ts";

const MARK_CLAIM = "mark a claim, such as payout: { needs: [...], critical: true }";

export const noTimeAtAll: Text = {
  message: "the latency objective is 0, which no task can meet",
  rule: "an objective is longer than 0 s",
};

export const lossWithoutObjective: Text = {
  message: "a late task costs something, but nothing says when a task is late",
  rule: "objectives.loss goes with objectives.latency",
  hint: "add latency, such as objectives: { latency: 1h, loss: 200 }",
};

const SUCCESS_RULE =
  "success is { atLeast: SHARE, of: quality } or { critical: true }; without it, every claim has to be right";

export const successTwice: Text = {
  message: "success goes by quality and by critical claims at once",
  rule: SUCCESS_RULE,
};

export const successOfNothing: Text = {
  message: "success does not say when a task succeeds",
  rule: SUCCESS_RULE,
};

export const successWithoutShare: Text = {
  message: "success does not say which quality is enough",
  rule: SUCCESS_RULE,
  hint: "add atLeast: 0.9",
};

export const successWithoutMeasure: Text = {
  message: "success does not say what has to be at least that",
  rule: SUCCESS_RULE,
  hint: "add of: quality",
};

export const successAtZero: Text = {
  message: "every deliverable has a quality of at least 0",
  rule: "atLeast is above 0 and at most 1",
};

export const successNeedsCritical: Text = {
  message: "success goes by critical claims, and there are none",
  rule: "success: { critical: true } goes with a claim that is critical",
  hint: MARK_CLAIM,
};

export const metricNeedsObjective = (name: string): Text => ({
  message: `${word(name)} asks whether tasks are on time, but nothing says by when`,
  rule: "thresholds on onTime and successOnTime go with objectives.latency",
  hint: "add objectives: { latency: 60s }",
});

export const metricNeedsValue = (name: string): Text => ({
  message: `${word(name)} asks what errors cost, but no claim says what it is worth`,
  rule: "thresholds on metrics of value go with a claim that states what it is worth",
  hint: "add a loss, such as payout: { needs: [...], loss: 4000 }",
});

export const metricNeedsCritical = (name: string): Text => ({
  message: `${word(name)} asks for critical claims, and there are none`,
  rule: "thresholds on criticalSuccess go with a claim that is critical",
  hint: MARK_CLAIM,
});

export const metricNeedsDeadlineLoss = (name: string): Text => ({
  message: `${word(name)} asks what late tasks cost, but nothing says so`,
  rule: "thresholds on loss.late go with objectives.loss",
  hint: "add objectives: { latency: 1h, loss: 200 }",
});

export const metricNeedsTools = (name: string): Text => ({
  message: `${word(name)} asks for tools that failed, and none can`,
  rule: "thresholds on faults.tool go with claims that have tools and agents that have toolFailure",
});

export const backlogOfOne: Text = {
  message: "there is an objective for the backlog, but tasks come one at a time",
  rule: "objectives.backlog goes with tasks that arrive over time",
  hint: "let them arrive, such as workload: { arrivals: poisson, interval: 30s }",
};

export const metricNeedsBacklog = (name: string): Text => ({
  message: `${word(name)} asks for the backlog, which this scenario does not watch`,
  rule: "thresholds on the backlog go with objectives.backlog, or with a workload.profile that is not 1 at all times",
  hint: "add objectives: { backlog: 10 }",
});

export const metricNeedsBacklogObjective = (name: string): Text => ({
  message: `${word(name)} asks for how long the backlog is too large, but nothing says what that is`,
  rule: "thresholds on backlog.above and backlog.clearing go with objectives.backlog",
  hint: "add objectives: { backlog: 10 }",
});

/** What to write instead of a threshold. */
const writeThreshold = (meant: string | undefined): Hint =>
  meant === undefined ? {} : { hint: HINTS.write(meant), replacement: meant };

export const thresholdSyntax = (text: string, meant: string | undefined, noun: string): Text => ({
  message: `${word(text)} is not a ${noun}`,
  rule: `a ${noun} is METRIC OPERATOR NUMBER with one of >= > <= <, such as success >= 0.4`,
  ...writeThreshold(meant),
});

export const unknownThresholdMetric = (
  name: string,
  near: string | undefined,
  meant: string | undefined,
): Text => ({
  ...unknownMetric(name, near),
  ...(meant === undefined ? {} : { replacement: meant }),
});

export const notAShare = (metric: string, value: number, meant: string | undefined): Text => ({
  message: `${metric} is a share, which is never ${value}`,
  rule: "a share is a number from 0 to 1",
  ...writeThreshold(meant),
});

export const unknownMetric = (name: string, near: string | undefined): Text => ({
  message: `there is no metric ${shorten(name)}`,
  rule: "a metric is named as in the results of --json, such as success or amplification.propagation",
  hint: didYouMean(near),
});
