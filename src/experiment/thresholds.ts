// Thresholds: conditions on metrics, judged by their intervals rather than by their point estimates.
import { holds } from "../numerics/comparisons.ts";
import type { Threshold } from "../scenario/objectives/thresholds.ts";
import type { MetricValue, Verdict } from "./result.ts";

/**
 * Passes if the whole interval meets the condition, and fails if none of it does. In between it is inconclusive; without a
 * value it is not evaluated.
 */
export function judge(threshold: Threshold, value?: MetricValue): Verdict {
  if (value === undefined || value.mean === null) return "not-evaluated";
  const [lo, hi] = value.ci;
  const atLow = holds(threshold, lo ?? Number.NEGATIVE_INFINITY);
  const atHigh = holds(threshold, hi ?? Number.POSITIVE_INFINITY);
  if (atLow !== atHigh) return "inconclusive";
  return atLow ? "pass" : "fail";
}
