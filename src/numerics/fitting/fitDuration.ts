// The distribution that fits durations best.
import type { DistributionSpec } from "../distributions.ts";
import { square } from "../power.ts";
import { empiricalCdf, empiricalQuantiles } from "./empirical.ts";
import { type FamilyFit, fitFamilies } from "./families.ts";
import { ksCriticalValue, ksDistance } from "./kolmogorovSmirnov.ts";

/** Values from which the quantiles of a sample stand for themselves. */
const LEAST_FOR_EMPIRICAL = 100;

export interface FittedDistribution {
  /** As a scenario says it, in the unit of the sample. */
  readonly spec: DistributionSpec;
  /** Standard error of the mean; missing where a single value tells nothing of it. */
  readonly meanError?: number;
  /** Standard error of `cv` or `shape`, where the distribution has one. */
  readonly shapeError?: number;
  /** Null for distributions that have no density: constant and empirical. */
  readonly logLikelihood: number | null;
  /** Kolmogorov-Smirnov distance to the sample. */
  readonly distance: number;
}

export interface DurationFit {
  /** Those that were tried, the best first; at least one. */
  readonly tried: readonly FittedDistribution[];
  /** Values that were fitted. */
  readonly count: number;
  /** Their mean. */
  readonly mean: number;
  /** Values that were left out since they are zero, negative or not finite. */
  readonly leftOut: number;
}

/**
 * Fits lognormal, gamma and Weibull by maximum likelihood; they have two parameters each, so that the largest likelihood is best.
 * Where even this one is further from the sample than chance explains at 5 % and there are at least 100 values, their own
 * quantiles are best (`empirical`). Values that are all equal are a constant.
 * @returns undefined where no value is positive
 */
export function fitDuration(sample: Float64Array): DurationFit | undefined {
  const positive = sample.filter((x) => x > 0 && x < Number.POSITIVE_INFINITY).sort();
  const count = positive.length;
  if (count === 0) return undefined;
  const mean = positive.reduce((sum, x) => sum + x, 0) / count;
  const leftOut = sample.length - count;
  return { tried: fitSorted(positive, mean), count, mean, leftOut };
}

function fitSorted(sorted: Float64Array, mean: number): FittedDistribution[] {
  const count = sorted.length;
  if (sorted[0] === sorted[count - 1]) return [constantOf(sorted[0], count)];
  const families = fitFamilies(sorted)
    .sort((a, b) => b.logLikelihood - a.logLikelihood)
    .map((fit) => measured(fit, sorted));
  const [best] = families;
  const isFarOff = best === undefined || best.distance > ksCriticalValue(count, best.spec);
  if (!isFarOff || (best !== undefined && count < LEAST_FOR_EMPIRICAL)) return families;
  return [empiricalOf(sorted, mean), ...families];
}

const constantOf = (mean: number, count: number): FittedDistribution => ({
  spec: { kind: "constant", mean },
  ...(count > 1 ? { meanError: 0 } : {}),
  logLikelihood: null,
  distance: 0,
});

function measured({ cdf, ...fit }: FamilyFit, sorted: Float64Array): FittedDistribution {
  return { ...fit, distance: ksDistance(sorted, cdf) };
}

function empiricalOf(sorted: Float64Array, mean: number): FittedDistribution {
  const quantiles = empiricalQuantiles(sorted);
  const squares = sorted.reduce((sum, x) => sum + square(x - mean), 0);
  return {
    spec: { kind: "empirical", quantiles },
    meanError: Math.sqrt(squares / (sorted.length - 1) / sorted.length),
    logLikelihood: null,
    distance: ksDistance(sorted, empiricalCdf(quantiles)),
  };
}
