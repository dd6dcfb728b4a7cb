// Cost and success: what a task costs in an architecture, or in every cell of a sweep, against how often it succeeds, with
// the Pareto front: the choices that no other beats in both.

import { type MetricTree, type MetricValue, readMetric } from "../../experiment/result.ts";
import { metric } from "../../metrics/definitions.ts";
import { experimentSample, INTERVAL } from "../../wording/sample.ts";
import { shortList } from "../../wording/sentence.ts";
import { grouped } from "../../wording/text.ts";
import { legendAbove, measured, pixels, tooltipOf } from "../channels.ts";
import type { ChartDefinition, Drawing, Nothing } from "../definition.ts";
import { Gaps } from "../gaps.ts";
import { estimateLabel, meanLabel, measureOf } from "../measure.ts";
import {
  type LabelledPoint,
  linearScale,
  logScale,
  placeLabels,
  type Scale,
  scaleSpec,
  shareAlong,
  spansDecades,
} from "../scales.ts";
import { colorBy, membersOf, type Series, titled } from "../series.ts";
import { distinctRows, factorsText, sweepNote, sweepSeries } from "../sweeps.ts";
import { SIZE, type Theme } from "../theme.ts";

const COST = measureOf(metric("cost"));
const SUCCESS = measureOf(metric("success"));
const WIDTH = 500;
const HEIGHT = 340;
/** Points up to which each has its interval and its name. */
const FEW = 24;
/** Points up to which all are drawn; of more, one of those that lie in the same place. */
const MANY = 1500;

interface Point {
  readonly series: Series;
  readonly text: string;
  readonly cost: MetricValue & { readonly mean: number };
  readonly success: MetricValue & { readonly mean: number };
}

export const cost: ChartDefinition<
  "faultline/run@1" | "faultline/compare@1" | "faultline/sweep@1"
> = {
  name: "cost",
  shows: "cost per task against success, with the Pareto front",
  from: ["faultline/run@1", "faultline/compare@1", "faultline/sweep@1"],
  draw(result, theme) {
    const gaps = new Gaps();
    if (result.schema === "faultline/sweep@1") {
      const series = sweepSeries(result, theme);
      const points = distinctRows(result).flatMap((row) => {
        const one = series.find(({ name }) => name === row.scenario) as Series;
        const factors = factorsText(row.factors);
        // The colour tells the scenario, as far as there is a legend.
        const text = factors === "" ? one.label : factors;
        return pointOf(one, text, row.metrics, gaps);
      });
      const title = `Cost and success: ${result.name}`;
      return drawing(title, points, series, [sweepNote(result), gaps.note()], theme);
    }
    const members = membersOf(result, theme);
    const points = members.flatMap((one) => pointOf(one, one.label, one.result.metrics, gaps));
    const title = titled("Cost and success", members);
    return drawing(title, points, members, [experimentSample(result), gaps.note()], theme);
  },
};

function pointOf(
  series: Series,
  text: string,
  metrics: MetricTree | undefined,
  gaps: Gaps,
): Point[] {
  if (metrics === undefined) return [];
  const cost = readMetric(metrics, "cost");
  const success = readMetric(metrics, "success");
  if (hasMean(cost) && hasMean(success)) return [{ series, text, cost, success }];
  gaps.add(text, hasMean(cost) ? success : cost);
  return [];
}

const hasMean = (value: MetricValue | undefined): value is MetricValue & { mean: number } =>
  value !== undefined && value.mean !== null;

/** Why points tell nothing of the choice between cost and success; undefined where they do. */
function whyUntold(points: readonly Point[]): string | undefined {
  const [first, ...others] = points;
  const at = `${meanLabel(SUCCESS, first.success)} at ${meanLabel(COST, first.cost)} US dollars per task`;
  if (others.length === 0) return `One choice leaves nothing to weigh: ${first.text}, ${at}.`;
  if (points.every((point) => isSame(point, first)))
    return `All ${points.length} choices cost the same and succeed equally often: ${at}.`;
  return undefined;
}

/** Whether two points differ by less than a hundredth of what they are. */
function isSame(a: Point, b: Point): boolean {
  const isNear = (x: number, y: number) =>
    Math.abs(x - y) <= 0.01 * Math.max(Math.abs(x), Math.abs(y));
  return isNear(a.cost.mean, b.cost.mean) && isNear(a.success.mean, b.success.mean);
}

/** The points that no other beats: none is as cheap and more successful, or cheaper and as successful; by cost. */
function paretoFront(points: readonly Point[]): Point[] {
  const sorted = [...points].sort(
    (a, b) => a.cost.mean - b.cost.mean || b.success.mean - a.success.mean,
  );
  let best = Number.NEGATIVE_INFINITY;
  return sorted.filter(({ success }) => {
    if (success.mean <= best) return false;
    best = success.mean;
    return true;
  });
}

function drawing(
  title: string,
  points: readonly Point[],
  series: readonly Series[],
  [sample, gaps]: readonly string[],
  theme: Theme,
): Drawing | Nothing {
  if (points.length === 0) return { title, why: gaps || "No scenario has both cost and success." };
  const untold = whyUntold(points);
  if (untold !== undefined) return { title, why: untold };
  const front = paretoFront(points);
  const hasFew = points.length <= FEW;
  const costs = points
    .flatMap(({ cost: { mean, ci } }) => (hasFew ? [mean, ...ci] : [mean]))
    .filter((x) => x !== null);
  const successes = points
    .flatMap(({ success: { mean, ci } }) => [mean, ...(hasFew ? ci : [])])
    .filter((x) => x !== null);
  const isLog = spansDecades(points.map((point) => point.cost.mean));
  const x = isLog ? logScale(costs) : linearScale(costs);
  const y = linearScale(successes);
  const drawn = points.length <= MANY ? points : thinned(points, front, x, y);
  const leftOut =
    drawn.length < points.length
      ? `${grouped(drawn.length)} of ${grouped(points.length)} points are drawn: one of those in the same place.`
      : "";
  const best = front.map(
    ({ text, cost, success }) =>
      `${text} (${meanLabel(SUCCESS, success)} at ${meanLabel(COST, cost)} US dollars)`,
  );
  return {
    title,
    notes: [
      sample,
      hasFew ? `Crosses: ${INTERVAL}.` : "",
      "Dashed: the Pareto front; of the choices on it none is both cheaper and more successful than another.",
      leftOut,
      gaps,
    ],
    alt: `${title}: ${points.length} points; on the Pareto front: ${best.join("; ")}.`,
    view: scatter(drawn, front, { x, y, isLog, hasFew }, series, theme),
    width: WIDTH + 50,
  };
}

/** The front, and of the other points one of each series in every square of a grid. */
function thinned(points: readonly Point[], front: readonly Point[], x: Scale, y: Scale): Point[] {
  const SIDE = 8;
  const taken = new Set<string>();
  const isFirst = ({ series, cost, success }: Point) => {
    const column = Math.floor((WIDTH / SIDE) * shareAlong(x, cost.mean));
    const row = Math.floor((HEIGHT / SIDE) * shareAlong(y, success.mean));
    const key = `${series.label} ${column} ${row}`;
    return !taken.has(key) && taken.add(key);
  };
  return points.filter((point) => front.includes(point) || isFirst(point));
}

interface Layout {
  readonly x: Scale;
  readonly y: Scale;
  readonly isLog: boolean;
  readonly hasFew: boolean;
}

function scatter(
  points: readonly Point[],
  front: readonly Point[],
  { x, y, isLog, hasFew }: Layout,
  series: readonly Series[],
  theme: Theme,
): object {
  const present = series.filter((one) => points.some((point) => point.series.label === one.label));
  const values = points.map((point) => ({
    series: point.series.label,
    text: point.text,
    cost: point.cost.mean,
    success: point.success.mean,
    ...(hasFew && {
      costLow: point.cost.ci[0] ?? x.domain[0],
      costHigh: point.cost.ci[1] ?? x.domain[1],
      successLow: point.success.ci[0] ?? 0,
      successHigh: point.success.ci[1] ?? 1,
    }),
    isBest: front.includes(point),
    costTip: estimateLabel(COST, point.cost),
    successTip: estimateLabel(SUCCESS, point.success),
  }));
  const title = `${COST.title}${isLog ? ", logarithmic scale" : ""}`;
  const encodeX = {
    field: "cost",
    type: "quantitative",
    scale: scaleSpec(x),
    axis: { title, grid: true, tickCount: 6, labelOverlap: "greedy" },
  };
  const encodeY = measured("success", SUCCESS, y);
  const hasLegend = !hasFew && present.length > 1;
  const color = {
    ...colorBy("series", present),
    legend: hasLegend ? legendAbove("circle") : null,
  };
  const crosses = [
    { x: { ...encodeX, field: "costLow" }, x2: { field: "costHigh" }, y: encodeY, color },
    { x: encodeX, y: { ...encodeY, field: "successLow" }, y2: { field: "successHigh" }, color },
  ].map((encoding) => ({ mark: { type: "rule", opacity: 0.45, strokeWidth: 1.5 }, encoding }));
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    layer: [
      {
        transform: [{ filter: "datum.isBest" }],
        mark: { type: "line", interpolate: "step-after", strokeDash: [5, 4], color: theme.muted },
        encoding: { x: encodeX, y: encodeY, order: { field: "cost", type: "quantitative" } },
      },
      ...(hasFew ? crosses : []),
      {
        mark: { type: "point", filled: true },
        encoding: {
          x: encodeX,
          y: encodeY,
          color,
          size: { condition: { test: "datum.isBest", value: 90 }, value: hasFew ? 60 : 28 },
          opacity: { condition: { test: "datum.isBest", value: 1 }, value: hasFew ? 0.8 : 0.4 },
          tooltip: tooltipOf({
            text: "choice",
            successTip: "success",
            costTip: "cost (US dollars)",
          }),
        },
      },
      ...labelLayers(hasFew ? points : front, points, front, x, y, theme),
    ],
  };
}

/** Pixels within which points have one label. */
const TOGETHER = 5;

/** Points that lie on each other as one, with the names of all. */
function gathered(points: readonly LabelledPoint[]): LabelledPoint[] {
  const groups: { first: LabelledPoint; texts: string[] }[] = [];
  for (const point of points) {
    const group = groups.find(
      ({ first }) => Math.hypot(point.x - first.x, point.y - first.y) < TOGETHER,
    );
    if (group === undefined) groups.push({ first: point, texts: [point.text] });
    else group.texts.push(point.text);
  }
  return groups.map(({ first, texts }) => ({ ...first, text: shortList(texts) }));
}

/** Names beside points, those of the front first. */
function labelLayers(
  named: readonly Point[],
  points: readonly Point[],
  front: readonly Point[],
  x: Scale,
  y: Scale,
  theme: Theme,
): object[] {
  const inPixels = (point: Point) => ({
    text: point.text,
    isUpper: front.includes(point),
    x: WIDTH * shareAlong(x, point.cost.mean),
    y: HEIGHT * (1 - shareAlong(y, point.success.mean)),
  });
  const placed = placeLabels(gathered(named.map(inPixels)), points.map(inPixels), {
    width: WIDTH,
    height: HEIGHT,
  });
  return (["left", "right", "center"] as const).flatMap((align) => {
    const values = placed
      .filter((label) => label.align === align)
      .map(({ text, x, y }) => ({ text, x, y }));
    if (values.length === 0) return [];
    return [
      {
        data: { values },
        mark: { type: "text", align, baseline: "middle", color: theme.text, fontSize: SIZE.label },
        encoding: { x: pixels("x"), y: pixels("y"), text: { field: "text" } },
      },
    ];
  });
}
