// ReAct against plan-and-execute: how often must the world deviate from a plan before planning no longer pays?
//
// What its figures show: nothing that could fail. The steps of the task were set such that ReAct makes six calls, which
// makes its calls an identity. The other figures follow from the structure of a plan: two steps in a call, a step that
// deviates always lost, and, where nothing deviates, half the calls for the same success. The study is about where the
// protocols cross, of which nothing is published.

import type { Overrides } from "../../documents/reading/overrides.ts";
import type { Difference, ScenarioResult } from "../../experiment/result.ts";
import { ablationPart } from "../ablation.ts";
import { cell } from "../estimates.ts";
import { judgedAll, type TargetResult } from "../judging.ts";
import { metricColumns, pairs, seriesOf, tableOf } from "../show.ts";
import { estimateOf, type Results, resultsOf, runsOf, type Trial } from "../simulate.ts";
import { defineStudy, type StudyEstimate, type StudyFigure, type StudyTable } from "../study.ts";
import { between, range } from "../target.ts";
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
  pairs(pairs(TASKS, DEVIATIONS), BASELINES).map(
    ([[task, deviation], { baseline, protocols }]) => ({
      name: trialName(task, deviation, baseline),
      scenarios: protocols.map((one) => ({
        file: `react/${one}.yaml`,
        changes: { ...task.changes, "task.deviation": deviation },
      })),
      baseline,
      replications,
    }),
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
  const calls = { figure: "calls", unit: "calls per task" };
  const estimate = (protocol: Protocol, metric: string) =>
    estimateOf(resultOf(results, task, 0, protocol), metric);
  return judgedAll({ kind: "structural", source: CALLS.source }, [
    {
      ...calls,
      ...between(CALLS.react),
      id: "react.calls.react",
      title: "ReAct",
      simulated: estimate("react", "turns"),
      kind: "identity",
      definition: "mean turns of react.yaml; deviation does not matter",
      note: "We chose the mean number of steps so that this is 6.",
    },
    {
      ...calls,
      ...between(CALLS.plan),
      id: "react.calls.plan",
      title: "plan and execute",
      simulated: estimate("plan", "turns"),
      definition: "mean turns of plan.yaml: one to plan, and the others two steps each",
    },
    {
      id: "react.adaptation",
      figure: "adaptation",
      title: "planning fails where the plan did not foresee what is needed",
      unit: "share",
      published: 0,
      simulated: successDifference(results, task, ADAPTATION, "plan"),
      tolerance: range(null, 0, "published"),
      definition: `success of plan.yaml less that of react.yaml, paired, where ${ADAPTATION * 100} % of the steps deviate`,
      note: "The source gives only the direction: below 0.",
    },
    {
      id: "react.costPerSuccess",
      figure: "cost per success",
      title: "plan and execute relative to ReAct",
      unit: "ratio",
      published: CLEAR.plan.cost / CLEAR.plan.efficacy / (CLEAR.react.cost / CLEAR.react.efficacy),
      simulated: estimate("plan", "relativeCostPerSuccess"),
      tolerance: null,
      source: CLEAR.source,
      definition: "(cost / S) of plan.yaml by that of react.yaml, where nothing deviates",
      note: "Our arithmetic on the published costs and efficacies of ReAct-GPT4 and Plan-Execute.",
    },
  ]);
}

// ---------------------------------------------------------------- tables

const COLUMNS = [
  ["success", "share", "success"],
  ["calls", "calls per task", "turns"],
  ["overhead tokens", "tokens per task", "overheadTokens"],
  ["cost", "US dollars per task", "cost"],
  ["cost per success", "US dollars", "costPerSuccess"],
  ["latency p50", "seconds", "latency.p50"],
  ["latency p95", "seconds", "latency.p95"],
  ["not foreseen", "claims per task", "faults.unforeseen"],
  ["left undone", "claims per task", "missingClaims"],
] as const;

function sweepTable(task: Task, results: Results): StudyTable {
  return tableOf(
    { name: task.name, title: `Three protocols on ${task.title}` },
    pairs(DEVIATIONS, PROTOCOLS),
    [
      ["deviation", "share", ([deviation]) => deviation],
      ["protocol", "", ([, protocol]) => LABELS[protocol]],
      ...metricColumns<readonly [number, Protocol]>(COLUMNS, ([deviation, protocol]) =>
        resultOf(results, task, deviation, protocol),
      ),
    ],
  );
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
  const crossings = pairs(pairs(TASKS, COMPARED), PAIRS).map(([[task, compared], pair]) => {
    const [protocol, baseline] = pair;
    const points = DEVIATIONS.map((x) => ({
      x,
      difference: compared.difference(results, task, x, protocol, baseline),
    }));
    return { task, compared, pair, points };
  });
  const [least, largest] = [0, DEVIATIONS.length - 1];
  return tableOf(
    {
      name: "crossings",
      title: "Where two protocols cross",
      note: "The crossing is the deviation at which the better of two protocols becomes the worse one. It is undefined if they do not cross within the sweep.",
    },
    crossings,
    [
      ["task", "", ({ task }) => task.title],
      ["of", "", ({ compared }) => compared.name],
      ["protocol", "", ({ pair }) => LABELS[pair[0]]],
      ["against", "", ({ pair }) => LABELS[pair[1]]],
      ["crossing", "deviation", ({ points }) => crossing(points)],
      ["better at the least deviation", "", (one) => better(one.points[least], one)],
      ["better at the largest", "", (one) => better(one.points[largest], one)],
    ],
  );
}

/** Which of two protocols is better, where their difference is seen. */
function better(
  { difference: { mean, ci } }: DifferenceAt,
  { compared, pair }: { compared: Compared; pair: (typeof PAIRS)[number] },
): string {
  const isSeen = mean !== null && (ci[0] ?? -1) * (ci[1] ?? 1) > 0;
  return isSeen ? LABELS[pair[mean > 0 === compared.isMoreBetter ? 0 : 1]] : "neither";
}

// ---------------------------------------------------------------- figures

function figuresOf(task: Task, results: Results): StudyFigure[] {
  const lines = (metric: string) =>
    PROTOCOLS.map((protocol) =>
      seriesOf(LABELS[protocol], DEVIATIONS, (x) => [
        x,
        estimateOf(resultOf(results, task, x, protocol), metric),
      ]),
    );
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

const ABLATED = TASKS.map(({ name, changes }) => ({
  name,
  scenarios: PROTOCOLS.map((one) => ({ name: one, file: `react/${one}.yaml`, changes })),
  baseline: "react",
}));

export const REACT = defineStudy({
  name: "react",
  title: "ReAct against plan-and-execute",
  question: "How often must the world deviate from a plan before acting step by step is better?",
  source: `${CALLS.source}; ${CLEAR.source}`,
  replications: 4096,
  runs: (replications) => runsOf(trials(replications)),
  run: async ({ replications, simulate }) => {
    const results = await simulate(trials(replications));
    return {
      targets: targetsOf(results),
      tables: [...TASKS.map((task) => sweepTable(task, results)), crossingTable(results)],
      figures: TASKS.flatMap((task) => figuresOf(task, results)),
    };
  },
  ablations: ablationPart(ABLATED),
});
