// Checks the meaning of objectives and thresholds.
import type { Examined } from "../../documents/checking/examined.ts";
import type { Text } from "../../documents/checking/problems.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import type { Scenario } from "../schema.ts";
import { statedProperties, statesValue } from "../task/claims.ts";
import { watchesBacklog } from "../workload/backlog.ts";
import * as messages from "./messages.ts";
import { isPercentage, type KnownMetrics, meantThreshold, parseThreshold } from "./thresholds.ts";

/**
 * Sections are left out where they are not valid.
 * @param metrics that thresholds can name; any name will do where it is missing
 */
export function checkObjectives(
  {
    objectives,
    thresholds,
    task,
    workload,
  }: Partial<Pick<Scenario, "objectives" | "thresholds" | "task" | "workload">>,
  metrics: readonly string[] | KnownMetrics | undefined,
  found: Examined,
): void {
  if (thresholds) checkThresholds(thresholds, metrics, found);
  if (objectives?.latency === 0) found.error(["objectives", "latency"], messages.noTimeAtAll);
  if (objectives?.backlog !== undefined && workload?.arrivals === "one")
    found.error(["objectives", "backlog"], messages.backlogOfOne);
  if (!thresholds) return;
  if (objectives && objectives.latency === undefined)
    checkMetricsOf(TIMED_METRICS, messages.metricNeedsObjective, thresholds, found);
  if (task && !statesValue(task.graph))
    checkMetricsOf(VALUE_METRICS, messages.metricNeedsValue, thresholds, found);
  if (task && !statedProperties(task.graph).some(({ critical }) => critical))
    checkMetricsOf(CRITICAL_METRICS, messages.metricNeedsCritical, thresholds, found);
  if (!objectives || !workload) return;
  if (!watchesBacklog({ workload, objectives }))
    checkMetricsOf(BACKLOG_METRICS, messages.metricNeedsBacklog, thresholds, found);
  if (objectives.backlog === undefined)
    checkMetricsOf(
      BACKLOG_OBJECTIVE_METRICS,
      messages.metricNeedsBacklogObjective,
      thresholds,
      found,
    );
}

function checkThresholds(
  thresholds: readonly string[],
  metrics: readonly string[] | KnownMetrics | undefined,
  found: Examined,
): void {
  const known: KnownMetrics | undefined =
    metrics && "names" in metrics ? metrics : metrics && namesOnly(metrics);
  for (const [i, text] of thresholds.entries()) {
    const problem = faultOfThreshold(text, known);
    if (problem) found.error(["thresholds", i], problem);
  }
}

/**
 * What is wrong with the text of a threshold, and what is probably meant; undefined where nothing is.
 * @param known metrics that it can name; any name will do where they are missing
 * @param noun what it is called in the message
 */
export function faultOfThreshold(
  text: string,
  known: KnownMetrics | undefined,
  noun = "threshold",
): Text | undefined {
  const threshold = parseThreshold(text);
  const meant = known && meantThreshold(text, known);
  if (threshold === undefined) return messages.thresholdSyntax(text, meant, noun);
  const { metric, value } = threshold;
  if (known === undefined) return undefined;
  if (!known.names.includes(metric))
    return messages.unknownThresholdMetric(metric, known.nearest(metric), meant);
  const isShare = known.unitOf(metric) === "share";
  return isShare && isPercentage(value) ? messages.notAShare(metric, value, meant) : undefined;
}

const namesOnly = (names: readonly string[]): KnownMetrics => ({
  names,
  nearest: (text) => suggest(text, names),
  unitOf: () => "",
});

/** Metrics that only tasks with a latency objective have. */
const TIMED_METRICS = ["onTime", "successOnTime"];

/** Metrics that only tasks with losses or weights have. */
const VALUE_METRICS = ["loss.total", "loss.wrong", "loss.missing", "totalCost", "quality"];
const CRITICAL_METRICS = ["criticalSuccess"];

/** Metrics that only streams have whose backlog is watched, and those that need its objective. */
const BACKLOG_METRICS = ["backlog.peak", "backlog.mean"];
const BACKLOG_OBJECTIVE_METRICS = ["backlog.above", "backlog.clearing"];

/** Reports thresholds on metrics that this scenario does not have. */
function checkMetricsOf(
  absent: readonly string[],
  textFor: (name: string) => Text,
  thresholds: readonly string[],
  found: Examined,
): void {
  for (const [i, text] of thresholds.entries()) {
    const name = parseThreshold(text)?.metric;
    if (name !== undefined && absent.includes(name)) found.error(["thresholds", i], textFor(name));
  }
}
