// What to buy first as text for people: the answer, the path, what each change brings alone, interactions, and what it rests on.
import type { Effect, ImproveResult } from "../decide/improve/result.ts";
import {
  assumptionTexts,
  certaintyText,
  changeOf,
  firstStepText,
  goalUnit,
  interactionTexts,
  leftOutTexts,
  pathText,
  spentText,
  stepText,
} from "../wording/improvement.ts";
import { type Cell, columnsOf, estimateCell } from "../wording/table.ts";
import { wrap, wrapAll } from "../wording/text.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

/** Changes in the table of those alone, and reasons, where not all are asked for. */
const SHOWN = 10;
const REASONS = 5;

/** @param all whether every change and every reason is shown */
export function improveText(result: ImproveResult, { colors, width }: Screen, all = false): string {
  const faint = (lines: readonly string[]) => wrapAll(lines, width).map(colors.dim);
  const { goal } = result;
  const columns = columnsOf([
    ...[`${goal.metric}, ${goalUnit(result)}`, "cost, $ a task"],
    ...(isLimited(result) ? ["within limits"] : []),
  ]);
  const sure = [certaintyText(result), pathText(result)].flatMap((text) => text ?? []);
  const reasons = leftOutTexts(result);
  const told = all ? reasons : reasons.slice(0, REASONS);
  return [
    ...wrap(firstStepText(result), width).map(colors.bold),
    ...wrapAll(sure, width),
    "",
    ...renderTable(columns, [...pathRows(result), aloneRows(result, all)], width, colors),
    ...faint(interactionTexts(result)),
    ...faint(assumptionTexts(result)),
    ...faint([spentText(result)]),
    ...faint(told.map((text) => `left out: ${text}`)),
    ...(told.length < reasons.length
      ? faint([`left out: ${reasons.length - told.length} more (--all shows them)`])
      : []),
    "",
  ].join("\n");
}

function pathRows(result: ImproveResult) {
  const rows = result.path.map((step) => ({
    label: stepText(step),
    cells: effectCells(result, step.effect, true),
  }));
  return rows.length === 0 ? [] : [{ title: "The path: all changes so far against today", rows }];
}

function aloneRows(result: ImproveResult, all: boolean) {
  const better = result.goal.better === "lower" ? -1 : 1;
  const ranked = [...result.options].sort(
    (a, b) => better * ((b.alone.goal.mean ?? 0) - (a.alone.goal.mean ?? 0)),
  );
  const rows = ranked.slice(0, all ? ranked.length : SHOWN).map(({ name, alone, meets }) => ({
    label: name,
    cells: effectCells(result, alone, meets),
  }));
  return { title: "Each change alone", rows };
}

const isLimited = ({ budget, constraints }: ImproveResult) =>
  budget !== null || constraints.length > 0;

const effectCells = (result: ImproveResult, { goal, cost }: Effect, meets: boolean): Cell[] => [
  estimateCell(changeOf(result, goal)),
  estimateCell(cost),
  ...(isLimited(result) ? [{ text: meets ? "yes" : "no" }] : []),
];
