/**
 * Estimates from simulations at several draws of what is not known: how much of their variance is noise of the simulation,
 * and how much lies in what is not known. One-way random effects: Searle, Casella and McCulloch, "Variance Components" (1992),
 * chapter 3.
 *
 * Draw k estimates its own truth θ_k by m_k = θ_k + noise, with a standard error s_k taken from its interval. The mean of all
 * m_k has the variance mean(s²) / K from simulation. A truth drawn anew has the variance P = var(θ) around it, of which
 * var(m) - mean(s²) is an estimate without bias. Where draws differ little, that is as uncertain as it is large and often
 * negative. To put 0 then makes intervals too narrow: of those with P = .1 mean(s²) and 64 draws, 81 % held the truth. So P
 * is the mean of what it can be, given the estimate and that it is not negative.
 *
 * A truth lies in the total interval less often than its level says if P is taken as known, so that the interval is Student's, in
 * the terms of Satterthwaite (1946). `npm run uncertain-coverage` shows how often it holds the truth.
 */
import { normalQuantile } from "./distributions.ts";
import { upperIncompleteGamma } from "./gamma.ts";
import { type Interval, LEVEL, upperProbability } from "./intervals.ts";
import { NETS } from "./nets.ts";
import { square } from "./power.ts";
import { studentQuantile } from "./quantiles.ts";
import { average, clamp, variance } from "./statistics.ts";

export interface RandomEffectsOptions {
  /** Whether the truth differs from draw to draw; where it is known not to, all variance is noise. */
  readonly varies?: boolean;
  /** Whether intervals are Wilson's, of shares. */
  readonly isShare?: boolean;
  /** Between which all values lie. */
  readonly bounds?: readonly [low: number, high: number];
  /** Degrees of freedom of each standard error. */
  readonly df?: number;
}

export interface RandomEffects {
  /** Holds the truth of a world drawn anew, with the probability {@link LEVEL}. */
  readonly total: Interval;
  /** Holds the mean over what is not known, as far as simulation leaves it open. */
  readonly simulation: Interval;
  /** Holds the truth of a world drawn anew, if the simulation were without noise. */
  readonly parameters: Interval;
  /**
   * Part of the parameters in the variance of the total, 0..1; undefined where there is none, and where the draws differ no
   * more than chance explains.
   */
  readonly share: number | undefined;
  /** The draws without the noise: drawn together around their mean until their variance is P. */
  readonly settled: readonly number[];
}

/** Degrees of freedom of P that are granted at least: with fewer its mean is above 0 enough already. */
const FEWEST_DF = 8;

/** How many of the standard errors that it would have without any P the estimate of P must reach to be told from 0. */
const SURE = 2;

/**
 * @param draws estimates at two draws or more, each with its interval at {@link LEVEL}; where a bound is infinite, that of
 *   the results is
 * @throws RangeError of fewer than two draws
 */
export function randomEffects(
  draws: readonly Interval[],
  {
    varies = true,
    isShare = false,
    bounds = [-Infinity, Infinity],
    df = NETS - 1,
  }: RandomEffectsOptions = {},
): RandomEffects {
  const count = draws.length;
  if (count < 2) throw new RangeError(`${count} draws: must be 2 or more`);
  const means = draws.map(({ mean }) => mean);
  const mean = average(means);
  const p = upperProbability(LEVEL);
  const quantile = studentQuantile(p, df);
  const noise = average(draws.map((draw) => square(sideOf(draw) / quantile)));
  const seen = average(draws.map((draw) => seenNoise(draw, quantile, isShare)));
  const spread = variance(means);
  const { part, isSure } = varies
    ? parameterPart(spread, seen, count, df)
    : { part: 0, isSure: true };
  const widening = wideningOf(part, seen, count);
  const pull = part > 0 ? Math.sqrt(part / spread) : 0;
  const settled = means.map((one) => mean + pull * (one - mean));

  const half = studentQuantile(p, df * count) * Math.sqrt(noise / count);
  const shape = shapeOf(means, part / spread);
  const [below, above] = [1 - p, p].map((at) => shape * Math.abs(outer(settled, mean, at)));
  const open = {
    low: draws.some(({ lo }) => lo === -Infinity),
    high: draws.some(({ hi }) => hi === Infinity),
  };
  const around = (down: number, up: number): Interval => ({
    mean,
    lo: open.low ? -Infinity : clamp(mean - down, ...bounds),
    hi: open.high ? Infinity : clamp(mean + up, ...bounds),
  });
  const sum = part + noise / count;
  const isTold = isSure && sum > 0 && Number.isFinite(sum) && !open.low && !open.high;
  return {
    total: around(together(widening * below, half), together(widening * above, half)),
    simulation: around(half, half),
    parameters: around(below, above),
    share: isTold ? part / sum : undefined,
    settled,
  };
}

/**
 * How much farther quantiles lie than those of the draws drawn together. Noise makes draws look more normal than what is not known: of
 * its excess kurtosis κ they have κ (P / var(m))², and a quantile z σ moves by κ (z³ - 3 z) / 24 σ (Cornish and Fisher 1938). Kurtosis
 * is seen badly, so that it is corrected by no more than 1.
 * @param told P / var(m)
 */
function shapeOf(means: readonly number[], told: number): number {
  if (!(told > 0)) return 1;
  const mean = average(means);
  const squares = means.map((one) => square(one - mean));
  const excess = average(squares.map(square)) / square(average(squares)) - 3;
  const hidden = clamp(excess * (1 / square(told) - 1), -1, 1);
  return 1 + (hidden * (square(normalQuantile(upperProbability(LEVEL))) - 3)) / 24;
}

/**
 * How much wider the interval of a truth is because P is estimated: as Student's is than the normal one, at Satterthwaite's degrees
 * of freedom 2 P² / var(P). Draws are spread evenly, so that P varies by their noise alone.
 */
function wideningOf(part: number, noise: number, count: number): number {
  if (part === 0 || noise === 0 || noise === Infinity) return 1;
  const variance = (4 * part * noise + 2 * square(noise)) / (count - 1);
  const df = Math.max(FEWEST_DF, (2 * square(part)) / variance);
  const p = upperProbability(LEVEL);
  return studentQuantile(p, df) / normalQuantile(p);
}
/** How far the interval reaches to the sides that it bounds; Infinity where it bounds none. */
function sideOf({ mean, lo, hi }: Interval): number {
  const sides = [mean - lo, hi - mean].filter(Number.isFinite);
  return sides.length === 0 ? Infinity : average(sides);
}

/**
 * Variance of a draw's noise, without what intervals add to it where few events were seen: averaged over draws that has no bias,
 * while the additions would hide P. At an end of the range, where the interval has one side only, it is 0. Of Wilson's interval
 * with the half-width w around a share p it is p (1 - p) / n, with n from w² (1 + a)² = a p (1 - p) + a² / 4, a = z² / n.
 */
function seenNoise(draw: Interval, quantile: number, isShare: boolean): number {
  const { mean, lo, hi } = draw;
  if (lo === mean || hi === mean) return 0;
  if (!isShare) return square(sideOf(draw) / quantile);
  const w2 = square((hi - lo) / 2);
  const pq = mean * (1 - mean);
  const [a, b] = [w2 - 0.25, 2 * w2 - pq];
  const ratio = (-b - Math.sqrt(b * b - 4 * a * w2)) / (2 * a);
  return (pq * ratio) / square(quantile);
}

/** P, and whether the draws show that it is not 0. */
function parameterPart(
  spread: number,
  noise: number,
  count: number,
  df: number,
): { readonly part: number; readonly isSure: boolean } {
  if (noise === Infinity) return { part: spread, isSure: false };
  const raw = spread - noise;
  // Nothing varies, and that is sure.
  if (spread === 0) return { part: 0, isSure: true };
  const errorAt = (between: number) =>
    Math.sqrt((2 * square(between)) / (count - 1) + (2 * square(noise)) / (df * count));
  return { part: meanAboveZero(raw, errorAt(spread)), isSure: raw > SURE * errorAt(noise) };
}

/** Mean of a normal variable, given that it is above 0: of the truncated normal distribution. */
function meanAboveZero(mean: number, deviation: number): number {
  const z = mean / deviation;
  // Far below 0 it is the mean of the exponential distribution that the tail comes close to.
  if (z < -30) return deviation / -z;
  const density = Math.exp(-square(z) / 2) / Math.sqrt(2 * Math.PI);
  const tail = upperIncompleteGamma(0.5, square(z) / 2) / 2;
  return mean + (deviation * density) / (z < 0 ? tail : 1 - tail);
}

const together = (a: number, b: number): number => Math.sqrt(square(a) + square(b));

/**
 * How far from the mean the quantile at p lies, on its own side; 0 where it lies on the other one. The plotting positions are
 * (k - 1/2) / K (Hyndman and Fan 1996, type 5): those of draws that are spread evenly. Where p lies beyond the outermost draw,
 * which it does for fewer than 20 at .975, deviations from the mean grow as those of a normal variable do.
 */
function outer(numbers: readonly number[], mean: number, p: number): number {
  const sign = p < 0.5 ? -1 : 1;
  const upper = Math.max(p, 1 - p);
  const sorted = numbers.map((x) => sign * (x - mean)).sort((a, b) => a - b);
  const count = sorted.length;
  const last = sorted[count - 1];
  const place = upper * count - 0.5;
  if (place > count - 1)
    return (last * normalQuantile(upper)) / normalQuantile((count - 0.5) / count);
  const below = Math.floor(place);
  const above = Math.min(below + 1, count - 1);
  return Math.max(0, sorted[below] + (place - below) * (sorted[above] - sorted[below]));
}
