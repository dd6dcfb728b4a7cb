// Queues whose latency is known in closed form, beside simulated ones: one server with calls of exponential length (M/M/1),
// and the single agent, which takes turns among the requests that are under way and so shares itself among them.
import { cell } from "../estimates.ts";
import { judgedAll, type TargetResult } from "../judging.ts";
import { type Column, pairs, tableOf } from "../show.ts";
import { estimateIn, estimateOf, type Results, resultsOf, type Trial } from "../simulate.ts";
import type { StudyTable } from "../study.ts";
import { relative } from "../target.ts";
import { type Capacities, LOADS, type Stream, streams, workloadOf } from "./load.ts";
import { QUEUE_SOURCE } from "./published.ts";

/** Mean length of a call in seconds: that of scenarios/operation/queue.yaml. */
const SERVICE = 4;

/** Loads at which the queue settles within the warm-up. */
export const QUEUE_LOADS = [0.3, 0.5, 0.7] as const;
const QUEUE: Stream = { tasks: 250, warmUp: 100 };
const TRIAL = "queue";

/** Highest load at which the queue of the single agent settles within the warm-up of its streams. */
const SHARED_UP_TO = 0.6;

/** Share of a closed form within which the simulated value has to be: about three standard errors of the least certain. */
const TOLERANCE = 0.1;

export function queueTrials(replications: number): Trial[] {
  const scenarios = QUEUE_LOADS.map((load) => ({
    file: "operation/queue.yaml",
    changes: workloadOf(SERVICE / load, QUEUE),
  }));
  return [{ name: TRIAL, ...streams(replications, QUEUE), scenarios }];
}

/**
 * Mean seconds from arrival to end at a load in (0, 1): service / (1 - load). In M/M/1 whatever the order of service; where
 * a server shares itself evenly among all requests (processor sharing), for any distribution of service.
 */
export function meanSojourn(load: number, service: number): number {
  if (!(load > 0 && load < 1)) throw new RangeError(`Load ${load}: must be in (0, 1)`);
  return service / (1 - load);
}

/** Seconds within which a share q in (0, 1) of the requests are done in M/M/1, first come first served: it is exponential. */
export function sojournQuantile(q: number, load: number, service: number): number {
  if (!(q > 0 && q < 1)) throw new RangeError(`Quantile of ${q}: must be in (0, 1)`);
  return -Math.log1p(-q) * meanSojourn(load, service);
}

/** What is held against a closed form of M/M/1 at each load. */
const HELD = [
  ["mean", "latency.mean", (load: number) => meanSojourn(load, SERVICE)],
  ["p95", "latency.p95", (load: number) => sojournQuantile(0.95, load, SERVICE)],
  ["p99", "latency.p99", (load: number) => sojournQuantile(0.99, load, SERVICE)],
] as const;

export function queueTargets(results: Results, perHour: Capacities): TargetResult[] {
  const common = {
    figure: "Latency of a queue",
    unit: "seconds",
    source: QUEUE_SOURCE,
    tolerance: relative(TOLERANCE),
  } as const;
  const queue = pairs([...QUEUE_LOADS.entries()], HELD).map(([[i, load], [name, metric, at]]) => ({
    id: `operation.queue.${name}.${load}`,
    title: `one call per request, ${name} at load ${load}`,
    // The scenario was set to be such a queue.
    kind: "identity" as const,
    published: at(load),
    simulated: estimateIn(results, TRIAL, metric, i),
    definition: `M/M/1 with mean service ${SERVICE} s; published: the closed form of a queue that has settled`,
  }));
  const capacity = perHour.get("single") as number;
  const shared = [...LOADS.entries()]
    .filter(([, load]) => load <= SHARED_UP_TO)
    .map(([i, load]) => ({
      id: `operation.sharing.${load}`,
      title: `single agent, mean at load ${load}`,
      kind: "predicted" as const,
      published: meanSojourn(load, 3600 / capacity),
      simulated: estimateIn(results, "single", "latency.mean", i),
      definition:
        "M/G/1 with processor sharing; published: the seconds that a rare request takes of the agent / (1 - load)",
      note: "An agent takes turns among the requests that are under way. The closed form is that of turns without length, and of an agent that never pauses before it tries again.",
    }));
  return judgedAll(common, [...queue, ...shared]);
}

export function queueTable(results: Results): StudyTable {
  const loads = QUEUE_LOADS.map((load, i) => ({ load, result: resultsOf(results, TRIAL)[i] }));
  type Row = (typeof loads)[number];
  return tableOf(
    {
      name: "queue",
      title: "One call per request: the closed form and the simulated queue",
      note: `${QUEUE.tasks} requests per stream, of which the first ${QUEUE.warmUp} are left out. The closed form is that of M/M/1.`,
    },
    loads,
    [
      ["load", "share", ({ load }) => load],
      ...HELD.flatMap(([name, metric, at]): Column<Row>[] => [
        [`${name}, closed form`, "seconds", ({ load }) => at(load)],
        [`${name}, simulated`, "seconds", ({ result }) => cell(estimateOf(result, metric))],
      ]),
    ],
  );
}
