// Estimates that studies make of others: quotients, batches and the like, with their intervals.
import type { MetricValue } from "../experiment/result.ts";
import { type Interval, tInterval } from "../numerics/intervals.ts";
import { standardError } from "../numerics/statistics.ts";
import type { StudyEstimate } from "./study.ts";

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

/** A metric as a cell of a table. */
export function cell({ mean, ci }: MetricValue): StudyEstimate {
  return { mean, ci };
}

/** A value that is computed, not estimated. */
export function exactly(mean: number | null): MetricValue {
  return { mean, ci: [mean, mean] };
}

/** An estimate whose interval has two ends. */
export interface Bounded {
  readonly mean: number;
  readonly ci: readonly [low: number, high: number];
}

export function fromInterval({ mean, lo, hi }: Interval): Bounded {
  return { mean, ci: [lo, hi] };
}

/** A value of all batches together, with the t interval of the batches about it. */
export function ofBatches(value: number, batches: readonly number[]): Bounded {
  return fromInterval(tInterval(value, standardError(batches), batches.length - 1));
}
