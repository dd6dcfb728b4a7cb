// What a reader should know before believing a result: each warning with the words by which its topic is known again,
// since results hold their warnings as text.
import { metric } from "../metrics/definitions.ts";
import type { Sample } from "../metrics/sample.ts";
import { saturation } from "../metrics/saturation.ts";
import { FIELD } from "../model/outcome.ts";
import { effectiveSampleSize, FEW_INSTANCES } from "../numerics/intervals.ts";
import { sizeOf } from "../numerics/ratios.ts";
import type { Scenario } from "../scenario/schema.ts";
import { isUneven } from "../scenario/workload/profile.ts";
import type { KnownWarning } from "../topics.ts";
import { metricValue } from "./result.ts";

interface ExperimentWarning extends KnownWarning {
  /** The warnings of a sample with at least one task; mostly none, or one. */
  texts(sample: Sample, scenario: Pick<Scenario, "workload">): readonly string[];
}

/** All warnings of runs and comparisons, in the order in which a result has them. */
export const EXPERIMENT_WARNINGS: readonly ExperimentWarning[] = [
  { topic: "few-instances", pattern: /only \d+ instances?: intervals/, texts: fewInstances },
  { topic: "success-is-stuck", pattern: /success is stuck at [01]/, texts: stuckSuccess },
  { topic: "unstable-load", pattern: /unstable: utilisation/, texts: unstableServers },
  ofLimit(
    "tasks-cut-off",
    "cutOff",
    "cut off by limits.events or limits.time and counted as failed: raise the limit, or lower the rounds of loops or workload.tasks",
  ),
  ofLimit(
    "work-outside-shifts",
    "heldUp",
    "were cut off while a turn waited for an agent that was off: give it longer shifts (agents.X.shifts) or more staff, or raise limits.time",
  ),
  ofLimit(
    "agent-out-of-turns",
    "outOfTurns",
    "had an agent that reached limits.turnsPerClaim with work left to do: raise it, or see whether reviews always flag (errorRate, checks) or calls always fail (failure, timeout)",
  ),
  ofLimit(
    "tasks-turned-away",
    "turnedAway",
    "turned away by limits.inFlight and counted as failed",
  ),
  { topic: "tasks-never-arrived", pattern: / of the tasks never arrived/, texts: neverArrived },
  ofLimit(
    "rounds-used-up",
    "exhausted",
    "used up all rounds before the condition of the loop was met",
  ),
  ofLimit(
    "loop-stalled",
    "stalled",
    "stalled: a round changed nothing, and the condition of the loop was not met",
  ),
];

/** What a reader should know before believing the numbers. */
export function warningsOf(sample: Sample, scenario: Pick<Scenario, "workload">): string[] {
  if (!(sample.total("tasks") > 0)) return [];
  return EXPERIMENT_WARNINGS.flatMap(({ texts }) => texts(sample, scenario));
}

function fewInstances(sample: Sample): string[] {
  const { instances } = sample;
  if (instances >= FEW_INSTANCES) return [];
  const enough = Math.ceil((FEW_INSTANCES * sample.total("replications")) / instances);
  return [
    `only ${instances} instance${instances === 1 ? "" : "s"}: intervals are wide or missing, and cannot be relied on; take ${enough} replications or more`,
  ];
}

function stuckSuccess(sample: Sample): string[] {
  const success = sample.total("success") / sample.total("tasks");
  const { sums } = sample;
  const worth = effectiveSampleSize(success, 0, sizeOf(sums, sums.mean(FIELD.tasks)));
  const stuck = saturation(success, worth);
  if (stuck === undefined) return [];
  return [
    `success is stuck at ${stuck.at}: it cannot tell scenarios apart here (the true share may be ${percent(stuck.margin)} away)`,
  ];
}

/** Servers to which work comes faster than they can do it: waits grow for as long as the run lasts, or until a peak is over. */
function unstableServers(sample: Sample, { workload }: Pick<Scenario, "workload">): string[] {
  const isPeak = workload.arrivals !== "one" && isUneven(workload.profile);
  const effect = isPeak
    ? "work comes faster than it can be done while these tasks arrive; faultline inspect says the load of the whole week"
    : "work comes faster than it can be done, and latencies grow with workload.tasks";
  return ["orchestrator", "worker", "rateLimit"].flatMap((name) => {
    const { mean } = metricValue(metric(`utilisation.${name}`), sample);
    if (mean === null || mean < 1) return [];
    const which = name === "rateLimit" ? "the rate limit" : `the busiest ${name}`;
    return `unstable: utilisation ${Number(mean.toPrecision(2))} of ${which}: ${effect}`;
  });
}

/** A limit that ended some of the tasks, or held them up. */
function ofLimit(
  topic: KnownWarning["topic"],
  field: "cutOff" | "heldUp" | "turnedAway" | "exhausted" | "stalled" | "outOfTurns",
  what: string,
): ExperimentWarning {
  const words = ` of the tasks ${what}`;
  return {
    topic,
    pattern: literally(words),
    texts(sample) {
      const share = sample.total(field) / sample.total("tasks");
      return share > 0 ? [percent(share) + words] : [];
    },
  };
}

function literally(words: string): RegExp {
  return new RegExp(words.replace(/[.()]/g, "\\$&"));
}

function neverArrived(sample: Sample): string[] {
  const never = sample.total("neverArrived");
  const tasks = never + sample.total("tasks");
  if (!(never > 0)) return [];
  return [
    `${percent(never / tasks)} of the tasks never arrived, since limits.events or limits.time ended their replication; no metric but neverArrived counts them`,
  ];
}

/** A share as a percentage of two significant digits. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
