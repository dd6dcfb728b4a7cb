// The options, in one table: what each is called, takes and means. Parser, help and documentation read it.

import { numberText } from "../documents/checking/amounts.ts";
import { NAME_PATTERN } from "../documents/names.ts";
import { DEFAULT_WITHIN, FIND_KINDS, type FindKind } from "../experiment/findKinds.ts";
import { type PrecisionTarget, parsePrecision } from "../experiment/halfWidth.ts";
import { DIMENSIONS, NORMALISATIONS, type Weights } from "../metrics/score.ts";
import { parseShard, type Shard } from "../sweep/running/source.ts";
import { grouped } from "../wording/text.ts";
import { CHOOSE_OPTIONS } from "./chooseOptions.ts";
import { UsageError } from "./errors.ts";
import { IMPORTANCE_OPTIONS } from "./importanceOptions.ts";
import {
  choice,
  type Flag,
  flag,
  list,
  metricNames,
  oneOf,
  textUpTo,
  type Valued,
  value,
  wholeNumber,
} from "./optionKinds.ts";
import { QUEUE_OPTIONS } from "./queueOptions.ts";
import { DEFAULT_TEMPLATE, TEMPLATE_NAMES } from "./templates.ts";
import { THRESHOLD_OPTIONS } from "./thresholdOptions.ts";

export type { Flag, Valued, Words } from "./optionKinds.ts";

// Completion alone needs these, and the help is to come at once.
const chartNames = async () => [
  ...(await import("../charts/chart.ts")).CHARTS.map(({ name }) => name),
  "list",
];
const benchmarkNames = async () =>
  (await import("../advise/candidates/candidates.ts")).shippedBenchmarks();

// ---------------------------------------------------------------- values

/** How factors make points: `grid`, `zip`, `latin-hypercube:SIZE`, `sobol:SIZE`. */
function designWord(text: string) {
  const [, kind, size] = /^(grid|zip|latin-hypercube|sobol)(?::(\d{1,9}))?$/.exec(text) ?? [];
  const isSized = kind === "latin-hypercube" || kind === "sobol";
  if (isSized && size !== undefined) return { kind, size: Number(size) } as const;
  if ((kind === "grid" || kind === "zip") && size === undefined) return { kind } as const;
  throw new UsageError(
    `${JSON.stringify(text)} is none of grid, zip, latin-hypercube:SIZE, sobol:SIZE`,
  );
}

function shardOf(text: string): Shard {
  const shard = parseShard(text);
  if (shard !== undefined) return shard;
  throw new UsageError(`${JSON.stringify(text)} is not of the form I/N with I from 1 to N`);
}

function precisionTarget(text: string): PrecisionTarget {
  const target = parsePrecision(text);
  if (target !== undefined) return target;
  throw new UsageError(
    `${JSON.stringify(text)} is not of the form METRIC=WIDTH, such as success=1% or success=0.01`,
  );
}

/** Weights of the five dimensions of CLEAR, in the order of its name. */
function dimensionWeights(text: string): Weights {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isFive = numbers.length === DIMENSIONS.length;
  if (isFive && numbers.every((x) => Number.isFinite(x) && x >= 0) && numbers.some((x) => x > 0))
    return Object.fromEntries(DIMENSIONS.map((name, i) => [name, numbers[i]])) as Weights;
  throw new UsageError(
    `${JSON.stringify(text)} is not five weights C,L,E,A,R, each 0 or more and not all 0`,
  );
}

/** The rule says which numbers are accepted. */
function number(rule: string, accepts: (x: number) => boolean) {
  return (text: string): number => {
    const x = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(x) && accepts(x)) return x;
    throw new UsageError(`${JSON.stringify(text)} is not ${rule}`);
  };
}

/** What every kind of replication has: `failure (a task that fails), escaped (…)`. */
function findKindsText(): string {
  return Object.entries(FIND_KINDS)
    .map(([kind, { what }]) => `${kind} (${what})`)
    .join(", ");
}

/** A share, also as a percentage: 0.57 or 57%. */
function shareBetween0And1(text: string): number {
  const [, digits, sign] = /^\s*(\d+\.?\d*|\.\d+)\s*(%?)\s*$/.exec(text) ?? [];
  const x = Number(digits) / (sign === "%" ? 100 : 1);
  if (x > 0 && x < 1) return Number(x.toPrecision(15));
  const meant = x >= 2 && x < 100 ? `; write ${numberText(x / 100)} or ${x}%` : "";
  throw new UsageError(`${JSON.stringify(text)} is not a share above 0 and below 1${meant}`);
}

/** An amount of US dollars per task, or a share of what a task costs: $0.05, 0.05, 20%. */
function extraCost(text: string): { readonly dollars: number } | { readonly share: number } {
  const [, digits, sign] = /^\s*\$?\s*(\d+\.?\d*|\.\d+)\s*(%?)\s*$/.exec(text) ?? [];
  const x = Number(digits);
  if (!(Number.isFinite(x) && x <= 1e12) || (sign === "%" && text.includes("$")))
    throw new UsageError(
      `${JSON.stringify(text)} is neither an amount, such as $0.05, nor a share of today's cost, such as 20%`,
    );
  return sign === "%" ? { share: Number(`${digits}e-2`) } : { dollars: x };
}

/** What was found of a candidate: the share of so many tasks in which it succeeded. */
function measurement(text: string) {
  const [, candidate, rate, sign, tasks] =
    /^\s*([^=]+?)\s*=\s*(\d+\.?\d*|\.\d+)\s*(%?)\s*:\s*(\d{1,9})\s*$/.exec(text) ?? [];
  const share = Number(rate) / (sign === "%" ? 100 : 1);
  const instances = Number(tasks);
  if (share <= 1 && instances >= 1)
    return { candidate, rate: Number(share.toPrecision(15)), instances };
  throw new UsageError(
    `${JSON.stringify(text)} is not NAME=RATE:N with a rate from 0 to 1, or 0% to 100%, and N tasks from 1`,
  );
}

/** Columns by the names that Faultline has for them: run=trace_id,success=passed. */
function columnNames(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(",").map((pair) => /^\s*([^=]+?)\s*=\s*(.+?)\s*$/.exec(pair));
  if (pairs.every((pair) => pair !== null))
    return Object.fromEntries(pairs.map(([, name, column]) => [name, column]));
  throw new UsageError(`${JSON.stringify(text)} is not NAME=COLUMN, or several with commas`);
}

function scenarioName(text: string): string {
  if (NAME_PATTERN.test(text)) return text;
  throw new UsageError(
    `${JSON.stringify(text)} is not a name: a letter, then letters, digits, - and _, 64 at most`,
  );
}

// ---------------------------------------------------------------- the table

const TABLE_FORMATS = ["csv", "ndjson", "parquet"] as const;

/** Largest number of a replication: their draws are keyed by 32 bits. */
const LAST_REPLICATION = 2 ** 32 - 1;

export const OPTIONS = {
  baseline: value(
    "NAME",
    "Scenario to compare with: its name, its file, or the end of its name by which it differs.",
    textUpTo(1000),
    "files",
  ),
  benchmark: value(
    "NAME",
    "A task that ships with Faultline, such as workbench.",
    textUpTo(200),
    benchmarkNames,
  ),
  task: value(
    "FILE",
    "Your own task: a scenario file, of which only the section task counts. What it does not say of its shape is averaged over the shipped benchmarks.",
    textUpTo(1000),
    "files",
  ),
  "single-success": value(
    "P",
    "Share of the tasks in which the single agent succeeds, above 0 and below 1.",
    shareBetween0And1,
  ),
  instances: value(
    "N",
    "Number of tasks on which that was measured (default: 100).",
    wholeNumber(1, 1e9),
  ),
  measured: list(
    "NAME=RATE:N",
    "What a candidate reached on N further tasks, such as decentralized=0.55:30; can be repeated.",
    measurement,
  ),
  family: value(
    "NAME",
    "Family of the model, such as openai: what published models of the family have in common on the benchmark counts.",
    textUpTo(100),
  ),
  constraint: list(
    "CONDITION",
    "Recommend only what meets this, such as 'cost<=0.5' (US dollars per task); can be repeated.",
    textUpTo(200),
  ),
  agents: value("N", "Workers per team (default: as shipped).", wholeNumber(2, 1000)),
  budget: value(
    "TOKENS",
    "Output tokens per task, 0 for no limit (default: as shipped).",
    wholeNumber(0, 1e9),
  ),
  goal: value(
    "METRIC",
    "What is to become better: a metric with a direction, such as success (default), loss, totalCost, passHat8 or latency.p95.",
    textUpTo(200),
    metricNames,
  ),
  "budget:improve": value(
    "AMOUNT",
    "Most that a task may cost more than today: US dollars ($0.05), or a share of today's cost (20%). Default: no limit.",
    extraCost,
  ),
  "at-most": value("N", "Most changes that are made together (default: 4).", wholeNumber(1, 12)),
  "price-input": value(
    "USD",
    "US dollars per million input tokens (default: as shipped).",
    number("a number from 0 to 1000000", (x) => x >= 0 && x <= 1e6),
  ),
  "price-output": value(
    "USD",
    "US dollars per million output tokens (default: as shipped).",
    number("a number from 0 to 1000000", (x) => x >= 0 && x <= 1e6),
  ),
  replications: value(
    "N",
    "Number of seeded runs per scenario (default: as the scenario or the command says).",
    wholeNumber(1, 1e9),
  ),
  weights: value(
    "C,L,E,A,R",
    "Weights of cost, latency, efficacy, assurance and reliability (default: equal).",
    dimensionWeights,
  ),
  normalisation: choice(
    "KIND",
    "How cost and latency become scores: min-max (default: the lowest of the scenarios scores 1, the highest 0) or best (the lowest divided by the own).",
    NORMALISATIONS,
  ),
  sla: value(
    "SECONDS",
    "Seconds within which a task is on time (default: objectives.latency of each scenario).",
    number("a number above 0 and up to 1000000000", (x) => x > 0 && x <= 1e9),
  ),
  precision: list(
    "METRIC=WIDTH",
    "Run until the 95 % interval of a metric is this narrow in every scenario, instead of --replications. 1% is relative to the estimate, 0.01 is in the metric's unit; each is half the interval. Can be repeated.",
    precisionTarget,
    async () => (await metricNames()).map((name) => `${name}=`),
  ),
  cap: value(
    "N",
    "Largest number of replications per scenario with --precision (default: 1,000,000).",
    wholeNumber(1, 1e9),
  ),
  draws: value(
    "N",
    "Draws of uncertain numbers, 8 to 4096, among which replications are divided (default: as the scenario says, or 64).",
    wholeNumber(8, 4096),
  ),
  fixed: flag("Use the values of uncertain numbers alone, as if they were known exactly."),
  seed: value(
    "TEXT",
    "Seed of all draws (default: as the scenario or the command says).",
    textUpTo(200),
  ),
  seeds: value(
    "K",
    "Run the study with K seeds, NAME/1 to NAME/K (with --seed TEXT: TEXT/1 to TEXT/K), and say with how many of them each figure is in range.",
    wholeNumber(1, 1000),
  ),
  set: list(
    "PATH=VALUE",
    "Set a field of the scenario, such as models.base.errorRate=0.1; can be repeated.",
    textUpTo(10_000),
  ),
  vary: list(
    "[NAME:]PATH=SPEC",
    "What is varied: a list (1,3,5), whole numbers (1:9), equal steps (0.01:0.2:5), equal ratios (0.001:0.1:7:log), or a formula of other factors (==2*agents+1). Can be repeated.",
    textUpTo(10_000),
  ),
  design: value(
    "KIND",
    "How factors make points: grid (default), zip, latin-hypercube:SIZE or sobol:SIZE.",
    designWord,
    ["grid", "zip", "latin-hypercube:", "sobol:"],
  ),
  where: value(
    "FORMULA",
    "A condition on the factors, such as 'agents * rate < 1': points that fail it are left out.",
    textUpTo(10_000),
  ),
  metric: list("NAME", "Metric that the table shows; can be repeated.", textUpTo(200), metricNames),
  ...IMPORTANCE_OPTIONS,
  ...CHOOSE_OPTIONS,
  ...THRESHOLD_OPTIONS,
  ...QUEUE_OPTIONS,
  cell: list(
    "K",
    "Run this cell only, by its number; can be repeated.",
    wholeNumber(0, Number.MAX_SAFE_INTEGER),
  ),
  shard: value(
    "I/N",
    "Run part I of N of a plan; the operand is then the folder of the plan.",
    shardOf,
  ),
  "dry-run": flag("Show the cells, the replications and roughly how long they take; run nothing."),
  "fail-fast": flag("Start no further cell after one fails."),
  "keep-going": flag("Continue with the other cells after one fails (the default)."),
  yes: flag("Run even a very large design."),
  why: flag("Say for each missing cell which field differs from what is stored."),
  export: list(
    "FORMAT",
    "Also write cells.FORMAT, one row per scenario (and cell): csv, ndjson or parquet. Can be repeated.",
    oneOf(...TABLE_FORMATS),
    TABLE_FORMATS,
  ),
  record: list(
    "FORMAT",
    "Also write replications.FORMAT, one row per replication: csv, ndjson or parquet. Can be repeated.",
    oneOf(...TABLE_FORMATS),
    TABLE_FORMATS,
  ),
  format: choice(
    "FORMAT",
    "Format of the file, where its name does not say it. For report: html (default) or md; for plot: vl.json, svg (default), png or html; for trace: events (default) or otlp.",
    ["html", "md", "vl.json", "svg", "png", "events", "otlp"],
  ),
  chart: value(
    "NAME",
    "Chart to draw (default: the one that shows the result best). list shows which charts fit the result; without a result, all charts.",
    textUpTo(100),
    chartNames,
  ),
  template: value(
    "NAME",
    `Pattern to start from: ${TEMPLATE_NAMES.join(", ")} (default: ${DEFAULT_TEMPLATE}). list says what each one is.`,
    textUpTo(100),
    [...TEMPLATE_NAMES, "list"],
  ),
  title: value("TEXT", "Heading of the report (default: the title of the result).", textUpTo(300)),
  replication: value(
    "K",
    "Number of the replication to follow, from 0 (default: 0).",
    wholeNumber(0, LAST_REPLICATION),
  ),
  find: choice(
    "KIND",
    `Search for a replication with ${findKindsText()}. A replication with several tasks counts if one of its tasks does; of two files, the first is searched.`,
    Object.keys(FIND_KINDS) as FindKind[],
  ),
  nth: value(
    "K",
    "Take the K-th replication that --find finds (default: 1).",
    wholeNumber(1, LAST_REPLICATION),
  ),
  within: value(
    "N",
    `Search replications 0 to N - 1 with --find (default: ${grouped(DEFAULT_WITHIN)}).`,
    wholeNumber(1, LAST_REPLICATION),
  ),
  tree: flag("Show the lineage of every error as a tree."),
  fault: value(
    "AGENT[:CLAIM]",
    "Put in one fault, such as worker.2:c3, and show how far it spreads.",
    textUpTo(200),
  ),
  strict: flag("End with exit code 4 when a figure is out of range."),
  brief: flag("Compare only the figures by which the study is known; takes seconds."),
  ablations: flag("Show what drives the study: its scenarios with one mechanism less each time."),
  staffing: flag(
    "Find the smallest staff that keeps 95 % of the tasks within objectives.latency; takes some seconds.",
  ),
  "leave-one-out": flag("Predict the teams of each model from all other models."),
  all: flag("Show every metric."),
  json: flag("Print one JSON document instead."),
  out: {
    ...value(
      "DIR",
      "Folder for results (default: out; for calibrate out/calibrate-NAME, for estimate out/estimate-NAME, for sweep out/sweep-NAME); for plot, report and replay the file.",
      textUpTo(1000),
      "files",
    ),
    short: "o",
  },
  jobs: value(
    "N",
    "Worker threads (default: one per core); results do not depend on it.",
    wholeNumber(1, 256),
  ),
  ensemble: value(
    "N",
    "After the search, N parameter sets in proportion to their likelihood (overrides search.ensemble.size).",
    wholeNumber(8, 10_000),
  ),
  like: value(
    "FILE",
    "A scenario file whose structure is taken over: only numbers that the logs tell take the place of its own.",
    textUpTo(1000),
    "files",
  ),
  map: list(
    "NAME=COLUMN",
    "How a column of a table is called, such as run=trace_id or success=passed; several with commas. Can be repeated.",
    columnNames,
  ),
  name: value("NAME", "Name of the scenario (default: after what is read).", scenarioName),
  resume: flag("Continue where an interrupted command stopped."),
  "no-save": flag("Write no files."),
  force: flag("Write over a file of that name."),
  quiet: flag("Print nothing but the result and errors."),
  "no-color": flag("Print without colors, as NO_COLOR=1 does; FORCE_COLOR=1 does the reverse."),
} as const satisfies Record<string, Flag | Valued<unknown>>;

export type OptionName = keyof typeof OPTIONS;

/**
 * What is typed for an option. Where one word means something else for one command, the table has it twice, there as
 * `WORD:COMMAND`.
 */
export const wordOf = (name: string): string => name.split(":")[0];

type ValueOf<O> = O extends { kind: "list"; parse: (text: string) => infer T }
  ? readonly T[]
  : O extends { kind: "value"; parse: (text: string) => infer T }
    ? T | undefined
    : boolean;

/** The values of all options; what was not given is undefined, false or empty. */
export type OptionValues = { readonly [Name in OptionName]: ValueOf<(typeof OPTIONS)[Name]> };
