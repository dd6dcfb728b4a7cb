// Statistics of a list of numbers. Sums run from the first number to the last, so that their last bits are always the same.
import { square } from "./power.ts";

/** Mean of the numbers; NaN of none. */
export function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}

/** Unbiased variance of the numbers; NaN of fewer than two. */
export function variance(numbers: readonly number[]): number {
  const mean = average(numbers);
  return numbers.reduce((sum, x) => sum + square(x - mean), 0) / (numbers.length - 1);
}

/** Quantile at `p` in [0, 1] of at least one number, by linear interpolation between them (Hyndman and Fan 1996, type 7). */
export function quantile(numbers: readonly number[], p: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** Standard error of the mean of independent numbers; NaN of fewer than two. */
export function standardError(numbers: readonly number[]): number {
  return Math.sqrt(variance(numbers) / numbers.length);
}

/** Slope of the least-squares line through points; NaN where all have the same x. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const meanX = average(points.map(([x]) => x));
  const meanY = average(points.map(([, y]) => y));
  const covariance = average(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  return covariance / average(points.map(([x]) => square(x - meanX)));
}

/** The number, or the nearer end of the interval from `low` to `high` where it lies outside. */
export function clamp(x: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, x));
}
