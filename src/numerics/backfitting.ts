/**
 * Values as a sum of one step function for every grouping of them, by backfitting: Hastie and Tibshirani, "Generalized
 * Additive Models" (1990), section 4.4.
 */
import { average } from "./statistics.ts";

/** Rounds; where groupings are even few are needed. */
const ROUNDS = 20;

/** A division of values into levels. */
export interface Grouping {
  /** Which level each value belongs to. */
  readonly members: readonly number[];
  /** Number of levels; none is empty. */
  readonly count: number;
}

/** Mean of the values, the steps of every grouping (one for each of its levels), and what is left of every value. */
export function additiveFit(values: readonly number[], groupings: readonly Grouping[]) {
  const mean = average(values);
  const residuals = values.map((x) => x - mean);
  const steps = groupings.map(({ count }) => new Array<number>(count).fill(0));
  for (let round = 0; round < ROUNDS; round++)
    for (const [f, { members, count }] of groupings.entries()) {
      const sums = new Array<number>(count).fill(0);
      const sizes = new Array<number>(count).fill(0);
      for (const [i, level] of members.entries()) {
        sums[level] += residuals[i];
        sizes[level]++;
      }
      const moves = sums.map((sum, level) => sum / sizes[level]);
      for (const [level, move] of moves.entries()) steps[f][level] += move;
      for (const [i, level] of members.entries()) residuals[i] -= moves[level];
    }
  return { mean, steps, residuals };
}
