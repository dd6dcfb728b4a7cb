// The result of one scenario, made of its tally.
import type { Tally } from "../metrics/tally.ts";
import { FIELD } from "../model/outcome.ts";
import { parseThreshold } from "../scenario/objectives/thresholds.ts";
import type { Scenario } from "../scenario/schema.ts";
import {
  differences,
  type MetricTree,
  metricTree,
  readMetric,
  type ScenarioResult,
  type ThresholdResult,
} from "./result.ts";
import { judge } from "./thresholds.ts";
import { warningsOf } from "./warnings.ts";

/** @param isPaired whether the tally was counted beside a baseline's */
export function scenarioResult(
  scenario: Scenario,
  tally: Tally,
  isPaired: boolean,
): ScenarioResult {
  const metrics = metricTree(tally);
  const { moments } = tally;
  return {
    name: scenario.name,
    replications: moments.count && Math.round(moments.count * moments.mean(FIELD.replications)),
    instances: moments.count,
    metrics,
    ...(isPaired ? { differences: differences(tally) } : {}),
    thresholds: scenario.thresholds.map((text) => thresholdResult(text, metrics)),
    warnings: warningsOf(tally),
    events: tally.events,
  };
}

function thresholdResult(text: string, metrics: MetricTree): ThresholdResult {
  const threshold = parseThreshold(text);
  const verdict = threshold
    ? judge(threshold, readMetric(metrics, threshold.metric))
    : "not-evaluated";
  return { threshold: text, verdict };
}
