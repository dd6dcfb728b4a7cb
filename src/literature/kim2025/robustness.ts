// How much the amplification of errors hangs on the exact values of the fit: every free number a tenth lower and a tenth
// higher, one at a time, on the same instances.
import { join } from "node:path";
import { loadCalibration } from "../../calibrate/file/load.ts";
import { Problems } from "../../documents/checking/problems.ts";
import { plural } from "../../documents/quoting.ts";
import { readWithBases } from "../../documents/reading/extend.ts";
import { nodeFiles, SHIPPED } from "../../documents/reading/nodeFiles.ts";
import type { Overrides } from "../../documents/reading/overrides.ts";
import { nodeAt } from "../../documents/reading/tree.ts";
import { cell } from "../estimates.ts";
import { pairs, tableOf } from "../show.ts";
import type { StudyEstimate, StudyRun, StudyTable } from "../study.ts";
import { AVERAGES } from "./definitions.ts";
import type { Formula, Observations } from "./observations.ts";
import {
  AMPLIFYING,
  ARCHITECTURES,
  type Architecture,
  BENCHMARKS,
  type Team,
} from "./published.ts";
import { fileOf, ONCE, observe, runsOfSeries, type Series } from "./series.ts";

const TARGETS = join(SHIPPED, "kim2025", "targets.yaml");

/** By what a number is multiplied. */
const TIMES = [0.9, 1.1] as const;

/** Largest chance that a number is raised to. */
const MOST_CHANCE = 0.999;

/** Share of the study's replications for each scenario. */
const EFFORT = 0.5;

/** How far an amplification may move, as a factor either way. */
const WITHIN = 1.5;

/** A free number with another value. */
export interface Change {
  readonly path: string;
  /** The file in which it stands. */
  readonly in: string;
  readonly times: number;
  readonly value: number;
  /** Labels of the scenarios that take the number. */
  readonly takers: ReadonlySet<string>;
}

/** The changes of all free numbers, in the order of parameters.yaml. @throws ScenarioError where a file is not valid */
export async function changesOfFit(): Promise<Change[]> {
  const { calibration } = await loadCalibration(TARGETS, { files: nodeFiles(TARGETS) });
  const templates = calibration.groups.flatMap((group) => group.templates);
  return calibration.parameters.flatMap(({ path, in: file = "", scale, start }, i) => {
    const taking = templates.filter(({ slots }) => slots.some(({ parameter }) => parameter === i));
    const takers = new Set(taking.map(({ label }) => label));
    const most = scale === "logit" ? MOST_CHANCE : Number.POSITIVE_INFINITY;
    return TIMES.map((times) => {
      return { path, in: file, times, value: Math.min(start * times, most), takers };
    });
  });
}

/** Replications of all scenarios, if every number matters to every scenario: to be counted before any file is checked. */
export function mostRuns(replications: number): number {
  const { tree } = readWithBases(TARGETS, nodeFiles(TARGETS), new Problems());
  const numbers = tree && nodeAt(tree, ["parameters"]);
  const changes = numbers?.kind === "list" ? TIMES.length * numbers.items.length : 0;
  const scenarios = pairs(BENCHMARKS, ARCHITECTURES).length * (1 + changes);
  return scenarios * Math.ceil(replications * EFFORT);
}

/** Runs all changes. */
export async function robustnessTable(under: StudyRun): Promise<StudyTable> {
  const changes = await changesOfFit();
  const series = BENCHMARKS.map((benchmark) => seriesOf(benchmark, changes));
  const observed = await observe(series, under);
  under.pool.signal.throwIfAborted();
  const spared = mostRuns(under.replications) - runsOfSeries(series, under.replications);
  under.part(spared).onProgress?.(1);
  return tableOfRows(rowsOf(changes, observed));
}

// ---------------------------------------------------------------- what is run

const FIELD = "errorsAtAggregation";

const groupOf = (benchmark: string) => `robustness/${benchmark}`;

const labelOf = (benchmark: string, architecture: string) => `${benchmark}-${architecture}`;

/** The scenario of an architecture under a change; the fit itself where it does not take the number. */
function scenarioUnder(change: Change | undefined, benchmark: string, architecture: Architecture) {
  if (!change?.takers.has(labelOf(benchmark, architecture))) return architecture;
  return `${architecture}, ${change.in}:${change.path} × ${change.times}`;
}

function seriesOf(benchmark: string, changes: readonly Change[]): Series {
  const variants = new Map<string, Overrides>();
  for (const change of [undefined, ...changes])
    for (const architecture of ARCHITECTURES) {
      const name = scenarioUnder(change, benchmark, architecture);
      const own = change && name !== architecture ? { [change.path]: change.value } : {};
      if (!variants.has(name)) variants.set(name, { ...ONCE, ...own });
    }
  return {
    name: groupOf(benchmark),
    effort: EFFORT,
    fields: [FIELD],
    variants: [...variants].map(([name, set]) => {
      const [architecture] = name.split(",");
      return { name, file: fileOf(benchmark, architecture), changes: set };
    }),
  };
}

/** Geometric mean over the benchmarks of a team's errors relative to those of the single agent. */
function amplification(change: Change | undefined, team: Team): Formula {
  const errors =
    (architecture: Architecture) => (mean: Parameters<Formula>[0], benchmark: string) =>
      mean(groupOf(benchmark), scenarioUnder(change, benchmark, architecture), FIELD);
  const quotient = { text: "E / E_s", above: errors(team), below: errors("single") };
  return AVERAGES["geometric mean"].of(quotient);
}

// ---------------------------------------------------------------- what is shown

/** What becomes of the amplifications. */
export interface Row {
  /** Undefined: the fit. */
  readonly change?: Pick<Change, "path" | "in" | "times">;
  /** In the order of AMPLIFYING. */
  readonly amplifications: readonly StudyEstimate[];
  /** The team whose amplification moves most, and its factor against the fit; undefined where some team has no value. */
  readonly farthest?: { readonly team: Team; readonly factor: StudyEstimate };
}

function rowsOf(changes: readonly Change[], observed: Observations): Row[] {
  const amplificationsUnder = (change?: Change) =>
    AMPLIFYING.map((team) => cell(observed.estimate(amplification(change, team))));
  const fit = amplificationsUnder();
  return [
    { amplifications: fit },
    ...changes.map((change): Row => {
      const amplifications = amplificationsUnder(change);
      const distances = amplifications.map(({ mean }, i) => distanceOf(mean, fit[i].mean));
      if (!distances.every(Number.isFinite)) return { change, amplifications };
      const team = AMPLIFYING[distances.indexOf(Math.max(...distances))];
      const [here, there] = [change, undefined].map((one) => amplification(one, team));
      const factor = cell(observed.estimate((mean) => here(mean) / there(mean)));
      return { change, amplifications, farthest: { team, factor } };
    }),
  ];
}

/** How far two sizes are apart, as a factor of at least 1; NaN where one is missing. */
const distanceOf = (a: number | null, b: number | null) =>
  a === null || b === null ? Number.NaN : Math.max(a / b, b / a);

/** AMPLIFYING has the teams by their order: each amplifies more than the next, but for the last two, which may tie. */
function isOrdered({ amplifications }: Row): boolean {
  const means = amplifications.map(({ mean }) => mean ?? Number.NaN);
  return means.every((mean, i) => {
    const next = means[i + 1];
    return i === means.length - 1 || (i === means.length - 2 ? mean >= next : mean > next);
  });
}

const isNear = ({ farthest }: Row) => distanceOf(farthest?.factor.mean ?? null, 1) <= WITHIN;

/** The table with what it says as sentences. @param rows the fit first */
export function tableOfRows(rows: readonly Row[]): StudyTable {
  const head = {
    name: "robustness",
    title: "Amplification with every fitted number a tenth lower and a tenth higher",
    note: sentencesOf(rows),
  };
  return tableOf(head, rows, [
    ["number", "", ({ change }) => change?.path ?? "as it is"],
    ["in", "", ({ change }) => change?.in ?? ""],
    ["times", "", ({ change }) => change?.times ?? ""],
    ...AMPLIFYING.map((team, i) => [team, "ratio", (row: Row) => row.amplifications[i]] as const),
    ["largest factor", "against the fit", ({ farthest }) => farthest?.factor ?? null],
    ["of", "", ({ farthest }) => farthest?.team ?? ""],
    ["order", "", (row) => (isOrdered(row) ? "holds" : "lost")],
  ]);
}

function sentencesOf([fit, ...rows]: readonly Row[]): string {
  const far = rows.filter((row) => !isNear(row));
  const astray = rows.filter((row) => !isOrdered(row));
  const [first, second, ...rest] = AMPLIFYING;
  const order = `${first} > ${second} > ${rest.join(" ≥ ")}`;
  return [
    "Geometric means over the benchmarks of the errors that reach aggregation, relative to the single agent with the same change. The largest factor is that of the team whose amplification moves most. The table has half the replications of the others.",
    `Under ${rows.length - far.length} of ${plural(rows.length, "change")} the amplification of every team stays within a factor of ${WITHIN} of the fit.`,
    far.length === 0 ? "" : `Some team goes farther under ${far.map(namedWithFactor).join(", ")}.`,
    `The order ${order} ${isOrdered(fit) ? "holds" : "does not hold"} with the fit, and holds under ${rows.length - astray.length} of the changes.`,
    astray.length === 0 ? "" : `It is lost under ${astray.map(named).join(", ")}.`,
    `A chance is raised to ${MOST_CHANCE} at most, and a tenth of a number near 0 is little.`,
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

const named = ({ change }: Row) => `${change?.path} in ${change?.in} × ${change?.times}`;

function namedWithFactor(row: Row): string {
  const { farthest } = row;
  const { mean } = farthest?.factor ?? { mean: null };
  const said = mean === null ? "no value" : `${farthest?.team} × ${Number(mean.toPrecision(3))}`;
  return `${named(row)} (${said})`;
}
