// The page of a study, docs/studies/NAME.md, and the list of all of them, as Markdown: written from the study and its
// result alone. Sentences explain; every number comes from a result.
import type { TargetResult } from "../../src/literature/judging.ts";
import type { Reproduction } from "../../src/literature/reproduce.ts";
import type { Study, StudyCell, StudyFigure, StudyTable } from "../../src/literature/study.ts";
import { plainEstimate, plainNumber } from "../../src/wording/estimate.ts";
import { replicationsOf, seedOf } from "../../src/wording/sample.ts";
import { toleranceText } from "../../src/wording/tolerance.ts";

/** Where the picture of a figure lies, from the pages of studies. */
export function pictureOf(study: string, figure: string): string {
  return `../pictures/studies/${study}-${figure}.svg`;
}

/** The page of one study. */
export function studyPage(study: Study, result: Reproduction): string {
  const { targets, tables = [], figures = [] } = result;
  return [
    `# ${study.title}`,
    "",
    study.question,
    "",
    `Source: ${study.source}.`,
    "",
    `    faultline reproduce ${study.name}`,
    "",
    `This page is written by \`npm run docs\` from a run of that command (faultline ${result.engine.version}, semantics ${result.engine.semantics}, ${seedOf(result)}, ${replicationsOf(result)} of every scenario, 95 % intervals). Its scenarios are those in [scenarios/${study.name}](../../scenarios/${study.name}).`,
    "",
    "## Mechanism",
    "",
    ...paragraphs(study.mechanism),
    ...figures.flatMap((figure) => figureOf(study, figure)),
    ...targetTable(targets),
    ...notesOf(targets),
    ...tables.flatMap(tableOf),
    "## What it cannot say",
    "",
    ...paragraphs(study.limits),
  ].join("\n");
}

/** The list of studies; `pageOf` says where the page of one is, from there. */
export function studiesPage(studies: readonly Study[], pageOf: (study: Study) => string): string {
  return [
    "# Studies",
    "",
    "Each study is a question, shipped scenarios that answer it by simulation, and published figures beside the answer. `faultline reproduce` runs all of them; these pages are written by `npm run docs`.",
    "",
    "| study | question | source |",
    "| --- | --- | --- |",
    ...studies.map(
      (study) =>
        `| [${study.name}](${pageOf(study)}) | ${cellText(study.question)} | ${cellText(study.source)} |`,
    ),
    "",
  ].join("\n");
}

const paragraphs = (texts: readonly string[]) => texts.flatMap((text) => [text, ""]);

function figureOf({ name }: Study, figure: StudyFigure): string[] {
  return [`![${figure.alt.replaceAll("]", ")")}](${pictureOf(name, figure.name)})`, ""];
}

// ---------------------------------------------------------------- tables

function targetTable(targets: readonly TargetResult[]): string[] {
  if (targets.length === 0) return [];
  return [
    "## Published and simulated",
    "",
    "| figure | | published | simulated | to reach | verdict | kind |",
    "| --- | --- | ---: | ---: | --- | --- | --- |",
    ...targets.map(targetRow),
    "",
  ];
}

function targetRow(target: TargetResult): string {
  const { figure, title, unit, published, publishedCi, simulated, tolerance, pass, kind } = target;
  const interval = publishedCi === null ? "" : ` [${publishedCi.map(plainNumber).join(", ")}]`;
  return row([
    unit === "share" || unit === "ratio" ? figure : `${figure} (${unit})`,
    title,
    plainNumber(Number(published.toPrecision(6))) + interval,
    plainEstimate(simulated),
    toleranceText(tolerance),
    pass === null ? "" : pass ? "in range" : "**off**",
    kind,
  ]);
}

function notesOf(targets: readonly TargetResult[]): string[] {
  const notes = new Map<string, string[]>();
  for (const { id, note } of targets)
    if (note !== undefined) notes.set(note, [...(notes.get(note) ?? []), id]);
  const lines = [...notes].map(([note, ids]) => {
    const more = ids.length > 1 ? ` and ${ids.length - 1} more` : "";
    return `- \`${ids[0]}\`${more}: ${note}`;
  });
  return lines.length === 0 ? [] : [...lines, ""];
}

function tableOf({ title, note, columns, rows }: StudyTable): string[] {
  return [
    `## ${title}`,
    "",
    row(columns.map(({ name, unit }) => (unit === "" ? name : `${name} (${unit})`))),
    row(columns.map((_, i) => (i === 0 ? "---" : "---:"))),
    ...rows.map((cells) => row(cells.map(studyCell))),
    "",
    ...(note === undefined ? [] : [note, ""]),
  ];
}

function studyCell(cell: StudyCell): string {
  if (cell === null) return "undefined";
  if (typeof cell === "string") return cell;
  return typeof cell === "number" ? plainNumber(cell) : plainEstimate(cell);
}

const row = (cells: readonly string[]) => `| ${cells.map(cellText).join(" | ")} |`;

const cellText = (text: string) => text.replaceAll("|", "\\|");
