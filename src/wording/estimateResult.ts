// What is said of an estimate from logs: what was read, its numbers, its certificate.

import { list } from "../documents/quoting.ts";
import type { Certificate, CertificateRow } from "../estimate/certificate.ts";
import type { EstimateResult, ScenarioNumber } from "../estimate/document.ts";
import type { Unidentified } from "../estimate/estimates.ts";
import { TROUBLES } from "../logs/format.ts";
import { groupBy } from "../numerics/grouping.ts";
import { quantileOf } from "../scenario/uncertain/distribution.ts";
import { type Cell, estimateCell, numberCell, type Row, verdictMark } from "./table.ts";
import { count, grouped } from "./text.ts";

/** What was read, format by format. */
export function readLines({ read, totals, estimates, like }: EstimateResult): string[] {
  const { files, formats, runs, unknown } = read;
  return [
    ...formats.map(
      ({ title, files, runs }) => `${title}: ${count(runs, "run")} in ${count(files, "file")}`,
    ),
    totalsLine(totals),
    ...(estimates.runs < runs
      ? [
          `${grouped(estimates.runs)} of ${count(runs, "run")} are estimated from: the others tell nothing, or are of tasks that were left out at random`,
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `${count(unknown.length, "file")} of ${grouped(files)} of no known format, such as ${unknown[0]}`,
        ]
      : []),
    ...(like === undefined ? [] : [`structure of ${like}`]),
  ];
}

/** What was read in all: `2,454 turns, 1,164 tool calls, 73 of them failed, 12,345 input tokens, $1.20`. */
function totalsLine(totals: EstimateResult["totals"]): string {
  const { turns, failures, toolCalls, toolErrors, inputTokens, outputTokens, dollars } = totals;
  const failed = (number: number) => (number > 0 ? [`${grouped(number)} of them failed`] : []);
  return [
    count(turns, "turn"),
    ...failed(failures),
    ...(toolCalls > 0 ? [count(toolCalls, "tool call"), ...failed(toolErrors)] : []),
    ...(inputTokens > 0 ? [count(inputTokens, "input token")] : []),
    ...(outputTokens > 0 ? [count(outputTokens, "output token")] : []),
    ...(dollars > 0
      ? [`$${dollars < 100 ? dollars.toFixed(2) : grouped(Math.round(dollars))}`]
      : []),
  ].join(", ");
}

/** Each kind of trouble once, with an example. */
export function troubleLines({ read }: EstimateResult): string[] {
  return read.troubles.map(({ trouble, what, count, example: { file, line } }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    return `warning: ${grouped(count)} ${what} ${TROUBLES[trouble]}, such as ${place}`;
  });
}

/** The value of a number with its interval, and where it comes from. */
export function numberCells({ value, uncertain, note }: ScenarioNumber): Cell[] {
  return [valueCell(value, uncertain), { text: shortNote(note) }];
}

/** What a number rests on, without how its interval was made: that stands in the scenario. */
const shortNote = (note: string) => /^[^:]*: [^,]*|^.*$/.exec(note)?.[0] ?? note;

function valueCell(value: number, uncertain: ScenarioNumber["uncertain"]): Cell {
  if (uncertain === undefined) return numberCell(value);
  const quantile = quantileOf(uncertain, ANY);
  return estimateCell({ mean: value, ci: [quantile(LOWER), quantile(1 - LOWER)] });
}

/** Estimates lie in the range of their field. */
const ANY = { isWhole: false };
/** Where a 95 % interval begins. */
const LOWER = 0.025;

// ---------------------------------------------------------------- what stays open

/** What the logs leave open, with what would tell. Numbers of several agents or models that are open for the same reason are one line. */
export function openLines({ estimates }: EstimateResult): Unidentified[] {
  const alike = groupBy(estimates.unidentified, ({ what, why, remedy }) => {
    const [kind, , ...field] = what.split(".");
    return JSON.stringify([kind, field, why, remedy]);
  });
  return [...alike.values()].map((group) => ({ ...group[0], what: whatOf(group) }));
}

function whatOf(group: readonly Unidentified[]): string {
  if (group.length === 1) return group[0].what;
  const [kind, , ...field] = group[0].what.split(".");
  const names = group.map(({ what }) => what.split(".")[1]);
  return `${field.join(".")} of ${grouped(group.length)} ${kind} (${list(names, 3)})`;
}

// ---------------------------------------------------------------- who starts failures

/** Most agents that are told. */
const MOST_STARTERS = 10;

/** Agents by their share of the annotated failures, the largest first; none where nobody annotated any. */
export function starterRows({ estimates }: EstimateResult): Row[] {
  return Object.entries(estimates.agents)
    .flatMap(([label, { starts }]) => (starts === undefined ? [] : [{ label, starts }]))
    .sort((a, b) => b.starts.value - a.starts.value)
    .slice(0, MOST_STARTERS)
    .map(({ label, starts: { value, interval, count, of } }) => ({
      label,
      cells: [estimateCell({ mean: value, ci: interval }), { text: `${grouped(count)} ${of}` }],
    }));
}

// ---------------------------------------------------------------- the certificate

const TITLES: Readonly<Record<string, readonly [title: string, unit: string]>> = {
  success: ["Success", "share"],
  turns: ["Turns", "per run"],
  inputTokens: ["Input tokens", "per run"],
  outputTokens: ["Output tokens", "per run"],
  "latency.p50": ["Latency p50", "s"],
  "latency.p95": ["Latency p95", "s"],
};

/** What a figure is called, and its unit. */
export function figureTitle(
  figure: CertificateRow["figure"],
): readonly [title: string, unit: string] {
  return TITLES[figure] ?? [figure, "share"];
}

export function certificateRows({ rows }: Certificate): Row[] {
  return rows.map(({ figure, observed, simulated, isWithin }) => {
    const [label, unit] = figureTitle(figure);
    return {
      label,
      unit,
      cells: [
        estimateCell({ mean: observed.value, ci: observed.interval }),
        estimateCell({ mean: simulated.value, ci: simulated.interval }),
        { text: isWithin ? "within" : "outside", ...verdictMark(isWithin) },
      ],
    };
  });
}

/** What the certificate says, in a sentence. */
export function certificateLead({ rows, isHeldOut, folds }: Certificate): string {
  const within = rows.filter(({ isWithin }) => isWithin).length;
  const how = isHeldOut
    ? `Each of ${folds} parts of the tasks was held against a scenario estimated from the others.`
    : "There are too few tasks to hold some back: the runs were held against the scenario that is estimated from them.";
  return `${grouped(within)} of ${count(rows.length, "figure")} lie within the 95 % band of the runs. ${how}`;
}
