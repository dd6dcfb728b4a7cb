// Line plots: a line for every series over numbers or steps, with a band for its interval and its name at the end; one panel
// or several.

import type { MetricValue } from "../experiment/result.ts";
import { legendAbove, measured, panelsBeside, pixels, sideBySide } from "./channels.ts";
import { estimateLabel, type Measure } from "./measure.ts";
import { type Scale, scaleSpec, shareAlong, spreadOut } from "./scales.ts";
import { colorBy, type Series, seriesIn } from "./series.ts";
import { SIZE, type Theme } from "./theme.ts";

export interface LinePoint {
  readonly x: number | string;
  /** Without a mean it is a gap. */
  readonly value: MetricValue;
}

export interface Line {
  /** Title of its panel. */
  readonly panel: string;
  readonly series: Series;
  readonly points: readonly LinePoint[];
}

/** The axis that lines run along: numbers on a scale, or steps that stand side by side. */
export interface Course {
  readonly title: string;
  readonly scale?: Scale;
  /** Values that are labelled; of steps all of them. Default: round numbers. */
  readonly values?: readonly (number | string)[];
  /** Format of their labels. */
  readonly format?: string;
}

export interface LinePlot {
  readonly lines: readonly Line[];
  readonly course: Course;
  readonly unit: Measure;
  readonly scale: Scale;
  readonly theme: Theme;
}

const SINGLE = { width: 460, height: 300 };
const PANEL = { width: 250, height: 170 };
/** Height of a label at the end of a line. */
const LABEL = 14;
/** Points of a line up to which each is marked. */
const MARKED = 16;

/** Width of a line plot with its labels, for the title. */
export function widthOf(lines: readonly Line[]): number {
  return panelsOf(lines).length === 1 ? SINGLE.width + 130 : 2 * PANEL.width + 60;
}

const panelsOf = (lines: readonly Line[]) => [...new Set(lines.map(({ panel }) => panel))];

export function linePlot(plot: LinePlot): object {
  const { lines } = plot;
  const panels = panelsOf(lines);
  const isSingle = panels.length === 1;
  const values = lines.flatMap((line) => rowsOf(line, panels, plot));
  const isSeveral = new Set(lines.map(({ series }) => series.label)).size > 1;
  const layer = layersOf(plot, !isSingle && isSeveral);
  if (isSingle) return { ...SINGLE, data: { values }, layer: [...layer, ...endLabels(plot)] };
  return {
    data: { values },
    ...panelsBeside(2),
    spec: { ...PANEL, layer },
  };
}

function rowsOf({ panel, series, points }: Line, panels: readonly string[], plot: LinePlot) {
  const { unit, scale } = plot;
  const [least, greatest] = scale.domain;
  const place = { panel, order: panels.indexOf(panel), series: series.label };
  return points.map(({ x, value }) => {
    const { mean, ci } = value;
    if (mean === null) return { ...place, x, mean, low: null, high: null };
    return {
      ...place,
      x,
      mean,
      low: Math.max(ci[0] ?? least, least),
      high: Math.min(ci[1] ?? greatest, greatest),
      tip: estimateLabel(unit, value),
    };
  });
}

function layersOf(plot: LinePlot, hasLegend: boolean): object[] {
  const { lines, course, unit, scale } = plot;
  const series = seriesIn(lines);
  const x = {
    field: "x",
    ...(course.scale === undefined
      ? sideBySide(course.values, 0.3)
      : { type: "quantitative", scale: scaleSpec(course.scale) }),
    axis: {
      title: course.title,
      ...(course.values && { values: course.values }),
      ...(course.format && { format: course.format }),
      grid: false,
      labelOverlap: "greedy",
      labelAngle: 0,
    },
  };
  const y = measured("mean", unit, scale);
  const { legend: _, ...plain } = colorBy("series", series);
  const color = hasLegend ? plain : { ...plain, legend: null };
  const fewPoints = lines.every(({ points }) => points.length <= MARKED);
  return [
    {
      mark: { type: "area", opacity: 0.16 },
      encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
    },
    {
      mark: { type: "line", strokeWidth: 2 },
      encoding: { x, y, color: hasLegend ? { ...color, legend: legendAbove("stroke") } : color },
    },
    {
      mark: { type: "point", filled: true, size: fewPoints ? 30 : 8, opacity: 1 },
      encoding: {
        x,
        y,
        color,
        tooltip: [
          { field: "series", type: "nominal", title: "scenario" },
          { field: "x", type: course.scale ? "quantitative" : "nominal", title: course.title },
          { field: "tip", type: "nominal", title: unit.title },
        ],
      },
    },
  ];
}

/** The name of each series beside the last of its points, moved where two would meet. */
function endLabels({ lines, scale }: LinePlot): object[] {
  const ended = lines.flatMap(({ series, points }) => {
    const last = points.findLast(({ value }) => value.mean !== null)?.value.mean;
    return last == null ? [] : [{ series: series.label, last }];
  });
  const positions = ended.map(({ last }) => SINGLE.height * (1 - shareAlong(scale, last)));
  const moved = spreadOut(positions, LABEL, SINGLE.height);
  const values = ended.map(({ series }, i) => ({ series, at: moved[i] }));
  const series = lines.map((line) => line.series);
  return [endLabelLayer(values, series, 8)];
}

/**
 * Names of series beside the right edge of the view.
 * @param values one a series: its name, and its place in pixels from the top
 * @param gap pixels from the edge
 */
export function endLabelLayer(
  values: readonly { readonly series: string; readonly at: number }[],
  series: readonly Series[],
  gap: number,
): object {
  return {
    data: { values: [...values] },
    mark: {
      type: "text",
      align: "left",
      baseline: "middle",
      dx: gap,
      fontSize: SIZE.text,
      fontWeight: 600,
    },
    encoding: {
      x: { value: "width" },
      y: pixels("at"),
      text: { field: "series" },
      color: colorBy("series", series),
    },
  };
}
