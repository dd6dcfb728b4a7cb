// Results: the versioned JSON documents that `run` and `compare` print and store, made of tallies.
import { BREAKDOWN } from "../metrics/breakdown.ts";
import { METRICS, type MetricDefinition } from "../metrics/definitions.ts";
import type { Sample } from "../metrics/sample.ts";
import type { Tally } from "../metrics/tally.ts";
import type { BreakdownKind } from "../model/breakdownLayout.ts";
import { FIELD, OUTCOME_SIZE } from "../model/outcome.ts";
import type { Interval } from "../numerics/intervals.ts";
import { difference } from "../numerics/ratios.ts";
import { SEMANTICS, VERSION } from "../version.ts";
import type { HalfWidth } from "./halfWidth.ts";
import { pairingGain } from "./pairing.ts";

/** An estimate with its 95 % interval. Where the data give no value or bound it is null; `undefined` then says why. */
export interface MetricValue {
  readonly mean: number | null;
  readonly ci: readonly [number | null, number | null];
  readonly undefined?: string;
  /**
   * Where numbers of the scenario are uncertain, the two parts of the interval: how far simulation leaves the mean open, and
   * how far the truth lies from it because these numbers are not known.
   */
  readonly simulation?: IntervalPart;
  readonly parameters?: IntervalPart;
}

export interface IntervalPart {
  /** The 95 % interval if it were for this part alone. */
  readonly ci: readonly [number | null, number | null];
  /** Share of the variance, 0..1; both are null where there is none, or the draws differ no more than chance explains. */
  readonly share: number | null;
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

/** What is told by agent, by claim and by class, each only where there are some: figures by name, by the name of what has them. */
export type Breakdown = {
  readonly [K in BreakdownKind]?: Readonly<Record<string, Readonly<Record<string, MetricValue>>>>;
};

export type Verdict = "pass" | "fail" | "inconclusive" | "not-evaluated";

export interface ThresholdResult {
  readonly threshold: string;
  readonly verdict: Verdict;
  /** Where numbers of the scenario are uncertain: the share of their draws with which it holds; null without a value. */
  readonly chance?: number | null;
}

/** The result of one scenario: its metrics, differences to the baseline, thresholds and warnings. */
export interface ScenarioResult {
  readonly name: string;
  readonly replications: number;
  /** Task instances; intervals are made over nets of them. */
  readonly instances: number;
  /** Where numbers of a scenario are uncertain: the draws of them among which replications are divided. */
  readonly draws?: number;
  /** Tasks at the beginning of each replication that are left out, where there are any. */
  readonly warmUp?: number;
  readonly metrics: MetricTree;
  /**
   * Independent replications that would give as narrow an interval, by metric name. Where instances are spread over nets and
   * there are some to each, for the metrics that are means per task and vary.
   */
  readonly effectiveReplications?: Readonly<Record<string, number>>;
  /** Where the scenario states what claims are worth, or who works besides models. */
  readonly breakdown?: Breakdown;
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

/** Every metric that the sample can speak of, as a tree. */
export function metricTree(sample: Sample): MetricTree {
  const tree: Record<string, unknown> = {};
  for (const metric of METRICS) {
    if (metric.needsBaseline && !sample.isPaired) continue;
    if (!sample.isAbout(metric.about)) continue;
    plant(tree, metric.name.split("."), metricValue(metric, sample));
  }
  return tree as MetricTree;
}

/** Puts a value under its name, of which `path` has the parts. */
export function plant(
  tree: Record<string, unknown>,
  path: readonly string[],
  value: MetricValue,
): void {
  const [head, ...rest] = path;
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const branch = (tree[head] ?? {}) as Record<string, unknown>;
  tree[head] = branch;
  plant(branch, rest, value);
}

/** A metric of a sample; without a value where the data define none. */
export function metricValue(metric: MetricDefinition, sample: Sample): MetricValue {
  const estimate = sample.isAbout(metric.about) ? metric.estimate(sample) : undefined;
  return toValue(estimate, metric.whenUndefined);
}

/** The value of a metric in a result, without one where the result does not have the metric. */
export function valueIn(metrics: MetricTree, metric: MetricDefinition): MetricValue {
  return readMetric(metrics, metric.name) ?? toValue(undefined, metric.whenUndefined);
}

/** What a tally tells by agent, by claim and by class; undefined where it counted nothing of it. */
export function breakdownOf({ breakdown }: Tally): Breakdown | undefined {
  if (breakdown === undefined) return undefined;
  const kinds = Object.entries(breakdown.layout.names) as [BreakdownKind, readonly string[]][];
  const told = kinds.flatMap(([kind, names]) => {
    if (names.length === 0) return [];
    const figures = (part: number) =>
      BREAKDOWN[kind].map(({ name, estimate, whenUndefined }) => [
        name,
        toValue(estimate(breakdown, part), whenUndefined),
      ]);
    return [[kind, Object.fromEntries(names.map((n, i) => [n, Object.fromEntries(figures(i))]))]];
  });
  return Object.fromEntries(told);
}

export function toValue(interval: Interval | undefined, whenUndefined: string): MetricValue {
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
export function differences(sample: Sample): Record<string, Difference> {
  const result: Record<string, Difference> = {};
  for (const metric of METRICS) {
    if (metric.meanOf === undefined) continue;
    if (!sample.isAbout(metric.about) || !sample.isBaselineAbout(metric.about)) continue;
    const field = FIELD[metric.meanOf];
    const interval = difference(sample.sums, field, OUTCOME_SIZE + field, {
      per: FIELD.tasks,
      isShare: metric.unit === "share",
      isItself: sample.isBaseline,
    });
    result[metric.name] = {
      ...toValue(interval, metric.whenUndefined),
      pairing: pairingGain(sample.sums, metric.meanOf),
    };
  }
  return result;
}
