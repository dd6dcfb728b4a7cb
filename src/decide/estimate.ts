// What is estimated from blocks: a mean with its interval.
import type { MetricValue } from "../experiment/result.ts";
import { tInterval } from "../numerics/intervals.ts";
import { average, standardError } from "../numerics/statistics.ts";

/** An estimate with its 95 % interval. */
export type Estimate = Pick<MetricValue, "mean" | "ci">;

/** The mean over blocks, which are independent, with Student's interval. @param values at least two */
export function meanOverBlocks(values: readonly number[]): Estimate {
  const { mean, lo, hi } = tInterval(average(values), standardError(values), values.length - 1);
  return { mean, ci: [lo, hi] };
}
