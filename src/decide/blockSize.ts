// How large blocks of observations are.
import { metric as metricOf } from "../metrics/definitions.ts";
import { tasksOf } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";

/** Instances that have as many tasks together: of a stream, replications. */
export function instancesWith(tasks: number, scenarios: readonly Scenario[]): number {
  return Math.ceil(tasks / Math.min(...scenarios.map(tasksOf)));
}

/**
 * Task instances of a block: eight points of each net, so that means of blocks are nearly normal. Ratios and quantiles are biased in
 * small blocks.
 */
export function blockInstancesOf(
  scenarios: readonly Scenario[],
  metrics: readonly string[],
): number {
  const areMeans = metrics.every((name) => metricOf(name).meanOf !== undefined);
  const streams = scenarios.filter(({ workload }) => workload.arrivals !== "one");
  return instancesWith(areMeans ? 256 : 512, streams.length === 0 ? scenarios : streams);
}
