// A random design as a map: every cell a dot where it lies, over the two factors that matter most, in the colour of the
// best scenario or of the one scenario's value.

import type { MetricValue } from "../../experiment/result.ts";
import type { MetricDefinition } from "../../metrics/definitions.ts";
import type { SweepResult } from "../../results/results.ts";
import { shortList } from "../../wording/sentence.ts";
import { legendAbove, sideBySide, tooltipOf } from "../channels.ts";
import type { Drawing, Nothing } from "../definition.ts";
import { effectsIn, withoutEffect, withoutEffectNote } from "../effects.ts";
import { Gaps } from "../gaps.ts";
import { estimateLabel, type Measure } from "../measure.ts";
import { rampColor, rampScale } from "../ramp.ts";
import { colorBy, type Series } from "../series.ts";
import {
  axisTitle,
  type FactorAxis,
  type Factors,
  factorsByCell,
  factorsText,
  type Shown,
  sweepNote,
  sweepSeries,
  valuesByPlace,
} from "../sweeps.ts";
import type { Theme } from "../theme.ts";
import { bestAt, winnersOf } from "../winners.ts";

const WIDTH = 460;
const HEIGHT = 340;

/** A cell with the value of each series. */
interface Cell {
  readonly factors: Factors;
  readonly values: readonly (MetricValue | undefined)[];
}

export function drawDots(result: SweepResult, shown: Shown, theme: Theme): Drawing | Nothing {
  const { metric, axes, unit } = shown;
  const series = sweepSeries(result, theme);
  const gaps = new Gaps();
  const idle = withoutEffect(result, metric.name, axes, true);
  const [x, y, ...others] = byEffect(result, metric, axes, idle, series);
  const byCell = factorsByCell(result);
  const known = valuesByPlace(result, shown, series, gaps, (_, cell) => cell);
  const cells = [...known].flatMap(([cell, values]): Cell[] => {
    const factors = byCell.get(cell) ?? {};
    if (!(x.name in factors && y.name in factors)) return [];
    return [{ factors, values: values.map((some) => some.at(-1)) }];
  });
  const isSeveral = series.length > 1;
  const part = isSeveral ? winnerDots(cells, metric, unit, series) : valueDots(cells, unit, theme);
  const what = metric.title.toLowerCase();
  const title = isSeveral
    ? `Best by ${what}: ${result.name}${part.finding}`
    : `${metric.title} by ${x.name} and ${y.name}: ${result.name}`;
  if (part.dots.length === 0) return { title, why: gaps.note() || "No cell has a result." };
  return {
    title,
    notes: [
      sweepNote(result),
      `Dots: cells${part.isPaleSomewhere ? "; pale: the best is not shown to be better than every other (95 % jointly)" : ""}.`,
      others.length > 0
        ? `${shortList(others.map(({ name }) => name))} ${others.length === 1 ? "varies" : "vary"} too.`
        : "",
      withoutEffectNote(idle, metric.title),
      gaps.note(),
    ],
    alt: `${title}, over ${x.name} and ${y.name}: ${part.said}.`,
    view: {
      width: WIDTH,
      height: HEIGHT,
      data: {
        values: part.dots.map(({ factors, ...rest }) => ({
          x: factors[x.name],
          y: factors[y.name],
          ...rest,
          factors: factorsText(factors),
        })),
      },
      mark: {
        type: "point",
        filled: true,
        size: cells.length > 200 ? 60 : 110,
        stroke: theme.muted,
        strokeWidth: 0.5,
      },
      encoding: {
        x: channelOf("x", x),
        y: channelOf("y", y),
        color: part.color,
        opacity: { condition: { test: "datum.isClear", value: 0.95 }, value: 0.4 },
        tooltip: tooltipOf({ factors: "factors", tip: metric.title }),
      },
    },
    width: WIDTH + 110,
  };
}

/** Factors by the size of their effect, those without one last. */
function byEffect(
  result: SweepResult,
  { name: metric }: MetricDefinition,
  axes: readonly FactorAxis[],
  idle: readonly string[],
  series: readonly Series[],
): FactorAxis[] {
  const effects = series.flatMap(({ name }) => effectsIn(result, name, metric, axes));
  const weight = ({ name }: FactorAxis) =>
    idle.includes(name)
      ? -1
      : Math.max(0, ...effects.flatMap(({ axis, size }) => (axis.name === name ? [size] : [])));
  return [...axes].sort((a, b) => weight(b) - weight(a));
}

function winnerDots(
  cells: readonly Cell[],
  metric: MetricDefinition,
  unit: Measure,
  series: readonly Series[],
) {
  const dots = cells.flatMap(({ factors, values }) => {
    const winner = bestAt(values, series, metric, unit);
    return winner === undefined ? [] : [{ factors, ...winner }];
  });
  if (dots.length === 0) return { dots, color: {}, said: "", finding: "", isPaleSomewhere: false };
  const { present, shares, finding } = winnersOf(dots, series);
  return {
    dots,
    color: { ...colorBy("best", present), legend: legendAbove("circle") },
    said: shares.join("; "),
    finding: ` (${finding})`,
    isPaleSomewhere: dots.some(({ isClear }) => !isClear),
  };
}

function valueDots(cells: readonly Cell[], unit: Measure, theme: Theme) {
  const known = cells.flatMap(({ factors, values: [value] }) =>
    value === undefined ? [] : [{ factors, value }],
  );
  const scale = rampScale(
    known.map(({ value }) => value),
    unit,
  );
  const dots = known.map(({ factors, value }) => ({
    factors,
    mean: value.mean,
    isClear: true,
    tip: estimateLabel(unit, value),
  }));
  const color = rampColor("mean", scale, unit, theme);
  return { dots, color, said: `${dots.length} cells`, finding: "", isPaleSomewhere: false };
}

function channelOf(field: "x" | "y", factor: FactorAxis) {
  const { values, isNumeric, isLog } = factor;
  const title = axisTitle(factor);
  const axis = { title, grid: true, tickCount: 6, labelOverlap: "greedy", labelAngle: 0 };
  if (!isNumeric) return { field, ...sideBySide(values, 0.5), axis };
  const domain = [values[0], values[values.length - 1]];
  const scale = isLog ? { type: "log" } : { type: "linear", zero: false };
  return {
    field,
    type: "quantitative",
    scale: { ...scale, domain, nice: false, padding: 10 },
    axis,
  };
}
