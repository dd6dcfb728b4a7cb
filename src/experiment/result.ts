// Results: the versioned JSON documents that `run` and `compare` print and store, made of tallies.
import { METRICS, type MetricDefinition, metric } from "../metrics/definitions.ts";
import { saturation } from "../metrics/saturation.ts";
import type { Tally } from "../metrics/tally.ts";
import { FIELD, OUTCOME_SIZE } from "../model/outcome.ts";
import { effectiveSampleSize, FEW_CLUSTERS, type Interval } from "../numerics/intervals.ts";
import { difference } from "../numerics/ratios.ts";
import { SEMANTICS, VERSION } from "../version.ts";
import type { HalfWidth } from "./halfWidth.ts";
import { pairingGain } from "./pairing.ts";

/** An estimate with its 95 % interval. Where the data give no value or bound it is null; `undefined` then says why. */
export interface MetricValue {
  readonly mean: number | null;
  readonly ci: readonly [number | null, number | null];
  readonly undefined?: string;
}

/** Metric values by name; the dots of a name nest. */
export interface MetricTree {
  readonly [name: string]: MetricValue | MetricTree;
}

/** A paired difference to the baseline. */
export interface Difference extends MetricValue {
  /**
   * Variance that the difference would have without pairing, over the variance that it has: (var(a) + var(b)) /
   * var(a - b). Unpaired runs would need that many times the replications. Null if the difference does not vary.
   */
  readonly pairing: number | null;
}

export type Verdict = "pass" | "fail" | "inconclusive" | "not-evaluated";

export interface ThresholdResult {
  readonly threshold: string;
  readonly verdict: Verdict;
}

/** The result of one scenario: its metrics, differences to the baseline, thresholds and warnings. */
export interface ScenarioResult {
  readonly name: string;
  readonly replications: number;
  /** Task instances: the independent units that intervals are made over. */
  readonly instances: number;
  readonly metrics: MetricTree;
  /** Paired differences to the baseline, by metric name. */
  readonly differences?: Readonly<Record<string, Difference>>;
  readonly thresholds: readonly ThresholdResult[];
  readonly warnings: readonly string[];
  /** Kernel events handled. */
  readonly events: number;
}

/** How precise an estimate came out for which a precision was asked. */
export interface PrecisionResult {
  readonly scenario: string;
  readonly metric: string;
  /** The half-width asked for. */
  readonly target: HalfWidth;
  /** The longer side of the 95 % interval, in the terms of the target; null if there is none. */
  readonly halfWidth: number | null;
  readonly reached: boolean;
}

export interface ExperimentResult {
  readonly schema: "faultline/run@1" | "faultline/compare@1";
  readonly seed: string;
  /**
   * Replications asked for; an interrupted experiment has fewer in its scenarios. With a precision: the most that a
   * scenario needed.
   */
  readonly replications: number;
  readonly engine: { readonly version: string; readonly semantics: number };
  readonly baseline?: string;
  readonly interrupted: boolean;
  /** Where precision was asked for: for every scenario in turn, one entry per target. */
  readonly precision?: readonly PrecisionResult[];
  readonly scenarios: readonly ScenarioResult[];
}

export const ENGINE = { version: VERSION, semantics: SEMANTICS } as const;

/** Every metric that the tally can speak of, as a tree. */
export function metricTree(tally: Tally): MetricTree {
  const tree: Record<string, unknown> = {};
  for (const metric of METRICS) {
    if (metric.needsBaseline && !tally.isPaired) continue;
    plant(tree, metric.name.split("."), metricValue(metric, tally));
  }
  return tree as MetricTree;
}

function plant(tree: Record<string, unknown>, path: readonly string[], value: MetricValue): void {
  const [head, ...rest] = path;
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const branch = (tree[head] ?? {}) as Record<string, unknown>;
  tree[head] = branch;
  plant(branch, rest, value);
}

/** A metric of a tally; without a value where the data define none. */
export function metricValue(metric: MetricDefinition, tally: Tally): MetricValue {
  return toValue(metric.estimate(tally), metric.whenUndefined);
}

function toValue(interval: Interval | undefined, whenUndefined: string): MetricValue {
  if (interval === undefined) return { mean: null, ci: [null, null], undefined: whenUndefined };
  return { mean: interval.mean, ci: [finite(interval.lo), finite(interval.hi)] };
}

const finite = (x: number) => (Number.isFinite(x) ? x : null);

/** The value of a metric by its dotted name, or `undefined` where the result does not have it. */
export function readMetric(metrics: MetricTree, name: string): MetricValue | undefined {
  let node: MetricTree | MetricValue | undefined = metrics;
  for (const part of name.split(".")) node = (node as MetricTree | undefined)?.[part];
  return node as MetricValue | undefined;
}

/** Paired differences of all metrics that are means per task. */
export function differences(tally: Tally): Record<string, Difference> {
  const result: Record<string, Difference> = {};
  for (const metric of METRICS) {
    if (metric.meanOf === undefined) continue;
    const field = FIELD[metric.meanOf];
    const interval = difference(tally.moments, field, OUTCOME_SIZE + field, {
      per: FIELD.tasks,
      isShare: metric.unit === "share",
      isItself: tally.isBaseline,
    });
    result[metric.name] = {
      ...toValue(interval, metric.whenUndefined),
      pairing: pairingGain(tally.moments, metric.meanOf),
    };
  }
  return result;
}

/** What a reader should know before believing the numbers. */
export function warningsOf(tally: Tally): string[] {
  const { moments } = tally;
  const tasks = moments.mean(FIELD.tasks);
  if (!(tasks > 0)) return [];
  return [
    fewInstancesWarning(tally),
    saturationWarning(tally, moments.mean(FIELD.success) / tasks),
    ...unstableWarnings(tally),
    limitWarning(
      "cutOff",
      "cut off by limits.events or limits.time and counted as failed: raise the limit, or lower the rounds of loops or workload.tasks",
      tally,
    ),
    limitWarning(
      "outOfTurns",
      "had an agent that reached limits.turnsPerClaim with work left to do: raise it, or see whether reviews always flag (errorRate, checks) or calls always fail (failure, timeout)",
      tally,
    ),
    limitWarning("turnedAway", "turned away by limits.inFlight and counted as failed", tally),
    neverArrivedWarning(tally),
    limitWarning("exhausted", "used up all rounds before the condition of the loop was met", tally),
    limitWarning(
      "stalled",
      "stalled: a round changed nothing, and the condition of the loop was not met",
      tally,
    ),
  ].filter((warning) => warning !== undefined);
}

function fewInstancesWarning({ moments }: Tally): string | undefined {
  const { count } = moments;
  if (count >= FEW_CLUSTERS) return undefined;
  const enough = Math.ceil(FEW_CLUSTERS * moments.mean(FIELD.replications));
  return `only ${count} instance${count === 1 ? "" : "s"}: intervals are wide or missing, and cannot be relied on; take ${enough} replications or more`;
}

function saturationWarning(tally: Tally, success: number): string | undefined {
  const worth = effectiveSampleSize(success, 0, tally.moments.count, tally.moments.count);
  const stuck = saturation(success, worth);
  if (stuck === undefined) return undefined;
  return `success is stuck at ${stuck.at}: it cannot tell scenarios apart here (the true share may be ${percent(stuck.margin)} away)`;
}

/** Servers to which work comes faster than they can do it: waits grow for as long as the run lasts. */
function unstableWarnings(tally: Tally): string[] {
  return ["orchestrator", "worker", "rateLimit"].flatMap((name) => {
    const { mean } = metricValue(metric(`utilisation.${name}`), tally);
    if (mean === null || mean < 1) return [];
    const which = name === "rateLimit" ? "the rate limit" : `the busiest ${name}`;
    return `unstable: utilisation ${Number(mean.toPrecision(2))} of ${which}: work comes faster than it can be done, and latencies grow with workload.tasks`;
  });
}

function limitWarning(
  field: "cutOff" | "turnedAway" | "exhausted" | "stalled" | "outOfTurns",
  what: string,
  { moments }: Tally,
): string | undefined {
  const share = moments.mean(FIELD[field]) / moments.mean(FIELD.tasks);
  return share > 0 ? `${percent(share)} of the tasks ${what}` : undefined;
}

function neverArrivedWarning({ moments }: Tally): string | undefined {
  const never = moments.mean(FIELD.neverArrived);
  const tasks = never + moments.mean(FIELD.tasks);
  return never > 0
    ? `${percent(never / tasks)} of the tasks never arrived, since limits.events or limits.time ended their replication; no metric but neverArrived counts them`
    : undefined;
}

/** A share as a percentage of two significant digits. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
