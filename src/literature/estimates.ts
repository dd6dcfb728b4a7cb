// Estimates of studies that are made of others (quotients and the like, with intervals), and as cells and points.
import type { MetricValue, ScenarioResult } from "../experiment/result.ts";
import { estimateOf } from "./simulate.ts";
import type { StudyColumn, StudyEstimate, StudyPoint } from "./study.ts";

/** Half-width of a 95 % interval in standard errors. */
const Z = 1.96;

/** Standard error of the logarithm of an estimate, by the delta method from its interval; 0 where it has none. */
function logError({ mean, ci: [low, high] }: StudyEstimate): number {
  if (mean === null || mean === 0 || low === null || high === null) return 0;
  return (high - low) / (2 * Z * mean);
}

/** An estimate by its logarithm and the standard error of that. */
export function fromLog(log: number, error: number): StudyEstimate {
  return { mean: Math.exp(log), ci: [Math.exp(log - Z * error), Math.exp(log + Z * error)] };
}

/** a / b of independent estimates; without a value where either has none or b is 0. */
export function quotient(a: StudyEstimate, b: StudyEstimate): StudyEstimate {
  if (a.mean === null || b.mean === null || b.mean === 0) return { mean: null, ci: [null, null] };
  if (a.mean === 0) return { mean: 0, ci: [0, null] };
  return fromLog(Math.log(a.mean / b.mean), Math.hypot(logError(a), logError(b)));
}

/** An estimate in another unit. */
export function scaled({ mean, ci: [low, high] }: StudyEstimate, factor: number): StudyEstimate {
  const times = (x: number | null) => (x === null ? null : x * factor);
  return { mean: times(mean), ci: [times(low), times(high)] };
}

/** A point of a figure with its interval; none where there is no value. */
export function point(x: number | string, { mean, ci: [low, high] }: StudyEstimate): StudyPoint[] {
  if (mean === null) return [];
  return [{ x, y: mean, ...(low === null ? {} : { low }), ...(high === null ? {} : { high }) }];
}

/** A metric as a cell of a table. */
export function cell({ mean, ci }: MetricValue): StudyEstimate {
  return { mean, ci };
}

/** A column that shows a metric. */
export interface MetricColumn extends StudyColumn {
  readonly metric: string;
}

export function columnsOf(shown: readonly MetricColumn[]): StudyColumn[] {
  return shown.map(({ name, unit }) => ({ name, unit }));
}

/** The metrics of a result as cells of such columns. */
export function cellsOf(shown: readonly MetricColumn[], result: ScenarioResult): StudyEstimate[] {
  return shown.map(({ metric }) => cell(estimateOf(result, metric)));
}

/** A value that is computed, not estimated. */
export function exactly(mean: number | null): MetricValue {
  return { mean, ci: [mean, mean] };
}
