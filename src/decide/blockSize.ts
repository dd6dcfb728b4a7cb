// How large blocks of observations are.
import { metric as metricOf } from "../metrics/definitions.ts";
import { tasksOf } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";

/**
 * Task instances of a block: eight points of each net, so that means of blocks are nearly normal. Ratios and quantiles are biased in
 * small blocks. Of a stream so many replications as have as many tasks.
 */
export function blockInstancesOf(
  scenarios: readonly Scenario[],
  metrics: readonly string[],
): number {
  const areMeans = metrics.every((name) => metricOf(name).meanOf !== undefined);
  const wanted = areMeans ? 256 : 512;
  const streams = scenarios.filter(({ workload }) => workload.arrivals !== "one");
  if (streams.length === 0) return wanted;
  return Math.ceil(wanted / Math.min(...streams.map(tasksOf)));
}
