// CLEAR: five dimensions of an agent instead of one, and which of them tells success in production.
//
// What its figures show: cost-normalised accuracy is arithmetic on printed values, and the other figures of the six agents
// are inputs of their scenarios that come out again. All of these are identities. The correlations are predicted, but the
// population decides them, which is ours: they have no tolerance and no verdict.
import type { MetricValue, ScenarioResult } from "../../experiment/result.ts";
import {
  type Clear,
  composites,
  costNormalisedAccuracy,
  costPerSuccess,
  EQUAL_WEIGHTS,
  paretoFront,
} from "../../metrics/score.ts";
import { power } from "../../numerics/power.ts";
import { average } from "../../numerics/statistics.ts";
import { ablationPart } from "../ablation.ts";
import { exactly } from "../estimates.ts";
import { judged, type TargetResult } from "../judging.ts";
import {
  type Column,
  type MetricColumn,
  metricColumns,
  PUBLISHED,
  pairs,
  seriesOf,
  tableOf,
} from "../show.ts";
import { estimateOf, resultsOf, runsOf, type Trial, trial } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyTable } from "../study.ts";
import { absolute, relative } from "../target.ts";
import {
  alikeInEfficacy,
  COMPARED,
  correlation,
  PREDICTORS,
  type Predictor,
  shareInOrder,
  TRUTHS,
  type Truth,
} from "./correlations.ts";
import { mixFor, RUNS } from "./mix.ts";
import {
  ARCHITECTURES,
  POPULATION,
  runsOfPopulation,
  type Tried,
  tryPopulation,
} from "./population.ts";
import {
  AGENTS,
  CNA_NOTES,
  CORRELATIONS,
  COST_FACTORS,
  type PublishedAgent,
  SOURCE,
  TABLE,
} from "./published.ts";
import { productionValue, WORTHS, worthTitle } from "./value.ts";

/** The six agents are cheap to run and are held against figures of three digits. */
const AGENT_FACTOR = 200;

const fileOf = ({ name }: PublishedAgent) => `clear/${name}.yaml`;

const trials = (replications: number): Trial[] =>
  AGENTS.map((agent) => trial(agent.name, { file: fileOf(agent) }, AGENT_FACTOR * replications));

interface Simulated {
  readonly agent: PublishedAgent;
  readonly result: ScenarioResult;
}

// ---------------------------------------------------------------- targets

/** Half a unit of the last digit that is printed. */
const ROUNDING = absolute(0.05 + 1e-9, "published");

function cnaTarget({ name, title, efficacy, cost, cna }: PublishedAgent): TargetResult {
  return judged({
    id: `clear.cna.${name}`,
    figure: "Cost-normalised accuracy",
    title,
    unit: "% per dollar",
    published: cna,
    simulated: exactly(costNormalisedAccuracy(efficacy, cost)),
    tolerance: ROUNDING,
    kind: "identity",
    source: TABLE,
    definition: "Printed efficacy in percent over printed cost: arithmetic, not simulated.",
    note: CNA_NOTES[name],
  });
}

/** Figures that are inputs of the scenarios, and should come out again. */
const INPUTS = [
  ["efficacy", "Efficacy", "share", "success", absolute(0.015)],
  ["cost", "Cost", "US dollars per task", "cost", relative(0.001)],
  ["latency", "Latency", "seconds", "latency.mean", relative(0.01)],
  ["adherence", "Policy adherence", "share", "policyAdherence", absolute(0.005)],
  ["reliability", `${RUNS} successes in a row`, "share", `passHat${RUNS}`, absolute(0.015)],
] as const;

const IMPOSSIBLE = `Impossible on one mix of tasks: ${RUNS} runs in a row succeed no more often than one. The scenario has the largest spread of difficulty there is.`;

function inputTargets({ agent, result }: Simulated): TargetResult[] {
  return INPUTS.map(([figure, title, unit, metric, tolerance]) => {
    const isImpossible = figure === "reliability" && agent.reliability > agent.efficacy;
    return judged({
      id: `clear.${figure}.${agent.name}`,
      figure: title,
      title: agent.title,
      unit,
      published: agent[figure],
      simulated: estimateOf(result, metric),
      tolerance,
      kind: "identity",
      source: TABLE,
      definition: `Metric ${metric} of scenarios/${fileOf(agent)}, whose parameters were chosen to give it.`,
      ...(isImpossible && { note: IMPOSSIBLE }),
    });
  });
}

function correlationTarget(
  predictor: (typeof COMPARED)[number],
  tried: readonly Tried[],
  seed: string,
): TargetResult {
  return judged({
    id: `clear.correlation.${predictor.name}`,
    figure: "Correlation with production success",
    title: predictor.title,
    unit: "correlation",
    published: CORRELATIONS[predictor.name],
    simulated: correlation(tried, predictor, TRUTHS[0], seed),
    tolerance: null,
    kind: "predicted",
    source: SOURCE,
    definition: `Spearman's ρ with sustained success over ${POPULATION} simulated configurations; bootstrap interval.`,
    note: "Shown without a verdict. The source correlates with the judgement of experts on real agents; here the population of configurations decides the value.",
  });
}

// ---------------------------------------------------------------- the six agents

const clearOf = ({ efficacy, cost, latency, adherence, reliability }: PublishedAgent): Clear => ({
  cost,
  latency,
  efficacy,
  assurance: adherence,
  reliability,
});

/** Place of each score from 1, the highest first. */
function places(scores: readonly (number | null)[]): number[] {
  return scores.map((score) => 1 + scores.filter((other) => (other ?? 0) > (score ?? 0)).length);
}

function publishedTable(): StudyTable {
  const set = AGENTS.map(clearOf);
  const scores = composites(set);
  const byRatio = composites(set, EQUAL_WEIGHTS, "best");
  const front = paretoFront(set);
  const [place, placeByRatio] = [scores, byRatio].map(places);
  return tableOf(
    {
      name: "published",
      title: "Composite of the published figures",
      note: "Each weight is .2. Min-max, as published, normalises cost and latency by the least and the largest of the six. Least over own divides the least by the agent's own value, so that the dearest agent does not set the scale.",
    },
    [...AGENTS.entries()],
    [
      ["agent", "", ([, { title }]) => title],
      ["CNA", "% per dollar", ([, one]) => costNormalisedAccuracy(one.efficacy, one.cost)],
      ["cost per success", "US dollars", ([, one]) => costPerSuccess(one.cost, one.efficacy)],
      ["composite, min-max", "0 to 1", ([i]) => scores[i]],
      ["place", "", ([i]) => place[i]],
      ["composite, least over own", "0 to 1", ([i]) => byRatio[i]],
      ["place, least over own", "", ([i]) => placeByRatio[i]],
      ["on the front of cost and efficacy", "", ([i]) => (front[i] ? "yes" : "no")],
    ],
  );
}

const IMPOSSIBLE_VERDICT = "impossible: above the efficacy";

const SIMULATED: readonly MetricColumn[] = [
  ["efficacy", "share", "success"],
  ["cost per success", "US dollars", "costPerSuccess"],
  ["latency", "seconds", "latency.mean"],
  ["on time", "share", "onTime"],
  ["policy adherence", "share", "policyAdherence"],
  [`pass^${RUNS}`, "share", `passHat${RUNS}`],
];

function simulatedTable(agents: readonly Simulated[]): StudyTable {
  return tableOf(
    {
      name: "simulated",
      title: "The six agents as scenarios",
      note: "On time means within ten seconds. The source publishes no service level; this one is ours.",
    },
    agents,
    [
      ["agent", "", ({ agent }) => agent.title],
      ...metricColumns<Simulated>(SIMULATED, ({ result }) => result),
    ],
  );
}

function spreadTable(): StudyTable {
  return tableOf(
    {
      name: "spread",
      title: "The spread of difficulty that each agent's reliability needs",
      note: `The spread is the standard deviation of the error log-odds over tasks that gives both the efficacy and ${RUNS} successes in a row. Independent repeats would give the ${RUNS}th power of the efficacy.`,
    },
    AGENTS.map((agent) => ({ ...agent, mix: mixFor(agent.efficacy, agent.reliability) })),
    [
      ["agent", "", ({ title }) => title],
      ["efficacy", "share", ({ efficacy }) => efficacy],
      ["published reliability", "share", ({ reliability }) => reliability],
      ["independent repeats", "share", ({ efficacy }) => power(efficacy, RUNS)],
      ["spread needed", "log-odds", ({ mix }) => (mix.isReached ? mix.spread : null)],
      ["reliability with it", "share", ({ mix }) => mix.reliability],
      ["verdict", "", ({ mix }) => (mix.isReached ? "possible" : IMPOSSIBLE_VERDICT)],
    ],
  );
}

/** The pair of agents whose ratio of costs, or of costs per success, is nearest to each of the claimed factors. */
function factorTable(): StudyTable {
  const amounts = [
    { name: "cost", of: ({ cost }: PublishedAgent) => cost },
    { name: "cost per success", of: ({ cost, efficacy }: PublishedAgent) => cost / efficacy },
  ];
  const nearest = pairs(COST_FACTORS, amounts).map(([factor, { name, of }]) => {
    const off = ({ ratio }: { ratio: number }) => Math.abs(ratio - factor);
    const pair = pairs(AGENTS, AGENTS)
      .map(([a, b]) => ({ titles: `${a.title} / ${b.title}`, ratio: of(a) / of(b) }))
      .reduce((best, one) => (off(one) < off(best) ? one : best));
    return { factor, name, ...pair, isMet: off(pair) <= 0.05 };
  });
  return tableOf(
    {
      name: "factors",
      title: "Pairs of agents whose costs differ by 4.4 or 10.8",
      note: "The source gives both factors for agents chosen by accuracy alone and does not name the pairs. The table shows the nearest pair. A factor is met if the ratio rounds to it.",
    },
    nearest,
    [
      ["claimed factor", "ratio", ({ factor }) => factor],
      ["of", "", ({ name }) => name],
      ["nearest pair", "", ({ titles }) => titles],
      ["ratio", "ratio", ({ ratio }) => ratio],
      ["verdict", "", ({ isMet }) => (isMet ? "met" : "met by no pair")],
    ],
  );
}

// ---------------------------------------------------------------- the population

function correlationTable(tried: readonly Tried[], seed: string): StudyTable {
  const alike = alikeInEfficacy(tried);
  const column = (name: string, of: readonly Tried[], truth: Truth): Column<Predictor> => [
    name,
    "correlation",
    (predictor) => correlation(of, predictor, truth, seed),
  ];
  return tableOf(
    {
      name: "correlations",
      title: "Rank correlation of lab figures with production success",
      note: `Spearman's ρ over ${tried.length} configurations, with 95 % bootstrap intervals. The last column has only the ${alike.length} whose efficacy is in the middle third. Lower cost and lower latency count as better.`,
    },
    PREDICTORS,
    [
      ["lab figure", "", ({ title }) => title],
      ...TRUTHS.map((truth) => column(truth.title, tried, truth)),
      column("sustained success, alike in efficacy", alike, TRUTHS[0]),
    ],
  );
}

/** What the three that the source compares tell of value, where a success is worth so much. */
interface Valued {
  readonly worth: number;
  /** With the value of sustained success, in the order of COMPARED. */
  readonly rhos: readonly MetricValue[];
  /** Share of the resamples in which they stand in the order of the source, in the order of TRUTHS. */
  readonly inOrder: readonly number[];
}

function valuedAt(worth: number, tried: readonly Tried[], seed: string): Valued {
  const values = TRUTHS.map((success) => productionValue(success, worth, tried));
  return {
    worth,
    rhos: COMPARED.map((one) => correlation(tried, one, values[0], seed)),
    inOrder: values.map((value) => shareInOrder(tried, value, seed)),
  };
}

function valueTable(valued: readonly Valued[]): StudyTable {
  const correlations = COMPARED.map(
    ({ title }, i): Column<Valued> => [title, "correlation", ({ rhos }) => rhos[i]],
  );
  const orders = TRUTHS.map(
    ({ title }, i): Column<Valued> => [
      `order of the experts, ${title}`,
      "share",
      ({ inOrder }) => inOrder[i],
    ],
  );
  return tableOf(
    {
      name: "value",
      title: "Rank correlation of lab figures with value in production",
      note: `Value is worth times success, less spending, per task. The worth of a success is in medians of what a task costs in production. The correlations are with the value of ${TRUTHS[0].title}. The last columns say in what share of 1,000 bootstrap resamples the three stand in the order of the experts, by what counts as a success. A late success counts as none in the first and the third of these, and as any other in the second and the fourth.`,
    },
    valued,
    [["a success is worth", "", ({ worth }) => worthTitle(worth)], ...correlations, ...orders],
  );
}

function architectureTable(tried: readonly Tried[]): StudyTable {
  const mean = (name: string, unit: string, value: (one: Tried) => number | null) =>
    [
      name,
      unit,
      (architecture: string) =>
        average(
          tried.filter((one) => one.architecture === architecture).map((one) => value(one) ?? 0),
        ),
    ] as const;
  return tableOf(
    {
      name: "architectures",
      title: "The population by architecture",
      note: "Means over configurations.",
    },
    ARCHITECTURES,
    [
      ["architecture", "", (architecture) => architecture],
      mean("efficacy in the lab", "share", ({ lab }) => lab.efficacy),
      mean("cost", "US dollars per task", ({ lab }) => lab.cost),
      mean("latency in the lab", "seconds", ({ lab }) => lab.latency),
      mean("repeats after drift", "share", ({ repeated }) => repeated),
      mean("on time under load", "share", ({ onTime }) => onTime),
      mean("sustained success", "share", ({ sustained }) => sustained),
    ],
  );
}

function dotsFigure(tried: readonly Tried[]): StudyFigure {
  const scores = composites(tried.map(({ lab }) => lab));
  return {
    name: "composite",
    title: "Composite in the lab and sustained success in production",
    alt: `One dot for each of ${tried.length} configurations: the composite of all five lab figures against sustained success, coloured by architecture. Success rises with the composite and scatters widely.`,
    kind: "dots",
    x: { title: "Composite of all five lab figures, 0 to 1" },
    y: { title: "Sustained success, share" },
    series: ARCHITECTURES.map((architecture) => {
      const own = [...tried.entries()].filter(
        ([i, one]) => one.architecture === architecture && scores[i] !== null,
      );
      return seriesOf(architecture, own, ([i, one]) => [scores[i] as number, one.sustained]);
    }),
  };
}

/** Where the judgement of the experts stands among the worths of a success. */
const EXPERTS = "experts, published";

function correlationFigure(valued: readonly Valued[]): StudyFigure {
  return {
    name: "correlations",
    title: "What tells value in production, by what a success is worth",
    alt: "Correlation of efficacy alone, efficacy and cost, and all five dimensions with value in production, for a success that is worth 1 to 100 times what a task costs and for success alone, with the published correlations with expert judgement beside. Efficacy and cost is highest where a success is worth little, and lowest where it is worth much; in between the three stand in the order of the experts.",
    kind: "dots",
    x: { title: "Worth of a success, in medians of what a task costs" },
    y: { title: "Correlation with value in production" },
    series: [
      ...COMPARED.map(({ title }, i) =>
        seriesOf(title, valued, ({ worth, rhos }) => [worthTitle(worth), rhos[i]]),
      ),
      ...COMPARED.map(({ name, title }) =>
        seriesOf(title, [EXPERTS], (place) => [place, CORRELATIONS[name]], PUBLISHED),
      ),
    ],
  };
}

function costFigure(agents: readonly Simulated[]): StudyFigure {
  return {
    name: "reliability",
    title: `One success and ${RUNS} in a row, by cost`,
    alt: `Efficacy and the share of ${RUNS} successes in a row of the six agents against their cost per task, simulated and published.`,
    kind: "dots",
    x: { title: "Cost, US dollars per task", scale: "log" },
    y: { title: "Share of tasks" },
    series: [
      ...series("one run", "success", ({ efficacy }) => efficacy),
      ...series(`${RUNS} runs in a row`, `passHat${RUNS}`, ({ reliability }) => reliability),
    ],
  };

  function series(name: string, metric: string, published: (agent: PublishedAgent) => number) {
    return [
      seriesOf(name, agents, ({ agent, result }) => [agent.cost, estimateOf(result, metric)]),
      seriesOf(name, AGENTS, (agent) => [agent.cost, published(agent)], PUBLISHED),
    ];
  }
}

// ---------------------------------------------------------------- the study

const ABLATED = {
  name: "agents",
  scenarios: AGENTS.map((agent) => ({ name: agent.name, file: fileOf(agent) })),
};

export const CLEAR = defineStudy({
  name: "clear",
  title: "CLEAR: cost, latency, efficacy, assurance, reliability",
  question: "Which figures of an agent tell whether it succeeds in production?",
  source: SOURCE,
  // Of every trial of the population.
  replications: 128,
  runs: (replications) => runsOf(trials(replications)) + runsOfPopulation(replications),
  run: async (under) => {
    const results = await under.simulate(trials(under.replications));
    const agents = AGENTS.map((agent) => ({ agent, result: resultsOf(results, agent.name)[0] }));
    const tried = await tryPopulation(under);
    const valued = WORTHS.map((worth) => valuedAt(worth, tried, under.seed));
    return {
      targets: [
        ...AGENTS.map(cnaTarget),
        ...agents.flatMap(inputTargets),
        ...COMPARED.map((one) => correlationTarget(one, tried, under.seed)),
      ],
      tables: [
        publishedTable(),
        simulatedTable(agents),
        spreadTable(),
        factorTable(),
        correlationTable(tried, under.seed),
        valueTable(valued),
        architectureTable(tried),
      ],
      figures: [dotsFigure(tried), correlationFigure(valued), costFigure(agents)],
    };
  },
  ablations: ablationPart([ABLATED]),
});
