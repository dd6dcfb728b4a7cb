// What decides, as text for people: the answer, the table, and what it rests on.
import type { Assumptions, Importance, InputImportance } from "../decide/importance/document.ts";
import { plainNumber } from "../wording/estimate.ts";
import {
  answerSentence,
  assumptionsSentence,
  designSentence,
  measureSentences,
  noiseSentence,
  screenedSentence,
} from "../wording/importance.ts";
import { type Cell, columnsOf, estimateCell } from "../wording/table.ts";
import { wrap, wrapAll } from "../wording/text.ts";
import { weaknessesText } from "./importanceWeaknesses.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

export function importanceText(result: Importance, screen: Screen): string {
  const { assumptions, weaknesses } = result;
  return [
    ...(assumptions === null ? [] : assumptionsText(assumptions, result, screen)),
    ...(assumptions === null || weaknesses === null ? [] : [""]),
    ...(weaknesses === null ? [] : weaknessesText(weaknesses, result, screen)),
    "",
  ].join("\n");
}

function assumptionsText(
  assumptions: Assumptions,
  { metric, scenario, seed }: Importance,
  { colors, width }: Screen,
): string[] {
  const present = (lines: readonly (string | undefined)[]) =>
    lines.filter((line) => line !== undefined);
  const said = present([
    answerSentence(assumptions, metric),
    ...measureSentences(assumptions, metric),
  ]);
  const rests = present([
    `${scenario} · seed ${seed} · ${designSentence(assumptions)} · 95 % intervals`,
    noiseSentence(assumptions),
    screenedSentence(assumptions),
  ]);
  return [
    ...wrap(assumptionsSentence(assumptions, metric), width).map(colors.bold),
    ...wrapAll(said, width),
    "",
    ...tableOf(assumptions, metric, { colors, width }),
    ...wrapAll([...LEGEND(metric), ...rests], width).map(colors.dim),
  ];
}

function tableOf(
  { inputs, verdict }: Assumptions,
  metric: string,
  { colors, width }: Screen,
): string[] {
  const isTold = verdict === "decided" || verdict === "undecided";
  if (!isTold) return [];
  const columns = columnsOf(["part", "alone", "in total", `${metric}, low`, `${metric}, high`]);
  const rows = inputs.map((input) => ({ label: labelOf(input), cells: cellsOf(input) }));
  return renderTable(columns, [{ title: "Number", rows }], width, colors);
}

const LEGEND = (metric: string) => [
  `part: share of the variance of ${metric} (Shapley effect). alone: share that is gone once the number is known. in total: share that is left if all others are known. low and high: mean while the number is in its lowest and highest third.`,
];

function labelOf({ name, at }: InputImportance): string {
  return at === null ? name : `${name} (${at.map(short).join(" to ")})`;
}

const short = (x: number) => plainNumber(Number(x.toPrecision(2)));

function cellsOf({ shapley, first, total, low, high, mayLead }: InputImportance): Cell[] {
  const cells = [shapley, first, total, low, high].map((value) =>
    value === null ? { text: "" } : estimateCell(value),
  );
  return mayLead ? [{ ...cells[0], mark: "▲" }, ...cells.slice(1)] : cells;
}
