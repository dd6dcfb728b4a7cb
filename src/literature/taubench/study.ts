// The study taubench: why the chance of k successes in a row falls so much more slowly than that of one to the power of k,
// and what moves that cliff.
//
// What its figures show: level and spread of the difficulty are solved for pass^1 and pass^2 of each row, so that these two
// are identities. Pass^3 and pass^4 are predicted: a mix of instances of another form than the normal one on log-odds would
// have the same first two and others from there on. So is pass^8, which is missed. The source publishes no uncertainty.
import type { MetricValue, ScenarioResult } from "../../experiment/result.ts";
import { power, square } from "../../numerics/power.ts";
import { ablationPart } from "../ablation.ts";
import { judged, type TargetResult } from "../judging.ts";
import type { Variant } from "../shipped.ts";
import { metricColumns, PUBLISHED, seriesOf, tableOf } from "../show.ts";
import { estimateOf, resultsOf, runsOf, type Trial } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyTable } from "../study.ts";
import { absolute } from "../target.ts";
import { type Difficulty, fitDifficulty, passAllOf } from "./difficulty.ts";
import { CLIFF, type PublishedRow, ROWS, SOURCE } from "./published.ts";

const KS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
/** The row that the cliff is predicted from, and whose agent is helped. */
const [FIRST] = ROWS;

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
];

/** The first row's agent on tasks of several claims, refitted. */
function longTask(): Variant {
  const [pass1, pass2] = FIRST.passHat;
  const { level, spread } = fitDifficulty(pass1, pass2, LONG);
  const changes = {
    name: `${FIRST.name}-long`,
    "task.graph.size": LONG,
    "task.difficulty": level,
    "task.difficultySpread": spread,
  };
  return { ...agent(FIRST.name), changes };
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
  return judged({
    id: "taubench.cliff.passHat8",
    figure: "Reliability cliff",
    title: "60 % on one run, pass^8",
    unit: "share",
    published: CLIFF,
    simulated: estimateOf(result, "passHat8"),
    tolerance: TOLERANCE,
    kind: "predicted",
    source: `${SOURCE}, as quoted in arXiv 2511.14136`,
    definition: `pass^8 of ${FIRST.title}, whose level and spread are fitted to its pass^1 and pass^2`,
    other: {
      definition: `the same agent on tasks of ${LONG} claims, refitted to the same two figures`,
      simulated: estimateOf(long, "passHat8"),
    },
    note: `The figure and the row disagree: the row's own pass^3 and pass^4 allow no pass^8 below ${leastPass8(FIRST).toFixed(3)}. Its pass^1 and pass^2 give an intraclass correlation of ${intraclass(FIRST).toFixed(2)}, while 60 % → 25 % needs about .44.`,
  });
}

/** The least pass^8 that pass^3 and pass^4 allow: their ratio cannot fall. */
export function leastPass8({ passHat: [, , pass3, pass4] }: PublishedRow): number {
  return pass4 * power(pass4 / pass3, 4);
}

/** Correlation of two repeats of one instance. */
function intraclass({ passHat: [pass1, pass2] }: PublishedRow): number {
  return (pass2 - square(pass1)) / (pass1 * (1 - pass1));
}

// ---------------------------------------------------------------- tables

function cliffTable(results: readonly ScenarioResult[]): StudyTable {
  return tableOf(
    {
      name: "cliff",
      title: "Eight runs in a row",
      note: "Closed form: by quadrature over the difficulty. Independent: pass^1 to the power of 8.",
    },
    ROWS.map((row, i) => ({ row, result: results[i], fitted: difficultyOf(row) })),
    [
      ["agent", "", ({ row }) => row.title],
      ["level", "log-odds", ({ fitted }) => rounded(fitted.level)],
      ["spread", "log-odds", ({ fitted }) => rounded(fitted.spread)],
      ["pass^1", "share", ({ result }) => estimateOf(result, "passAt1")],
      ["pass^8", "share", ({ result }) => estimateOf(result, "passHat8")],
      ["closed form", "share", ({ fitted }) => rounded(passAllOf(8, fitted))],
      ["independent", "share", ({ row }) => rounded(power(row.passHat[0], 8))],
    ],
  );
}

/** What the scenario file of a row holds, before it is rounded. */
export function difficultyOf({ passHat: [pass1, pass2] }: PublishedRow): Difficulty {
  return fitDifficulty(pass1, pass2);
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

const published = (name: string, { passHat }: PublishedRow, eighth: number | null = null) => {
  const shares = [...passHat.entries(), [KS.length - 1, eighth] as const];
  return seriesOf(name, shares, ([i, share]) => [i + 1, share], PUBLISHED);
};

function rowFigure(rows: readonly ScenarioResult[]): StudyFigure {
  return {
    name: "cliff",
    title: "The reliability cliff, fitted to two runs and predicted for more",
    alt: "The chance that all of k runs of one task succeed falls from k = 1 to k = 8 for four agents; published values for k up to 4 lie on the simulated curves, and the published value for k = 8 lies below its curve.",
    kind: "lines",
    x: X,
    y: Y,
    series: [
      ...ROWS.map(({ title }, i) => curve(title, rows[i])),
      ...ROWS.map((row) => published(row.title, row, row === FIRST ? CLIFF : null)),
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
    series: [
      ...titles.map((title, i) => curve(title, results[i])),
      published(titles[0], FIRST, CLIFF),
    ],
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
    const [rows, remedies, long] = ["rows", "remedies", "long"].map((name) =>
      resultsOf(results, name),
    );
    return {
      targets: [...ROWS.flatMap((row, i) => rowTargets(row, rows[i])), cliff(rows[0], long[0])],
      tables: [cliffTable(rows), remedyTable(remedies)],
      figures: [rowFigure(rows), remedyFigure(remedies)],
    };
  },
  ablations: ablationPart([ABLATED]),
});
