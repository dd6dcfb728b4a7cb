// Thresholds: conditions on metrics, judged by their intervals rather than by their point estimates.
import type { Threshold } from "../scenario/objectives/thresholds.ts";
import type { MetricValue, Verdict } from "./result.ts";

const HOLDS: Readonly<Record<Threshold["operator"], (x: number, bound: number) => boolean>> = {
  ">=": (x, bound) => x >= bound,
  ">": (x, bound) => x > bound,
  "<=": (x, bound) => x <= bound,
  "<": (x, bound) => x < bound,
};

/** Whether a value meets the condition. */
export const holds = ({ operator, value }: Threshold, x: number): boolean =>
  HOLDS[operator](x, value);

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
