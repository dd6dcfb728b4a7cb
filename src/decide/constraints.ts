// Constraints on what is chosen or recommended: `cost <= 0.5`. They are written as the thresholds of a scenario are.
import type { Text } from "../documents/checking/problems.ts";
import { KNOWN_METRICS } from "../metrics/naming.ts";
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
