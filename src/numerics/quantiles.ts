/**
 * Binomial and chi-squared probabilities and Student's quantiles.
 * Formulas: Abramowitz & Stegun (1964), chapter 26.
 */

import { normalQuantile } from "./distributions.ts";
import { incompleteBeta, logBeta, upperIncompleteGamma } from "./gamma.ts";

/** Degrees of freedom from which two Cornish-Fisher terms are exact to 1e-10. */
const NEARLY_NORMAL = 1e5;

/** P(X <= k) of a binomial variable: n trials with success probability p, 0 < p < 1; A&S 26.5.24. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1);
}

/** P(X > x) of a chi-squared variable, x >= 0, df > 0; A&S 26.4.19. */
export function chiSquaredTail(x: number, df: number): number {
  return upperIncompleteGamma(df / 2, x / 2);
}

/**
 * Quantile of Student's t distribution, accurate to 1e-8.
 *
 * Newton's method on log P(T > t) as a function of log t: this function is concave (the hazard
 * times t increases), so the iteration descends to the root from wherever it starts.
 * @param p probability, 0 < p < 1
 * @param df degrees of freedom, >= 1, not necessarily an integer; Infinity is the normal case
 * @throws RangeError outside of these ranges
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`studentQuantile: p = ${p} must be in (0, 1)`);
  if (!(df >= 1)) throw new RangeError(`studentQuantile: df = ${df} must be >= 1`);
  if (p === 0.5) return 0;
  if (p < 0.5) return -upperQuantile(p, df);
  return upperQuantile(1 - p, df);
}

/** The t > 0 with P(T > t) = tail, 0 < tail < 1/2. */
function upperQuantile(tail: number, df: number): number {
  const z = -normalQuantile(tail);
  if (df >= NEARLY_NORMAL) return cornishFisher(z, df);
  let t = z;
  for (let step = 1; Math.abs(step) > 1e-9; ) {
    const exceedance = studentTail(t, df);
    step = (Math.log(exceedance / tail) * exceedance) / (t * studentDensity(t, df));
    t *= Math.exp(step);
  }
  return t;
}

/** Student quantile from the normal one, A&S 26.7.5, two terms. */
function cornishFisher(z: number, df: number): number {
  const y = z * z;
  const first = ((y + 1) * z) / 4;
  const second = (((5 * y + 16) * y + 3) * z) / 96;
  return z + (first + second / df) / df;
}

/** P(T > t) for t > 0, without cancellation at either end; A&S 26.7.1. */
function studentTail(t: number, df: number): number {
  const square = t * t;
  return t < 1
    ? 0.5 - 0.5 * incompleteBeta(square / (df + square), 0.5, df / 2)
    : 0.5 * incompleteBeta(df / (df + square), df / 2, 0.5);
}

function studentDensity(t: number, df: number): number {
  const kernel = -0.5 * (df + 1) * Math.log1p((t * t) / df);
  return Math.exp(kernel - logBeta(df / 2, 0.5)) / Math.sqrt(df);
}
