/**
 * Rank correlation: Spearman's ρ, that is Pearson's correlation of mid-ranks, with a percentile bootstrap interval over
 * the pairs (Efron 1979). The draws are handed in, so that the same draws give the same interval.
 */

import type { Interval } from "./intervals.ts";
import { square } from "./power.ts";
import { clamp } from "./statistics.ts";

/** Ranks from 1; equal values share the mean of their ranks. */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => values[a] - values[b] || a - b,
  );
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]] === values[order[first]]) end++;
    for (let i = first; i < end; i++) ranks[order[i]] = (first + 1 + end) / 2;
    first = end;
  }
  return ranks;
}

/** Spearman's ρ in [-1, 1]; undefined where one of the two does not vary. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
  if (x.length !== y.length)
    throw new RangeError(`${x.length} and ${y.length} values: must be as many of both`);
  const a = midRanks(x);
  const b = midRanks(y);
  const mean = (x.length + 1) / 2;
  let cross = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i++) {
    cross += (a[i] - mean) * (b[i] - mean);
    squaresA += square(a[i] - mean);
    squaresB += square(b[i] - mean);
  }
  const scale = Math.sqrt(squaresA * squaresB);
  return scale > 0 ? clamp(cross / scale, -1, 1) : undefined;
}

/** Draw number i of resample b, in [0, 1). */
type Uniform = (resample: number, i: number) => number;

/** ρ over resamples of the pairs, in their order; NaN where one of the two does not vary. */
export function resampledSpearman(
  x: readonly number[],
  y: readonly number[],
  uniform: Uniform,
  resamples = 1000,
): Float64Array {
  const n = x.length;
  const a = new Float64Array(n);
  const b = new Float64Array(n);
  return Float64Array.from({ length: resamples }, (_, resample) => {
    for (let i = 0; i < n; i++) {
      const pair = Math.floor(uniform(resample, i) * n);
      a[i] = x[pair];
      b[i] = y[pair];
    }
    return spearman(a, b) ?? Number.NaN;
  });
}

/** ρ with its 95 % percentile interval over {@link resampledSpearman resamples of the pairs}; undefined where ρ is. */
export function spearmanInterval(
  x: readonly number[],
  y: readonly number[],
  uniform: Uniform,
  resamples?: number,
): Interval | undefined {
  const mean = spearman(x, y);
  if (mean === undefined) return undefined;
  const drawn = resampledSpearman(x, y, uniform, resamples).filter((rho) => !Number.isNaN(rho));
  drawn.sort();
  const at = (share: number) => drawn[Math.round(share * (drawn.length - 1))];
  return { mean, lo: at(0.025), hi: at(0.975) };
}
