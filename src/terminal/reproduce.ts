// A reproduction as text for people: every published figure beside the simulated one, by kind of figure, with its
// verdict; what else the study found; and how many are in range.
import type { TargetResult } from "../literature/judging.ts";
import type { Reproduction, StudySummary } from "../literature/reproduce.ts";
import type { StudyTable } from "../literature/study.ts";
import { accepted } from "../literature/target.ts";
import { groupBy } from "../numerics/grouping.ts";
import { plainEstimate } from "../wording/estimate.ts";
import { replicationsOf, seedOf } from "../wording/sample.ts";
import {
  type Cell,
  columnsOf,
  estimateCell,
  type Group,
  publishedCell,
  type Row,
  studyTableParts,
  verdictMark,
} from "../wording/table.ts";
import { count, wrap, wrapAll } from "../wording/text.ts";
import { ARBITRARY_NOTE, isArbitrary, toleranceText } from "../wording/tolerance.ts";
import { kindsText, summaryParts } from "../wording/verdicts.ts";
import type { Colors, Screen } from "./style.ts";
import { renderTable } from "./table.ts";

const COLUMNS = columnsOf(["published", "simulated", "to reach"]);

export function reproductionText(result: Reproduction, { colors, width }: Screen): string {
  const { study, targets, tables = [], studies } = result;
  const figures = count(targets.length, "published figure");
  const heading = result.ablations
    ? `${study}: what drives it`
    : `${studies === undefined ? study : count(studies.length, "study", "studies")}: ${figures} beside simulated ones`;
  const faint = (lines: readonly string[]) => wrapAll(lines, width).map(colors.dim);
  return [
    colors.bold(heading),
    ...faint([circumstances(result)]),
    "",
    ...(targets.length === 0
      ? []
      : [
          ...renderTable(COLUMNS, sectionsOf(result), width, colors),
          ...faint([...legend(targets), ...otherDefinitions(targets)]),
          "",
        ]),
    // Of all studies only the verdicts: what else each has to say is told by its own name.
    ...(studies === undefined
      ? [...tables.flatMap((table) => [...tableLines(table, width, colors), ""])]
      : []),
    ...(studies === undefined
      ? [...figureLines(result, colors), ...summaryLines(result, width, colors)]
      : studies.flatMap((one) => studyLine(one, width, colors))),
    "",
  ].join("\n");
}

function circumstances(result: Reproduction): string {
  const asked = `${replicationsOf(result)} per scenario`;
  return `${seedOf(result)} · ${result.interrupted ? `interrupted before ${asked}` : asked} · 95 % intervals`;
}

// ---------------------------------------------------------------- the table of targets

/** Targets by kind of figure and provenance; of all studies by study as well. */
function sectionsOf({ targets, studies }: Reproduction): Group[] {
  return targetSections(
    targets,
    rowOf,
    studies === undefined ? undefined : (target) => `${studyOf(target)}: `,
  );
}

/** Groups of targets of one figure and provenance, with a row for each. */
export function targetSections<T extends Pick<TargetResult, "figure" | "unit" | "kind">>(
  targets: readonly T[],
  rowOf: (target: T) => Row,
  before: (target: T) => string = () => "",
): Group[] {
  const titleOf = (target: T) => `${before(target)}${kindOf(target)} (${target.kind})`;
  return [...groupBy(targets, titleOf)].map(([title, own]) => ({ title, rows: own.map(rowOf) }));
}

/** Ids begin with the name of their study. */
const studyOf = ({ id }: TargetResult) => id.split(".")[0];

const kindOf = ({ figure, unit }: Pick<TargetResult, "figure" | "unit">) =>
  unit === "share" || unit === "ratio" ? figure : `${figure}, ${unit}`;

function rowOf(target: TargetResult): Row {
  return {
    label: target.title,
    cells: [
      publishedCell(target),
      simulatedCell(target),
      { text: toleranceText(target.tolerance) },
    ],
  };
}

/** The estimate with its verdict; a question mark where that is in doubt. */
function simulatedCell(target: TargetResult): Cell {
  const cell = estimateCell(target.simulated);
  const doubt = target.pass !== null && isDoubtful(target) ? "?" : "";
  const interval = cell.interval === undefined ? {} : { interval: cell.interval + doubt };
  return { ...cell, ...interval, ...verdictMark(target.pass) };
}

/** Whether a bound of the tolerance lies within the interval, so that another seed could turn the verdict. */
export function isDoubtful(target: TargetResult): boolean {
  const [low, high] = target.simulated.ci;
  return (accepted(target) ?? []).some(
    (bound) =>
      bound > (low ?? Number.NEGATIVE_INFINITY) && bound < (high ?? Number.POSITIVE_INFINITY),
  );
}

// ---------------------------------------------------------------- below the table

function legend(targets: readonly TargetResult[]): string[] {
  return [
    "✓ in range, ✗ off: whether the simulated figure reaches what it is to reach.",
    `${kindsText(targets)} Only calibrated and predicted figures are counted.`,
    ...(targets.some(({ tolerance }) => isArbitrary(tolerance)) ? [ARBITRARY_NOTE] : []),
    ...(targets.some((target) => target.pass !== null && isDoubtful(target))
      ? ["?: the interval crosses a bound, so that more replications may turn the verdict."]
      : []),
    "Definitions, sources and what to know about each figure: --json.",
  ];
}

/** Share by which a second definition may differ without being told. */
const SAME = 0.1;

/** What a second definition would give, where it differs much or turns the verdict. */
function otherDefinitions(targets: readonly TargetResult[]): string[] {
  return targets.flatMap((target) => {
    const { id, simulated, other, pass } = target;
    if (other === undefined || simulated.mean === null || other.simulated.mean === null) return [];
    const [mean, otherMean] = [simulated.mean, other.simulated.mean];
    const bounds = accepted(target);
    const otherPass = bounds && bounds[0] <= otherMean && otherMean <= bounds[1];
    if (otherPass === pass && Math.abs(otherMean - mean) <= SAME * Math.abs(mean)) return [];
    return [`${id}: ${plainEstimate(other.simulated)} as ${other.definition}`];
  });
}

// ---------------------------------------------------------------- tables and figures of a study

function tableLines(table: StudyTable, width: number, colors: Colors) {
  const { title, note } = table;
  const { columns, rows } = studyTableParts(table);
  const notes = note === undefined ? [] : wrap(note, width).map(colors.dim);
  return [...renderTable(columns, [{ title, rows }], width, colors), ...notes];
}

/** What can be drawn, and how. */
function figureLines({ study, ablations, figures = [] }: Reproduction, colors: Colors) {
  if (figures.length === 0) return [];
  const file = `${study}.json`;
  return [
    "Figures",
    ...figures.flatMap(({ name, title }) => [
      `  ${name}: ${title}`,
      colors.dim(`    faultline plot ${file} --chart ${name} --out ${name}.svg`),
    ]),
    colors.dim(
      `  ${file} is written by: faultline reproduce ${study}${ablations ? " --ablations" : ""} --json > ${file}`,
    ),
    "",
  ];
}

// ---------------------------------------------------------------- summaries

function summaryLines(
  { summary, ablations }: Reproduction,
  width: number,
  colors: Colors,
): string[] {
  if (ablations) return [];
  const lines = summaryParts(summary).map(([name, text]) => name.padEnd(NAME) + text);
  return wrapAll(lines, width).map(colors.bold);
}

function studyLine({ study, summary }: StudySummary, width: number, colors: Colors): string[] {
  const parts = summaryParts(summary).map(([name, text]) => `${name} ${text}`);
  const [first, ...rest] = wrap(parts.join(" · "), width - NAME);
  return [study.padEnd(NAME) + first, ...rest.map((line) => " ".repeat(NAME) + line)].map(
    colors.bold,
  );
}

/** Width of the names of studies, and of kinds of figure. */
const NAME = 13;
