// Predicted success with its interval, and the chance that each candidate is the best one.
//
// Errors of prediction are taken as jointly normal in log-odds. Chances are counted over keyed draws, so that they are
// the same for the same predictions.
import { normalQuantile } from "../../numerics/distributions.ts";
import { Draws, rootKey } from "../../numerics/draws.ts";
import { choleskyFactor } from "../../numerics/linearAlgebra.ts";
import { logistic } from "../../numerics/logit.ts";
import { Z } from "./logOdds.ts";

/** One candidate's success in log-odds. */
export interface Guess {
  readonly logOdds: number;
  /** Variance that it shares with no other candidate. */
  readonly ownVariance: number;
}

const DRAWS = 20_000;
/** Domain of the draws: they share no stream with a replication. */
const DOMAIN = 0x62657374;

/**
 * Chance of each candidate to have the highest success; they add up to 1.
 * @param shared covariance of the candidates' errors, beside the variances of their own
 */
export function chancesToBeBest(
  guesses: readonly Guess[],
  shared: readonly (readonly number[])[],
  seed: string,
): number[] {
  const n = guesses.length;
  const covariance = shared.flatMap((row, i) =>
    row.map((c, j) => c + (i === j ? guesses[i].ownVariance : 0)),
  );
  const factor = choleskyFactor(covariance, n);
  const draws = new Draws(rootKey(seed), DOMAIN);
  const wins = guesses.map(() => 0);
  for (let index = 0; index < DRAWS; index++) {
    draws.enter(index);
    const normal = guesses.map((_, k) => normalQuantile(draws.uniform(0, k, 0, 0)));
    let best = 0;
    let highest = Number.NEGATIVE_INFINITY;
    guesses.forEach(({ logOdds }, i) => {
      let value = logOdds;
      for (let k = 0; k < n; k++) value += factor[i * n + k] * normal[k];
      if (value > highest) [best, highest] = [i, value];
    });
    wins[best]++;
  }
  return wins.map((count) => count / DRAWS);
}

/** 95 % interval of a share whose log-odds are normal. */
export function shareInterval(logOdds: number, variance: number): readonly [number, number] {
  const half = Z * Math.sqrt(variance);
  return [logistic(logOdds - half), logistic(logOdds + half)];
}
