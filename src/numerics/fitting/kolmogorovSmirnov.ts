// The Kolmogorov-Smirnov distance of a sample to a distribution, and how large it gets by chance.
import type { DistributionSpec } from "../distributions.ts";
import { square } from "../power.ts";

/**
 * Largest distance between the distribution function of a sample and another one.
 * @param sorted the sample in ascending order, at least one number
 */
export function ksDistance(sorted: Float64Array, cdf: (x: number) => number): number {
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((x, i) => {
    const share = cdf(x);
    distance = Math.max(distance, share - i / n, (i + 1) / n - share);
  });
  return distance;
}

/**
 * Distance that 5 % of the samples of n numbers exceed where the two parameters of their distribution were fitted to them, in the
 * form of Stephens, "EDF statistics for goodness of fit and some comparisons", Journal of the American Statistical Association 69
 * (1974), table 1A, case 3: .895 for the normal distribution and so for the lognormal. For the Weibull distribution .895 holds as
 * well (measured: .892 to .895). For the gamma distribution the limit rises as the shape falls; 0.895 + 0.2 / (1 + 4.7 shape) was
 * fitted to 3,000 simulated samples of 1,000 numbers each (measured: .91 at cv .7, .93 at 1, 1.02 at 2 and 1.09 at 6).
 */
export function ksCriticalValue(n: number, spec: DistributionSpec): number {
  const root = Math.sqrt(n);
  const limit = spec.kind === "gamma" ? 0.895 + 0.2 / (1 + 4.7 / square(spec.cv)) : 0.895;
  return limit / (root - 0.01 + 0.85 / root);
}
