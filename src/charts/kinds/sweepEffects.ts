// A random design as small multiples: for each factor the metric over its values, a dot for every cell and a line for what
// changes along the factor while the others are averaged out; the factor that matters most comes first.

import type { MetricDefinition } from "../../metrics/definitions.ts";
import type { SweepResult } from "../../results/results.ts";
import { shortList } from "../../wording/sentence.ts";
import { legendAbove, measured, sideBySide } from "../channels.ts";
import type { Drawing, Nothing } from "../definition.ts";
import { type Effect, effectsOf, withoutEffect, withoutEffectNote } from "../effects.ts";
import { Gaps } from "../gaps.ts";
import { inMeasure, type Measure, meanLabel } from "../measure.ts";
import { linearScale, logScale, type Scale, spansDecades } from "../scales.ts";
import { colorBy, type Series } from "../series.ts";
import {
  axisTitle,
  type FactorAxis,
  type Factors,
  type Shown,
  sweepNote,
  sweepSeries,
  valuesIn,
  valueText,
} from "../sweeps.ts";
import { SIZE, type Theme } from "../theme.ts";

const PANEL = { width: 230, height: 170 };
/** Panels in a row, and all that are drawn. */
const COLUMNS = 3;
const MOST_PANELS = 12;
/** Dots of a panel: all of fewer cells; of more, evenly chosen ones. */
const MOST_DOTS = 400;

/** What is known of one scenario. */
interface Part {
  readonly series: Series;
  readonly effects: readonly Effect[];
  readonly dots: readonly Dot[];
}

interface Dot {
  readonly factors: Factors;
  readonly mean: number;
  readonly tip: string;
}

export function drawEffects(
  result: SweepResult,
  { metric, axes, unit }: Shown,
  theme: Theme,
): Drawing | Nothing {
  const gaps = new Gaps();
  const parts = sweepSeries(result, theme).map((series): Part => {
    const dots = valuesIn(result, series.name, metric.name).flatMap(({ factors, value }): Dot[] => {
      const shown = inMeasure(unit, value);
      if (shown.mean !== null) return [{ factors, mean: shown.mean, tip: meanLabel(unit, shown) }];
      gaps.add(series.label, value);
      return [];
    });
    return { series, dots, effects: effectsOf(dots, axes) };
  });
  const idle = withoutEffect(result, metric.name, axes, true);
  const sizeOf = (name: string) =>
    Math.max(
      0,
      ...parts.flatMap(({ effects }) =>
        effects.filter(({ axis }) => axis.name === name).map(({ size }) => size),
      ),
    );
  const weight = ({ name }: FactorAxis) => (idle.includes(name) ? 0 : sizeOf(name));
  const ranked = [...axes].sort((a, b) => weight(b) - weight(a));
  const shown = ranked.slice(0, MOST_PANELS);
  const what = metric.title.toLowerCase();
  const said = parts.flatMap(({ series, effects }) =>
    effects.map((effect) => effectText(series, effect, unit)),
  );
  return {
    title: `${titleOf(metric, ranked, idle, axes.length)}: ${result.name}`,
    notes: [
      sweepNote(result),
      "Dots: cells. Lines: means over parts of the range, with the other factors averaged out; bands: 95 % intervals.",
      withoutEffectNote(idle, metric.title),
      ranked.length > shown.length
        ? `Not drawn, since they matter least: ${shortList(ranked.slice(MOST_PANELS).map(({ name }) => name))}.`
        : "",
      gaps.note(),
    ],
    alt: `Effect of each factor on ${what}. ${said.join("; ")}.`,
    view: panelsOf(shown, parts, idle, unit, metric, theme),
    width: Math.max(2, Math.min(COLUMNS, shown.length)) * (PANEL.width + 45),
  };
}

function titleOf(
  { title }: MetricDefinition,
  [first]: readonly FactorAxis[],
  idle: readonly string[],
  count: number,
): string {
  const what = title.toLowerCase();
  if (idle.length === count) return `No factor has an effect on ${what}`;
  return count === 1 ? `${title} by ${first.name}` : `${first.name} matters most for ${what}`;
}

function effectText({ label }: Series, { axis, levels }: Effect, unit: Measure): string {
  const [first, last] = [levels[0], levels[levels.length - 1]];
  return `${label}: ${meanLabel(unit, first.value)} at ${axis.name} ${valueText(first.at)}, ${meanLabel(unit, last.value)} at ${valueText(last.at)}`;
}

function panelsOf(
  axes: readonly FactorAxis[],
  parts: readonly Part[],
  idle: readonly string[],
  unit: Measure,
  metric: MetricDefinition,
  theme: Theme,
): object {
  const means = parts.flatMap(({ dots }) => dots.map(({ mean }) => mean));
  const isLog = !unit.isShare && spansDecades(means);
  const scale = isLog ? logScale(means) : linearScale(means);
  const columns = axes.length === 4 ? 2 : Math.min(COLUMNS, axes.length);
  return {
    columns,
    spacing: { row: 24, column: 28 },
    concat: axes.map((axis, i) => ({
      title: panelTitle(axis.name, idle.includes(axis.name), theme),
      ...PANEL,
      layer: layersOf(axis, parts, scale, unit, i % columns === 0 ? unit.title : null, metric),
    })),
  };
}

function panelTitle(name: string, isIdle: boolean, theme: Theme) {
  return {
    text: isIdle ? `${name}: no effect` : name,
    color: isIdle ? theme.muted : theme.text,
    fontSize: SIZE.text,
    frame: "group",
    offset: 8,
  };
}

function layersOf(
  axis: FactorAxis,
  parts: readonly Part[],
  scale: Scale,
  unit: Measure,
  yTitle: string | null,
  metric: MetricDefinition,
): object[] {
  const { name, values, isNumeric, isLog } = axis;
  const present = parts.map(({ series }) => series);
  const color = {
    ...colorBy("series", present),
    legend: present.length > 1 ? legendAbove("circle") : null,
  };
  const domain = [values[0], values[values.length - 1]];
  const x = {
    field: "x",
    ...(isNumeric
      ? {
          type: "quantitative",
          scale: {
            type: isLog ? "log" : "linear",
            domain,
            nice: false,
            zero: isLog ? undefined : false,
            padding: 6,
          },
        }
      : sideBySide(values.map(String), 0.5)),
    axis: {
      title: axisTitle(axis),
      grid: false,
      tickCount: 5,
      labelOverlap: "greedy",
      labelAngle: 0,
    },
  };
  const y = measured("mean", unit, scale, yTitle);
  const dots = parts.flatMap(({ series, dots }) =>
    chosen(dots.filter(({ factors }) => name in factors)).map(({ factors, mean, tip }) => ({
      series: series.label,
      x: isNumeric ? factors[name] : String(factors[name]),
      mean,
      tip,
    })),
  );
  const levels = parts.flatMap(({ series, effects }) =>
    effects
      .filter((effect) => effect.axis.name === name)
      .flatMap((effect) =>
        effect.levels.map(({ at, value: { mean, ci } }) => ({
          series: series.label,
          x: isNumeric ? at : String(at),
          mean,
          low: Math.max(ci[0] ?? scale.domain[0], scale.domain[0]),
          high: Math.min(ci[1] ?? scale.domain[1], scale.domain[1]),
        })),
      ),
  );
  const tooltip = [
    { field: "series", type: "nominal", title: "scenario" },
    { field: "x", type: isNumeric ? "quantitative" : "nominal", title: name },
    { field: "tip", type: "nominal", title: metric.title },
  ];
  const data = { values: levels };
  const band = isNumeric
    ? { type: "area", opacity: 0.2 }
    : { type: "rule", strokeWidth: 3, opacity: 0.5 };
  return [
    {
      data: { values: dots },
      mark: { type: "point", filled: true, size: 14, opacity: 0.35 },
      encoding: { x, y, color, tooltip },
    },
    { data, mark: band, encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color } },
    {
      data,
      mark: { type: "line", strokeWidth: 2.2, point: isNumeric ? false : { size: 40 } },
      encoding: { x, y, color },
    },
  ];
}

/** Some of many, evenly. */
function chosen(dots: readonly Dot[]): readonly Dot[] {
  const step = Math.ceil(dots.length / MOST_DOTS);
  return step <= 1 ? dots : dots.filter((_, i) => i % step === 0);
}
