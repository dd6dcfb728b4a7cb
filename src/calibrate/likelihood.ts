/**
 * How likely the published figures are where the simulation says what it says: independent normal errors.
 *
 * -2 log L = Σ w (r² + log(v / σ²)), with r² = (simulated - published)² / v and v = σ² + simulation variance. σ is the standard
 * error of the published figure; without an error or a count, half its tolerance, or a quarter of its interval. The constant is
 * left out: with an exact simulation only the squares are left. Bounds miss by what is beyond them, and their v is no figure's
 * spread, so that it has no logarithm.
 */
import type { MetricValue } from "../experiment/result.ts";
import { square } from "../numerics/power.ts";
import type { Target } from "./calibration.ts";
import { missOf } from "./fit.ts";

/** One target's part of -2 log L; NaN without a figure. @param variance of the simulated figure, from 0 */
export function minusTwoLogOf(target: Target, figure: number, variance: number): number {
  const published = square(target.error);
  const total = published + variance;
  const squares = square(missOf(target, figure) * target.scale) / total;
  const spread = target.published === undefined ? 0 : Math.log(total / published);
  return target.weight * (squares + spread);
}

/**
 * Variance of a simulated figure: half of its 95 % interval counts as two standard errors. An interval that is open says that
 * little is known: its figure counts as uncertain by its own size.
 */
export function simulationVariance({ mean, ci: [low, high] }: MetricValue): number {
  if (mean === null) return Number.NaN;
  return low === null || high === null ? square(mean) : square((high - low) / 4);
}
