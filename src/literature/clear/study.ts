// CLEAR: five dimensions of an agent instead of one, and which of them tells success in production.
import type { ScenarioResult } from "../../experiment/result.ts";
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
import { cellsOf, columnsOf, exactly, point } from "../estimates.ts";
import { judged, type TargetResult } from "../judging.ts";
import { estimateOf, resultsOf, runsOf, type Trial } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyTable } from "../study.ts";
import { absolute, relative } from "../target.ts";
import { alikeInEfficacy, COMPARED, correlation, PREDICTORS, TRUTHS } from "./correlations.ts";
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

/** The six agents are cheap to run and are held against figures of three digits. */
const AGENT_FACTOR = 200;

const fileOf = ({ name }: PublishedAgent) => `clear/${name}.yaml`;

const trials = (replications: number): Trial[] =>
  AGENTS.map((agent) => ({
    name: agent.name,
    scenarios: [{ file: fileOf(agent) }],
    replications: AGENT_FACTOR * replications,
  }));

interface Simulated {
  readonly agent: PublishedAgent;
  readonly result: ScenarioResult;
}

// ---------------------------------------------------------------- targets

/** Half a unit of the last digit that is printed. */
const ROUNDING = absolute(0.05 + 1e-9);

function cnaTarget({ name, title, efficacy, cost, cna }: PublishedAgent): TargetResult {
  return judged({
    id: `clear.cna.${name}`,
    figure: "Cost-normalised accuracy",
    title,
    unit: "% per dollar",
    published: cna,
    simulated: exactly(costNormalisedAccuracy(efficacy, cost)),
    tolerance: ROUNDING,
    kind: "predicted",
    source: TABLE,
    definition: "Printed efficacy in percent over printed cost: arithmetic, not simulated.",
    note: CNA_NOTES[name],
  });
}

/** Figures that are inputs of the scenarios, and should come out again. */
const INPUTS = [
  {
    figure: "efficacy",
    title: "Efficacy",
    unit: "share",
    metric: "success",
    tolerance: absolute(0.015),
  },
  {
    figure: "cost",
    title: "Cost",
    unit: "US dollars per task",
    metric: "cost",
    tolerance: relative(0.001),
  },
  {
    figure: "latency",
    title: "Latency",
    unit: "seconds",
    metric: "latency.mean",
    tolerance: relative(0.01),
  },
  {
    figure: "adherence",
    title: "Policy adherence",
    unit: "share",
    metric: "policyAdherence",
    tolerance: absolute(0.005),
  },
  {
    figure: "reliability",
    title: `${RUNS} successes in a row`,
    unit: "share",
    metric: `passHat${RUNS}`,
    tolerance: absolute(0.015),
  },
] as const;

const IMPOSSIBLE = `Impossible on one mix of tasks: ${RUNS} runs in a row succeed no more often than one. The scenario has the largest spread of difficulty there is.`;

function inputTargets({ agent, result }: Simulated): TargetResult[] {
  return INPUTS.map(({ figure, title, unit, metric, tolerance }) => {
    const isImpossible = figure === "reliability" && agent.reliability > agent.efficacy;
    return judged({
      id: `clear.${figure}.${agent.name}`,
      figure: title,
      title: agent.title,
      unit,
      published: agent[figure],
      simulated: estimateOf(result, metric),
      tolerance,
      kind: "calibrated",
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
    note: "Beside, not against: published with the judgement of experts on real agents. The population decides the value.",
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
  const ranks = [scores, byRatio].map(places);
  return {
    name: "published",
    title: "Composite of the published figures",
    note: "Weights .2 each. Cost and latency normalised by least and most of the six, as published; beside it by the least over the own, where the dearest agent does not decide what is dear.",
    columns: [
      { name: "agent", unit: "" },
      { name: "CNA", unit: "% per dollar" },
      { name: "cost per success", unit: "US dollars" },
      { name: "composite, min-max", unit: "0 to 1" },
      { name: "place", unit: "" },
      { name: "composite, least over own", unit: "0 to 1" },
      { name: "place, least over own", unit: "" },
      { name: "on the front of cost and efficacy", unit: "" },
    ],
    rows: AGENTS.map(({ title, efficacy, cost }, i) => [
      title,
      costNormalisedAccuracy(efficacy, cost),
      costPerSuccess(cost, efficacy),
      scores[i],
      ranks[0][i],
      byRatio[i],
      ranks[1][i],
      front[i] ? "yes" : "no",
    ]),
  };
}

const SIMULATED = [
  { name: "efficacy", unit: "share", metric: "success" },
  { name: "cost per success", unit: "US dollars", metric: "costPerSuccess" },
  { name: "latency", unit: "seconds", metric: "latency.mean" },
  { name: "on time", unit: "share", metric: "onTime" },
  { name: "policy adherence", unit: "share", metric: "policyAdherence" },
  { name: `pass^${RUNS}`, unit: "share", metric: `passHat${RUNS}` },
];

function simulatedTable(agents: readonly Simulated[]): StudyTable {
  return {
    name: "simulated",
    title: "The six agents as scenarios",
    note: "On time: within ten seconds, a service level of ours; the source publishes none.",
    columns: [{ name: "agent", unit: "" }, ...columnsOf(SIMULATED)],
    rows: agents.map(({ agent, result }) => [agent.title, ...cellsOf(SIMULATED, result)]),
  };
}

function spreadTable(): StudyTable {
  return {
    name: "spread",
    title: "Which mix of tasks each agent's reliability asks for",
    note: `Mean and standard deviation of the error log-odds over tasks which give efficacy and ${RUNS} successes in a row. Independent repeats: the ${RUNS}th power of the efficacy.`,
    columns: [
      { name: "agent", unit: "" },
      { name: "efficacy", unit: "share" },
      { name: "published reliability", unit: "share" },
      { name: "independent repeats", unit: "share" },
      { name: "spread needed", unit: "log-odds" },
      { name: "reliability with it", unit: "share" },
      { name: "verdict", unit: "" },
    ],
    rows: AGENTS.map(({ title, efficacy, reliability }) => {
      const mix = mixFor(efficacy, reliability);
      return [
        title,
        efficacy,
        reliability,
        power(efficacy, RUNS),
        mix.isReached ? mix.spread : null,
        mix.reliability,
        mix.isReached ? "possible" : "impossible: above the efficacy",
      ];
    }),
  };
}

/** The pair of agents whose ratio of costs, or of costs per success, is nearest to each of the claimed factors. */
function factorTable(): StudyTable {
  const amounts = [
    { name: "cost", of: ({ cost }: PublishedAgent) => cost },
    { name: "cost per success", of: ({ cost, efficacy }: PublishedAgent) => cost / efficacy },
  ];
  return {
    name: "factors",
    title: "Which agents cost 4.4 or 10.8 times as much as which",
    note: "The source gives both factors for agents that are chosen by accuracy alone, without saying of which pair. The nearest pair of its table stands here; a factor is met where the ratio rounds to it.",
    columns: [
      { name: "claimed factor", unit: "ratio" },
      { name: "of", unit: "" },
      { name: "nearest pair", unit: "" },
      { name: "ratio", unit: "ratio" },
      { name: "verdict", unit: "" },
    ],
    rows: COST_FACTORS.flatMap((factor) =>
      amounts.map(({ name, of }) => {
        const pairs = AGENTS.flatMap((a) =>
          AGENTS.map((b) => ({ pair: `${a.title} / ${b.title}`, ratio: of(a) / of(b) })),
        );
        const off = ({ ratio }: { ratio: number }) => Math.abs(ratio - factor);
        const nearest = pairs.reduce((best, one) => (off(one) < off(best) ? one : best));
        const verdict = off(nearest) <= 0.05 ? "met" : "met by no pair";
        return [factor, name, nearest.pair, nearest.ratio, verdict];
      }),
    ),
  };
}

// ---------------------------------------------------------------- the population

function correlationTable(tried: readonly Tried[], seed: string): StudyTable {
  const alike = alikeInEfficacy(tried);
  return {
    name: "correlations",
    title: "Rank correlation of lab figures with production success",
    note: `Spearman's ρ over ${tried.length} configurations, with 95 % bootstrap intervals. The last column takes the ${alike.length} whose efficacy is in the middle third. Cost and latency count the lower the better.`,
    columns: [
      { name: "lab figure", unit: "" },
      ...TRUTHS.map(({ title }) => ({ name: title, unit: "correlation" })),
      { name: "sustained success, alike in efficacy", unit: "correlation" },
    ],
    rows: PREDICTORS.map((predictor) => [
      predictor.title,
      ...TRUTHS.map((truth) => correlation(tried, predictor, truth, seed)),
      correlation(alike, predictor, TRUTHS[0], seed),
    ]),
  };
}

function architectureTable(tried: readonly Tried[]): StudyTable {
  const mean = (of: readonly Tried[], value: (one: Tried) => number | null) =>
    average(of.map((one) => value(one) ?? 0));
  return {
    name: "architectures",
    title: "The population by architecture",
    note: "Means over configurations.",
    columns: [
      { name: "architecture", unit: "" },
      { name: "efficacy in the lab", unit: "share" },
      { name: "cost", unit: "US dollars per task" },
      { name: "latency in the lab", unit: "seconds" },
      { name: "repeats after drift", unit: "share" },
      { name: "on time under load", unit: "share" },
      { name: "sustained success", unit: "share" },
    ],
    rows: ARCHITECTURES.map((architecture) => {
      const own = tried.filter((one) => one.architecture === architecture);
      return [
        architecture,
        mean(own, ({ lab }) => lab.efficacy),
        mean(own, ({ lab }) => lab.cost),
        mean(own, ({ lab }) => lab.latency),
        mean(own, ({ repeated }) => repeated),
        mean(own, ({ underLoad }) => underLoad),
        mean(own, ({ sustained }) => sustained),
      ];
    }),
  };
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
    series: ARCHITECTURES.map((architecture) => ({
      name: architecture,
      points: tried.flatMap(({ architecture: own, sustained }, i) => {
        const score = scores[i];
        return own === architecture && score !== null ? [{ x: score, y: sustained }] : [];
      }),
    })),
  };
}

function correlationFigure(tried: readonly Tried[], seed: string): StudyFigure {
  return {
    name: "correlations",
    title: "What tells production success: simulated and published",
    alt: "Correlation of efficacy alone, efficacy and cost, and all five dimensions with production success: simulated with intervals, and published beside.",
    kind: "dots",
    x: { title: "Lab figures" },
    y: { title: "Correlation with production success" },
    series: [
      {
        name: "correlation",
        points: COMPARED.flatMap((one) =>
          point(one.title, correlation(tried, one, TRUTHS[0], seed)),
        ),
      },
      {
        name: "correlation",
        isPublished: true,
        points: COMPARED.map(({ name, title }) => ({ x: title, y: CORRELATIONS[name] })),
      },
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
      series("one run", "success", ({ efficacy }) => efficacy),
      series(`${RUNS} runs in a row`, `passHat${RUNS}`, ({ reliability }) => reliability),
    ].flat(),
  };

  function series(name: string, metric: string, published: (agent: PublishedAgent) => number) {
    return [
      {
        name,
        points: agents.flatMap(({ agent, result }) =>
          point(agent.cost, estimateOf(result, metric)),
        ),
      },
      {
        name,
        isPublished: true,
        points: AGENTS.map((agent) => ({ x: agent.cost, y: published(agent) })),
      },
    ];
  }
}

// ---------------------------------------------------------------- the study

export const CLEAR = defineStudy({
  name: "clear",
  title: "CLEAR: cost, latency, efficacy, assurance, reliability",
  question: "Which figures of an agent tell whether it succeeds in production?",
  source: SOURCE,
  // Of every trial of the population.
  replications: 400,
  runs: (replications) => runsOf(trials(replications)) + runsOfPopulation(replications),
  run: async (under) => {
    const results = await under.simulate(trials(under.replications));
    const agents = AGENTS.map((agent) => ({ agent, result: resultsOf(results, agent.name)[0] }));
    const tried = await tryPopulation(under);
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
        architectureTable(tried),
      ],
      figures: [dotsFigure(tried), correlationFigure(tried, under.seed), costFigure(agents)],
    };
  },
});
