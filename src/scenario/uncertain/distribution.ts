// What an uncertain number means: its central value, and its quantiles within the range of its field.

import type { NumberRange } from "../../documents/checking/schemaWalk.ts";
import { betaQuantile } from "../../numerics/beta.ts";
import { normalQuantile } from "../../numerics/distributions.ts";
import { incompleteBeta, upperIncompleteGamma } from "../../numerics/gamma.ts";
import { upperProbability } from "../../numerics/intervals.ts";
import { logistic, logit } from "../../numerics/logit.ts";
import type { UncertainNumber } from "./uncertainNumber.ts";

/** A quantile function, and its inverse; `quantile` takes shares in (0, 1). */
interface Distribution {
  quantile(u: number): number;
  cdf(x: number): number;
}

/** The value that stands for the number: the one that is stated, or the mean. Whole where the field is. */
export function centralOf(number: UncertainNumber, { isWhole }: Pick<NumberRange, "isWhole">) {
  const value = plainCentral(number);
  return isWhole ? Math.round(value) : value;
}

function plainCentral(number: UncertainNumber): number {
  if ("value" in number) return number.value;
  if ("beta" in number) return number.beta[0] / (number.beta[0] + number.beta[1]);
  if ("uniform" in number) return number.uniform[0] + (number.uniform[1] - number.uniform[0]) / 2;
  return "normal" in number ? number.normal[0] : number.lognormal[0];
}

/**
 * The quantile function of the number, given that it lies in the range of its field: F⁻¹(F(min) + u (F(max) - F(min))) for u in
 * (0, 1), rounded where the field is whole.
 */
export function quantileOf(number: UncertainNumber, range: NumberRange): (u: number) => number {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, isWhole } = range;
  const { quantile, cdf } = distributionOf(number, range);
  const below = min === Number.NEGATIVE_INFINITY ? 0 : cdf(min);
  const within = (max === Number.POSITIVE_INFINITY ? 1 : cdf(max)) - below;
  return (u) => {
    // Kept inside: rounding may put the share at an end, where the quantile may be infinite.
    const share = Math.min(Math.max(below + u * within, Number.MIN_VALUE), 1 - Number.EPSILON / 2);
    const value = Math.min(Math.max(quantile(share), min), max);
    return isWhole ? Math.round(value) : value;
  };
}

function distributionOf(number: UncertainNumber, range: NumberRange): Distribution {
  if ("value" in number) return twoPieceNormal(number, range);
  if ("beta" in number) return beta(...number.beta);
  if ("normal" in number) return normal(...number.normal);
  return "lognormal" in number ? lognormal(...number.lognormal) : uniform(...number.uniform);
}

const constant = (value: number): Distribution => ({
  quantile: () => value,
  cdf: (x) => (x < value ? 0 : 1),
});

const beta = (a: number, b: number): Distribution => ({
  quantile: (u) => betaQuantile(u, a, b),
  cdf: (x) => incompleteBeta(Math.min(Math.max(x, 0), 1), a, b),
});

function uniform(low: number, high: number): Distribution {
  if (low === high) return constant(low);
  return {
    quantile: (u) => low + u * (high - low),
    cdf: (x) => Math.min(Math.max((x - low) / (high - low), 0), 1),
  };
}

function normal(mean: number, sd: number): Distribution {
  if (sd === 0) return constant(mean);
  return {
    quantile: (u) => mean + sd * normalQuantile(u),
    cdf: (x) => normalShare((x - mean) / sd),
  };
}

/** By the mean and standard deviation of the number itself: σ² = log(1 + sd² / mean²), μ = log mean - σ² / 2. */
function lognormal(mean: number, sd: number): Distribution {
  const cv = sd / mean;
  const variance = Math.log1p(cv * cv);
  return onScale(normal(Math.log(mean) - variance / 2, Math.sqrt(variance)), LOG);
}

/** A scale on which a number is spread, and the way back. */
interface Scale {
  to(x: number): number;
  from(y: number): number;
}
const PLAIN: Scale = { to: (x) => x, from: (y) => y };
const LOG: Scale = { to: (x) => Math.log(Math.max(x, 0)), from: (y) => Math.exp(y) };
const LOGIT: Scale = { to: logit, from: logistic };

const onScale = ({ quantile, cdf }: Distribution, { to, from }: Scale): Distribution => ({
  quantile: (u) => from(quantile(u)),
  cdf: (x) => cdf(to(x)),
});

/** z of the upper bound of an interval that holds the number with 95 %. */
const Z = normalQuantile(upperProbability(0.95));

/**
 * Two halves of normal distributions, joined at the median (Wallis 2014, "The two-piece normal, binormal, or double Gaussian
 * distribution", Statistical Science 29): each is as wide as its side of the interval. On the log-odds scale for a share within
 * (0, 1), on the log scale for what cannot be negative, else as it is.
 */
function twoPieceNormal(
  { value, interval: [low, high] }: Extract<UncertainNumber, { readonly value: number }>,
  range: NumberRange,
): Distribution {
  const scale = scaleOf(low, high, range);
  const median = scale.to(value);
  const below = (median - scale.to(low)) / Z;
  const above = (scale.to(high) - median) / Z;
  const quantile = (u: number) => {
    const z = normalQuantile(u);
    return median + z * (z < 0 ? below : above);
  };
  const cdf = (y: number) => {
    const distance = y - median;
    const width = distance < 0 ? below : above;
    return distance === 0 ? 0.5 : normalShare(distance / width);
  };
  const spread = onScale({ quantile, cdf }, scale);
  // To the last digit: what people stated comes back.
  return { ...spread, quantile: (u) => (u === 0.5 ? value : spread.quantile(u)) };
}

function scaleOf(low: number, high: number, { min, max }: NumberRange): Scale {
  if (min === undefined || min < 0 || low <= 0) return PLAIN;
  return min === 0 && max === 1 && high < 1 ? LOGIT : LOG;
}

/** Φ(z), to double precision (Abramowitz and Stegun 1964, 7.1.2 and 6.5.17). */
function normalShare(z: number): number {
  const tail = upperIncompleteGamma(0.5, (z * z) / 2) / 2;
  return z < 0 ? tail : 1 - tail;
}
