// Families of durations with two parameters, fitted by maximum likelihood. Of each: the distribution as a scenario says it, its
// distribution function, its log-likelihood, and standard errors from the observed information. What is fitted is positive, and
// not all of it equal.
import { type DistributionSpec, normalCdf } from "../distributions.ts";
import { digamma, logGamma, trigamma, upperIncompleteGamma } from "../gamma.ts";
import { square } from "../power.ts";

export interface FamilyFit {
  readonly spec: DistributionSpec;
  /** Standard error of the mean. */
  readonly meanError: number;
  /** Standard error of the other parameter: `cv`, or the shape of a Weibull distribution. */
  readonly shapeError: number;
  readonly logLikelihood: number;
  /** Probability of at most `x`, x > 0. */
  readonly cdf: (x: number) => number;
}

/** Sums that the families have in common. */
interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Mean of the logarithms. */
  readonly meanLog: number;
  /** Variance of the logarithms, divided by the count. */
  readonly varianceLog: number;
}

/** Most steps of Newton's method; it needs fewer than ten from where it starts. */
const MOST_STEPS = 100;

/** Change of a shape, relative to it, below which it has been found. */
const PRECISION = 1e-12;

/** Fits the families; one whose shape leaves the range that a scenario can say is left out. */
export function fitFamilies(sample: Float64Array): FamilyFit[] {
  const moments = momentsOf(sample);
  const fits = [fitLognormal(moments), fitGamma(sample, moments), fitWeibull(sample, moments)];
  return fits.filter((fit) => fit !== undefined);
}

function momentsOf(sample: Float64Array): Moments {
  const count = sample.length;
  let sum = 0;
  let logs = 0;
  for (const x of sample) {
    sum += x;
    logs += Math.log(x);
  }
  const meanLog = logs / count;
  let squares = 0;
  for (const x of sample) squares += square(Math.log(x) - meanLog);
  return { count, mean: sum / count, meanLog, varianceLog: squares / count };
}

/** Closed form: mean and variance of the logarithms. */
function fitLognormal({ count, meanLog, varianceLog }: Moments): FamilyFit | undefined {
  const sigma = Math.sqrt(varianceLog);
  const mean = Math.exp(meanLog + varianceLog / 2);
  const cv = Math.sqrt(Math.expm1(varianceLog));
  if (!(cv > 0 && cv <= 100)) return undefined;
  // By the delta method: the variance of the logarithms has the standard error √(2 / n) of itself.
  const varianceError = varianceLog * Math.sqrt(2 / count);
  return {
    spec: { kind: "lognormal", mean, cv },
    meanError: mean * Math.sqrt(varianceLog / count + square(varianceError / 2)),
    shapeError: (Math.exp(varianceLog) / (2 * cv)) * varianceError,
    logLikelihood: -count * (meanLog + (Math.log(2 * Math.PI * varianceLog) + 1) / 2),
    cdf: (x) => normalCdf((Math.log(x) - meanLog) / sigma),
  };
}

/**
 * The mean is that of the sample. The shape k solves log k - ψ(k) = log(arithmetic mean / geometric mean), by Minka's variant of
 * Newton's method ("Estimating a gamma distribution", 2002) from Thom's estimate (1958). Mean and shape are orthogonal.
 */
function fitGamma(sample: Float64Array, { count, mean, meanLog }: Moments): FamilyFit | undefined {
  let logs = 0;
  for (const x of sample) logs += Math.log(x / mean);
  const gap = -logs / count;
  if (!(gap > 0)) return undefined;
  let shape = (3 - gap + Math.sqrt(square(gap - 3) + 24 * gap)) / (12 * gap);
  for (let step = 0; step < MOST_STEPS; step++) {
    const before = shape;
    const miss = Math.log(shape) - digamma(shape) - gap;
    shape = 1 / (1 / shape + miss / (shape - square(shape) * trigamma(shape)));
    if (Math.abs(shape - before) <= PRECISION * shape) break;
  }
  const cv = 1 / Math.sqrt(shape);
  if (!(cv >= 0.001 && cv <= 10)) return undefined;
  const k = shape;
  return {
    spec: { kind: "gamma", mean, cv },
    meanError: mean / Math.sqrt(count * k),
    shapeError: cv / (2 * k) / Math.sqrt(count * (trigamma(k) - 1 / k)),
    logLikelihood: count * (k * Math.log(k / mean) - logGamma(k) + (k - 1) * meanLog - k),
    cdf: (x) => 1 - upperIncompleteGamma(k, (k * x) / mean),
  };
}

/**
 * The shape k solves Σ xᵏ log x / Σ xᵏ - 1 / k = mean of log x, the derivative of the profile likelihood (Johnson, Kotz and
 * Balakrishnan, "Continuous univariate distributions", 1994, chapter 21), by Newton's method from the method of moments on the
 * logarithms, with steps of at most a factor of two.
 */
function fitWeibull(
  sample: Float64Array,
  { count, meanLog, varianceLog }: Moments,
): FamilyFit | undefined {
  // Logarithms from their mean, so that powers stay in range.
  const logs = sample.map((x) => Math.log(x) - meanLog);
  let shape = Math.PI / Math.sqrt(6 * varianceLog);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { first, second, total } = weightedLogs(logs, shape);
    const mean = first / total;
    const slope = second / total - square(mean) + 1 / square(shape);
    const next = shape - (mean - 1 / shape) / slope;
    const bounded = Math.min(2 * shape, Math.max(shape / 2, next));
    const isFound = Math.abs(bounded - shape) <= PRECISION * shape;
    shape = bounded;
    if (isFound) break;
  }
  if (!(shape >= 0.1 && shape <= 100)) return undefined;
  return weibullOf(shape, logs, meanLog, count);
}

function weibullOf(k: number, logs: Float64Array, meanLog: number, n: number): FamilyFit {
  const { first, second, total } = weightedLogs(logs, k);
  // Logarithm of the scale, from the mean of the logarithms.
  const offset = Math.log(total / n) / k;
  const logScale = meanLog + offset;
  const mean = Math.exp(logScale + logGamma(1 + 1 / k));
  // Observed information of the logarithm of the scale and of the shape; w = log x - log scale, weights (x / scale)ᵏ add up to n.
  const weight = n / total;
  const sumW = weight * first - offset * n;
  const sumWW = weight * second - 2 * offset * weight * first + square(offset) * n;
  const scales = n * square(k);
  const shapes = n / square(k) + sumWW;
  const both = -k * sumW;
  const determinant = scales * shapes - square(both);
  // Change of the log mean with the shape.
  const slope = -digamma(1 + 1 / k) / square(k);
  const variance = (shapes - 2 * slope * both + square(slope) * scales) / determinant;
  return {
    spec: { kind: "weibull", mean, shape: k },
    meanError: mean * Math.sqrt(variance),
    shapeError: Math.sqrt(scales / determinant),
    logLikelihood: n * (Math.log(k) - k * logScale + (k - 1) * meanLog - 1),
    cdf: (x) => -Math.expm1(-Math.exp(k * (Math.log(x) - logScale))),
  };
}

/** Sums of eᵏˡ, of l eᵏˡ and of l² eᵏˡ. */
function weightedLogs(logs: Float64Array, k: number) {
  let total = 0;
  let first = 0;
  let second = 0;
  for (const l of logs) {
    const weight = Math.exp(k * l);
    total += weight;
    first += weight * l;
    second += weight * l * l;
  }
  return { total, first, second };
}
