// First-to-ahead-by-k voting in closed form (MAKER, arXiv 2511.09030): a vote is a random walk that ends when one of two
// answers leads by k, which is the gambler's ruin (Feller, An Introduction to Probability Theory, vol. 1, ch. XIV).
// p is the chance that a vote is right.

import { power } from "../../numerics/power.ts";

/** Chance that the vote on one step comes out wrong: 1 - 1 / (1 + ((1 - p) / p)^k). */
export function stepFailure(p: number, k: number): number {
  checkVote(p, k);
  const odds = power((1 - p) / p, k);
  return odds / (1 + odds);
}

/** Chance that all s / m votes of a task of s steps, m of them per vote, come out right: (1 + ((1 - p) / p)^k)^(-s/m). */
export function taskSuccess(p: number, k: number, s: number, m = 1): number {
  checkVote(p, k);
  checkSteps(s, m);
  return Math.exp((-s / m) * Math.log1p(power((1 - p) / p, k)));
}

/**
 * Least k for which the whole task succeeds with chance t: ceil(ln(t^(-m/s) - 1) / ln((1 - p) / p)).
 * @throws RangeError unless 0.5 < p < 1, 0 < t < 1 and s and m are integers with 1 <= m <= s
 */
export function kMin(p: number, s: number, m: number, t: number): number {
  if (!(p > 0.5 && p < 1)) throw new RangeError(`p = ${p}: must be in (0.5, 1), or no k suffices`);
  if (!(t > 0 && t < 1)) throw new RangeError(`t = ${t}: must be in (0, 1)`);
  checkSteps(s, m);
  const odds = Math.expm1((-m / s) * Math.log(t));
  return Math.max(1, Math.ceil(Math.log(odds) / Math.log((1 - p) / p)));
}

/** Mean number of votes of one step: k (2 P - 1) / (2 p - 1) with P the chance that the step comes out right. */
export function votesPerStep(p: number, k: number): number {
  checkVote(p, k);
  return p === 0.5 ? k * k : (k * (1 - 2 * stepFailure(p, k))) / (2 * p - 1);
}

/**
 * The source's mean number of calls for a task of s steps in votes of m steps each, every call doing m steps: about
 * (s / m) k_min / (p^(m-1) (2p - 1)); in steps paid for it is m times as much.
 */
export function stepsPaid(p: number, s: number, m: number, t: number): number {
  return (s * kMin(p, s, m, t)) / (power(p, m - 1) * (2 * p - 1));
}

function checkVote(p: number, k: number): void {
  if (!(p > 0 && p < 1)) throw new RangeError(`p = ${p}: must be in (0, 1)`);
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k = ${k}: must be an integer >= 1`);
}

function checkSteps(s: number, m: number): void {
  if (!Number.isInteger(s) || !Number.isInteger(m) || m < 1 || s < m)
    throw new RangeError(`s = ${s}, m = ${m}: must be integers with 1 <= m <= s`);
}
