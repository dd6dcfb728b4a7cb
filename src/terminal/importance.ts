// What decides, as text for people: the answer, the table, and what it rests on.
import type { Estimate } from "../decide/estimate.ts";
import type { Assumptions, Importance, InputImportance } from "../decide/importance/document.ts";
import { inUnitsOf, shortEstimate } from "../wording/estimate.ts";
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
  const legend = assumptions.inputs.some(({ shapley }) => shapley !== null)
    ? [legendOf(metric)]
    : [];
  return [
    ...wrap(assumptionsSentence(assumptions, metric), width).map(colors.bold),
    ...wrapAll(said, width),
    "",
    ...tableOf(assumptions, { colors, width }),
    ...wrapAll([...legend, ...rests], width).map(colors.dim),
  ];
}

/** Characters of a share in per cent, and of a mean of the metric: so much that most tables fit beside the longest paths. */
const [SHARE_WIDTH, MEAN_WIDTH] = [7, 11];

function tableOf({ inputs, verdict }: Assumptions, { colors, width }: Screen): string[] {
  const isTold = verdict === "decided" || verdict === "undecided";
  if (!isTold) return [];
  const columns = columnsOf(["part, %", "alone", "total", "if low", "if high"]);
  const rows = inputs.map((input) => ({ label: input.name, cells: cellsOf(input) }));
  return renderTable(columns, [{ title: "Number", rows }], width, colors);
}

const legendOf = (metric: string) =>
  `▲ may be the greatest. part: share of the variance of ${metric}, in % (Shapley effect). alone: share that is gone once the number is known. total: share that is left if all others are known. if low, if high: mean ${metric} while the number is in its lowest and highest third.`;

function cellsOf({ shapley, first, total, low, high, mayLead }: InputImportance): Cell[] {
  const part: Cell = { ...shareCell(shapley), ...(mayLead && { mark: "▲" }) };
  // Their intervals are about that of the part, and the document has them.
  const others = [first, total].map((value): Cell => ({ ...shareCell(value), interval: "" }));
  const means = [low, high].map((value) =>
    value === null ? { text: "" } : shortEstimate(value, MEAN_WIDTH),
  );
  return [part, ...others, ...means];
}

const shareCell = (value: Estimate | null): Cell =>
  estimateCell(value ?? undefined, (share) => shortEstimate(inUnitsOf(0.01, share), SHARE_WIDTH));
