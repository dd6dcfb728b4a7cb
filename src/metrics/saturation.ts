/** Says when a share is stuck at 0 or 1, where it can no longer tell two scenarios apart. */

import { LEVEL } from "../numerics/intervals.ts";

export interface Saturation {
  /** The end at which the share is stuck. */
  readonly at: 0 | 1;
  /** One-sided confidence bound of its distance from that end, in (0, 1]; about 3 / n at 95 %. */
  readonly margin: number;
}

/**
 * Whether every one of n independent trials (clusters, where repeats depend on each other) gave the
 * same outcome, and how far from the end the true share may still be: 1 - (1 - level)^(1/n),
 * the "rule of three" of Hanley and Lippman-Hand, JAMA 249 (1983).
 * @param mean share in [0, 1]
 * @param n number of independent trials; without any there is nothing to be stuck
 */
export function saturation(mean: number, n: number, level = LEVEL): Saturation | undefined {
  if (!(n > 0) || (mean !== 0 && mean !== 1)) return undefined;
  return { at: mean, margin: -Math.expm1(Math.log1p(-level) / n) };
}
