// Sweep as a map: over two factors, which scenario is best in every cell and along which lines one overtakes another; or,
// of one scenario, the values of a metric. Cells of a random design are dots where they lie.
import type { MetricValue } from "../../experiment/result.ts";
import type { MetricDefinition } from "../../metrics/definitions.ts";
import { clamp } from "../../numerics/statistics.ts";
import type { SweepResult } from "../../results/results.ts";
import { shortList } from "../../wording/sentence.ts";
import { tooltipOf } from "../channels.ts";
import { crossings, type Segment } from "../crossings.ts";
import type { ChartDefinition, Drawing, Nothing } from "../definition.ts";
import { withoutEffect, withoutEffectNote } from "../effects.ts";
import { Gaps } from "../gaps.ts";
import { estimateLabel, type Measure, meanLabel } from "../measure.ts";
import { isStrong, rampColor, rampScale } from "../ramp.ts";
import { extent } from "../scales.ts";
import { colorBy, type Series } from "../series.ts";
import {
  axisTitle,
  type FactorAxis,
  isScattered,
  pooled,
  type Shown,
  type Steps,
  shownIn,
  stepsOf,
  sweepNote,
  sweepSeries,
  VALUE_FORMAT,
  valuesByPlace,
  valueText,
  whyEmpty,
} from "../sweeps.ts";
import type { Theme } from "../theme.ts";
import { bestAt, signOf, winnersOf } from "../winners.ts";
import { drawDots } from "./sweepDots.ts";

const WIDTH = 460;
const HEIGHT = 340;
/** Values of an axis up to which each is drawn; of more values those near each other are drawn as one. */
const STEPS = { most: 24, parts: 12 };
/** Squares up to which each has its value written in it. */
const WRITTEN = 80;

/** A place of the map, with an estimate of every scenario. */
interface Square {
  readonly column: number;
  readonly row: number;
  readonly values: readonly (MetricValue | undefined)[];
}

interface Grid {
  readonly x: Steps;
  readonly y: Steps;
  readonly squares: readonly Square[];
  readonly metric: MetricDefinition;
  readonly series: readonly Series[];
  /** Whether squares stand for several cells. */
  readonly isPooled: boolean;
  readonly unit: Measure;
  /** Factors without effect. */
  readonly idle: readonly string[];
}

export const sweepMap: ChartDefinition<"faultline/sweep@1"> = {
  name: "sweep-map",
  shows: "over two factors of a sweep: the best architecture, and where one overtakes another",
  from: ["faultline/sweep@1"],
  draw(result, theme) {
    const shown = shownIn(result);
    const { title, metric, axes, same } = shown;
    if (axes.length < 2)
      return {
        title,
        why:
          axes.length === 1
            ? `A map needs two factors: this sweep varies ${axes[0].name} alone.`
            : whyEmpty(result),
      };
    if (same !== undefined) return { title, why: same };
    if (result.design.kind === "zip")
      return {
        title,
        why: "A map needs factors that vary on their own: those of a zip go together.",
      };
    if (isScattered(result, axes)) return drawDots(result, shown, theme);
    const idle = withoutEffect(result, metric.name, axes, false);
    const [x, y, ...others] = [...axes].sort(
      (a, b) =>
        Number(idle.includes(a.name)) - Number(idle.includes(b.name)) ||
        b.values.length - a.values.length,
    );
    const gaps = new Gaps();
    const grid = { ...gridOf(result, shown, [x, y], theme, gaps), idle };
    const pooledOver = [
      ...others.map(({ name }) => name),
      ...[grid.x, grid.y]
        .filter(({ isBinned }) => isBinned)
        .map(({ name }) => `nearby values of ${name}`),
    ];
    const notes = [
      sweepNote(result),
      grid.isPooled ? `Means over ${shortList(pooledOver)}.` : "",
      withoutEffectNote(idle, metric.title),
      gaps.note(),
    ];
    return grid.series.length > 1
      ? bestOf(grid, result.name, notes, theme)
      : valuesOf(grid, result.name, notes, theme);
  },
};

function gridOf(
  result: SweepResult,
  shown: Shown,
  [xAxis, yAxis]: readonly [FactorAxis, FactorAxis],
  theme: Theme,
  gaps: Gaps,
): Omit<Grid, "idle"> {
  const series = sweepSeries(result, theme);
  const [x, y] = [stepsOf(xAxis, STEPS), stepsOf(yAxis, STEPS)];
  const columnOf = new Map(x.values.map((value, i) => [value, i]));
  const rowOf = new Map(y.values.map((value, i) => [value, i]));
  const found = valuesByPlace(result, shown, series, gaps, (factors) => {
    if (!(x.name in factors && y.name in factors)) return undefined;
    const column = columnOf.get(x.stepOf(factors[x.name])) as number;
    const row = rowOf.get(y.stepOf(factors[y.name])) as number;
    return row * x.values.length + column;
  });
  const isPooled = [...found.values()].some((values) => values.some(({ length }) => length > 1));
  const pool = isPooled ? pooled : (values: readonly MetricValue[]) => values[0];
  const squares = [...found].map(([at, values]) => ({
    column: at % x.values.length,
    row: Math.floor(at / x.values.length),
    values: values.map((some) => (some.length === 0 ? undefined : pool(some))),
  }));
  squares.sort((a, b) => a.row - b.row || a.column - b.column);
  return { x, y, squares, metric: shown.metric, unit: shown.unit, series, isPooled };
}

// ---------------------------------------------------------------- several scenarios

type Drawn = Drawing | Nothing;

function bestOf(grid: Grid, name: string, notes: readonly string[], theme: Theme): Drawn {
  const { squares, metric, unit, series, x, y } = grid;
  const values = squares.flatMap((square) => {
    const winner = bestAt(square.values, series, metric, unit);
    if (winner === undefined) return [];
    const isClear = winner.isClear || grid.isPooled;
    return [{ ...placeOf(square, grid), ...winner, isClear }];
  });
  const title = `Best by ${metric.title.toLowerCase()}: ${name}`;
  if (values.length === 0) return { title, why: notes.at(-1) || "No cell has a result." };
  const segments = crossingsOf(grid, signOf(metric));
  const { present, shares, finding } = winnersOf(values, series);
  const [sample, ...rest] = notes;
  const color = {
    ...colorBy("best", present),
    legend: { title: null, orient: "top", symbolType: "square" },
  };
  const opacity = { condition: { test: "datum.isClear", value: 0.85 }, value: 0.35 };
  return {
    title: `${title} (${finding})`,
    notes: [
      sample,
      segments.length > 0 ? "Lines: where one overtakes another, interpolated between cells." : "",
      values.some(({ isClear }) => !isClear)
        ? "Pale: the best is not shown to be better than every other (95 % jointly)."
        : "",
      ...rest,
    ],
    alt: `${title}, over ${x.name} and ${y.name}: ${shares.join("; ")}.`,
    view: mapOf(
      grid,
      values,
      { color, opacity, tip: `${metric.title}, from the best` },
      segments.length > 0 ? [crossingLayer(segments, grid, theme)] : [],
      theme,
    ),
    width: WIDTH + 70,
  };
}

function crossingsOf({ x, y, squares, series }: Grid, sign: number): Segment[] {
  if (!x.isNumeric || !y.isNumeric) return [];
  const at = new Map(
    squares.map((square) => [square.row * x.values.length + square.column, square]),
  );
  const out = ({ isLog }: Steps, value: number) => (isLog ? Math.exp(value) : value);
  const heightsAt = (column: number, row: number) => {
    const values = at.get(row * x.values.length + column)?.values ?? [];
    const heights = values.flatMap((value) => (value?.mean == null ? [] : [sign * value.mean]));
    return heights.length === series.length ? heights : undefined;
  };
  // Beyond the outermost values it goes on as it is there, to the edge of the map.
  const within = (axis: Steps, i: number) => clamp(i - 1, 0, axis.values.length - 1);
  return crossings(positionsOf(x), positionsOf(y), (column, row) =>
    heightsAt(within(x, column), within(y, row)),
  ).map(({ x1, y1, x2, y2 }) => ({
    x1: out(x, x1),
    y1: out(y, y1),
    x2: out(x, x2),
    y2: out(y, y2),
  }));
}

/** Where the values and the edges of the map lie along an axis. */
function positionsOf(axis: Steps): number[] {
  const edges = edgesOf(axis);
  const stops = [edges[0], ...(axis.values as number[]), edges[edges.length - 1]];
  return axis.isLog ? stops.map(Math.log) : stops;
}

function crossingLayer(segments: readonly Segment[], grid: Grid, theme: Theme): object {
  const { x, y } = squareEncoding(grid);
  return {
    data: { values: segments },
    mark: { type: "rule", color: theme.text, strokeWidth: 2.5, strokeCap: "round" },
    encoding: {
      x: { ...x, field: "x1" },
      x2: { field: "x2" },
      y: { ...y, field: "y1" },
      y2: { field: "y2" },
    },
  };
}

// ---------------------------------------------------------------- one scenario

function valuesOf(grid: Grid, name: string, notes: readonly string[], theme: Theme): Drawn {
  const { squares, metric, unit, x, y, idle } = grid;
  const what = metric.title.toLowerCase();
  const title = [x, y].every((axis) => idle.includes(axis.name))
    ? `Neither ${x.name} nor ${y.name} has an effect on ${what}: ${name}`
    : `${metric.title} by ${x.name} and ${y.name}: ${name}`;
  const known = squares.flatMap(({ values: [value] }) => (value?.mean == null ? [] : [value]));
  const scale = rampScale(known, unit);
  const [least, greatest] = extent(known.map(({ mean }) => mean ?? 0));
  const values = squares.flatMap((square) => {
    const value = square.values[0];
    if (value === undefined || value.mean === null) return [];
    return [
      {
        ...placeOf(square, grid),
        mean: value.mean,
        isStrong: isStrong(scale, value.mean, theme),
        text: meanLabel({ ...unit, suffix: "" }, value),
        tip: estimateLabel(unit, value),
      },
    ];
  });
  if (values.length === 0) return { title, why: notes.at(-1) || "No cell has a result." };
  return {
    title,
    notes,
    alt: `${title}: from ${valueText(least)} to ${valueText(greatest)}.`,
    view: mapOf(
      grid,
      values,
      { color: rampColor("mean", scale, unit, theme), tip: unit.title },
      values.length <= WRITTEN ? [textLayer(grid, theme)] : [],
      theme,
    ),
    width: WIDTH + 120,
  };
}

// ---------------------------------------------------------------- squares

/**
 * The view of a map.
 * @param look channels of the squares, and what their tooltip calls the value
 * @param above layers over the squares
 */
function mapOf(
  grid: Grid,
  values: readonly object[],
  { tip, ...look }: { readonly color: object; readonly opacity?: object; readonly tip: string },
  above: readonly object[],
  theme: Theme,
): object {
  // The finer the squares, the finer the lines between them.
  const strokeWidth = values.length <= WRITTEN ? 1 : 0.5;
  const tooltip = tooltipOf({ xStep: grid.x.name, yStep: grid.y.name, tip });
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    layer: [
      {
        mark: { type: "rect", stroke: theme.background, strokeWidth },
        encoding: { ...squareEncoding(grid), ...look, tooltip },
      },
      ...above,
    ],
  };
}

/** The place of a square: from edge to edge on a scale of numbers, and the step that it stands for. */
function placeOf({ column, row }: Square, { x, y }: Grid) {
  return { ...sideOf("x", x, column), ...sideOf("y", y, row) };
}

function sideOf(name: "x" | "y", axis: Steps, step: number) {
  const said = { [`${name}Step`]: valueText(axis.values[step]) };
  if (!axis.isNumeric) return said;
  const edges = edgesOf(axis);
  return {
    ...said,
    [name]: axis.values[step],
    [`${name}Low`]: edges[step],
    [`${name}High`]: edges[step + 1],
  };
}

/** Half-way between the values, and as far beyond the outer ones; of a binned axis where its range ends. */
function edgesOf({ values, isLog, ends }: Steps): number[] {
  const [into, out] = isLog ? [Math.log, Math.exp] : [Number, Number];
  const at = (values as number[]).map(into);
  const last = at.length - 1;
  const inner = at.slice(1).map((position, i) => (position + at[i]) / 2);
  const [low, high] = ends?.map(into) ?? [
    at[0] - (at[1] - at[0]) / 2,
    at[last] + (at[last] - at[last - 1]) / 2,
  ];
  return [low, ...inner, high].map(out);
}

function squareEncoding({ x, y }: Grid) {
  const [across, up] = [channelOf("x", x), channelOf("y", y)];
  return {
    x: across,
    ...(x.isNumeric ? { x2: { field: "xHigh" } } : {}),
    y: up,
    ...(y.isNumeric ? { y2: { field: "yHigh" } } : {}),
  };
}

function channelOf(name: "x" | "y", axis: Steps) {
  const shared = { title: axisTitle(axis), grid: false, labelOverlap: "greedy", labelAngle: 0 };
  if (!axis.isNumeric)
    return {
      field: `${name}Step`,
      type: "ordinal",
      sort: null,
      scale: { domain: axis.values.map(valueText) },
      axis: shared,
    };
  const edges = edgesOf(axis);
  return {
    field: `${name}Low`,
    type: "quantitative",
    scale: {
      type: axis.isLog ? "log" : "linear",
      domain: [edges[0], edges[edges.length - 1]],
      nice: false,
    },
    axis: {
      ...shared,
      ...(axis.isBinned ? { tickCount: 6 } : { values: axis.values, format: VALUE_FORMAT }),
    },
  };
}

function textLayer(grid: Grid, theme: Theme): object {
  const { x, y } = squareEncoding(grid);
  const centred = (name: "x" | "y", channel: typeof x) =>
    grid[name].isNumeric ? { ...channel, field: name } : channel;
  return {
    mark: { type: "text" },
    encoding: {
      x: centred("x", x),
      y: centred("y", y),
      text: { field: "text" },
      color: { condition: { test: "datum.isStrong", value: theme.background }, value: theme.text },
    },
  };
}
