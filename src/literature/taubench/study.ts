// The study taubench: why the chance of k successes in a row falls so much more slowly than that of one to the power of k,
// and what moves that cliff.
//
// What its figures show: level and spread of the difficulty are solved for pass^1 and pass^2 of each row, so that these two
// are identities. Pass^3 and pass^4 are predicted: a mix of instances of another form than the normal one on log-odds would
// have the same first two and others from there on. So is pass^8, which is missed. The source publishes no uncertainty. A
// second fit is to the two figures of the cliff itself. What it says of two to seven runs is predicted, and no
// figures of the same runs are published to hold it against.
import type { Overrides } from "../../documents/reading/overrides.ts";
import type { MetricValue, ScenarioResult } from "../../experiment/result.ts";
import { power, square } from "../../numerics/power.ts";
import { ablationPart } from "../ablation.ts";
import { judged, type TargetResult } from "../judging.ts";
import type { Variant } from "../shipped.ts";
import { type Column, metricColumns, PUBLISHED, seriesOf, tableOf } from "../show.ts";
import { estimateOf, resultsOf, runsOf, type Trial } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyTable } from "../study.ts";
import { absolute } from "../target.ts";
import { type Difficulty, fitDifficulty, passAllOf } from "./difficulty.ts";
import { CLIFF, type PublishedRow, ROWS, SOURCE } from "./published.ts";

const KS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
/** The row that the cliff is predicted from, and whose agent is helped. */
const [FIRST] = ROWS;

/** What the agent is called that is fitted to the two figures of the cliff. */
const CLIFF_TITLE = "60 % to 25 %";

/** What is done for reliability, with what it is called. */
const REMEDIES = {
  [FIRST.name]: "one run",
  "self-check": "self-check and redo",
  reviewer: "reviewer and redo",
  "majority-3": "majority of 3",
  "majority-5": "majority of 5",
  "majority-5-alike": "majority of 5 alike",
} as const;

/** Claims of a task by which the prediction is made once more, to see how much hangs on its shape. */
const LONG = 10;

const metricOf = (k: number) => (k === 1 ? "passAt1" : `passHat${k}`);

const TOLERANCE = absolute(0.02);

const agent = (name: string): Variant => ({ file: `taubench/${name}.yaml` });

const trials = (replications: number): Trial[] => [
  { name: "rows", scenarios: ROWS.map(({ name }) => agent(name)), replications },
  {
    name: "remedies",
    scenarios: Object.keys(REMEDIES).map(agent),
    baseline: FIRST.name,
    replications,
  },
  { name: "long", scenarios: [longTask()], replications },
  { name: "cliff", scenarios: [cliffTask()], replications },
];

/** The first row's agent on tasks of several claims, refitted. */
function longTask(): Variant {
  const [pass1, pass2] = FIRST.passHat;
  const fitted = fitDifficulty(pass1, pass2, { claims: LONG });
  return withDifficulty(fitted, { name: `${FIRST.name}-long`, "task.graph.size": LONG });
}

/** An agent with both figures of the cliff. */
const cliffTask = () => withDifficulty(difficultyOfCliff(), { name: "cliff" });

/** The first row's agent on tasks of another difficulty. */
function withDifficulty({ level, spread }: Difficulty, changes: Overrides): Variant {
  const difficulty = { "task.difficulty": level, "task.difficultySpread": spread };
  return { ...agent(FIRST.name), changes: { ...changes, ...difficulty } };
}

// ---------------------------------------------------------------- targets

function rowTargets({ name, title, passHat }: PublishedRow, result: ScenarioResult) {
  return passHat.map((published, i): TargetResult => {
    const k = i + 1;
    return judged({
      id: `taubench.${name}.${metricOf(k)}`,
      figure: title,
      title: `pass^${k}`,
      unit: "share",
      published,
      simulated: estimateOf(result, metricOf(k)),
      tolerance: TOLERANCE,
      kind: k <= 2 ? "identity" : "predicted",
      source: SOURCE,
      definition: `mean over instances of C(c,${k}) / C(n,${k}), c successes in n = 8 repeats`,
    });
  });
}

function cliff(result: ScenarioResult, long: ScenarioResult): TargetResult {
  const [pass1, pass2] = FIRST.passHat;
  return judged({
    id: "taubench.cliff.passHat8",
    figure: "Reliability cliff",
    title: "60 % on one run, pass^8",
    unit: "share",
    published: CLIFF.pass8,
    simulated: estimateOf(result, "passHat8"),
    tolerance: TOLERANCE,
    kind: "predicted",
    source: `${SOURCE}, as quoted in arXiv 2511.14136`,
    definition: `pass^8 of ${FIRST.title}, whose level and spread are fitted to its pass^1 and pass^2`,
    other: {
      definition: `the same agent on tasks of ${LONG} claims, refitted to the same two figures`,
      simulated: estimateOf(long, "passHat8"),
    },
    note: `The figure and the row disagree: the row's own pass^3 and pass^4 allow no pass^8 below ${leastPass8(FIRST).toFixed(3)}. Its pass^1 and pass^2 give an intraclass correlation of ${intraclass(pass1, pass2).toFixed(2)}, while a fit to 60 % → 25 % has ${intraclass(CLIFF.pass1, passAllOf(2, difficultyOfCliff())).toFixed(2)}.`,
  });
}

/** The least pass^8 that pass^3 and pass^4 allow: their ratio cannot fall. */
export function leastPass8({ passHat: [, , pass3, pass4] }: PublishedRow): number {
  return pass4 * power(pass4 / pass3, 4);
}

/** Correlation of two repeats of one instance. */
function intraclass(pass1: number, pass2: number): number {
  return (pass2 - square(pass1)) / (pass1 * (1 - pass1));
}

// ---------------------------------------------------------------- tables

/** An agent whose difficulty was fitted, and what came out. */
interface FittedAgent {
  readonly title: string;
  readonly fitted: Difficulty;
  readonly pass1: number;
  readonly result: ScenarioResult;
}

function fittedRow(row: PublishedRow, result: ScenarioResult): FittedAgent {
  return { title: row.title, fitted: difficultyOf(row), pass1: row.passHat[0], result };
}

function fittedCliff(result: ScenarioResult): FittedAgent {
  return { title: CLIFF_TITLE, fitted: difficultyOfCliff(), pass1: CLIFF.pass1, result };
}

function cliffTable(agents: readonly FittedAgent[]): StudyTable {
  return tableOf(
    {
      name: "cliff",
      title: "Eight runs in a row",
      note: "Closed form: by quadrature over the difficulty. Independent: pass^1 to the power of 8. The last line is fitted to one run and to eight, the others to one run and to two.",
    },
    agents,
    [
      ["agent", "", ({ title }) => title],
      ["level", "log-odds", ({ fitted }) => rounded(fitted.level)],
      ["spread", "log-odds", ({ fitted }) => rounded(fitted.spread)],
      ["pass^1", "share", ({ result }) => estimateOf(result, "passAt1")],
      ["pass^8", "share", ({ result }) => estimateOf(result, "passHat8")],
      ["closed form", "share", ({ fitted }) => rounded(passAllOf(8, fitted))],
      ["independent", "share", ({ pass1 }) => rounded(power(pass1, 8))],
    ],
  );
}

/** The two fits of one agent, run by run, and which of their figures they were fitted to. */
function fitsTable(row: FittedAgent, cliff: FittedAgent): StudyTable {
  const columns = (
    { title, result, fitted }: FittedAgent,
    ends: readonly number[],
  ): Column<number>[] => [
    [title, "", (k) => (ends.includes(k) ? "fitted" : "predicted")],
    [`${title}, simulated`, "share", (k) => estimateOf(result, metricOf(k))],
    [`${title}, closed form`, "share", (k) => rounded(passAllOf(k, fitted))],
  ];
  return tableOf(
    {
      name: "fits",
      title: "Two fits of one agent, from one run to eight",
      note: `${row.title} is fitted to its pass^1 and pass^2, ${CLIFF_TITLE} to these two figures. Published is the row of ${row.title}.`,
    },
    KS,
    [
      ["k", "runs", (k) => k],
      ["published", "share", (k) => FIRST.passHat[k - 1] ?? "none"],
      ...columns(row, [1, 2]),
      ...columns(cliff, [1, 8]),
    ],
  );
}

/** What the scenario file of a row holds, before it is rounded. */
export function difficultyOf({ passHat: [pass1, pass2] }: PublishedRow): Difficulty {
  return fitDifficulty(pass1, pass2);
}

/** The difficulty that makes 60 % on one run into 25 % over eight. */
export function difficultyOfCliff(): Difficulty {
  return fitDifficulty(CLIFF.pass1, CLIFF.pass8, { k: 8 });
}

const rounded = (x: number) => Number(x.toFixed(4));

const REMEDY_COLUMNS = [
  ["pass^1", "share", "passAt1"],
  ["pass^8", "share", "passHat8"],
  ["cost", "US dollars", "cost"],
  ["cost per success", "US dollars", "costPerSuccess"],
  ["latency p95", "seconds", "latency.p95"],
] as const;

function remedyTable(results: readonly ScenarioResult[]): StudyTable {
  const once = estimateOf(results[0], "cost");
  return tableOf(
    {
      name: "remedies",
      title: "What moves the cliff, and what it costs",
      note: `The agent of ${FIRST.title}, on the same instances with the same random numbers.`,
    },
    Object.values(REMEDIES).map((title, i) => ({ title, result: results[i] })),
    [
      ["architecture", "", ({ title }) => title],
      ...metricColumns<{ result: ScenarioResult }>(REMEDY_COLUMNS, ({ result }) => result),
      ["cost against one run", "ratio", ({ result }) => relative(estimateOf(result, "cost"), once)],
    ],
  );
}

function relative({ mean }: MetricValue, { mean: base }: MetricValue): number | null {
  return mean === null || base === null || base === 0 ? null : Number((mean / base).toFixed(2));
}

// ---------------------------------------------------------------- figures

const X = { title: "k, runs in a row" };
const Y = { title: "All k runs succeed (share)" };

const curve = (name: string, result: ScenarioResult) =>
  seriesOf(name, KS, (k) => [k, estimateOf(result, metricOf(k))]);

const published = (name: string, shares: readonly (readonly [k: number, share: number])[]) =>
  seriesOf(name, shares, (point) => point, PUBLISHED);

const publishedRow = (name: string, { passHat }: PublishedRow) =>
  published(
    name,
    passHat.map((share, i) => [i + 1, share]),
  );

const publishedCliff = published(CLIFF_TITLE, [
  [1, CLIFF.pass1],
  [8, CLIFF.pass8],
]);

function cliffFigure(agents: readonly FittedAgent[]): StudyFigure {
  return {
    name: "cliff",
    title: "The reliability cliff, fitted to two figures and predicted for the others",
    alt: "The chance that all of k runs of one task succeed falls from k = 1 to k = 8 for four agents, and for one that is fitted to 60 % on one run and 25 % on eight; published values for k up to 4 lie on the curves of the four agents, and the curve of 60 % to 25 % lies below that of the agent from which these two figures come.",
    kind: "lines",
    x: X,
    y: Y,
    series: [
      ...agents.map(({ title, result }) => curve(title, result)),
      ...ROWS.map((row) => publishedRow(row.title, row)),
      publishedCliff,
    ],
  };
}

function remedyFigure(results: readonly ScenarioResult[]): StudyFigure {
  const titles = Object.values(REMEDIES);
  return {
    name: "remedies",
    title: "What moves the reliability cliff",
    alt: "The chance that all of k runs of one task succeed, from k = 1 to k = 8, for one agent alone, with a self-check, with a reviewer, and for votes of three, of five, and of five whose errors have a common cause.",
    kind: "lines",
    x: X,
    y: Y,
    series: [...titles.map((title, i) => curve(title, results[i])), publishedRow(titles[0], FIRST)],
  };
}

// ---------------------------------------------------------------- the study

const ABLATED = {
  name: "remedies",
  scenarios: Object.keys(REMEDIES).map((name) => ({ name, file: `taubench/${name}.yaml` })),
  baseline: FIRST.name,
};

export const TAUBENCH = defineStudy({
  name: "taubench",
  title: "The reliability cliff: one success against k in a row",
  question:
    "An agent succeeds in 60 % of its runs. How often do eight runs in a row succeed, and what helps?",
  source: SOURCE,
  // 10,000 instances: pass^8 to about ± .01.
  replications: 16_384,
  runs: (replications) => runsOf(trials(replications)),
  run: async ({ replications, simulate }) => {
    const results = await simulate(trials(replications));
    const [rows, remedies, [long], [cliffResult]] = ["rows", "remedies", "long", "cliff"].map(
      (name) => resultsOf(results, name),
    );
    const agents = ROWS.map((row, i) => fittedRow(row, rows[i]));
    const steep = fittedCliff(cliffResult);
    return {
      targets: [...ROWS.flatMap((row, i) => rowTargets(row, rows[i])), cliff(rows[0], long)],
      tables: [cliffTable([...agents, steep]), fitsTable(agents[0], steep), remedyTable(remedies)],
      figures: [cliffFigure([...agents, steep]), remedyFigure(remedies)],
    };
  },
  ablations: ablationPart([ABLATED]),
});
