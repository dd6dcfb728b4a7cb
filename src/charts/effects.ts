// Effects of factors on a metric: how its mean changes along each factor while the others are averaged out, and which
// factors have no effect that shows.
//
// Points of a random design differ in all factors at once. So the metric is taken for a sum of one effect per factor, each
// constant over a part of the factor's range.
import { type MetricValue, readMetric } from "../experiment/result.ts";
import { additiveFit, type Grouping } from "../numerics/backfitting.ts";
import { groupBy } from "../numerics/grouping.ts";
import { average, clamp } from "../numerics/statistics.ts";
import type { SweepResult } from "../results/results.ts";
import type { FactorValue } from "../sweep/designs/axes.ts";
import { shortList } from "../wording/sentence.ts";
import { extent } from "./scales.ts";
import { distinctRows, type FactorAxis, valuesIn } from "./sweeps.ts";

/** A part of a factor's range: the mean of the metric in it, as if the other factors were alike everywhere. */
export interface Level {
  /** Mean of the factor's values there, or the one value. */
  readonly at: FactorValue;
  readonly value: MetricValue;
}

export interface Effect {
  readonly axis: FactorAxis;
  readonly levels: readonly Level[];
  /** Distance of the least from the greatest mean. */
  readonly size: number;
  /** Whether the 95 % intervals of the levels have no value in common. */
  readonly isClear: boolean;
}

/** The effects of all factors that are set in a scenario of a sweep. */
export function effectsIn(
  result: SweepResult,
  scenario: string,
  metric: string,
  axes: readonly FactorAxis[],
): Effect[] {
  const samples = valuesIn(result, scenario, metric).flatMap(({ factors, value: { mean } }) =>
    mean === null ? [] : [{ factors, mean }],
  );
  return effectsOf(samples, axes);
}

/** A point of a design with the metric's value there. */
export interface Sample {
  readonly factors: Readonly<Record<string, FactorValue>>;
  readonly mean: number;
}

/** Parts that a range is cut into, at most; each factor is to leave several points to a part. */
const MOST_PARTS = 5;
const POINTS_PER_PARAMETER = 4;
/** 95 % quantile of the normal distribution, both sides. */
const Z = 1.96;

/** The effect of each factor that is set at these points. None where there are too few points to tell. */
export function effectsOf(samples: readonly Sample[], axes: readonly FactorAxis[]): Effect[] {
  const set = axes.filter(({ name }) => samples.some(({ factors }) => name in factors));
  const room = samples.length / (POINTS_PER_PARAMETER * Math.max(1, set.length));
  const parts = clamp(Math.floor(room), 2, MOST_PARTS);
  const groupings = set.map((axis) => groupingOf(axis, samples, parts));
  const parameters = 1 + groupings.reduce((sum, { count }) => sum + count - 1, 0);
  if (samples.length <= parameters) return [];
  const { mean, steps, residuals } = additiveFit(
    samples.map((sample) => sample.mean),
    groupings,
  );
  const freedom = samples.length - parameters;
  const deviation = Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / freedom);
  return set.map((axis, f) => {
    const { members, count } = groupings[f];
    const levels = Array.from({ length: count }, (_, level): Level => {
      const inside = samples.filter((_, i) => members[i] === level);
      const half = (Z * deviation) / Math.sqrt(inside.length);
      const middle = mean + steps[f][level];
      return {
        at: middleOf(inside.map(({ factors }) => factors[axis.name])),
        value: { mean: middle, ci: [middle - half, middle + half] },
      };
    });
    const [low, high] = extent(levels.flatMap(({ value }) => value.mean ?? []));
    return { axis, levels, size: high - low, isClear: !haveCommon(levels.map((l) => l.value)) };
  });
}

/** Numbers in parts of equally many points, values in a part of their own each; parts without a point are left out. */
function groupingOf(
  { name, values, isNumeric }: FactorAxis,
  samples: readonly Sample[],
  parts: number,
): Grouping {
  const own = samples.map(({ factors }) => factors[name]);
  if (!isNumeric || values.length <= parts)
    return compact(own.map((value) => values.indexOf(value)));
  const sorted = [...(own as number[])].sort((a, b) => a - b);
  // Equal values stay together: each goes where the first of them does.
  const rank = new Map<number, number>();
  for (const [i, value] of sorted.entries()) if (!rank.has(value)) rank.set(value, i);
  return compact(
    (own as number[]).map((value) =>
      Math.floor((parts * (rank.get(value) as number)) / own.length),
    ),
  );
}

function compact(members: readonly number[]): Grouping {
  const used = [...new Set(members)].sort((a, b) => a - b);
  return { members: members.map((level) => used.indexOf(level)), count: used.length };
}

function middleOf(values: readonly FactorValue[]): FactorValue {
  if (values.some((value) => typeof value !== "number")) return values[0];
  return average(values as number[]);
}

/** Whether all intervals have a value in common; rounding errors are no difference. */
function haveCommon(values: readonly MetricValue[]): boolean {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const { mean, ci } of values) {
    if (mean === null) continue;
    low = Math.max(low, ci[0] ?? low);
    high = Math.min(high, ci[1] ?? high);
  }
  return low <= high + 1e-9 * Math.max(Math.abs(low), Math.abs(high));
}

// ---------------------------------------------------------------- factors without effect

/**
 * Names of the factors along which nothing changes beyond the 95 % intervals: in a grid where cells that differ in such a
 * factor alone always have a value in common, in a random design where the levels of its effect do.
 */
export function withoutEffect(
  result: SweepResult,
  metric: string,
  axes: readonly FactorAxis[],
  isScattered: boolean,
): string[] {
  const judged = isScattered
    ? judgedByEffects(result, metric, axes)
    : judgedByCells(result, metric);
  return axes.map(({ name }) => name).filter((name) => judged(name) === false);
}

/** What the subtitle says of them; empty where there is none. */
export function withoutEffectNote(names: readonly string[], metricTitle: string): string {
  if (names.length === 0) return "";
  const verb = names.length === 1 ? "has" : "have";
  return `${shortList(names)} ${verb} no effect on ${metricTitle.toLowerCase()}: differences are within their intervals.`;
}

/** Whether a factor has an effect; undefined where that cannot be told. */
type Judge = (name: string) => boolean | undefined;

function judgedByEffects(result: SweepResult, metric: string, axes: readonly FactorAxis[]): Judge {
  const scenarios = [...new Set(result.rows.map(({ scenario }) => scenario))];
  const effects = scenarios.flatMap((name) => effectsIn(result, name, metric, axes));
  return (name) => {
    const own = effects.filter(({ axis }) => axis.name === name);
    return own.length === 0 ? undefined : own.some(({ isClear }) => isClear);
  };
}

function judgedByCells(result: SweepResult, metric: string): Judge {
  const rows = distinctRows(result);
  return (name) => {
    const known = rows.flatMap(({ scenario, factors, metrics }) => {
      const value = readMetric(metrics ?? {}, metric);
      if (!(name in factors) || value?.mean == null) return [];
      const others = Object.entries(factors).filter(([other]) => other !== name);
      return [{ key: JSON.stringify([scenario, others]), value }];
    });
    const compared = [...groupBy(known, ({ key }) => key).values()]
      .filter(({ length }) => length > 1)
      .map((group) => group.map(({ value }) => value));
    return compared.length === 0 ? undefined : !compared.every(haveCommon);
  };
}
