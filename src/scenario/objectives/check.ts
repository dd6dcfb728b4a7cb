// Checks the meaning of objectives, success and thresholds.
import type { Examined } from "../../documents/checking/examined.ts";
import type { Text } from "../../documents/checking/problems.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import type { Scenario } from "../schema.ts";
import * as messages from "./messages.ts";
import type { Success } from "./schema.ts";
import { isSubject, type Subject, states } from "./subjects.ts";
import { isPercentage, type KnownMetrics, meantThreshold, parseThreshold } from "./thresholds.ts";

/**
 * Sections are left out where they are not valid.
 * @param metrics that thresholds can name; any name will do where it is missing
 */
export function checkObjectives(
  sections: Partial<Scenario>,
  metrics: readonly string[] | KnownMetrics | undefined,
  found: Examined,
): void {
  const { objectives, success, thresholds, task, agents, workload } = sections;
  if (objectives) checkDeadline(objectives, found);
  if (objectives?.backlog !== undefined && workload?.arrivals === "one")
    found.error(["objectives", "backlog"], messages.backlogOfOne);
  // Where a section is not valid, what the scenario states is not known.
  const stated = objectives &&
    task &&
    agents &&
    workload && { objectives, task, agents, workload, success };
  if (success) checkSuccess(success, stated, found);
  for (const [i, text] of (thresholds ?? []).entries()) {
    const known = metrics && ("names" in metrics ? metrics : namesOnly(metrics));
    const problem = faultOfThreshold(text, known) ?? absentMetric(text, stated, known);
    if (problem) found.error(["thresholds", i], problem);
  }
}

type Stated = Parameters<typeof states>[1];

function checkDeadline({ latency, loss }: Scenario["objectives"], found: Examined): void {
  if (latency === 0) found.error(["objectives", "latency"], messages.noTimeAtAll);
  if (loss !== undefined && latency === undefined)
    found.error(["objectives", "loss"], messages.lossWithoutObjective);
}

function checkSuccess(
  { atLeast, of, critical }: Success,
  stated: Stated | undefined,
  found: Examined,
): void {
  const path = ["success"];
  const isByQuality = atLeast !== undefined || of !== undefined;
  if (critical && isByQuality) found.errorAtKey(path, messages.successTwice);
  else if (!critical && !isByQuality) found.errorAtKey(path, messages.successOfNothing);
  else if (isByQuality && atLeast === undefined)
    found.errorAtKey(path, messages.successWithoutShare);
  else if (isByQuality && of === undefined) found.errorAtKey(path, messages.successWithoutMeasure);
  if (atLeast === 0) found.error([...path, "atLeast"], messages.successAtZero);
  if (critical && stated && !states("critical", stated))
    found.error([...path, "critical"], messages.successNeedsCritical);
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
  aboutOf: () => undefined,
});

/** Metrics that are undefined without a latency objective. */
const TIMED_METRICS = ["onTime", "successOnTime"];

const ABSENT: Readonly<Partial<Record<Subject, (name: string) => Text>>> = {
  valued: messages.metricNeedsValue,
  critical: messages.metricNeedsCritical,
  urgent: messages.metricNeedsDeadlineLoss,
  tooled: messages.metricNeedsTools,
  watched: messages.metricNeedsBacklog,
  backlogLimited: messages.metricNeedsBacklogObjective,
};

/** What is wrong with a threshold on a metric that this scenario does not have. */
function absentMetric(
  text: string,
  stated: Stated | undefined,
  known: KnownMetrics | undefined,
): Text | undefined {
  const name = parseThreshold(text)?.metric;
  if (name === undefined || stated === undefined) return undefined;
  if (TIMED_METRICS.includes(name) && stated.objectives.latency === undefined)
    return messages.metricNeedsObjective(name);
  const subject = known?.aboutOf(name);
  return isSubject(subject) && !states(subject, stated) ? ABSENT[subject]?.(name) : undefined;
}
