/**
 * Intervals for a mean that hold at all sample sizes at once: one may look after every observation, and stop whenever one likes.
 *
 * The observations are independent and normal, their variance is not known. The Bayes factor of the t-test with a standard normal prior
 * on mean / sd (Gönen, Johnson, Lu and Westfall 2005, "The Bayesian two-sample t test", formula 2) is a martingale where the mean is 0
 * (Lai 1976; Wang and Ramdas 2025, "Anytime-valid t-tests and confidence sequences for Gaussian means with unknown variance"). By Ville's
 * inequality it reaches 1 / alpha with a chance of at most alpha, at whatever sample size.
 */

/**
 * Half of the width of the interval for the mean of n observations. At each side it errs, at some n, with a chance of at most `tail`.
 * @param n number of observations; below 2 nothing is known
 * @param sd their standard deviation, n - 1 in the denominator
 * @param tail 0 < tail < 1/2
 * @returns Infinity where n is too small to say anything
 */
export function sequenceHalfWidth(n: number, sd: number, tail: number): number {
  if (!(tail > 0 && tail < 0.5)) throw new RangeError(`Tail ${tail}: must be in (0, 0.5)`);
  if (n < 2) return Number.POSITIVE_INFINITY;
  return (sd * criticalT(n, tail)) / Math.sqrt(n);
}

/**
 * The t at which the Bayes factor ((1 + t²/v) / (1 + t²/(v q)))^(n/2) / sqrt(q), with v = n - 1 and q = 1 + n, is 1 / (2 tail): by
 * symmetry each side has half of the chance.
 */
function criticalT(n: number, tail: number): number {
  const q = 1 + n;
  const ratio = Math.exp((2 / n) * (0.5 * Math.log(q) - Math.log(2 * tail)));
  if (ratio >= q) return Number.POSITIVE_INFINITY;
  return Math.sqrt(((n - 1) * (ratio - 1)) / (1 - ratio / q));
}
