// Figures of studies: curves over numbers, or dots over numbers or names, with their intervals; published values as hollow
// diamonds. Unlike other charts they are not known beforehand: a reproduction says what there is to draw.

import type { Reproduction } from "../../literature/reproduce.ts";
import type { StudyAxis, StudyFigure, StudyPoint } from "../../literature/study.ts";
import { plainNumber } from "../../wording/estimate.ts";
import { INTERVAL, reproductionSample } from "../../wording/sample.ts";
import { shortList } from "../../wording/sentence.ts";
import { nameAxis, sideBySide } from "../channels.ts";
import type { ChartDefinition, Drawing, Nothing } from "../definition.ts";
import { endLabelLayer } from "../lines.ts";
import { linearScale, logScale, type Scale, scaleSpec, shareAlong, spreadOut } from "../scales.ts";
import { colorBy, type Series } from "../series.ts";
import { seriesColors, type Theme } from "../theme.ts";
import { drawMap } from "./studyMap.ts";

const WIDTH = 460;
const HEIGHT = 300;
/** Width of labels beside the picture, and height of one of them. */
const LABELS = 190;
const LABEL = 14;
/** Whole numbers along an axis of which each is labelled, at most. */
const COUNTED = 12;
/** Height of a row of dots over names, for every series in it, and between rows. */
const DOT_ROW = 15;
const ROW_GAP = 12;

/** A chart for every figure of a reproduction; of all studies each is called after its study as well. */
export function studyCharts(result: Reproduction): ChartDefinition<"faultline/reproduce@1">[] {
  return (result.figures ?? []).map((figure) => ({
    name: figure.study === undefined ? figure.name : `${figure.study}-${figure.name}`,
    shows: figure.title,
    from: ["faultline/reproduce@1"],
    draw: (result, theme) => draw(figure, result, theme),
  }));
}

/** A point with the series that it belongs to. */
interface Row extends StudyPoint {
  readonly series: string;
  readonly isPublished: boolean;
  readonly tip: string;
}

/** All that the layers of a figure have in common. */
interface Picture {
  readonly figure: StudyFigure;
  readonly rows: readonly Row[];
  /** Every name with its colour: simulated series, then published ones of another name. */
  readonly series: readonly Series[];
  readonly simulated: readonly string[];
  readonly scale: Scale;
  readonly theme: Theme;
}

function draw(figure: StudyFigure, result: Reproduction, theme: Theme): Drawing | Nothing {
  if (figure.kind === "map") return drawMap(figure, result, theme);
  const { title, alt } = figure;
  const rows = rowsOf(figure);
  if (rows.length === 0) return { title, why: "The study has no value for this figure." };
  const scale = scaleOf(
    figure.y,
    rows.flatMap(({ y, low = y, high = y }) => [y, low, high]),
  );
  const picture = {
    figure,
    rows: rows.map((row) => withinLog(row, scale)),
    series: seriesIn(figure, theme),
    simulated: simulatedIn(figure),
    scale,
    theme,
  };
  const overNames = figure.kind === "dots" && rows.some(({ x }) => typeof x === "string");
  return {
    title,
    notes: [reproductionSample(result), marksNote(picture)],
    alt,
    view: overNames ? dotsOverNames(picture) : overNumbers(picture),
    width: WIDTH + LABELS,
  };
}

function rowsOf({ series }: StudyFigure): Row[] {
  return series.flatMap(({ name, isPublished = false, points }) =>
    points.map((point) => ({ ...point, series: name, isPublished, tip: tipOf(point) })),
  );
}

/** An interval that goes down to 0 or below is drawn to the edge of a logarithmic axis. */
function withinLog(row: Row, { type, domain: [edge] }: Scale): Row {
  return type === "log" && row.low !== undefined && row.low < edge ? { ...row, low: edge } : row;
}

function tipOf({ y, low, high }: StudyPoint): string {
  const digits = (x: number) => plainNumber(Number(x.toPrecision(4)));
  return low === undefined || high === undefined
    ? digits(y)
    : `${digits(y)} [${digits(low)}, ${digits(high)}]`;
}

const simulatedIn = ({ series }: StudyFigure) => [
  ...new Set(series.filter(({ isPublished }) => !isPublished).map(({ name }) => name)),
];

/** Series with their colours; a published one has that of the simulated one of its name, else that of text. */
function seriesIn(figure: StudyFigure, theme: Theme): Series[] {
  const simulated = simulatedIn(figure);
  const all = [...new Set([...simulated, ...figure.series.map(({ name }) => name)])];
  const colors = seriesColors(simulated, theme);
  return all.map((name, i) => ({
    name,
    label: name,
    kind: name,
    subject: "",
    color: colors[i] ?? theme.text,
  }));
}

const scaleOf = ({ scale }: StudyAxis, values: readonly number[]): Scale =>
  scale === "log" ? logScale(values) : linearScale(values);

function marksNote({ figure, rows, series, simulated }: Picture): string {
  const hasInterval = rows.some(({ low }) => low !== undefined);
  const mark = figure.kind === "lines" ? "Bands" : "Lines";
  const strangers = series.map(({ name }) => name).filter((name) => !simulated.includes(name));
  const others = strangers.filter((name) => name !== "published");
  return [
    ...(hasInterval ? [`${mark}: ${INTERVAL}.`] : []),
    ...(rows.some(({ isPublished }) => isPublished)
      ? [`Hollow diamonds: published${others.length > 0 ? ` (${shortList(others)})` : ""}.`]
      : []),
  ].join(" ");
}

// ---------------------------------------------------------------- over numbers

function overNumbers(picture: Picture): object {
  const { figure, rows, scale } = picture;
  const isNumber = rows.every(({ x }) => typeof x === "number");
  const xs = [...new Set(rows.map(({ x }) => x))];
  const x = {
    field: "x",
    ...(isNumber
      ? { type: "quantitative", scale: scaleSpec(alongX(figure, xs as number[])) }
      : sideBySide(xs, 0.3)),
    axis: {
      title: figure.x.title,
      grid: false,
      labelOverlap: "greedy",
      labelAngle: 0,
      ...(xs.length <= COUNTED && xs.every(Number.isInteger) && figure.x.scale !== "log"
        ? { values: xs, format: "d" }
        : {}),
    },
  };
  const y = { field: "y", type: "quantitative", scale: scaleSpec(scale), axis: yAxis(figure.y) };
  const layer =
    figure.kind === "lines"
      ? [
          {
            ...simulated(true),
            mark: { type: "area", opacity: 0.16 },
            encoding: band(x, y, picture),
          },
          {
            ...simulated(),
            mark: { type: "line", strokeWidth: 2 },
            encoding: { x, y, color: colorOf(picture) },
          },
          points(x, y, picture, 30),
        ]
      : [
          {
            ...simulated(true),
            mark: { type: "rule", strokeWidth: 2, opacity: 0.75 },
            encoding: band(x, y, picture),
          },
          points(x, y, picture, 60),
        ];
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: rows },
    layer: [
      ...layer,
      ...diamonds(x, y, picture),
      ...(figure.kind === "lines" ? [endLabels(picture)] : []),
    ],
  };
}

/** Of what is counted the axis runs from the first to the last; else to round numbers. */
function alongX({ x, kind }: StudyFigure, values: readonly number[]): Scale {
  const scale = scaleOf(x, values);
  if (kind === "dots" || scale.type === "log") return scale;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low < high ? { type: "linear", domain: [low, high] } : scale;
}

const yAxis = ({ title, scale }: StudyAxis) => ({
  title,
  tickCount: 6,
  ...(scale === "log" ? { labelOverlap: "greedy" } : {}),
});

/** Colours of series: curves have their names at the end, dots a legend where there are several. */
function colorOf({ figure, series, simulated }: Picture, isFilled = false) {
  const { legend: _, ...color } = colorBy("series", series);
  if (figure.kind === "lines" || simulated.length < 2) return { ...color, legend: null };
  const legend = {
    title: null,
    orient: "top",
    columns: 3,
    symbolType: "circle",
    symbolStrokeWidth: 0,
    values: simulated,
  };
  return isFilled ? { ...color, legend } : color;
}

/** The simulated points, or those of them that have an interval. */
const simulated = (withInterval = false) => ({
  transform: [{ filter: `!datum.isPublished${withInterval ? " && isValid(datum.low)" : ""}` }],
});

const band = (x: object, y: object, picture: Picture) => ({
  x,
  y: { ...y, field: "low" },
  y2: { field: "high" },
  color: colorOf(picture),
});

const tooltip = ({ x, y }: StudyFigure) => [
  { field: "series", type: "nominal", title: "series" },
  { field: "x", type: "nominal", title: x.title },
  { field: "tip", type: "nominal", title: y.title },
];

const points = (x: object, y: object, picture: Picture, size: number) => ({
  ...simulated(),
  mark: { type: "point", filled: true, size, opacity: 1 },
  encoding: { x, y, color: colorOf(picture, true), tooltip: tooltip(picture.figure) },
});

function diamonds(x: object, y: object, picture: Picture): object[] {
  if (!picture.rows.some(({ isPublished }) => isPublished)) return [];
  return [
    {
      transform: [{ filter: "datum.isPublished" }],
      mark: {
        type: "point",
        shape: "diamond",
        filled: false,
        size: 70,
        strokeWidth: 1.6,
        opacity: 1,
      },
      encoding: { x, y, color: colorOf(picture), tooltip: tooltip(picture.figure) },
    },
  ];
}

/** The name of each series at the height of the last of its points, moved where two would meet. */
function endLabels({ rows, series, simulated, scale }: Picture): object {
  const ends = simulated.flatMap((name) =>
    rows.filter((row) => !row.isPublished && row.series === name).slice(-1),
  );
  const at = ends.map(({ y }) => HEIGHT * (1 - shareAlong(scale, y)));
  const moved = spreadOut(at, LABEL, HEIGHT);
  const labels = ends.map((end, i) => ({ series: end.series, at: moved[i] }));
  return endLabelLayer(labels, series, 10);
}

// ---------------------------------------------------------------- over names

/** A row for every name, and within it a line for every series. */
function dotsOverNames(picture: Picture): object {
  const { figure, rows, series, scale, theme } = picture;
  const names = [...new Set(rows.map(({ x }) => String(x)))];
  const lanes = series.map(({ name }) => name);
  const place = {
    y: {
      field: "x",
      type: "nominal",
      sort: null,
      scale: { domain: names, paddingInner: 0.2, paddingOuter: 0.1 },
      axis: nameAxis(theme),
    },
    yOffset: { field: "series", type: "nominal", scale: { domain: lanes, paddingOuter: 0.3 } },
  };
  const x = {
    field: "y",
    type: "quantitative",
    scale: scaleSpec(scale),
    axis: { ...yAxis(figure.y), grid: true },
  };
  const layer = [
    {
      ...simulated(true),
      mark: { type: "rule", strokeWidth: 2.5, opacity: 0.75 },
      encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, color: colorOf(picture) },
    },
    points(x, place.y, picture, 70),
    ...diamonds(x, place.y, picture),
  ];
  return {
    width: WIDTH,
    height: names.length * (lanes.length * DOT_ROW + ROW_GAP),
    data: { values: rows },
    layer: (layer as { encoding: object }[]).map(({ encoding, ...rest }) => ({
      ...rest,
      encoding: { ...encoding, ...place },
    })),
  };
}
