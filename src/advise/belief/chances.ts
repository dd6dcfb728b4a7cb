// What a belief holds out for the choice between candidates: the chance of each to be the best one, its mean success, and
// what one expects to lose by choosing it. And the interval of its success.
//
// All are counted over keyed draws, so that they are the same for the same belief, and differ between two beliefs by what
// these differ in alone.
import { normalQuantile } from "../../numerics/distributions.ts";
import { Draws, rootKey } from "../../numerics/draws.ts";
import { choleskyFactor } from "../../numerics/linearAlgebra.ts";
import { logistic } from "../../numerics/logit.ts";
import type { JointNormal } from "./jointNormal.ts";
import { Z } from "./logOdds.ts";

/** What a belief about n candidates holds out; shares of success are in [0, 1]. */
export interface Outlook {
  /** Chance of each candidate to have the highest success of those that are eligible; they add up to 1. */
  readonly chances: readonly number[];
  /**
   * Mean of the success of the best eligible candidate, whichever it is, minus that of each. Of a candidate that is not
   * eligible it is negative where the choice is worse off without it.
   */
  readonly losses: readonly number[];
  /** Mean success of each, which is nearer to one half than its median. */
  readonly means: readonly number[];
  /** Index of the eligible candidate of the highest mean success, which is also that of the least loss. */
  readonly best: number;
}

const DRAWS = 20_000;
/** Domain of the draws: they share no stream with a replication. */
const DOMAIN = 0x62657374;

/** Standard normal numbers, a row of n after the other. Fewer draws of a seed are the first ones of more. */
export function standardNormals(n: number, draws: number, seed: string): Float64Array {
  const keyed = new Draws(rootKey(seed), DOMAIN);
  const normals = new Float64Array(draws * n);
  for (let draw = 0; draw < draws; draw++) {
    keyed.enter(draw);
    for (let k = 0; k < n; k++) normals[draw * n + k] = normalQuantile(keyed.uniform(0, k, 0, 0));
  }
  return normals;
}

/**
 * What a belief holds out, within a standard error of .0036 for chances and less for losses and means.
 * @param eligible whether each candidate may be chosen; all may where it is left out
 * @throws RangeError when no candidate may be chosen
 */
export function outlook(
  { mean, covariance }: JointNormal,
  seed: string,
  eligible?: readonly boolean[],
): Outlook {
  return new Scatter(covariance, standardNormals(mean.length, DRAWS, seed)).around(mean, eligible);
}

/** Draws of the success of n candidates whose covariance is known; they serve for all means. */
export class Scatter {
  /** Odds of failure in each draw where the log-odds have mean 0, a row of n after the other. */
  private readonly odds: Float64Array;

  /** @param normals as {@link standardNormals} gives them */
  constructor(covariance: JointNormal["covariance"], normals: Float64Array) {
    const n = covariance.length;
    const factor = choleskyFactor(covariance.flat(), n);
    this.odds = normals.map((_, at) => {
      const i = at % n;
      let deviation = 0;
      for (let k = 0; k <= i; k++) deviation += factor[i * n + k] * normals[at - i + k];
      return Math.exp(-deviation);
    });
  }

  /**
   * What a belief with this covariance and these means holds out.
   * @throws RangeError when no candidate may be chosen
   */
  around(mean: readonly number[], eligible: readonly boolean[] = mean.map(() => true)): Outlook {
    const n = mean.length;
    if (!eligible.includes(true))
      throw new RangeError("No candidate is eligible: at least one must be");
    const middle = mean.map((m) => Math.exp(-m));
    const wins = new Float64Array(n);
    const sums = new Float64Array(n);
    let sumOfBest = 0;
    for (let row = 0; row < this.odds.length; row += n) {
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < n; i++) {
        const odds = middle[i] * this.odds[row + i];
        sums[i] += 1 / (1 + odds);
        if (!eligible[i] || odds >= least) continue;
        best = i;
        least = odds;
      }
      wins[best]++;
      sumOfBest += 1 / (1 + least);
    }
    const draws = this.odds.length / n;
    const means = Array.from(sums, (sum) => sum / draws);
    return {
      chances: Array.from(wins, (count) => count / draws),
      losses: Array.from(sums, (sum) => (sumOfBest - sum) / draws),
      means,
      best: highestOf(means, eligible),
    };
  }
}

/** Index of the highest value of those that are eligible; the first one of equals. */
function highestOf(values: readonly number[], eligible: readonly boolean[]): number {
  return values.reduce(
    (best, value, i) => (eligible[i] && (best < 0 || value > values[best]) ? i : best),
    -1,
  );
}

/** 95 % interval of a share whose log-odds are normal. */
export function shareInterval(logOdds: number, variance: number): readonly [number, number] {
  const half = Z * Math.sqrt(variance);
  return [logistic(logOdds - half), logistic(logOdds + half)];
}
