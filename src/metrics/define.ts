// What a metric is, and the usual ways to make one: the mean of an outcome field per task, the share of the tasks that
// something happened to, a product of powers of means.
import { FIELD, OUTCOME_SIZE, type OutcomeField } from "../model/outcome.ts";
import { FEW_INSTANCES, type Interval } from "../numerics/intervals.ts";
import { affine, type Factor, productOfPowers, share } from "../numerics/ratios.ts";
import type { Sample } from "./sample.ts";

/** Headings of tables, in their order. */
export const METRIC_GROUPS = [
  "Outcome",
  "Value",
  "Amplification",
  "Coordination",
  "Spending",
  "Policy",
  "Time",
  "Operation",
  "Backlog",
  "Reliability",
  "Endings",
  "Claims missing",
  "Blast radius",
  "Faults and checks",
] as const;

/** How the 95 % intervals of metrics are made. All are over nets of task instances, with all repeats of each. */
export const INTERVALS = {
  mean: "Student's t over nets",
  ratio: "Fieller's interval of a ratio over nets",
  share: "Wilson's interval of a share, at the effective number of independent tasks",
  quantile: "Woodruff's interval of a quantile, at the effective number of independent values",
} as const;

/** A metric: what it is called, means and is measured in, and how it is estimated. */
export interface MetricDefinition<Name extends string = string> extends Ungrouped<Name> {
  /** Heading of the table that it stands in. */
  readonly group: (typeof METRIC_GROUPS)[number];
}

/** A metric before {@link inGroup} puts it under a heading. */
export interface Ungrouped<Name extends string = string> {
  /** Name in results and thresholds; dots nest. */
  readonly name: Name;
  readonly title: string;
  readonly unit: string;
  readonly description: string;
  readonly formula: string;
  /** Which way is better, where that can be said. */
  readonly better?: "higher" | "lower";
  /**
   * Whether it is shown without being asked for: `main` in the tables of a result, `headline` in those of a sweep too. A
   * metric without it is shown where all are.
   */
  readonly prominence?: "headline" | "main";
  /** Whether it compares with a baseline, so that `run` alone cannot give it. */
  readonly needsBaseline: boolean;
  /** Field that counts the tasks which it is about: a result in which there are none does not have it. */
  readonly about?: OutcomeField;
  /** Field whose mean per task it is: paired differences are formed for these. */
  readonly meanOf?: OutcomeField;
  /** Why there is no value when `estimate` gives none. */
  readonly whenUndefined: string;
  readonly interval: keyof typeof INTERVALS;
  /** Estimate with its 95 % interval; `undefined` where the data define no value. */
  estimate(sample: Sample): Interval | undefined;
}

/** The metrics under a heading. */
export function inGroup<Name extends string>(
  group: MetricDefinition["group"],
  metrics: readonly Ungrouped<Name>[],
): MetricDefinition<Name>[] {
  return metrics.map((metric) => ({ ...metric, group }));
}

export const own = (field: OutcomeField, power = 1): Factor => ({ index: FIELD[field], power });
export const base = (field: OutcomeField, power = 1): Factor => ({
  index: OUTCOME_SIZE + FIELD[field],
  power,
});

/** Outcomes that the repeats of an instance tend to share: one affected instance adds as many as it has repeats. */
const SHARED_BY_REPEATS = new Set<number>([FIELD.success, FIELD.failure]);

/** @param event what one event adds to the numerator: the bound of an event that was never seen goes by it */
export function ratio(sample: Sample, factors: Factor[], event = 1): Interval | undefined {
  const isShared = factors.some(({ index, power }) => power > 0 && SHARED_BY_REPEATS.has(index));
  const { sums, instances } = sample;
  return productOfPowers(sums, factors, {
    // How far repeats are alike, few instances cannot tell: then they are taken to be.
    unit: event * (isShared || instances < FEW_INSTANCES ? sample.total("tasks") / instances : 1),
    isItself: sample.isBaseline && factors.some(({ index }) => index >= OUTCOME_SIZE),
  });
}

type Text<Name extends string> = Pick<
  Ungrouped<Name>,
  "name" | "title" | "unit" | "description" | "formula"
> &
  Partial<Pick<Ungrouped, "better" | "prominence" | "whenUndefined">>;

/** Mean of an outcome field per task. */
export function meanMetric<const Name extends string>(
  field: OutcomeField,
  text: Text<Name>,
): Ungrouped<Name> {
  return {
    whenUndefined: "no task has ended",
    ...text,
    needsBaseline: false,
    meanOf: field,
    interval: "mean",
    estimate: (sample) => ratio(sample, [own(field), own("tasks", -1)]),
  };
}

/** Share of the tasks that something happened to. */
export function shareOfTasks<const Name extends string>(
  field: OutcomeField,
  text: Omit<Text<Name>, "unit">,
): Ungrouped<Name> {
  return {
    whenUndefined: "no task has ended",
    ...text,
    unit: "share",
    needsBaseline: false,
    meanOf: field,
    interval: "share",
    estimate: (sample) => share(sample.sums, FIELD[field], FIELD.tasks),
  };
}

export function ratioMetric<const Name extends string>(
  text: Text<Name> & { whenUndefined: string },
  factors: Factor[],
  { needsBaseline = false, scale = 1, offset = 0 } = {},
): Ungrouped<Name> {
  return {
    ...text,
    needsBaseline,
    interval: "ratio",
    estimate: (sample) => affine(ratio(sample, factors), scale, offset),
  };
}
