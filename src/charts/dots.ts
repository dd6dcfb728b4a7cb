// Dot plots: a row for every series, its estimate as a dot with the 95 % interval as a line, published values as diamonds;
// one panel or several.

import type { MetricValue } from "../experiment/result.ts";
import { nameAxis, panelsBeside, tooltipOf } from "./channels.ts";
import { estimateLabel, formatOf, type Measure, meanLabel } from "./measure.ts";
import { type Scale, scaleSpec } from "./scales.ts";
import { colorBy, type Series, seriesIn } from "./series.ts";
import type { Theme } from "./theme.ts";

export interface Dot {
  /** Title of its panel. */
  readonly panel: string;
  readonly series: Series;
  /** What its row is called. */
  readonly row: string;
  readonly value: MetricValue;
  readonly published?: { readonly mean: number; readonly ci: readonly [number, number] | null };
  /** What stands beside the row instead of the value. */
  readonly label?: string;
}

export interface DotPlot {
  readonly dots: readonly Dot[];
  readonly unit: Measure;
  readonly axisTitle: string;
  readonly scale: Scale;
  /** A value to compare with, drawn as a line. */
  readonly reference?: number;
  readonly columns: number;
  /** Width of a panel in pixels. */
  readonly width: number;
  readonly theme: Theme;
}

const ROW_HEIGHT = 27;
/** Width of the column of values beside a panel. */
const VALUES = 44;

/** The view of a dot plot; every dot has a value. */
export function dotPlot(plot: DotPlot): object {
  const { dots, columns, width } = plot;
  const panels = new Set(dots.map(({ panel }) => panel));
  const order = [...panels];
  const rows = dots.flatMap((dot) =>
    rowsOf(dot, plot).map((row) => ({ ...row, order: order.indexOf(dot.panel) })),
  );
  const data = { values: rows };
  const view = { width, height: { step: ROW_HEIGHT }, layer: layersOf(plot) };
  if (panels.size === 1) return { data, ...view };
  return {
    data,
    ...panelsBeside(columns),
    spec: view,
  };
}

/** What the subtitle says of intervals without a bound. */
export function openNote(dots: readonly Dot[]): string {
  const isOpen = dots.some(({ value: { ci } }) => ci[0] === null || ci[1] === null);
  return isOpen ? "A line to the edge has no bound there." : "";
}

/** Values of all marks of the dots, for their scale. */
export function valuesOf(dots: readonly Dot[]): number[] {
  return dots.flatMap(({ value, published }) =>
    [value.mean, ...value.ci, published?.mean ?? null, ...(published?.ci ?? [])].filter(
      (x) => x !== null,
    ),
  );
}

function rowsOf(dot: Dot, { unit, scale }: DotPlot) {
  const { panel, series, row, value, published } = dot;
  // An interval without a bound runs to the edge.
  const [low, high] = [value.ci[0] ?? scale.domain[0], value.ci[1] ?? scale.domain[1]];
  const place = { panel, row, series: series.label };
  const simulated = {
    ...place,
    what: "simulated",
    mean: value.mean,
    low: Math.max(low, scale.domain[0]),
    high,
    label: dot.label ?? meanLabel(unit, value),
    tip: estimateLabel(unit, value),
  };
  if (published === undefined) return [simulated];
  const { mean, ci } = published;
  const tip = estimateLabel(unit, { mean, ci: ci ?? [mean, mean] });
  const [from, to] = ci ?? [mean, mean];
  return [simulated, { ...place, what: "published", mean, low: from, high: to, tip }];
}

const filter = (what: string) => [{ filter: { field: "what", equal: what } }];

function layersOf({ dots, axisTitle, unit, scale, reference, theme }: DotPlot): object[] {
  const hasPublished = dots.some(({ published }) => published !== undefined);
  const series = seriesIn(dots);
  const axis = {
    title: axisTitle,
    ...formatOf(unit, scale),
    tickCount: 6,
    grid: true,
    ...(scale.type === "log" ? { labelOverlap: "greedy" } : {}),
  };
  const x = { field: "mean", type: "quantitative", scale: scaleSpec(scale), axis };
  const y = {
    field: "row",
    type: "nominal",
    sort: null,
    scale: { domain: [...new Set(dots.map(({ row }) => row))] },
    axis: nameAxis(theme),
  };
  const color = colorBy("series", series);
  const shape = {
    field: "what",
    type: "nominal",
    scale: { domain: ["simulated", "published"], range: ["circle", "diamond"] },
    legend: null,
  };
  const tooltip = tooltipOf({ row: "scenario", what: "value", tip: axisTitle });
  const between = { x: { ...x, field: "low" }, x2: { field: "high" }, y };
  return [
    ...(reference === undefined
      ? []
      : [
          {
            mark: { type: "rule", color: theme.muted, strokeDash: [4, 3] },
            encoding: { x: { datum: reference, type: "quantitative" } },
          },
        ]),
    ...(hasPublished
      ? [
          {
            transform: filter("published"),
            mark: { type: "rule", strokeWidth: 11, opacity: 0.16, color: theme.text },
            encoding: between,
          },
        ]
      : []),
    {
      transform: filter("simulated"),
      mark: { type: "rule", strokeWidth: 2.5, opacity: 0.75 },
      encoding: { ...between, color },
    },
    {
      transform: filter("simulated"),
      mark: { type: "point", filled: true, size: 70, opacity: 1 },
      encoding: { x, y, color, shape, tooltip },
    },
    ...(hasPublished
      ? [
          {
            transform: filter("published"),
            mark: {
              type: "point",
              filled: false,
              size: 70,
              strokeWidth: 1.6,
              opacity: 1,
              color: theme.text,
            },
            encoding: { x, y, shape, tooltip },
          },
        ]
      : []),
    {
      transform: filter("simulated"),
      mark: { type: "text", align: "right", dx: VALUES },
      encoding: { x: { value: "width" }, y, text: { field: "label" } },
    },
  ];
}
