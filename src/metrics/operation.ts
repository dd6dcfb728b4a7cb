// Metrics of time and load: how long tasks take, whether they are on time, and how busy the team is.
import { FIELD, type OutcomeField } from "../model/outcome.ts";
import { share } from "../numerics/ratios.ts";
import { meanMetric, own, ratio, ratioMetric, type Ungrouped } from "./define.ts";

const NOTHING_DELIVERED = "no task was delivered";

function latencyQuantile<const P extends number>(percent: P): Ungrouped<`latency.p${P}`> {
  return {
    name: `latency.p${percent}`,
    title: `Latency p${percent}`,
    unit: "seconds",
    description: `Simulated time from arrival to deliverable within which ${percent} % of the delivered tasks end.`,
    formula: "quantile",
    better: "lower",
    ...(percent < 99 && { prominence: "main" }),
    needsBaseline: false,
    whenUndefined: NOTHING_DELIVERED,
    interval: "quantile",
    estimate: ({ tally }) => tally.latency.estimate(percent / 100),
  };
}

export const time = [
  ratioMetric(
    {
      name: "latency.mean",
      title: "Latency, mean",
      unit: "seconds",
      description: "Mean simulated time from arrival to deliverable, over the delivered tasks.",
      formula: "seconds / tasks delivered",
      better: "lower",
      whenUndefined: NOTHING_DELIVERED,
    },
    [own("latency"), own("delivered", -1)],
  ),
  latencyQuantile(50),
  latencyQuantile(95),
  latencyQuantile(99),
  {
    name: "makespan",
    title: "Makespan",
    unit: "seconds",
    description: "Simulated time until the last task of a replication has ended.",
    formula: "mean per replication",
    better: "lower",
    needsBaseline: false,
    whenUndefined: "no task has ended",
    interval: "mean",
    estimate: (sample) => ratio(sample, [own("makespan"), own("replications", -1)]),
  },
] as const satisfies readonly Ungrouped[];

const NO_OBJECTIVE = "there is no latency objective (objectives.latency)";
const NO_STREAM = "tasks come one at a time, or none came to an end";

function timely<const Name extends string>(
  name: Name,
  field: OutcomeField,
  title: string,
  which: string,
): Ungrouped<Name> {
  return {
    name,
    title,
    unit: "share",
    description: `Share of the tasks that ${which} within the latency objective.`,
    formula: `tasks that ${which} in time / tasks`,
    better: "higher",
    needsBaseline: false,
    whenUndefined: NO_OBJECTIVE,
    interval: "share",
    estimate: (sample) => share(sample.sums, FIELD[field], FIELD.timed),
  };
}

/** Offered load: what all that arrives takes, beside the time in which it arrives. */
function utilisation<const Name extends string>(
  name: Name,
  field: OutcomeField,
  title: string,
  what: string,
) {
  return ratioMetric(
    {
      name: `utilisation.${name}`,
      title: `Utilisation, ${title}`,
      unit: "ratio",
      description: `${what}, per second of the time in which tasks arrive. From 1 on, tasks arrive faster than they can be done.`,
      formula: "busy seconds / seconds of arrivals",
      better: "lower",
      whenUndefined: NO_STREAM,
    },
    [own(field), own("arrivalTime", -1)],
  );
}

export const operation = [
  timely("onTime", "onTime", "On time", "end"),
  timely("successOnTime", "successOnTime", "Success on time", "succeed"),
  utilisation(
    "orchestrator",
    "busyOrchestrator",
    "orchestrator",
    "Seconds for which the busiest orchestrator is busy",
  ),
  utilisation("worker", "busyWorker", "worker", "Seconds for which the busiest worker is busy"),
  utilisation(
    "rateLimit",
    "busyLimit",
    "rate limit",
    "Seconds of the busiest rate limit that calls use",
  ),
  meanMetric("callsRetried", {
    name: "callsRetried",
    title: "Calls retried",
    unit: "calls per task",
    description: "Calls that failed or took too long and were made again.",
    formula: "mean",
    better: "lower",
  }),
  meanMetric("callsFailed", {
    name: "callsFailed",
    title: "Turns lost",
    unit: "turns per task",
    description: "Turns that yielded nothing because all their calls failed.",
    formula: "mean",
    better: "lower",
  }),
] as const satisfies readonly Ungrouped[];
