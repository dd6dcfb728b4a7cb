// What a report says of an improvement: what to buy first, the path, what each change brings alone, and which interact.
import type { Effect, ImproveResult } from "../../decide/improve/result.ts";
import { METRICS } from "../../metrics/definitions.ts";
import {
  assumptionTexts,
  certaintyText,
  changeOf,
  firstStepText,
  goalUnit,
  interactionTexts,
  leftOutTexts,
  pathText,
  stepText,
} from "../../wording/improvement.ts";
import { type Cell, columnsOf, estimateCell, type Row } from "../../wording/table.ts";
import { grouped } from "../../wording/text.ts";
import { commonFacts, type Section, type Table } from "./section.ts";

type Content = Omit<Section, "charts" | "scenarios">;

/** All that an improvement has to say. */
export function improveSection(result: ImproveResult): Content {
  const { name, goal, seed, engine, spent, interactions } = result;
  return {
    kind: "Improvement",
    title: `What to fix first: ${name}`,
    answer: {
      lead: firstStepText(result),
      more: [certaintyText(result), pathText(result)].flatMap((text) => text ?? []),
    },
    facts: [
      { name: "Sets of changes", value: `${grouped(spent.sets)} of ${grouped(spent.ofSets)}` },
      { name: "Replications", value: grouped(spent.replications) },
      ...commonFacts(seed, engine),
    ],
    tables: [
      ...(result.path.length === 0 ? [] : [pathTable(result)]),
      aloneTable(result),
      ...(interactions.length === 0 ? [] : [interactionTable(result)]),
    ],
    thresholds: [],
    precision: [],
    warnings: [],
    metrics: METRICS.filter((one) => [goal.metric, "cost"].includes(one.name)),
    omissions: leftOutTexts(result).map((text) => `Left out: ${text}.`),
  };
}

const effectColumns = (result: ImproveResult) =>
  columnsOf([`${result.goal.metric}, ${goalUnit(result)}`, "cost, $ a task"]);

const effectCells = (result: ImproveResult, { goal, cost }: Effect): Cell[] => [
  estimateCell(changeOf(result, goal)),
  estimateCell(cost),
];

function pathTable(result: ImproveResult): Table {
  const rows = result.path.map((step) => ({
    label: stepText(step),
    cells: effectCells(result, step.effect),
  }));
  const notes = ["All changes up to the step, against today.", ...assumptionTexts(result)];
  return { ...plain(result, "The path", "Step", rows), notes };
}

function aloneTable(result: ImproveResult): Table {
  const rows = result.options.map(({ name, what, alone }) => ({
    label: name,
    cells: [...effectCells(result, alone), { text: what }],
  }));
  const columns = [...effectColumns(result), ...columnsOf(["what is done"])];
  return { ...plain(result, "Each change alone", "Change", rows), columns };
}

function interactionTable(result: ImproveResult): Table {
  const rows = result.interactions.map(({ options, apart, together, extra }) => ({
    label: options.join(" and "),
    cells: [apart, together, extra].map((one) => estimateCell(changeOf(result, one))),
  }));
  const notes = interactionTexts(result);
  return {
    ...plain(result, "What two changes bring together and apart", "Changes", rows),
    columns: columnsOf(["apart", "together", "more than apart"]),
    notes,
  };
}

const plain = (
  result: ImproveResult,
  title: string,
  corner: string,
  rows: readonly Row[],
): Table => ({
  ...{ title, isFolded: false, corner, columns: effectColumns(result) },
  groups: [{ title: "", rows }],
  metrics: [result.goal.metric, "cost"],
  notes: [],
});
