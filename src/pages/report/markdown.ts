// A report as Markdown (CommonMark with the tables of GitHub): sentences, tables and definitions, without pictures.
import type { MetricDefinition } from "../../metrics/definitions.ts";
import type { Judged } from "../../wording/experiment.ts";
import type { Cell } from "../../wording/table.ts";
import { pagesOf } from "../../wording/warnings.ts";
import type { FixFirst, Section, Table } from "./section.ts";

/** Where the warnings are explained. */
function pageBlocks(warnings: readonly string[]): string[] {
  const pages = pagesOf(warnings);
  return pages.length === 0 ? [] : [`More: ${pages.map((page) => `\`${page}\``).join(", ")}`];
}

/** The whole text of a report. */
export function markdownReport(sections: readonly Section[], title: string): string {
  const several = sections.length > 1;
  const depth = several ? 2 : 1;
  return [
    ...(several ? [`# ${escapeMarkdown(title)}`, contents(sections)] : []),
    ...sections.flatMap((section) =>
      sectionBlocks(section, several ? section.title : title, depth),
    ),
  ]
    .join("\n\n")
    .concat("\n");
}

function contents(sections: readonly Section[]): string {
  return sections
    .map(({ title, answer }) => `- **${escapeMarkdown(title)}**: ${escapeMarkdown(answer.lead)}`)
    .join("\n");
}

function sectionBlocks(section: Section, title: string, depth: number): string[] {
  const heading = (text: string) => `${"#".repeat(depth + 1)} ${text}`;
  const under = (text: string, blocks: readonly string[]) =>
    blocks.length === 0 ? [] : [heading(text), ...blocks];
  const { answer, facts, tables, thresholds, precision, warnings, command, metrics } = section;
  return [
    `${"#".repeat(depth)} ${escapeMarkdown(title)}`,
    `**${escapeMarkdown(answer.lead)}**`,
    ...(answer.more.length > 0 ? [escapeMarkdown(answer.more.join(" "))] : []),
    ...(section.fixFirst ?? []).flatMap((one) => under(one.title, fixFirstBlocks(one))),
    facts.map(({ name, value }) => `${escapeMarkdown(name)}: ${escapeMarkdown(value)}`).join(" · "),
    ...tables.flatMap((table) => under(table.title, tableBlocks(table))),
    ...under("Thresholds", judgedBlocks(thresholds, "Condition")),
    ...under("Precision", judgedBlocks(precision, "To reach")),
    ...under("Warnings", warnings.length > 0 ? [bullets(warnings), ...pageBlocks(warnings)] : []),
    ...under("Left out", section.omissions.length > 0 ? [bullets(section.omissions)] : []),
    ...under("What the figures mean", definitionBlocks(metrics)),
    ...under("To repeat it", command === undefined ? [] : [fenced(command, "sh")]),
    ...under(
      "Scenarios as run",
      section.scenarios.map(
        ({ name, yaml }) =>
          `<details><summary>${escapeMarkdown(name)}</summary>\n\n${fenced(yaml, "yaml")}\n\n</details>`,
      ),
    ),
  ];
}

function fixFirstBlocks({ texts, table, command }: FixFirst): string[] {
  return [
    ...texts.map(escapeMarkdown),
    ...(table === undefined ? [] : tableBlocks(table)),
    ...(command === undefined
      ? []
      : ["This command tells; give its result to the report as well:", fenced(command, "sh")]),
  ];
}

// ---------------------------------------------------------------- tables

function tableBlocks({ corner, columns, groups, notes }: Table): string[] {
  const head = [
    corner,
    ...columns.map(({ name, remark }) => (remark === undefined ? name : `${name} (${remark})`)),
  ];
  const rows = groups.flatMap(({ title, rows: own }) => [
    ...(title === "" ? [] : [[`**${escapeMarkdown(title)}**`, ...columns.map(() => "")]]),
    ...own.map(({ label, unit, cells }) => [
      escapeMarkdown(unit === undefined || unit === "" ? label : `${label}, ${unit}`),
      ...cells.map(cellText),
    ]),
  ]);
  return [
    pipeTable(head.map(escapeMarkdown), rows, "right"),
    ...(notes.length > 0 ? [notes.map(escapeMarkdown).join("  \n")] : []),
  ];
}

const cellText = ({ mark, text, interval }: Cell) =>
  escapeMarkdown([mark, text, interval].filter(Boolean).join(" "));

/** @param align of all columns but the first */
function pipeTable(
  head: readonly string[],
  rows: readonly string[][],
  align: "left" | "right" = "left",
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, i) => (i > 0 && align === "right" ? "--:" : ":--"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

function judgedBlocks(all: readonly Judged[], what: string): string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ word, scenario, condition, found }) =>
    [word, scenario, condition, found].map(escapeMarkdown),
  );
  return [pipeTable(["Verdict", "Scenario", what, "Found"], rows)];
}

function definitionBlocks(metrics: readonly MetricDefinition[]): string[] {
  if (metrics.length === 0) return [];
  const rows = metrics.map(({ title, unit, formula, description }) =>
    [title, unit, formula, description].map(escapeMarkdown),
  );
  return [
    pipeTable(["Metric", "Unit", "Formula", "Meaning"], rows),
    "Subscript s: the baseline on the same tasks.",
  ];
}

const bullets = (texts: readonly string[]) =>
  texts.map((text) => `- ${escapeMarkdown(text)}`).join("\n");

// ---------------------------------------------------------------- escaping

/** Text in which no character means anything to Markdown or HTML, on one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]|~#!]/g, "\\$&");
}

/** A block of code, fenced by more backticks than it has in a row. */
function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code.trimEnd()}\n${fence}`;
}
