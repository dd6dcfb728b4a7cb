// The result of one scenario, made of its tally.
import type { Sample } from "../metrics/sample.ts";
import { isSpread, warmUpOf } from "../scenario/compiling/compile.ts";
import { parseThreshold } from "../scenario/objectives/thresholds.ts";
import type { Scenario } from "../scenario/schema.ts";
import { effectiveReplications } from "./effective.ts";
import {
  breakdownOf,
  differences,
  type MetricTree,
  metricTree,
  readMetric,
  type ScenarioResult,
  type ThresholdResult,
} from "./result.ts";
import { judge } from "./thresholds.ts";
import { warningsOf } from "./warnings.ts";

export function scenarioResult(scenario: Scenario, sample: Sample): ScenarioResult {
  const metrics = metricTree(sample);
  const breakdown = breakdownOf(sample.tally);
  const warmUp = warmUpOf(scenario);
  const effective = isSpread(scenario) ? effectiveReplications(sample) : undefined;
  return {
    name: scenario.name,
    replications: Math.round(sample.total("replications")),
    instances: sample.instances,
    ...(warmUp > 0 && { warmUp }),
    metrics,
    ...(breakdown && { breakdown }),
    ...(effective && { effectiveReplications: effective }),
    ...(sample.isPaired ? { differences: differences(sample) } : {}),
    thresholds: scenario.thresholds.map((text) => thresholdResult(text, metrics)),
    warnings: warningsOf(sample, scenario),
    events: sample.tally.events,
  };
}

function thresholdResult(text: string, metrics: MetricTree): ThresholdResult {
  const threshold = parseThreshold(text);
  const verdict = threshold
    ? judge(threshold, readMetric(metrics, threshold.metric))
    : "not-evaluated";
  return { threshold: text, verdict };
}
