// Runs to a given precision: they grow batch by batch until all intervals are narrow enough. The next batch depends on the
// estimates alone, so that it is the same on any machine and for any number of threads.
//
// Stopping when the interval is narrow enough keeps its coverage as the wanted width goes to 0: Chow and Robbins, "On the
// asymptotic theory of fixed-width sequential confidence intervals", Annals of Mathematical Statistics 36 (1965). That is if
// the width becomes certain; from 32 nets it stays uncertain by 13 %, and chance would often stop too early if it were asked
// often. A pilot that is not small and batches that double keep coverage near nominal.
import { METRIC_NAMES, metric } from "../metrics/definitions.ts";
import { nearestMetric } from "../metrics/naming.ts";
import type { Sample } from "../metrics/sample.ts";
import { square } from "../numerics/power.ts";
import type { HalfWidth, PrecisionTarget } from "./halfWidth.ts";
import {
  type MetricValue,
  metricValue,
  type PrecisionResult,
  type ScenarioResult,
  valueIn,
} from "./result.ts";

/** Most replications by default. */
export const DEFAULT_CAP = 1_000_000;

/** Chunks of the first batch: 128 task instances. A power of two, as all that follow: then nets are most even. */
export const PILOT_CHUNKS = 4;

/** Most growth from batch to batch: no great leap on the word of a pilot. */
const MOST_GROWTH = 4;

/** The precision asked for is impossible. */
export class PrecisionError extends Error {}

/**
 * @param isPaired whether there is a baseline to compare with
 * @throws PrecisionError when there is no target, a metric is not known or not to be had, or a width is not above 0
 */
export function checkTargets(targets: readonly PrecisionTarget[], isPaired: boolean): void {
  if (targets.length === 0)
    throw new PrecisionError("no metric is to be precise: name at least one");
  for (const { metric: name, halfWidth } of targets) {
    if (!METRIC_NAMES.includes(name)) {
      const meant = nearestMetric(name);
      throw new PrecisionError(
        `there is no metric ${name}${meant === undefined ? "" : `; did you mean ${meant}?`}`,
      );
    }
    if (metric(name).needsBaseline && !isPaired)
      throw new PrecisionError(`${name} compares with a baseline: it needs compare`);
    const [width] = Object.values(halfWidth);
    if (!(width > 0 && Number.isFinite(width)))
      throw new PrecisionError(`${name} with a half-width of ${width}: it must be above 0`);
  }
}

/** How precise the estimates are: for every scenario in turn, one entry per target. */
export function precisionOf(
  targets: readonly PrecisionTarget[],
  scenarios: readonly { readonly name: string; readonly sample: Sample }[],
): PrecisionResult[] {
  return scenarios.flatMap(({ name, sample }) =>
    targets.map((target) =>
      precisionOfValue(name, target, metricValue(metric(target.metric), sample)),
    ),
  );
}

/** The same of results of uncertain numbers: how precise estimates are as far as simulation decides it. */
export function simulatedPrecisionOf(
  targets: readonly PrecisionTarget[],
  scenarios: readonly ScenarioResult[],
): PrecisionResult[] {
  return scenarios.flatMap(({ name, metrics }) =>
    targets.map((target) => {
      const value = valueIn(metrics, metric(target.metric));
      return precisionOfValue(name, target, { ...value, ci: value.simulation?.ci ?? value.ci });
    }),
  );
}

function precisionOfValue(
  scenario: string,
  target: PrecisionTarget,
  value: MetricValue,
): PrecisionResult {
  const halfWidth = halfWidthOf(value, target.halfWidth);
  return {
    scenario,
    metric: target.metric,
    target: target.halfWidth,
    halfWidth,
    reached: halfWidth !== null && halfWidth <= wantedOf(target.halfWidth),
  };
}

const wantedOf = (halfWidth: HalfWidth) =>
  "relative" in halfWidth ? halfWidth.relative : halfWidth.absolute;

/** The longer side of an interval, in the terms of the target; null where there is none, or no estimate to relate it to. */
function halfWidthOf({ mean, ci: [lo, hi] }: MetricValue, target: HalfWidth): number | null {
  if (mean === null || lo === null || hi === null) return null;
  const longer = Math.max(mean - lo, hi - mean);
  if ("absolute" in target) return longer;
  return mean === 0 ? null : longer / Math.abs(mean);
}

/**
 * Chunks that the estimates need in the end, by the law that half-widths shrink with the square root of the replications;
 * Infinity where a target has no half-width.
 * @param done chunks so far, of which at least one target is not reached
 */
export function chunksNeeded(done: number, results: readonly PrecisionResult[]): number {
  const growths = results
    .filter(({ reached }) => !reached)
    .map(({ halfWidth, target }) =>
      halfWidth === null ? Number.POSITIVE_INFINITY : square(halfWidth / wantedOf(target)),
    );
  return Math.ceil(Math.max(...growths) * done);
}

/** Chunks after the next batch: as many as are needed, rounded up to where nets are most even. */
export function chunksAfterNextBatch(done: number, results: readonly PrecisionResult[]): number {
  const wanted = Math.min(MOST_GROWTH * done, chunksNeeded(done, results));
  let chunks = done;
  while (chunks < wanted) chunks *= 2;
  return chunks;
}
