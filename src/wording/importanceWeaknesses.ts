// What weakens a team in words, the same for a terminal, a chart and a report: what to fix first and how sure that is, and the rows of
// the table.
import type { Leading } from "../decide/importance/weakness/leading.ts";
import type { Weakness, Weaknesses } from "../decide/importance/weakness/weaknesses.ts";
import type { MetricValue } from "../experiment/result.ts";
import { type MetricDefinition, metric as metricOf } from "../metrics/definitions.ts";
import { groupBy } from "../numerics/grouping.ts";
import { durationUnit } from "./duration.ts";
import { inUnitsOf, plainEstimate } from "./estimate.ts";
import { listText, meanWords, shortList, unitOf } from "./sentence.ts";
import { type Cell, columnsOf, estimateCell, type Group, type Row } from "./table.ts";
import { capitalized, count } from "./text.ts";

type Called = Pick<Weakness, "kind" | "name">;

/** `the agent lead`, `the orchestrator check of lead`, `the edge intake → lead`. */
export function componentWords({ kind, name }: Called): string {
  const at = name.lastIndexOf(".");
  return kind === "check"
    ? `the ${checkWords(name.slice(at + 1))} of ${name.slice(0, at)}`
    : `the ${kind} ${name}`;
}

const checkWords = (check: string) =>
  check === "self" ? "self-check" : check === "guard" ? "guard" : `${check} check`;

/** A component as the label of a row or a bar. */
export function componentLabel({ kind, name }: Called): string {
  const at = name.lastIndexOf(".");
  return kind === "check"
    ? `${checkWords(name.slice(at + 1))} of ${name.slice(0, at)}`
    : `${kind} ${name}`;
}

const PERFECT = {
  agent: "if it never erred",
  model: "if it never erred",
  check: "if it found every error and raised no false alarm",
  edge: "if it lost nothing",
  claim: "if it were always made right",
} as const satisfies Record<Weakness["kind"], string>;

/** A change of a metric: `+7.2 ±.8 points`, `-330 ±80 dollars per task`. */
export function changeWords(metric: MetricDefinition, value: MetricValue): string {
  const { scale, unit } = changeUnit(metric, [value]);
  const sign = (value.mean ?? 0) > 0 ? "+" : "";
  return `${sign}${plainEstimate(inUnitsOf(scale, value))} ${unit}`;
}

/** The unit in which changes of a metric are told, and how much of the metric's own it is. */
export function changeUnit(
  { unit }: MetricDefinition,
  values: readonly MetricValue[],
): { readonly scale: number; readonly unit: string } {
  if (unit === "share") return { scale: 0.01, unit: "points" };
  if (unit !== "seconds") return { scale: 1, unit };
  const longest = Math.max(0, ...values.map(({ mean }) => Math.abs(mean ?? 0)));
  const { seconds, symbol } = durationUnit(longest);
  return { scale: seconds, unit: symbol };
}

// ---------------------------------------------------------------- sentences

/** What to fix first, and how sure that is. */
export function fixFirstLead(found: Weaknesses): string {
  const { first, components, base } = found;
  const metric = metricOf(found.metric);
  const what = metric.title.toLowerCase();
  const [{ components: leaders }] = first;
  if (leaders.length === 0)
    return `Nothing to fix first: no component alone is sure to better ${what}, however good it were.`;
  const [best] = leaders;
  const own = components.find((one) => isSame(one, best)) as Weakness;
  const change = changeWords(metric, own.perfect[found.metric]);
  const now = meanWords(base[found.metric], unitOf(metric));
  const rise = (own.perfect[found.metric].mean ?? 0) > 0 ? "rise" : "fall";
  const gain = `${what} would ${rise} by ${change.replace(/^[+-]/, "")} from ${now} ${PERFECT[best.kind]}`;
  if (leaders.length === 1)
    return `Fix ${componentWords(best)} first: ${gain}. No other component alone gains as much.`;
  const others = leaders.slice(1).map(componentWords);
  return `Fix ${componentWords(best)} first, or ${listOr(others)}: ${gain}; which of these ${leaders.length} gains most is undecided.`;
}

/** The same in a few words. */
export function fixFirstTitle({ first, metric }: Weaknesses): string {
  const [{ components }] = first;
  const what = metricOf(metric).title.toLowerCase();
  if (components.length === 0) return `No part alone is sure to better ${what}`;
  return `Fix ${listOr(components.map(componentWords))} first`;
}

/** What comes first of each kind of component. */
export function fixFirstByKind({ first }: Weaknesses): string[] {
  return first.slice(1).flatMap(({ among, components, isClear }: Leading) => {
    if (components.length === 0) return [];
    const names = components.map(({ name }) => name);
    return [
      isClear
        ? `Of the ${among}s ${names[0]} comes first.`
        : `Of the ${among}s it is undecided between ${listText(names)}.`,
    ];
  });
}

/** Components that are told one by one where any of them may come first. */
const MOST_LISTED = 3;

function listOr(names: readonly string[]): string {
  const listed = names.slice(0, MOST_LISTED);
  const left = names.length - listed.length;
  const all = left > 0 ? [...listed, count(left, "other")] : listed;
  return listText(all).replace(/ and ([^,]*)$/, " or $1");
}

const isSame = (a: Called, b: Called) => a.kind === b.kind && a.name === b.name;

// ---------------------------------------------------------------- the table

/** Columns of the table of components. */
export const weaknessColumns = (isFull = false) =>
  columnsOf([
    "perfect",
    "10 % better",
    "absent",
    "Fussell-Vesely",
    ...(isFull ? ["Birnbaum", "RAW", "RRW"] : []),
  ]);

const changesIn = ({ components, metric }: Weaknesses) =>
  components.flatMap(({ perfect, absent, better }) =>
    [perfect, absent, better].map((changes) => changes[metric]),
  );

/** Whether it may matter that a component is perfect or absent. */
const matters = (metric: string) => (one: Weakness) =>
  [one.perfect, one.absent].some((changes) => !mayBeZero(changes[metric]));

const mayBeZero = ({ ci: [low, high] }: MetricValue) =>
  low === null || high === null || low * high <= 0;

/**
 * Components by kind, those that gain most first; only those that matter.
 * @param isFull with all measures, and all components
 */
export function weaknessGroups(found: Weaknesses, isFull = false): Group[] {
  const shown = found.components.filter((one) => isFull || matters(found.metric)(one));
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    title: capitalized(`${kind}s`),
    rows: shown
      .filter((one) => one.kind === kind)
      .map((one) => weaknessRow(one, found, one.name, isFull)),
  }));
}

/** The row of a component under a label. */
export const weaknessRow = (
  one: Weakness,
  found: Weaknesses,
  label: string,
  isFull = false,
): Row => ({
  label,
  cells: cellsOf(one, found, isFull),
});

function cellsOf(one: Weakness, found: Weaknesses, isFull: boolean): Cell[] {
  const { scale } = changeUnit(metricOf(found.metric), changesIn(found));
  const sign = found.better === "higher" ? 1 : -1;
  const change = (value: MetricValue): Cell => ({
    ...estimateCell(inUnitsOf(scale, value)),
    ...markOf(value, sign),
  });
  const { fussellVesely, birnbaum, riskAchievement, riskReduction } = one;
  const measures = isFull ? [birnbaum, riskAchievement, riskReduction] : [];
  return [
    ...[one.perfect, one.better, one.absent].map((changes) => change(changes[found.metric])),
    ...[fussellVesely, ...measures].map((value) => estimateCell(value)),
  ];
}

/** Marked where chance does not explain the change. */
function markOf(value: MetricValue, sign: number): Pick<Cell, "mark" | "tone"> {
  if (mayBeZero(value)) return {};
  return sign * (value.mean ?? 0) > 0 ? { mark: "▲", tone: "good" } : { mark: "▼", tone: "bad" };
}

/** How to read the table. */
export function weaknessLegend(found: Weaknesses, isFull = false): string {
  const metric = metricOf(found.metric);
  const { unit } = changeUnit(metric, changesIn(found));
  const more = isFull
    ? " Birnbaum: success if perfect, less success if absent. RAW: failures if absent per failure now. RRW: failures now per failure if perfect."
    : "";
  return `perfect, 10 % better, absent: change of ${metric.title.toLowerCase()} in ${unit} if it never erred, erred a tenth less, or did nothing right. Fussell-Vesely: share of the failures in which it is involved.${more} An agent counts with its model and its checks, so that changes do not add up.`;
}

/** What it rests on, and what is left out. */
export function weaknessNotes(found: Weaknesses, isFull = false): string[] {
  const { blocks, instances, leftOut, components, metric } = found;
  const idle = isFull ? [] : components.filter((one) => !matters(metric)(one));
  return [
    `${count(blocks, "paired block")} of ${count(instances, "replication")} · 95 % intervals`,
    ...(idle.length === 0
      ? []
      : [`Not shown, without effect: ${shortList(idle.map(componentLabel))}.`]),
    ...leftOutByReason(leftOut),
  ];
}

function leftOutByReason(leftOut: Weaknesses["leftOut"]): string[] {
  const byWhy = groupBy(leftOut, ({ why }) => why);
  return [...byWhy].map(
    ([why, some]) => `Left out: ${shortList(some.map(componentLabel))} (${why}).`,
  );
}
