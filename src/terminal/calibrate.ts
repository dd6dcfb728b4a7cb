// A calibration as text for people: every figure published, at the start and fitted; every parameter with what the
// figures say about it; and what to know before believing it.
import type { CalibrationResult, ParameterResult, TargetFit } from "../calibrate/result.ts";
import type { MetricValue } from "../experiment/result.ts";
import { plainNumber } from "../wording/estimate.ts";
import {
  type Cell,
  columnsOf,
  estimateCell as estimated,
  type Group,
  numberCell,
  verdictMark,
} from "../wording/table.ts";
import { count, grouped, wrap, wrapAll } from "../wording/text.ts";
import { pagesOf } from "../wording/warnings.ts";
import { ensembleLines } from "./ensemble.ts";
import { parametersByFile } from "./parametersByFile.ts";
import type { Colors, Screen } from "./style.ts";
import { renderTable } from "./table.ts";

export function calibrationText(result: CalibrationResult, screen: Screen): string {
  const { colors, width } = screen;
  const { ensemble, targets } = result;
  const faint = (text: string) => wrap(text, width).map(colors.dim);
  return [
    colors.bold(headingOf(result)),
    ...faint(circumstances(result)),
    "",
    ...renderTable(TARGET_COLUMNS, targetSections(result), width, colors),
    ...faint(
      "miss: in tolerances, or half-widths of the published interval; positive where the simulated figure is too high.",
    ),
    "",
    ...renderTable(
      PARAMETER_COLUMNS,
      parametersByFile(result.parameters, parameterCells),
      width,
      colors,
    ),
    ...(result.interrupted ? [] : faint(PROFILE_LEGEND)),
    ...wrapAll(correlationLines(result), width),
    ...(ensemble === undefined ? [] : ["", ...ensembleLines(ensemble, targets, screen)]),
    ...warningLines(result, width).map(colors.yellow),
    "",
    ...lossLines(result, colors),
    "",
  ].join("\n");
}

function warningLines({ warnings }: CalibrationResult, width: number): string[] {
  const pages = pagesOf(warnings).map((page) => `page: ${page}`);
  return wrapAll([...warnings.map((text) => `warning: ${text}`), ...pages], width);
}

function headingOf({ name, parameters, targets, interrupted }: CalibrationResult): string {
  const what = `${count(parameters.length, "parameter")} fitted to ${count(targets.length, "figure")}`;
  return `${name}: ${what}${interrupted ? ", interrupted: the best point so far" : ""}`;
}

function circumstances({ seed, search, replications, interrupted }: CalibrationResult): string {
  return [
    `seed ${seed}`,
    count(search.evaluations, "evaluation"),
    interrupted
      ? `figures of the search, ${count(replications, "replication")} per scenario`
      : `figures from ${count(replications, "fresh replication")} per scenario`,
    ...(interrupted ? [] : ["95 % intervals"]),
  ].join(" · ");
}

const word = (text: string): Cell => ({ text });

// ---------------------------------------------------------------- figures

const TARGET_COLUMNS = columnsOf(["published", "start", "fitted", "to reach", "miss", "verdict"]);

function targetSections({ targets }: CalibrationResult): Group[] {
  const metrics = [...new Set(targets.map(({ metric }) => metric))];
  return metrics.map((title) => ({
    title,
    rows: targets
      .filter(({ metric }) => metric === title)
      .map((target) => ({ label: target.id, cells: targetCells(target) })),
  }));
}

function targetCells(target: TargetFit): Cell[] {
  const { published, start, simulated, miss } = target;
  return [
    published === undefined ? word("") : numberCell(published),
    start === null ? word("") : estimateCell(start),
    estimateCell(simulated),
    word(acceptedText(target)),
    miss === null ? word("") : word(`${miss > 0 ? "+" : ""}${miss.toFixed(2)}`),
    verdictCell(target),
  ];
}

/** What is near enough. */
function acceptedText({ tolerance, interval, atLeast, atMost }: TargetFit): string {
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${plainNumber(atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${plainNumber(atMost)}`]),
  ];
  if (bounds.length > 0) return bounds.join(", ");
  return tolerance === undefined
    ? (interval ?? []).map(plainNumber).join(" to ")
    : `±${plainNumber(tolerance)}`;
}

function estimateCell(value: MetricValue): Cell {
  const { mean, ci } = value;
  const isBare = mean !== null && ci[0] === null && ci[1] === null;
  return isBare ? numberCell(short(mean)) : estimated(value);
}

function verdictCell({ pass, weight }: TargetFit): Cell {
  const aside = weight === 0 ? ", not fitted" : "";
  if (pass === null) return word(`no value${aside}`);
  return { text: `${pass ? "in range" : "off"}${aside}`, ...verdictMark(pass) };
}

// ---------------------------------------------------------------- parameters

const PARAMETER_COLUMNS = columnsOf(["start", "fitted", "pinned down", "interval", "range"]);

const PROFILE_LEGEND =
  "interval: values with which the others can still keep the sum of squared misses within 1 of the fit's (a quadratic model; 95 % if tolerances are), drawn within the range: ● fitted.";

function parameterCells(parameter: ParameterResult): Cell[] {
  const { start, fitted, profile, range } = parameter;
  return [
    numberCell(short(start)),
    numberCell(short(fitted)),
    certaintyCell(parameter),
    word(profile === null ? "" : profile.interval.map((x) => plainNumber(short(x))).join(" to ")),
    word(`${plainNumber(range[0])} ${barOf(parameter)} ${plainNumber(range[1])}`),
  ];
}

const short = (x: number) => Number(x.toPrecision(3));

const BAR = 17;

/** The range, on the parameter's scale, with the interval and the fitted value. */
function barOf({ unit, profile }: ParameterResult): string {
  const place = (x: number) => Math.round(x * (BAR - 1));
  const [low, high] = (profile?.unit ?? [unit.fitted, unit.fitted]).map(place);
  return Array.from({ length: BAR }, (_, i) => {
    if (i === place(unit.fitted)) return "●";
    return i >= low && i <= high ? "━" : "·";
  }).join("");
}

const CERTAINTY = { pinned: "yes", weak: "weakly", free: "no" } as const;

function certaintyCell({ profile, atBound }: ParameterResult): Cell {
  const bound = atBound === null ? "" : `at the ${atBound} end`;
  if (profile === null) return { ...word(bound), ...(bound === "" ? {} : { tone: "bad" }) };
  const { verdict } = profile;
  const text = [CERTAINTY[verdict], bound].filter((part) => part !== "").join(", ");
  const tone =
    verdict === "free" || bound !== "" ? "bad" : verdict === "pinned" ? "good" : undefined;
  return { text, ...(tone && { tone }) };
}

/** Most pairs that are told one by one. */
const TOLD = 5;

function correlationLines({ correlations }: CalibrationResult): string[] {
  const strongest = [...correlations].sort((a, b) => Math.abs(b.r) - Math.abs(a.r)).slice(0, TOLD);
  const left = correlations.length - strongest.length;
  return [
    ...strongest.map(
      ({ parameters: [a, b], r }) =>
        `${a} and ${b} are told apart badly (r = ${r.toFixed(2)}): ${r > 0 ? "both can rise together" : "one can rise as the other falls"} with little effect on the fit.`,
    ),
    ...(left > 0 ? [`${count(left, "more pair")} as hard to tell apart: --json.`] : []),
  ];
}

// ---------------------------------------------------------------- loss

function lossLines({ loss, targets, search }: CalibrationResult, colors: Colors): string[] {
  const reached = targets.filter(({ pass }) => pass === true).length;
  const text = (x: number | null) =>
    x === null ? "undefined" : plainNumber(Number(x.toPrecision(3)));
  const before = loss.start === null ? "" : ` (start ${text(loss.start)})`;
  const pull = search.pull === 0 ? "" : `, of which the pull is ${text(search.pull)},`;
  return [
    colors.bold(
      `${reached} of ${targets.length} in range · loss ${text(loss.fitted)}${before}, the weighted mean of squared misses`,
    ),
    colors.dim(
      `search: loss ${text(search.loss)}${pull} at ${grouped(search.replications)} replications, ${STOPS[search.stopped]}`,
    ),
  ];
}

const STOPS = {
  budget: "all evaluations used",
  converged: "converged",
  aborted: "interrupted",
} as const;
