// Where a metric crosses a level, in words that all media have in common.
import type { ThresholdSearch } from "../decide/threshold/document.ts";
import { type MetricDefinition, metric as metricOf } from "../metrics/definitions.ts";
import { plainNumber } from "./estimate.ts";
import { estimateWords, PLAIN, unitOf } from "./sentence.ts";
import { columnsOf, estimateCell, type Group } from "./table.ts";
import { capitalized, count, grouped } from "./text.ts";

const short = (x: number) => plainNumber(Number(x.toPrecision(3)));

const titleOf = ({ metric }: ThresholdSearch) => metricOf(metric).title.toLowerCase();

function levelWords(metric: MetricDefinition, level: number): string {
  return estimateWords({ mean: level, ci: [level, level] }, unitOf(metric));
}

/** `success of team is 80 % or more`, `success of team is no lower than that of single`. */
function side(search: ThresholdSearch, isAbove: boolean): string {
  const { metric, level, scenario, other } = search;
  const title = `${titleOf(search)} of ${scenario}`;
  if (level === null) return `${title} is ${isAbove ? "higher" : "lower"} than that of ${other}`;
  return `${title} is ${isAbove ? "above" : "below"} ${levelWords(metricOf(metric), level)}`;
}

/** The answer in a sentence. */
export function thresholdSentence(search: ThresholdSearch): string {
  const { verdict, path, at, falls, points, isWhole } = search;
  const where = `from ${short(points[0].x)} to ${short(points[points.length - 1].x)}`;
  switch (verdict) {
    case "crossed": {
      const upTo = isWhole ? "up to and with" : "up to";
      const place = at === null ? "" : estimateWords(at, PLAIN);
      return `${capitalized(side(search, falls === true))} ${upTo} ${path} = ${place}, and ${beyond(search)} beyond.`;
    }
    case "constant":
      return `${path} does not change ${titleOf(search)}.`;
    case "untold":
      return `No crossing was seen ${where} of ${path}, but ${nearestWords(search)}, and that does not tell the side.`;
    default:
      return `${capitalized(side(search, verdict === "above"))} at all values of ${path} ${where}; ${nearestWords(search)}.`;
  }
}

function beyond({ falls, level }: ThresholdSearch): string {
  if (level === null) return falls ? "lower" : "higher";
  return falls ? "below" : "above";
}

/** How near the metric comes to the level, and where. */
function nearestWords(search: ThresholdSearch): string {
  const { points, level, metric } = search;
  const gap = ({ value, other }: (typeof points)[number]) =>
    Math.abs((value.mean ?? 0) - (other?.mean ?? level ?? 0));
  const nearest = points.reduce((best, one) => (gap(one) < gap(best) ? one : best));
  return `it comes nearest at ${short(nearest.x)}, with ${estimateWords(nearest.value, unitOf(metricOf(metric)))}`;
}

/** How far today's value is from the crossing. */
export function headroomSentence({ today, at, path, crossings }: ThresholdSearch): string[] {
  const chosen = today === null ? "the first" : "the one nearest to today's value";
  const several =
    crossings > 1 ? [`There are ${crossings} crossings in the range; this is ${chosen}.`] : [];
  if (today === null || at === null || at.mean === null) return several;
  const gap = Math.abs(at.mean - today);
  return [
    `Today ${path} is ${short(today)}, ${short(gap)} ${today < at.mean ? "below" : "above"}.`,
    ...several,
  ];
}

export const thresholdColumns = ({ metric, scenario, other }: ThresholdSearch) =>
  columnsOf(other === null ? [metric] : [`${metric}, ${scenario}`, other]);

export function thresholdGroups({ points, path }: ThresholdSearch): Group[] {
  const rows = points.map(({ x, value, other }) => ({
    label: short(x),
    cells: [estimateCell(value), ...(other === null ? [] : [estimateCell(other)])],
  }));
  return [{ title: path, rows }];
}

/** What it rests on. */
export function thresholdBasis({
  seed,
  replications,
  blockInstances,
  missing,
}: ThresholdSearch): string[] {
  return [
    `seed ${seed} · ${grouped(replications)} replications in blocks of ${count(blockInstances, "task instance")} · 95 % intervals`,
    ...(missing.length === 0
      ? []
      : [`No valid scenario at ${missing.map(short).join(", ")}: the range ends before.`]),
  ];
}
