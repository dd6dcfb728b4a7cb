// Bars from the lowest to the highest mean of a metric around its mean over all, each with an interval and a word at both ends.
import type { MetricValue } from "../experiment/result.ts";
import { measured, nameAxis } from "./channels.ts";
import type { Measure } from "./measure.ts";
import { tightScale } from "./scales.ts";
import { SIZE, type Theme } from "./theme.ts";

/** One end of a bar: the metric there, in its measure, and where that is. */
export interface RangeEnd {
  readonly at: string;
  readonly value: MetricValue;
  readonly tip: string;
}

export interface RangeBar {
  readonly label: string;
  readonly low: RangeEnd;
  readonly high: RangeEnd;
  /** Others are drawn pale. */
  readonly isClear: boolean;
}

export interface RangePanel {
  /** Empty where there is one panel. */
  readonly title: string;
  /** The metric over all. */
  readonly middle: number;
  /** In their order, from the top. */
  readonly bars: readonly RangeBar[];
  readonly color: string;
}

const WIDTH = { one: 420, several: 280 };
const COLUMNS = 2;
/** What an axis keeps free at both ends for the words there, as a share of its width. */
const ROOM = 0.16;

/** Width in pixels of so many panels. */
export const barsWidth = (panels: number) =>
  panels === 1 ? WIDTH.one + 140 : COLUMNS * (WIDTH.several + 110);

export function rangesView(panels: readonly RangePanel[], unit: Measure, theme: Theme): object {
  const ends = panels.flatMap(({ middle, bars }) => [
    middle,
    ...bars.flatMap(({ low, high }) => [low, high].flatMap(({ value }) => boundsOf(value))),
  ]);
  const [least, greatest] = [Math.min(...ends), Math.max(...ends)];
  const room = ROOM * (greatest - least);
  const scale = tightScale([least - room, greatest + room]);
  const x = (field: string) => measured(field, unit, scale);
  const isSingle = panels.length === 1;
  const views = panels.map(({ title, middle, bars, color }) => ({
    ...(title === ""
      ? {}
      : { title: { text: title, fontSize: SIZE.text, frame: "group", offset: 8 } }),
    width: isSingle ? WIDTH.one : WIDTH.several,
    height: { step: 24 },
    data: { values: bars.flatMap((bar) => rowsOf(bar, middle)) },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.6 }, color },
        encoding: {
          x: x("middle"),
          x2: { field: "mean" },
          y: yOf(theme),
          opacity: { condition: { test: "datum.isClear", value: 0.9 }, value: 0.35 },
          tooltip: [
            { field: "name", type: "nominal" },
            { field: "at", type: "nominal", title: "at" },
            { field: "tip", type: "nominal", title: unit.title },
          ],
        },
      },
      {
        mark: { type: "rule", strokeWidth: 1.2, color: theme.text },
        encoding: { x: x("low"), x2: { field: "high" }, y: yOf(theme) },
      },
      ...(["left", "right"] as const).map((side) => ({
        transform: [{ filter: `datum.side === '${side}'` }],
        mark: {
          type: "text",
          align: side === "left" ? "right" : "left",
          dx: side === "left" ? -5 : 5,
          color: theme.muted,
        },
        encoding: {
          x: x(side === "left" ? "low" : "high"),
          y: yOf(theme),
          text: { field: "at" },
        },
      })),
      {
        mark: { type: "rule", color: theme.muted },
        encoding: { x: { datum: middle, type: "quantitative" } },
      },
    ],
  }));
  return isSingle
    ? views[0]
    : { columns: COLUMNS, spacing: { row: 24, column: 30 }, concat: views };
}

const yOf = (theme: Theme) => ({
  field: "name",
  type: "nominal",
  sort: null,
  axis: nameAxis(theme),
});

const boundsOf = ({ mean, ci }: MetricValue) =>
  [mean, ...ci].flatMap((bound) => (bound === null ? [] : [bound]));

function rowsOf({ label, low, high, isClear }: RangeBar, middle: number) {
  return [
    { ...low, side: "left" },
    { ...high, side: "right" },
  ].map(({ at, value, tip, side }) => ({
    name: label,
    side,
    at,
    tip,
    isClear,
    middle,
    mean: value.mean ?? middle,
    low: value.ci[0] ?? value.mean ?? middle,
    high: value.ci[1] ?? value.mean ?? middle,
  }));
}
