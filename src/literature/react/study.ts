// ReAct against plan-and-execute: how often must the world deviate from a plan before planning no longer pays?

import type { Overrides } from "../../documents/reading/overrides.ts";
import type { Difference, ScenarioResult } from "../../experiment/result.ts";
import { cell, cellsOf, columnsOf, point } from "../estimates.ts";
import { judged, type TargetResult } from "../judging.ts";
import { estimateOf, type Results, resultsOf, runsOf, type Trial } from "../simulate.ts";
import {
  defineStudy,
  type StudyCell,
  type StudyEstimate,
  type StudyFigure,
  type StudyTable,
} from "../study.ts";
import { range } from "../target.ts";
import { crossing, type DifferenceAt, logarithm } from "./crossing.ts";
import { CALLS, CLEAR } from "./published.ts";

const PROTOCOLS = ["react", "plan", "replan"] as const;
type Protocol = (typeof PROTOCOLS)[number];

const LABELS: Readonly<Record<Protocol, string>> = {
  react: "ReAct",
  plan: "plan and execute",
  replan: "plan, look, replan",
};

/** What is swept: `task.deviation`. */
const DEVIATIONS = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5] as const;

/** Where the query needs adaptation, for the target: nearly a third of the steps. */
const ADAPTATION = 0.3;

/** The shipped task, and one that is longer than the turns of one agent. */
const TASKS = [
  { name: "short", title: "the support task", changes: {} },
  {
    name: "long",
    title: "a task of twelve steps",
    changes: { "task.graph.size": 12, "task.graph.spread": 3, "task.graph.limit": 24 },
  },
] as const satisfies readonly { name: string; title: string; changes: Overrides }[];
type Task = (typeof TASKS)[number];

/** Each protocol against ReAct, and replanning against following the plan to its end. */
const BASELINES = [
  { baseline: "react", protocols: PROTOCOLS },
  { baseline: "plan", protocols: ["plan", "replan"] },
] as const satisfies readonly { baseline: Protocol; protocols: readonly Protocol[] }[];

// ---------------------------------------------------------------- trials

const trials = (replications: number): Trial[] =>
  TASKS.flatMap((task) =>
    DEVIATIONS.flatMap((deviation) =>
      BASELINES.map(({ baseline, protocols }) => ({
        name: trialName(task, deviation, baseline),
        scenarios: protocols.map((one) => ({
          file: `react/${one}.yaml`,
          changes: { ...task.changes, "task.deviation": deviation },
        })),
        baseline,
        replications,
      })),
    ),
  );

const trialName = ({ name }: Task, deviation: number, baseline: Protocol) =>
  `${name}/${deviation}/${baseline}`;

function resultOf(
  results: Results,
  task: Task,
  deviation: number,
  protocol: Protocol,
  baseline: Protocol = "react",
): ScenarioResult {
  const trial = resultsOf(results, trialName(task, deviation, baseline));
  return trial.find(({ name }) => name === protocol) as ScenarioResult;
}

function successDifference(...of: Parameters<typeof resultOf>): StudyEstimate {
  const differences = resultOf(...of).differences as Readonly<Record<string, Difference>>;
  return cell(differences.success);
}

function logCostRatio(...of: Parameters<typeof resultOf>): StudyEstimate {
  return logarithm(estimateOf(resultOf(...of), "relativeCostPerSuccess"));
}

// ---------------------------------------------------------------- targets

function targetsOf(results: Results): TargetResult[] {
  const [task] = TASKS;
  const { from, to } = CALLS.react;
  return [
    judged({
      id: "react.calls.react",
      figure: "calls",
      title: "ReAct",
      unit: "calls per task",
      published: (from + to) / 2,
      simulated: estimateOf(resultOf(results, task, 0, "react"), "turns"),
      tolerance: range(from, to),
      kind: "calibrated",
      source: CALLS.source,
      definition: "mean turns of react.yaml; deviation does not matter",
      note: "The mean number of steps was chosen so that this is 6.",
    }),
    judged({
      id: "react.calls.plan",
      figure: "calls",
      title: "plan and execute",
      unit: "calls per task",
      published: (CALLS.plan.from + CALLS.plan.to) / 2,
      simulated: estimateOf(resultOf(results, task, 0, "plan"), "turns"),
      tolerance: range(CALLS.plan.from, CALLS.plan.to),
      kind: "predicted",
      source: CALLS.source,
      definition: "mean turns of plan.yaml: one to plan, and the others two steps each",
    }),
    judged({
      id: "react.adaptation",
      figure: "adaptation",
      title: "planning fails where the plan did not foresee what is needed",
      unit: "share",
      published: 0,
      simulated: successDifference(results, task, ADAPTATION, "plan"),
      tolerance: range(null, 0),
      kind: "predicted",
      source: CALLS.source,
      definition: `success of plan.yaml less that of react.yaml, paired, where ${ADAPTATION * 100} % of the steps deviate`,
      note: "The source gives the direction alone: below 0.",
    }),
    judged({
      id: "react.costPerSuccess",
      figure: "cost per success",
      title: "plan and execute relative to ReAct",
      unit: "ratio",
      published: CLEAR.plan.cost / CLEAR.plan.efficacy / (CLEAR.react.cost / CLEAR.react.efficacy),
      simulated: estimateOf(resultOf(results, task, 0, "plan"), "relativeCostPerSuccess"),
      tolerance: null,
      kind: "predicted",
      source: CLEAR.source,
      definition: "(cost / S) of plan.yaml by that of react.yaml, where nothing deviates",
      note: "Our arithmetic on the published costs and efficacies of ReAct-GPT4 and Plan-Execute.",
    }),
  ];
}

// ---------------------------------------------------------------- tables

const COLUMNS = [
  { name: "success", unit: "share", metric: "success" },
  { name: "calls", unit: "calls per task", metric: "turns" },
  { name: "overhead tokens", unit: "tokens per task", metric: "overheadTokens" },
  { name: "cost", unit: "US dollars per task", metric: "cost" },
  { name: "cost per success", unit: "US dollars", metric: "costPerSuccess" },
  { name: "latency p50", unit: "seconds", metric: "latency.p50" },
  { name: "latency p95", unit: "seconds", metric: "latency.p95" },
  { name: "not foreseen", unit: "claims per task", metric: "faults.unforeseen" },
  { name: "left undone", unit: "claims per task", metric: "missingClaims" },
] as const;

function sweepTable(task: Task, results: Results): StudyTable {
  return {
    name: task.name,
    title: `Three protocols on ${task.title}`,
    columns: [
      { name: "deviation", unit: "share" },
      { name: "protocol", unit: "" },
      ...columnsOf(COLUMNS),
    ],
    rows: DEVIATIONS.flatMap((deviation) =>
      PROTOCOLS.map((protocol) => [
        deviation,
        LABELS[protocol],
        ...cellsOf(COLUMNS, resultOf(results, task, deviation, protocol)),
      ]),
    ),
  };
}

/** Pairs of protocols that may cross. */
const PAIRS = [
  ["plan", "react"],
  ["replan", "react"],
  ["replan", "plan"],
] as const satisfies readonly (readonly [Protocol, Protocol])[];

/** What is compared: how much more of it a protocol has than another, 0 where they are equal. */
const COMPARED = [
  { name: "success", isMoreBetter: true, difference: successDifference },
  { name: "cost per success", isMoreBetter: false, difference: logCostRatio },
] as const;
type Compared = (typeof COMPARED)[number];

function crossingTable(results: Results): StudyTable {
  return {
    name: "crossings",
    title: "Where two protocols cross",
    note: "The deviation at which the better of two protocols becomes the worse one, with an interval; without a value they do not cross between 0 and the largest deviation of the sweep.",
    columns: [
      { name: "task", unit: "" },
      { name: "of", unit: "" },
      { name: "protocol", unit: "" },
      { name: "against", unit: "" },
      { name: "crossing", unit: "deviation" },
      { name: "better at the least deviation", unit: "" },
      { name: "better at the largest", unit: "" },
    ],
    rows: TASKS.flatMap((task) =>
      COMPARED.flatMap((figure) => PAIRS.map((pair) => crossingRow(results, task, figure, pair))),
    ),
  };
}

function crossingRow(
  results: Results,
  task: Task,
  { name, isMoreBetter, difference }: Compared,
  [protocol, baseline]: (typeof PAIRS)[number],
): StudyCell[] {
  const points = DEVIATIONS.map((x) => ({
    x,
    difference: difference(results, task, x, protocol, baseline),
  }));
  const better = ({ difference: { mean, ci } }: DifferenceAt) => {
    const isSeen = mean !== null && (ci[0] ?? -1) * (ci[1] ?? 1) > 0;
    return isSeen ? LABELS[mean > 0 === isMoreBetter ? protocol : baseline] : "neither";
  };
  return [
    task.title,
    name,
    LABELS[protocol],
    LABELS[baseline],
    crossing(points),
    better(points[0]),
    better(points[points.length - 1]),
  ];
}

// ---------------------------------------------------------------- figures

function figuresOf(task: Task, results: Results): StudyFigure[] {
  const lines = (metric: string) =>
    PROTOCOLS.map((protocol) => ({
      name: LABELS[protocol],
      points: DEVIATIONS.flatMap((x) =>
        point(x, estimateOf(resultOf(results, task, x, protocol), metric)),
      ),
    }));
  const x = { title: "deviation (share of the steps that the plan does not foresee)" };
  return [
    {
      name: `${task.name}-success`,
      title: `Success over deviation, ${task.title}`,
      alt: `Success of ReAct, planning and replanning on ${task.title}, over the share of steps that a plan does not foresee: ReAct stays level, planning falls steeply, replanning in between.`,
      kind: "lines",
      x,
      y: { title: "success (share)" },
      series: lines("success"),
    },
    {
      name: `${task.name}-cost`,
      title: `Cost per success over deviation, ${task.title}`,
      alt: `Cost of a successful task with ReAct, planning and replanning on ${task.title}, over the share of steps that a plan does not foresee: ReAct stays level, planning begins below it and rises above it.`,
      kind: "lines",
      x,
      y: { title: "cost per success (US dollars)", scale: "log" },
      series: lines("costPerSuccess"),
    },
  ];
}

// ---------------------------------------------------------------- the study

export const REACT = defineStudy({
  name: "react",
  title: "ReAct against plan-and-execute",
  question: "How often may the world deviate from a plan before acting step by step is better?",
  source: `${CALLS.source}; ${CLEAR.source}`,
  replications: 8_000,
  runs: (replications) => runsOf(trials(replications)),
  run: async ({ replications, simulate }) => {
    const results = await simulate(trials(replications));
    return {
      targets: targetsOf(results),
      tables: [...TASKS.map((task) => sweepTable(task, results)), crossingTable(results)],
      figures: TASKS.flatMap((task) => figuresOf(task, results)),
    };
  },
});
