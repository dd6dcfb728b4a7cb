// The page of a study, and the list of all of them, as Markdown: the prose of its study.md, and at the places in it what
// a run found. Every number comes from a result.
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { countsOf, type TargetResult } from "../../../src/literature/judging.ts";
import type { Reproduction } from "../../../src/literature/reproduce.ts";
import type { Study, StudyCell, StudyFigure, StudyTable } from "../../../src/literature/study.ts";
import { COUNTED } from "../../../src/literature/target.ts";
import { plainEstimate, plainNumber } from "../../../src/wording/estimate.ts";
import { replicationsOf, seedOf } from "../../../src/wording/sample.ts";
import { capitalized, count } from "../../../src/wording/text.ts";
import { ARBITRARY_NOTE, isArbitrary, toleranceText } from "../../../src/wording/tolerance.ts";
import { kindsText, uncountedText } from "../../../src/wording/verdicts.ts";
import { fill, type Places, tableOf } from "../places.ts";
import { agreementPlaces } from "./agreement.ts";

/** Where the page of a study lies, from docs/. */
export const pageOf = ({ name }: Pick<Study, "name">) => `background/studies/${name}.md`;

/** Where the list of all studies lies, from docs/. */
export const STUDIES_PAGE = "background/studies/index.md";

/** Where the picture of a figure lies, from docs/. */
export const pictureOf = (study: string, figure: string) =>
  `pictures/studies/${study}-${figure}.svg`;

/** The prose of a shipped study. */
export function proseOf({ name }: Pick<Study, "name">): string {
  const file = new URL(`../../../src/literature/${name}/study.md`, import.meta.url);
  return readFileSync(file, "utf8");
}

/**
 * The page of one study.
 * @param more what stands at places that are this study's own
 * @param ablations what drives it
 * @throws RangeError as {@link fill} does
 */
export function studyPage(
  study: Study,
  result: Reproduction,
  prose: string,
  more: Places = {},
  ablations?: Reproduction,
): string {
  const from = posix.dirname(pageOf(study));
  return [
    `# ${study.title}`,
    study.question,
    fill(prose, { ...placesOf(result, from), ...more, run: runOf(study, result) }).trimEnd(),
    ...(ablations === undefined ? [] : [ablationPart(ablations, from)]),
  ]
    .join("\n\n")
    .concat("\n");
}

/** What drives a study, as the last part of its page. @param result of `reproduce NAME --ablations` */
export function ablationPart(result: Reproduction, from: string): string {
  const { study, tables = [], figures = [] } = result;
  const places = placesOf(result, from);
  return [
    "## What drives it",
    `\`\`\`sh\nnpx faultline reproduce ${study} --ablations    # about a minute\n\`\`\``,
    `The main scenarios once more, each time with one mechanism switched off, on the same instances: ${seedOf(result)}, ${replicationsOf(result)} per scenario.`,
    ...figures.map(({ name }) => places[`figure ${name}`]),
    ...tables.map(({ name }) => places[`table ${name}`]),
  ].join("\n\n");
}

/** The command that gives the numbers of the page, and what it ran. */
export function runOf({ name, source }: Study, result: Reproduction) {
  const { version, semantics } = result.engine;
  return [
    `\`\`\`sh\nnpx faultline reproduce ${name}    # about a minute\n\`\`\``,
    `The numbers on this page come from that command: faultline ${version}, semantics ${semantics}, ${seedOf(result)}, ${replicationsOf(result)} per scenario, 95 % intervals. The scenarios are in \`scenarios/${name}/\`. Source of the published figures: ${source}. \`npm run docs\` writes the page.`,
  ].join("\n\n");
}

/** The list of all studies, as a page. */
export function studiesPage(studies: readonly Study[]): string {
  const parts = [
    "# Studies",
    "A study asks one question about teams of agents. It answers it with shipped scenarios and puts published figures beside the answer. `faultline reproduce` runs all studies, `faultline reproduce NAME` runs one. `npm run docs` writes these pages from such runs, so no number on them is typed by hand.",
    tableOf(
      ["study", "question", "source"],
      studies.map((study) => [
        `[${study.name}](${posix.relative(posix.dirname(STUDIES_PAGE), pageOf(study))})`,
        study.question,
        study.source,
      ]),
      ["---", "---", "---"],
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** What stands at the places that every study has, on a page in a folder below docs/. */
export const placesOf = (result: Reproduction, from: string): Places => ({
  ...targetPlaces(result.targets),
  ...foundPlaces(result, from),
  ...summaryPlaces(result.targets),
});

/** What stands at the places of a page about several studies. What has no id of its own is named with its study. */
export function placesOfStudies(results: readonly Reproduction[], from: string): Places {
  const places = results.flatMap((result) => {
    const { study, targets, ablations } = result;
    return [
      targetPlaces(targets),
      renamed(foundPlaces(result, from), (name) => name.replace(" ", ` ${study}/`)),
      ablations ? {} : renamed(summaryPlaces(targets), (name) => `${name} ${study}`),
    ];
  });
  return Object.assign({}, ...places);
}

const renamed = (places: Places, newName: (name: string) => string): Places =>
  Object.fromEntries(Object.entries(places).map(([name, text]) => [newName(name), text]));

/** Places of single figures, and of groups of them: their ids say of which study they are. */
const targetPlaces = (targets: readonly TargetResult[]): Places => ({
  ...Object.fromEntries(targets.flatMap(valuesOf)),
  ...agreementPlaces(targets),
});

/** Places of tables, their cells, and pictures. */
function foundPlaces({ study, tables = [], figures = [] }: Reproduction, from: string): Places {
  const picture = ({ name }: StudyFigure) => posix.relative(from, pictureOf(study, name));
  const drawn = figures.map((figure) => [
    `figure ${figure.name}`,
    `![${figure.alt.replaceAll("]", ")")}](${picture(figure)})`,
  ]);
  const tabulated = tables.map((table) => [`table ${table.name}`, studyTable(table)]);
  return Object.fromEntries([...drawn, ...tabulated, ...tables.flatMap(cellsOf)]);
}

/** Places of what is said of all figures together. */
const summaryPlaces = (targets: readonly TargetResult[]): Places => ({
  verdicts: verdicts(targets),
  targets: targetTable(targets),
  "targets by figure": targetsByFigure(targets),
  definitions: definitions(targets),
  notes: notes(targets),
  predicted: predicted(targets),
  off: off(targets),
});

// ---------------------------------------------------------------- targets

const VERDICT = ["published", "simulated", "to reach", "verdict", "kind"];
const VERDICT_ALIGNMENT = ["---:", "---:", "---", "---", "---"];

/** A target within a sentence: its figures, what it accepts, and its verdict. */
const valuesOf = ({ id, published, simulated, other, tolerance, pass }: TargetResult) => [
  [`published ${id}`, publishedText(published)],
  [`simulated ${id}`, plainEstimate(simulated)],
  [`to reach ${id}`, toleranceText(tolerance)],
  [`verdict ${id}`, pass === null ? "without a verdict" : pass ? "in range" : "out of range"],
  ...(other === undefined ? [] : [[`other ${id}`, plainEstimate(other.simulated)]]),
];

const NOTHING_JUDGED = "No figure here has a verdict that could have been another one.";

/** How many of the figures that can fail are in range, and which are not counted, as sentences. */
function verdicts(targets: readonly TargetResult[]): string {
  const counts = countsOf(targets);
  const sentences = COUNTED.flatMap((kind) => {
    const { passed, missed } = counts[kind];
    const judged = count(passed + missed, `${kind} figure`);
    return passed + missed === 0
      ? []
      : [`${passed} of ${judged} with a tolerance ${passed === 1 ? "is" : "are"} in range.`];
  });
  const uncounted = uncountedText(counts);
  return [
    ...(sentences.length > 0 ? sentences : [NOTHING_JUDGED]),
    ...(uncounted === "" ? [] : [`Not counted: ${uncounted}.`]),
  ].join(" ");
}

function targetTable(targets: readonly TargetResult[]): string {
  const table = tableOf(
    ["figure", "", ...VERDICT],
    targets.map((target) => [figureWithUnit(target), target.title, ...verdictOf(target)]),
    ["---", "---", ...VERDICT_ALIGNMENT],
  );
  return [table, legend(targets)].join("\n\n");
}

/** What the kinds and the mark of the tolerances stand for. */
function legend(targets: readonly TargetResult[]): string {
  const isAnyArbitrary = targets.some(({ tolerance }) => isArbitrary(tolerance));
  return [capitalized(kindsText(targets)), ...(isAnyArbitrary ? [ARBITRARY_NOTE] : [])].join(" ");
}

function targetsByFigure(targets: readonly TargetResult[]): string {
  const tables = [...groupBy(targets, ({ figure }) => figure).values()].flatMap((group) => [
    `### ${figureWithUnit(group[0])}`,
    tableOf(
      ["", ...VERDICT],
      group.map((target) => [target.title, ...verdictOf(target)]),
      ["---", ...VERDICT_ALIGNMENT],
    ),
  ]);
  return [legend(targets), ...tables].join("\n\n");
}

const figureWithUnit = ({ figure, unit }: TargetResult) =>
  unit === "share" || unit === "ratio" ? figure : `${figure} (${unit})`;

function verdictOf(target: TargetResult): string[] {
  const { published, publishedCi, simulated, tolerance, pass, kind } = target;
  const interval = publishedCi === null ? "" : ` [${publishedCi.map(plainNumber).join(", ")}]`;
  const verdict = pass === null ? "" : pass ? "in range" : "**off**";
  return [
    publishedText(published) + interval,
    plainEstimate(simulated),
    toleranceText(tolerance),
    verdict,
    kind,
  ];
}

/** With as many decimals as a source gives. */
const publishedText = (published: number) => plainNumber(Number(published.toFixed(3)));

function definitions(targets: readonly TargetResult[]): string {
  const groups = groupBy(targets, ({ figure }) => figure.split(",")[0]);
  return tableOf(
    ["figure", "held against", "by the other definition"],
    [...groups].map(([figure, group]) => {
      const others = group.flatMap(({ title, other }) =>
        other ? [`${title} ${plainEstimate(other.simulated)}`] : [],
      );
      const told = others.length > 0 ? `${group[0].other?.definition}: ${others.join(", ")}` : "";
      return [figure, group[0].definition, told];
    }),
    ["---", "---", "---"],
  );
}

function notes(targets: readonly TargetResult[]): string {
  const groups = groupBy(targets, ({ note = "" }) => note);
  groups.delete("");
  return [...groups].map(([note, group]) => `- ${idsOf(group)}: ${note}`).join("\n");
}

const idsOf = ([first, ...others]: readonly TargetResult[]) =>
  others.length === 0 ? `\`${first.id}\`` : `\`${first.id}\` and ${count(others.length, "other")}`;

function predicted(targets: readonly TargetResult[]): string {
  return targets
    .filter(({ kind }) => kind === "predicted")
    .map(
      (target) => `- ${target.figure}, ${target.title}: ${besides(target)} (${target.definition}).`,
    )
    .join("\n");
}

function off(targets: readonly TargetResult[]): string {
  const missed = targets.filter(({ pass }) => pass === false);
  if (missed.length === 0) return "No figure with a tolerance is out of range.";
  return missed
    .map((target) => `- \`${target.id}\` (${target.kind}): ${besides(target)}.`)
    .join("\n");
}

const besides = ({ published, simulated }: TargetResult) =>
  `published ${publishedText(published)}, simulated ${plainEstimate(simulated)}`;

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

// ---------------------------------------------------------------- tables

function studyTable({ title, note, columns, rows }: StudyTable): string {
  const table = tableOf(
    columns.map(({ name, unit }) => (unit === "" ? name : `${name} (${unit})`)),
    rows.map((cells) => cells.map(studyCell)),
  );
  return [`### ${title}`, table, ...(note === undefined ? [] : [note])].join("\n\n");
}

/** The cells of a table, for a sentence. */
function cellsOf({ name, columns, rows }: StudyTable): [name: string, text: string][] {
  const columnsOfLabels = labelColumns(rows);
  return rows.flatMap((cells) => {
    const row = labelOf(cells, columnsOfLabels);
    return columns.map((column, i): [string, string] => [
      `cell ${name}/${row}/${column.name}`,
      studyCell(cells[i]),
    ]);
  });
}

/** The least number of first columns by which no two rows are alike; all, where some are. */
function labelColumns(rows: StudyTable["rows"]): number {
  const most = rows[0]?.length ?? 0;
  for (let columns = 1; columns < most; columns++)
    if (new Set(rows.map((cells) => labelOf(cells, columns))).size === rows.length) return columns;
  return most;
}

const labelOf = (cells: StudyTable["rows"][number], columns: number) =>
  cells.slice(0, columns).map(studyCell).join(", ");

function studyCell(cell: StudyCell): string {
  if (cell === null) return "undefined";
  if (typeof cell === "string") return cell;
  return typeof cell === "number" ? plainNumber(cell) : plainEstimate(cell);
}
