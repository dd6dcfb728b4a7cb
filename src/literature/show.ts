// What a study shows: tables with one row per item, and series of figures with one point per item.
import type { ScenarioResult } from "../experiment/result.ts";
import { cell } from "./estimates.ts";
import { estimateOf } from "./simulate.ts";
import type { StudyCell, StudyEstimate, StudyPoint, StudySeries, StudyTable } from "./study.ts";

/** A column: its name, its unit ("" for labels), and its cell in the row of an item. */
export type Column<Item> = readonly [name: string, unit: string, cellOf: (item: Item) => StudyCell];

/** A table with one row per item. */
export function tableOf<Item>(
  head: Pick<StudyTable, "name" | "title" | "note">,
  items: readonly Item[],
  columns: readonly Column<Item>[],
): StudyTable {
  return {
    ...head,
    columns: columns.map(([name, unit]) => ({ name, unit })),
    rows: items.map((item) => columns.map(([, , cellOf]) => cellOf(item))),
  };
}

/** A column that shows a metric. */
export type MetricColumn = readonly [name: string, unit: string, metric: string];

/** Columns that show metrics of each item's result. */
export function metricColumns<Item>(
  shown: readonly MetricColumn[],
  resultOf: (item: Item) => ScenarioResult,
): Column<Item>[] {
  return shown.map(([name, unit, metric]) => [
    name,
    unit,
    (item) => cell(estimateOf(resultOf(item), metric)),
  ]);
}

/** Marks a series as published figures. */
export const PUBLISHED = { isPublished: true };

/** A series with one point per item, and none for an item without a value. */
export function seriesOf<Item>(
  name: string,
  items: readonly Item[],
  pointAt: (item: Item, index: number) => Readonly<Parameters<typeof point>>,
  mark: Pick<StudySeries, "isPublished"> = {},
): StudySeries {
  return { name, ...mark, points: items.flatMap((item, i) => point(...pointAt(item, i))) };
}

/** A point with its interval; none where there is no value. */
export function point(x: number | string, y: StudyEstimate | number | null): StudyPoint[] {
  if (y === null) return [];
  if (typeof y === "number") return [{ x, y }];
  const [low, high] = y.ci;
  if (y.mean === null) return [];
  return [{ x, y: y.mean, ...(low !== null && { low }), ...(high !== null && { high }) }];
}

/** Every item of the first list with every item of the second. */
export function pairs<A, B>(first: readonly A[], second: readonly B[]): (readonly [A, B])[] {
  return first.flatMap((a) => second.map((b) => [a, b] as const));
}
