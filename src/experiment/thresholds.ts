// Thresholds: conditions on metrics, judged by their intervals rather than by their point estimates.
import type { Threshold } from "../scenario/objectives/thresholds.ts";
import type { MetricValue, Verdict } from "./result.ts";

/**
 * Passes when the whole interval meets the condition, fails when none of it does; in between it is
 * inconclusive, and without a value not evaluated.
 */
export function judge(threshold: Threshold, value: MetricValue | undefined): Verdict {
  if (value === undefined || value.mean === null) return "not-evaluated";
  const lo = value.ci[0] ?? Number.NEGATIVE_INFINITY;
  const hi = value.ci[1] ?? Number.POSITIVE_INFINITY;
  const meets = [lo, hi].map((x) => compare(x, threshold));
  if (meets[0] && meets[1]) return "pass";
  return meets[0] || meets[1] ? "inconclusive" : "fail";
}

function compare(x: number, { operator, value }: Threshold): boolean {
  switch (operator) {
    case ">=":
      return x >= value;
    case ">":
      return x > value;
    case "<=":
      return x <= value;
    case "<":
      return x < value;
  }
}
