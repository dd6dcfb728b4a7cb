// Constraints on what is recommended: `cost <= 0.5`. They are written as the thresholds of a scenario are, and judged by
// what is expected of a candidate rather than by an interval.
import type { Text } from "../documents/checking/problems.ts";
import { type MetricTree, readMetric } from "../experiment/result.ts";
import { KNOWN_METRICS } from "../metrics/naming.ts";
import { holds } from "../numerics/comparisons.ts";
import { faultOfThreshold } from "../scenario/objectives/check.ts";
import { parseThreshold, type Threshold } from "../scenario/objectives/thresholds.ts";

/** A condition on a metric, in the unit of the metric: cost is US dollars per task, a share is from 0 to 1. */
export type Constraint = Threshold;

/** A text that is no constraint. */
export class ConstraintError extends RangeError {
  /** What is wrong, the rule, and what is probably meant. */
  readonly text: Text;

  constructor(text: Text) {
    super(text.message);
    this.text = text;
  }
}

/**
 * Reads METRIC OPERATOR NUMBER, with the metric named as in results.
 * @throws ConstraintError where the text is anything else, with what is probably meant
 */
export function readConstraint(text: string): Constraint {
  const constraint = parseThreshold(text);
  const fault = faultOfThreshold(text, KNOWN_METRICS, "constraint");
  if (constraint === undefined || fault !== undefined) throw new ConstraintError(fault as Text);
  return constraint;
}

/**
 * Whether a candidate meets a constraint; null where the metric has no value, for which its `undefined` gives the reason.
 * @param success predicted success of the candidate, 0..1, which `success` speaks of
 * @param metrics what was simulated of it, which all other names speak of
 */
export function meets(
  constraint: Constraint,
  success: number,
  metrics: MetricTree,
): boolean | null {
  const { metric } = constraint;
  const value = metric === "success" ? success : (readMetric(metrics, metric)?.mean ?? null);
  return value === null ? null : holds(constraint, value);
}
