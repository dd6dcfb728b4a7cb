// What "From Spark to Fire" (arXiv 2603.04474) publishes of the spread of one falsehood.

export const SOURCE = "From Spark to Fire (arXiv 2603.04474)";

/** Rounds that are looked at, in the source and here. */
export const ROUNDS = 5;
export const EVERY_ROUND: readonly number[] = Array.from({ length: ROUNDS }, (_, i) => i + 1);

/** How far a share may be off. */
export const TOLERANCE = 0.05;

export interface PublishedSpread {
  readonly id: "star" | "chain" | "complete" | "backEdges";
  readonly title: string;
  /** Scenario that reproduces it; its parameters beta and delta are the published fits. */
  readonly file: string;
  /** Share of the five agents that hold the falsehood after five rounds. */
  readonly share: number;
}

export const SPREADS: readonly PublishedSpread[] = [
  { id: "star", title: "star, from the centre", file: "hub", share: 1.0 },
  { id: "chain", title: "one-way chain", file: "chain", share: 0.92 },
  { id: "complete", title: "complete mesh", file: "mesh", share: 0.982 },
  { id: "backEdges", title: "chain with some back edges", file: "back-edges", share: 0.823 },
];

/** Polluted rounds by the round in which the correction arrives. */
export const POLLUTED_ROUNDS: readonly (readonly [round: number, polluted: number])[] = [
  [2, 1.0],
  [4, 2.9],
  [6, 3.9],
];
