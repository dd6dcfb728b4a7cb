// Sweeps as charts see them: rows that differ, the values of factors, what the subtitle says.
import { type MetricValue, readMetric } from "../experiment/result.ts";
import { type MetricDefinition, metric as metricOf } from "../metrics/definitions.ts";
import { groupBy } from "../numerics/grouping.ts";
import { average, clamp } from "../numerics/statistics.ts";
import type { SweepResult, SweepResultRow } from "../results/results.ts";
import type { FactorValue } from "../sweep/designs/axes.ts";
import { replicationsText } from "../wording/sample.ts";
import { count } from "../wording/text.ts";
import type { Gaps } from "./gaps.ts";
import { inMeasure, type Measure, meanLabel, measureOf, sharedValue } from "./measure.ts";
import { spansDecades } from "./scales.ts";
import { byArchitecture, type Series, seriesOf } from "./series.ts";
import type { Theme } from "./theme.ts";

/** What a chart of a sweep shows: a metric over the factors that vary. */
export interface Shown {
  readonly title: string;
  /** The metric that the sweep's tables show first. */
  readonly metric: MetricDefinition;
  readonly unit: Measure;
  readonly axes: readonly FactorAxis[];
  /** Why values that are all the same are not drawn; undefined where they differ. */
  readonly same: string | undefined;
}

export function shownIn(result: SweepResult): Shown {
  const metric = metricOf(result.metrics[0] ?? "success");
  const values = result.rows.flatMap(({ metrics = {} }) => readMetric(metrics, metric.name) ?? []);
  const unit = measureOf(metric, values);
  const shared = sharedValue(values);
  return {
    title: `${metric.title}: ${result.name}`,
    metric,
    unit,
    axes: factorAxes(result),
    same: shared && `${metric.title} is ${meanLabel(unit, inMeasure(unit, shared))} in every cell.`,
  };
}

/** Why a sweep has nothing to draw. */
export function whyEmpty({ rows }: SweepResult): string {
  if (rows.length === 0) return "The sweep has no cells.";
  if (rows.every(({ metrics }) => metrics === undefined))
    return "No cell of the sweep has a result: run it first.";
  return "No factor of the sweep has two values or more.";
}

/** The scenarios of a sweep, in the order in which they are shown. */
export function sweepSeries({ rows }: SweepResult, theme: Theme): Series[] {
  return seriesOf([...new Set(rows.map(({ scenario }) => scenario))], theme).sort(byArchitecture);
}

/** Each scenario once per setting of its factors: a baseline comes with every cell, whatever varies in the others. */
export function withoutRepeats(rows: readonly SweepResultRow[]): SweepResultRow[] {
  const byKey = groupBy(rows, ({ scenario, factors }) => JSON.stringify([scenario, factors]));
  return [...byKey.values()].map(([first]) => first);
}

/** Rows with a result, without repeats. */
export const distinctRows = ({ rows }: SweepResult): SweepResultRow[] =>
  withoutRepeats(rows.filter(({ metrics }) => metrics !== undefined));

/** The values of a metric that a scenario has, by the factors that are set in it. */
export function valuesIn(result: SweepResult, scenario: string, metric: string) {
  return distinctRows(result).flatMap(({ scenario: name, factors, metrics = {} }) => {
    const value = name === scenario ? readMetric(metrics, metric) : undefined;
    return value === undefined ? [] : [{ factors, value }];
  });
}

/**
 * The values of the metric by place, each a list per series; what has no value is a gap.
 * @param placeOf number of the place where a cell lies; undefined where it is not drawn
 */
export function valuesByPlace(
  result: SweepResult,
  { metric, unit }: Shown,
  series: readonly Series[],
  gaps: Gaps,
  placeOf: (factors: Factors, cell: number) => number | undefined,
): Map<number, MetricValue[][]> {
  const cells = factorsByCell(result);
  const places = new Map<number, MetricValue[][]>();
  for (const { cell, scenario, metrics } of result.rows) {
    const place = placeOf(cells.get(cell) ?? {}, cell);
    if (metrics === undefined || place === undefined) continue;
    const k = series.findIndex(({ name }) => name === scenario);
    const value = readMetric(metrics, metric.name);
    if (value?.mean == null) {
      gaps.add(series[k].label, value);
      continue;
    }
    const there = places.get(place) ?? series.map(() => []);
    places.set(place, there);
    there[k].push(inMeasure(unit, value));
  }
  return places;
}

/**
 * Whether the points of the design lie on no grid: drawn at random, or a list in which most of the combinations do not
 * occur. The values of a zip go together, along a line.
 */
export function isScattered({ design, points }: SweepResult, axes: readonly FactorAxis[]): boolean {
  if (design.kind === "latin-hypercube" || design.kind === "sobol") return true;
  if (design.kind !== "points" || axes.length < 2) return false;
  return points < axes.reduce((product, { values }) => product * values.length, 0.5);
}

/** Values of factors by name. */
export type Factors = Readonly<Record<string, FactorValue>>;

/** `agents 3, errorRate 0.1`. */
export function factorsText(factors: Factors): string {
  return Object.entries(factors)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(", ");
}

/** Axes label listed values with as many digits as {@link valueText} has. */
export const VALUE_FORMAT = ",.4~r";

export function valueText(value: FactorValue): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : String(value);
}

/** Cells, replications and seed; and what is missing. */
export function sweepNote({ rows, cells, seed }: SweepResult): string {
  const runs = rows.flatMap(({ replications }) =>
    replications === undefined ? [] : [replications],
  );
  const without = new Set(rows.filter(({ metrics }) => !metrics).map(({ cell }) => cell)).size;
  const gaps =
    without > 0
      ? ` ${count(without, "cell")} without a result ${without === 1 ? "is" : "are"} left out.`
      : "";
  return `${count(cells, "cell")}, ${replicationsText(runs)}, seed ${seed}.${gaps}`;
}

/** A factor as an axis: the values that occur, in their order. */
export interface FactorAxis {
  readonly name: string;
  readonly values: readonly FactorValue[];
  readonly isNumeric: boolean;
  /** Whether its numbers are far apart: on a logarithmic scale then. */
  readonly isLog: boolean;
}

/** Title of a factor's axis. */
export const axisTitle = ({ name, isLog }: FactorAxis) =>
  `${name}${isLog ? " (logarithmic scale)" : ""}`;

/** The factors with two values or more, in their order; one with a formula follows from the others and is no axis. */
export function factorAxes({ factors, rows }: SweepResult): FactorAxis[] {
  return factors.flatMap(({ name, range, formula }): FactorAxis[] => {
    if (formula !== undefined) return [];
    const occurring = new Set(
      rows.flatMap((row) => (name in row.factors ? [row.factors[name]] : [])),
    );
    if (occurring.size < 2) return [];
    const values = [...occurring];
    const isNumeric = values.every((value) => typeof value === "number");
    if (!isNumeric) return [{ name, values, isNumeric, isLog: false }];
    const numbers = (values as number[]).sort((a, b) => a - b);
    return [
      {
        name,
        values: numbers,
        isNumeric,
        isLog: range === undefined ? spansDecades(numbers) : range.scale === "log",
      },
    ];
  });
}

/** The values of all factors by cell: a scenario in which a factor is not set stands beside those in which it is. */
export function factorsByCell({ rows }: SweepResult): Map<number, Record<string, FactorValue>> {
  const cells = new Map<number, Record<string, FactorValue>>();
  for (const { cell, factors } of rows) cells.set(cell, { ...cells.get(cell), ...factors });
  return cells;
}

/** An axis of few steps: of a design with many values each stands in for those near it. */
export interface Steps extends FactorAxis {
  /** Whether steps stand for several values. */
  readonly isBinned: boolean;
  /** Where a binned axis begins and ends. */
  readonly ends?: readonly [low: number, high: number];
  stepOf(value: FactorValue): FactorValue;
}

/**
 * The axis with all of its values, if they are no more than `most`, or with the middles of `parts` equal parts of its range,
 * but for parts without a value, such as that between 1 and 2 on a logarithmic axis of whole numbers.
 */
export function stepsOf(
  axis: FactorAxis,
  { most, parts }: { readonly most: number; readonly parts: number },
): Steps {
  const { values, isNumeric, isLog } = axis;
  if (!isNumeric || values.length <= most)
    return { ...axis, isBinned: false, stepOf: (value) => value };
  const [into, out] = isLog ? [Math.log, Math.exp] : [Number, Number];
  const low = into(values[0] as number);
  const high = into(values[values.length - 1] as number);
  const stepOf = (value: FactorValue) => {
    const share = (into(value as number) - low) / (high - low);
    const part = clamp(Math.floor(parts * share), 0, parts - 1);
    return out(low + ((part + 0.5) * (high - low)) / parts);
  };
  return {
    ...axis,
    values: [...new Set(values.map(stepOf))],
    isBinned: true,
    ends: [out(low), out(high)],
    stepOf,
  };
}

/** Estimates of one place of a chart as one: their mean, and what the middle 80 % of them span. */
export function pooled(values: readonly MetricValue[]): MetricValue {
  const means = values.flatMap(({ mean }) => (mean === null ? [] : [mean])).sort((a, b) => a - b);
  if (means.length === 0) return { mean: null, ci: [null, null] };
  const at = (share: number) => means[Math.round(share * (means.length - 1))];
  return { mean: average(means), ci: [at(0.1), at(0.9)] };
}
