// What is said of the task.

import type { Text } from "../../documents/checking/problems.ts";
import { list, meant, plural, word } from "../../documents/quoting.ts";

export const CLAIM_RULE =
  "a claim is the list of its premises ([facts]), or a map such as { needs: [facts], owner: worker }";

export const noClaims: Text = {
  message: "the task has no claims",
  rule: "a task has at least one claim",
  hint: "write claims such as { plan: [], build: [plan] }",
};

export const tooManyClaims = (count: number, most: number): Text => ({
  message: `the task has ${plural(count, "claim")}`,
  rule: `a task has at most ${plural(most, "claim")}`,
});

export const unknownPremise = (claim: string, premise: string, near: string | undefined): Text => ({
  message: `${claim} builds on ${word(premise)}, which is no claim`,
  rule: "every premise is a claim of the same task",
  ...meant(near),
});

export const claimCycle = (cycle: readonly string[]): Text => ({
  message: `the claims build on each other: ${list(cycle, 12)}`,
  rule: "a task graph has no cycle",
});

export const sizeAboveLimit = (size: number, limit: number): Text => ({
  message: `the mean size ${size} is above the largest size ${limit}`,
  rule: "no instance has more claims than task.graph.limit, so the mean is not above it",
  hint: "raise task.graph.limit",
});

export const kindShares = (sum: number): Text => ({
  message: `the shares of the kinds of claim add up to ${Number(sum.toPrecision(6))}`,
  rule: "the shares of the kinds of claim add up to at most 1",
  hint: "shares are chances: 0.1 is one claim in ten",
});

export const classShares = (sum: number): Text => ({
  message: `the shares of the task classes add up to ${Number(sum.toPrecision(6))}`,
  rule: "the shares of the task classes add up to 1",
});
