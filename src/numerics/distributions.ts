/**
 * Distributions of durations and sizes, by their quantile functions: one uniform number per value,
 * and a larger one never gives a smaller value, which keeps paired comparisons sharp.
 *
 * Values are built from sqrt, exp and log alone, which V8 computes by the same code (fdlibm) on all
 * platforms.
 */

import { logGamma, logLowerGamma, logUpperGamma } from "./gamma.ts";
import { type Quantile, type QuantileTable, tabulate } from "./quantileTable.ts";

/**
 * A distribution as its user states it, by arithmetic mean in any unit. `cv` is the standard
 * deviation over the mean. `shape` of a Weibull distribution is above 1 for a rising hazard and
 * below 1 for a falling one; of a Pareto distribution it is the tail index. `quantiles` are those at evenly spaced probabilities
 * from 0 to 1, and between two of them all values are equally likely.
 */
export type DistributionSpec =
  | { readonly kind: "constant"; readonly mean: number }
  | { readonly kind: "uniform"; readonly low: number; readonly high: number }
  | { readonly kind: "exponential"; readonly mean: number }
  | { readonly kind: "lognormal"; readonly mean: number; readonly cv: number }
  | { readonly kind: "gamma"; readonly mean: number; readonly cv: number }
  | { readonly kind: "weibull"; readonly mean: number; readonly shape: number }
  | { readonly kind: "pareto"; readonly mean: number; readonly shape: number }
  | { readonly kind: "empirical"; readonly quantiles: readonly number[] };

/**
 * Compiles a distribution for `sample`. Throws RangeError unless all parameters are finite, means,
 * `low` and `cv` at least 0, `high` at least `low`, a Weibull shape at least 0.01, a Pareto shape
 * greater than 1, and quantiles two or more, at least 0 and ascending.
 */
export function prepareDistribution(spec: DistributionSpec): QuantileTable {
  return tabulate(quantileOf(spec));
}

function quantileOf(spec: DistributionSpec): Quantile {
  if (spec.kind === "uniform") {
    const { low, high } = spec;
    check("low", low, low >= 0, "at least 0");
    check("high", high, high >= low, "at least low");
    return (u) => low + (high - low) * u;
  }
  if (spec.kind === "empirical") return empiricalQuantile(spec.quantiles);
  const { mean } = spec;
  check("mean", mean, mean >= 0, "at least 0");
  switch (spec.kind) {
    case "constant":
      return () => mean;
    case "exponential":
      return (u) => exponential(u, mean);
    case "lognormal": {
      const { cv } = spec;
      check("cv", cv, cv >= 0, "at least 0");
      const sigma = logDeviation(cv);
      return (u) => lognormalOf(u, mean, sigma);
    }
    case "gamma": {
      const { cv } = spec;
      check("cv", cv, cv >= 0, "at least 0");
      if (cv === 0) return () => mean;
      const shape = 1 / (cv * cv);
      return (u) => (mean / shape) * gammaQuantile(u, shape);
    }
    case "weibull": {
      const { shape } = spec;
      check("shape", shape, shape >= 0.01, "at least 0.01");
      const scale = mean / Math.exp(logGamma(1 + 1 / shape));
      return (u) => scale * Math.exp(Math.log(-Math.log(1 - u)) / shape);
    }
    case "pareto": {
      const { shape } = spec;
      check("shape", shape, shape > 1, "greater than 1");
      const minimum = mean * (1 - 1 / shape);
      return (u) => minimum * Math.exp(-Math.log(1 - u) / shape);
    }
  }
}

/** Linear between quantiles at evenly spaced probabilities from 0 to 1. */
function empiricalQuantile(quantiles: readonly number[]): Quantile {
  if (quantiles.length < 2)
    throw new RangeError(`${quantiles.length} quantiles: there are at least 2.`);
  quantiles.forEach((value, i) => {
    const least = i === 0 ? 0 : quantiles[i - 1];
    check(`quantile ${i + 1}`, value, value >= least, `at least ${least}`);
  });
  const values = Float64Array.from(quantiles);
  const last = values.length - 1;
  return (u) => {
    const place = u * last;
    const below = Math.min(Math.floor(place), last - 1);
    return values[below] + (place - below) * (values[below + 1] - values[below]);
  };
}

function check(name: string, value: number, inRange: boolean, range: string): void {
  if (inRange && Number.isFinite(value)) return;
  throw new RangeError(`The ${name} is ${value}: ${name} is finite and ${range}.`);
}

/** Quantile at `u` in (0, 1) of the exponential distribution of this mean. */
export function exponential(u: number, mean: number): number {
  return -mean * Math.log(1 - u);
}

/**
 * Quantile at `u` in (0, 1) of the lognormal distribution of this arithmetic mean and coefficient
 * of variation.
 */
export function lognormal(u: number, mean: number, cv: number): number {
  return lognormalOf(u, mean, logDeviation(cv));
}

/** The same by the standard deviation of the logarithm. */
function lognormalOf(u: number, mean: number, sigma: number): number {
  return mean * Math.exp(sigma * normalQuantile(u) - (sigma * sigma) / 2);
}

/** Standard deviation of the logarithm of a lognormal variable of this coefficient of variation. */
function logDeviation(cv: number): number {
  return Math.sqrt(Math.log1p(cv * cv));
}

/** Shape from which Wilson and Hilferty's quantile is exact to ten digits. */
const NEARLY_NORMAL = 1e7;

/**
 * Quantile of the gamma distribution of shape `a` and scale 1, to about 14 digits.
 *
 * Newton's method on log P, or log Q above the median, as a function of log x. Both functions are concave, since the density of
 * log x is log-concave, so the iteration reaches the root from wherever it starts: one step at most leads across it. It starts
 * with Wilson and Hilferty (1931), as Best and Roberts do (algorithm AS 91, Applied Statistics 24, 1975), or with the first term
 * of the series of P, from which x can only be larger.
 * @param u probability, 0 < u < 1
 * @param a shape, > 0
 * @throws RangeError outside of these ranges
 */
export function gammaQuantile(u: number, a: number): number {
  if (!(u > 0 && u < 1 && a > 0 && a < Number.POSITIVE_INFINITY))
    throw new RangeError(`gammaQuantile(${u}, ${a}): needs 0 < u < 1 and a finite shape > 0`);
  const root = 1 - 1 / (9 * a) + normalQuantile(u) / (3 * Math.sqrt(a));
  const cube = a * root * root * root;
  if (a >= NEARLY_NORMAL) return cube;
  const least = (Math.log(u) + logGamma(a + 1)) / a;
  let logX = root > 0 ? Math.max(least, Math.log(cube)) : least;
  const isLow = u <= 0.5;
  const target = isLow ? Math.log(u) : Math.log1p(-u);
  for (let steps = 0; steps < 100; steps++) {
    const x = Math.exp(logX);
    if (x === 0) return 0;
    const logTail = isLow ? logLowerGamma(a, x) : logUpperGamma(a, x);
    const slope = Math.exp(a * logX - x - logGamma(a) - logTail);
    const step = (isLow ? target - logTail : logTail - target) / slope;
    logX += step;
    if (Math.abs(step) <= 1e-14 * Math.max(1, Math.abs(logX))) break;
  }
  return Math.exp(logX);
}

/** Share Φ(z) of the standard normal distribution below z, with an error below 7.5e-8 (Abramowitz and Stegun 1964, formula 26.2.17). */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z < 0 ? tail : 1 - tail;
}

/**
 * Quantile of the standard normal distribution at `p` in (0, 1), to about 16 digits. Source:
 * Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics
 * 37 (1988), PPND16.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratioAt(0.180625 - q * q, CENTRAL);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z = r <= 5 ? ratioAt(r - 1.6, TAIL) : ratioAt(r - 5, FAR_TAIL);
  return q < 0 ? -z : z;
}

// Numerator and denominator, each from the constant up.
const CENTRAL = [
  new Float64Array([
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ]),
  new Float64Array([
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852854,
  ]),
] as const;
const TAIL = [
  new Float64Array([
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ]),
  new Float64Array([
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
  ]),
] as const;
const FAR_TAIL = [
  new Float64Array([
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ]),
  new Float64Array([
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ]),
] as const;

function ratioAt(x: number, [numerator, denominator]: typeof CENTRAL): number {
  return septic(x, numerator) / septic(x, denominator);
}

/** Polynomial of degree 7, by Horner's rule. */
function septic(x: number, c: Float64Array): number {
  return (
    ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0]
  );
}
