// What a report says of a study that was held against its published figures.

import { judgedTogether } from "../../literature/judging.ts";
import { ALL, type Reproduction, type TargetResult } from "../../literature/reproduce.ts";
import type { StudyTable } from "../../literature/study.ts";
import { groupBy } from "../../numerics/grouping.ts";
import { plainNumber } from "../../wording/estimate.ts";
import { listText } from "../../wording/sentence.ts";
import {
  type Cell,
  columnsOf,
  estimateCell,
  publishedCell,
  studyTableParts,
} from "../../wording/table.ts";
import { count, grouped } from "../../wording/text.ts";
import { ARBITRARY_NOTE, isArbitrary, toleranceText } from "../../wording/tolerance.ts";
import { kindsText, uncountedText } from "../../wording/verdicts.ts";
import type { Answer } from "./answer.ts";
import { commonFacts, type Section, type Table } from "./section.ts";

type Content = Omit<Section, "charts" | "scenarios">;

/** All that a reproduction has to say. */
export function reproductionSection(result: Reproduction): Content {
  const { study, engine, interrupted, targets, tables = [] } = result;
  return {
    kind: "Reproduction",
    title: study,
    answer: answerOf(result),
    facts: [
      {
        name: "Replications of each",
        value: `${ownOr(result.replications)}${interrupted ? ", interrupted" : ""}`,
      },
      { name: "Published figures", value: grouped(targets.length) },
      ...commonFacts(ownOr(result.seed), engine),
    ],
    tables: [...(targets.length === 0 ? [] : [tableOf(targets)]), ...tables.map(studyTable)],
    thresholds: [],
    precision: [],
    warnings: interrupted ? ["Interrupted: figures cover what was complete by then."] : [],
    metrics: [],
    command: commandOf(result),
    omissions: [],
  };
}

/** As it was asked for; where each study has its own, that. */
function ownOr(asked: string | number | null): string {
  if (asked === null) return "each study's own";
  return typeof asked === "number" ? grouped(asked) : asked;
}

function commandOf({ study, brief, replications, seed }: Reproduction): string {
  return [
    "faultline reproduce",
    ...(study === ALL ? [] : [study]),
    ...(brief ? ["--brief"] : []),
    ...(replications === null ? [] : [`--replications ${replications}`]),
    ...(seed === null ? [] : [`--seed ${seed}`]),
  ].join(" ");
}

function answerOf({ summary, study }: Reproduction): Answer {
  const { calibrated, predicted, success } = summary;
  const uncounted = uncountedText(summary);
  const met = [
    [predicted, "that nothing was fitted to"],
    [calibrated, "that parameters were fitted to"],
  ] as const;
  const told = met
    .filter(([{ passed, missed }]) => passed + missed > 0)
    .map(([{ passed, missed }, which]) => `${shareText(passed, passed + missed)} ${which}`);
  const { passed, missed, open } = judgedTogether(summary);
  const judged = passed + missed;
  const of = study === ALL ? "all studies" : study;
  const beside = uncounted === "" ? [] : [`Beside them, not counted: ${uncounted}.`];
  if (judged === 0)
    return { lead: `No figure of ${of} that could fail could be judged.`, more: beside };
  const off =
    success === undefined || success.meanAbsoluteError === null
      ? undefined
      : `Success is off by ${plainNumber(round(success.meanAbsoluteError))} on average over ${count(success.cells, "cell")}, by ${plainNumber(round(success.largestError ?? 0))} at most.`;
  return {
    lead: `The simulation meets ${shareText(passed, judged)} published ${judged === 1 ? "figure" : "figures"} of ${of}${told.length > 1 ? `: ${listText(told)}` : calibrated.passed + calibrated.missed > 0 ? ", which parameters were fitted to" : ", which nothing was fitted to"}.`,
    more: [
      ...(off === undefined ? [] : [off]),
      ...(open === 0 ? [] : [`${count(open, "more figure")} without tolerance or without value.`]),
      ...beside,
    ],
  };
}

/** `37 of 40`, `all 40`, `none of 40`. */
function shareText(some: number, all: number): string {
  if (some === all) return all === 1 ? "the one" : `all ${grouped(all)}`;
  return `${some === 0 ? "none" : grouped(some)} of ${grouped(all)}`;
}

const round = (x: number) => Number(x.toPrecision(2));

function tableOf(targets: readonly TargetResult[]): Table {
  const groups = [...groupBy(targets, ({ figure }) => figure)];
  return {
    title: "Published and simulated",
    isFolded: false,
    corner: "Figure",
    columns: columnsOf(["published", "simulated", "tolerance", "verdict", "kind"]),
    groups: groups.map(([title, own]) => ({
      title,
      rows: own.map((target) => ({
        label: target.title,
        unit: target.unit,
        cells: [
          publishedCell(target),
          estimateCell(target.simulated),
          { text: target.tolerance === null ? "none" : toleranceText(target.tolerance) },
          verdictCell(target),
          { text: target.kind },
        ],
      })),
    })),
    metrics: [],
    notes: [
      kindsText(targets),
      ...(targets.some(({ tolerance }) => isArbitrary(tolerance)) ? [ARBITRARY_NOTE] : []),
    ],
  };
}

/** What a study found beside the targets. */
function studyTable(table: StudyTable): Table {
  const { title, note } = table;
  const { columns, rows } = studyTableParts(table);
  return {
    title,
    isFolded: false,
    corner: table.columns[0].name,
    columns,
    groups: [{ title: "", rows }],
    metrics: [],
    notes: note === undefined ? [] : [note],
  };
}

function verdictCell({ pass }: TargetResult): Cell {
  if (pass === null) return { text: "open", tone: "faint" };
  return pass ? { text: "met", tone: "good" } : { text: "missed", tone: "bad" };
}
