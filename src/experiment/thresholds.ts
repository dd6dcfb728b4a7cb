// Thresholds: conditions on metrics, judged by their intervals rather than by their point estimates.
import type { Threshold } from "../scenario/objectives/thresholds.ts";
import type { MetricValue, Verdict } from "./result.ts";

const HOLDS: Readonly<Record<Threshold["operator"], (x: number, bound: number) => boolean>> = {
  ">=": (x, bound) => x >= bound,
  ">": (x, bound) => x > bound,
  "<=": (x, bound) => x <= bound,
  "<": (x, bound) => x < bound,
};

/**
 * Passes if the whole interval meets the condition, and fails if none of it does. In between it is inconclusive; without a
 * value it is not evaluated.
 */
export function judge({ operator, value: bound }: Threshold, value?: MetricValue): Verdict {
  if (value === undefined || value.mean === null) return "not-evaluated";
  const [lo, hi] = value.ci;
  const atLow = HOLDS[operator](lo ?? Number.NEGATIVE_INFINITY, bound);
  const atHigh = HOLDS[operator](hi ?? Number.POSITIVE_INFINITY, bound);
  if (atLow !== atHigh) return "inconclusive";
  return atLow ? "pass" : "fail";
}
