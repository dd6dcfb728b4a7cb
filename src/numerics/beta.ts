/** Quantiles of the beta distribution, by the inverse of the regularised incomplete beta function. */
import { incompleteBeta, logBeta } from "./gamma.ts";
import { logistic, softplus } from "./logit.ts";

/** Log-odds beyond which a share is 0 or 1 to double precision. */
const REACH = 745;
/** Newton's steps and halvings together need fewer than 20, but for quantiles below 1e-100. */
const MOST_STEPS = 200;
const PRECISION = 1e-14;

/**
 * The x in [0, 1] with I_x(a, b) = p: the quantile of the beta distribution of a successes and b failures.
 *
 * The lower half is found as log-odds, by Newton's method within a bracket; the upper one is its mirror,
 * I_x(a, b) = 1 - I_{1-x}(b, a), so that neither end loses digits. A larger p never gives a smaller x but for rounding.
 * @param p in (0, 1)
 * @param a > 0
 * @param b > 0
 * @throws RangeError outside of these ranges
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p > 0 && p < 1 && a > 0 && b > 0))
    throw new RangeError(`betaQuantile(${p}, ${a}, ${b}): needs 0 < p < 1, a > 0 and b > 0`);
  return p <= 0.5 ? lowerQuantile(p, a, b) : 1 - lowerQuantile(1 - p, b, a);
}

function lowerQuantile(p: number, a: number, b: number): number {
  const logNorm = logBeta(a, b);
  let low = -REACH;
  let high = REACH;
  let at = Math.log(a / b);
  for (let step = 0; step < MOST_STEPS && high - low > PRECISION * Math.abs(at); step++) {
    const x = logistic(at);
    const error = incompleteBeta(x, a, b) - p;
    if (error === 0) return x;
    if (error > 0) high = at;
    else low = at;
    // The density of the log-odds: x^a (1 - x)^b / B(a, b).
    const slope = Math.exp(a * Math.log(x) - b * softplus(at) - logNorm);
    const next = at - error / slope;
    const isInside = next > low && next < high;
    if (isInside && Math.abs(next - at) <= PRECISION * Math.abs(at)) return logistic(next);
    at = isInside ? next : (low + high) / 2;
  }
  return logistic(at);
}
