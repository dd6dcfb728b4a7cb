// CLEAR: five dimensions of an agent instead of one, and which of them tells success in production.
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
import { point } from "../estimates.ts";
import { judged, type TargetResult } from "../judging.ts";
import { estimateOf, resultsOf, shipped, simulate, type Trial } from "../simulate.ts";
import type {
  Study,
  StudyCell,
  StudyFigure,
  StudyOptions,
  StudyResult,
  StudyTable,
} from "../study.ts";
import type { Tolerance } from "../target.ts";
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

const NAME = "clear";

/** Of every trial of the population. */
const REPLICATIONS = 400;

/** The six agents are cheap to run and are held against figures of three digits. */
const AGENT_FACTOR = 200;

export const CLEAR: Study = {
  name: NAME,
  title: "CLEAR: cost, latency, efficacy, assurance, reliability",
  question: "Which figures of an agent tell whether it succeeds in production?",
  source: SOURCE,
  replications: REPLICATIONS,
  runs: (replications) =>
    AGENTS.length * AGENT_FACTOR * replications + runsOfPopulation(replications),
  run,
  mechanism: [
    "**The table as scenarios.** Each of the six agents is a file with five inputs: an error rate and a spread of difficulty that together give efficacy and reliability, a price, a latency, and a rate of violations. Everything that the source derives from these (cost-normalised accuracy, the composite, its ranking, the Pareto front) is computed again, from the printed values and from the simulated ones.",
    "**Assurance** is an error of its own kind. `task.policyCritical` is the share of claims that are actions a policy is about; `models.NAME.violation` is the chance that such an action violates it each time it is taken, whether it is right or wrong; `agents.NAME.checks.guard` looks at each before it takes effect, and what it stops, rightly or not, is to be made again and costs turns. Policy adherence is 1 - violations / policy-critical actions.",
    `**Reliability** is the chance that ${RUNS} runs of one task all succeed. Repeats of a task share its difficulty, so that a spread of difficulty raises it above the ${RUNS}th power of the efficacy; the study solves which spread each agent would need (one claim a task, error log-odds normal over tasks).`,
    `**Which figure tells production success?** ${POPULATION} configurations are drawn from the seed: four architectures (one agent; with a reviewer; three that vote; an orchestrator with two workers) with error rate, spread, checks, guard, violations, price, latency, drift and call failures at random. Each is measured in the lab as a benchmark would: fresh, one task at a time, every task once, and a few tasks ${RUNS} times. Then it is put into production: two months of drift later, under a stream of tasks, with a service level of a minute. The median configuration is then at work a third of the time (in a rush, as one more column, most of it). Sustained success is the chance that ${RUNS} repeats of a task succeed after the drift, times the share of successes that are on time under load. Lab and production share no draws. Spearman's rank correlation compares how the lab's figures order the configurations with how production does.`,
  ],
  limits: [
    "Efficacy, cost, latency, adherence and reliability of the six agents are inputs. That they come out again says that the arithmetic and the metrics agree with the source's definitions, nothing of the agents.",
    "The source contradicts itself where a table says so: one agent's reliability is above its efficacy, which no mix of tasks allows if both were measured on the same tasks and runs (the source takes 300 tasks for one and 60 for the other); neither of the two factors by which agents chosen for accuracy are said to cost more is a ratio of two agents of its table.",
    "The correlations are no test of the published ones. There, fifteen experts judged six agents; here, simulated success orders simulated configurations. The order of the three predictors is a property of the population: which parameters differ between agents, how far, and what counts as production success decide it, as the table of other truths shows. Were all agents equally fast, latency would tell nothing; were dear models better, cost would count against what is good. Price is drawn apart from quality here, so that adding cost can only add noise to a prediction of success. An expert who holds cost or violations against an agent judges something that sustained success does not contain.",
    "What the study does show: a figure can tell of production only what the lab let it see. Efficacy sees neither queues nor repeats; each further dimension helps exactly as far as production depends on what it measures. Among agents that are alike in efficacy, as the six published ones are, efficacy tells next to nothing.",
    "From 60 % on one run to 25 % on eight: that claim is quoted by the source from τ-bench, and predicted from its figures by `faultline reproduce taubench`.",
  ],
};

async function run(options: StudyOptions = {}): Promise<StudyResult> {
  const { replications = REPLICATIONS, seed = NAME, onProgress, signal, jobs } = options;
  const work = (AGENTS.length * AGENT_FACTOR * replications) / CLEAR.runs(replications);
  const trials = await Promise.all(AGENTS.map((agent) => trialOf(agent, replications)));
  const results = await simulate(trials, {
    seed,
    signal,
    jobs,
    onProgress: (share) => onProgress?.(work * share),
  });
  const agents = AGENTS.map((agent) => ({
    agent,
    result: resultsOf(results, agent.name)[0],
  }));
  const tried = await tryPopulation(replications, {
    seed,
    signal,
    jobs,
    onProgress: (share) => onProgress?.(work + (1 - work) * share),
  });
  return {
    study: NAME,
    seed,
    replications,
    interrupted: false,
    targets: [
      ...agents.map(({ agent }) => cnaTarget(agent)),
      ...agents.flatMap(inputTargets),
      ...COMPARED.map((one) => correlationTarget(one, tried, seed)),
    ],
    tables: [
      publishedTable(),
      simulatedTable(agents),
      spreadTable(),
      factorTable(),
      correlationTable(tried, seed),
      architectureTable(tried),
    ],
    figures: [dotsFigure(tried), correlationFigure(tried, seed), costFigure(agents)],
  };
}

interface Simulated {
  readonly agent: PublishedAgent;
  readonly result: ScenarioResult;
}

async function trialOf({ name }: PublishedAgent, replications: number): Promise<Trial> {
  return {
    name,
    scenarios: [await shipped(`clear/${name}.yaml`)],
    replications: AGENT_FACTOR * replications,
  };
}

// ---------------------------------------------------------------- targets

const exactly = (mean: number | null): MetricValue => ({ mean, ci: [mean, mean] });

/** Half a unit of the last digit that is printed. */
const ROUNDING: Tolerance = { kind: "absolute", within: 0.05 + 1e-9 };

function cnaTarget({ name, title, efficacy, cost, cna }: PublishedAgent): TargetResult {
  const note = CNA_NOTES[name];
  return judged({
    id: `clear.cna.${name}`,
    figure: "Cost-normalised accuracy",
    title,
    unit: "% a dollar",
    published: cna,
    publishedCi: null,
    simulated: exactly(costNormalisedAccuracy(efficacy, cost)),
    tolerance: ROUNDING,
    kind: "predicted",
    source: TABLE,
    definition: "Printed efficacy in percent over printed cost: arithmetic, not simulated.",
    ...(note === undefined ? {} : { note }),
  });
}

/** Figures that are inputs of the scenarios, and should come out again. */
const INPUTS = [
  {
    figure: "efficacy",
    title: "Efficacy",
    unit: "share",
    metric: "success",
    within: { kind: "absolute", within: 0.015 },
  },
  {
    figure: "cost",
    title: "Cost",
    unit: "US dollars a task",
    metric: "cost",
    within: { kind: "relative", within: 0.001 },
  },
  {
    figure: "latency",
    title: "Latency",
    unit: "seconds",
    metric: "latency.mean",
    within: { kind: "relative", within: 0.01 },
  },
  {
    figure: "adherence",
    title: "Policy adherence",
    unit: "share",
    metric: "policyAdherence",
    within: { kind: "absolute", within: 0.005 },
  },
  {
    figure: "reliability",
    title: `${RUNS} successes in a row`,
    unit: "share",
    metric: `passHat${RUNS}`,
    within: { kind: "absolute", within: 0.015 },
  },
] as const;

function inputTargets({ agent, result }: Simulated): TargetResult[] {
  return INPUTS.map(({ figure, title, unit, metric, within }) => {
    const isImpossible = figure === "reliability" && agent.reliability > agent.efficacy;
    return judged({
      id: `clear.${figure}.${agent.name}`,
      figure: title,
      title: agent.title,
      unit,
      published: agent[figure],
      publishedCi: null,
      simulated: estimateOf(result, metric),
      tolerance: within,
      kind: "calibrated",
      source: TABLE,
      definition: `Metric ${metric} of scenarios/clear/${agent.name}.yaml, whose parameters were chosen to give it.`,
      ...(isImpossible
        ? {
            note: `Impossible on one mix of tasks: ${RUNS} runs in a row succeed no more often than one. The scenario has the largest spread of difficulty there is.`,
          }
        : {}),
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
    publishedCi: null,
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
      { name: "CNA", unit: "% a dollar" },
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

function simulatedTable(agents: readonly Simulated[]): StudyTable {
  const metrics = [
    "success",
    "costPerSuccess",
    "latency.mean",
    "onTime",
    "policyAdherence",
    `passHat${RUNS}`,
  ];
  return {
    name: "simulated",
    title: "The six agents as scenarios",
    note: "On time: within ten seconds, a service level of ours; the source publishes none.",
    columns: [
      { name: "agent", unit: "" },
      { name: "efficacy", unit: "share" },
      { name: "cost per success", unit: "US dollars" },
      { name: "latency", unit: "seconds" },
      { name: "on time", unit: "share" },
      { name: "policy adherence", unit: "share" },
      { name: `pass^${RUNS}`, unit: "share" },
    ],
    rows: agents.map(({ agent, result }) => [
      agent.title,
      ...metrics.map((name): StudyCell => estimateOf(result, name)),
    ]),
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
      { name: "cost", unit: "US dollars a task" },
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
    alt: `Efficacy and the share of ${RUNS} successes in a row of the six agents against their cost a task, simulated and published.`,
    kind: "dots",
    x: { title: "Cost, US dollars a task", scale: "log" },
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
