// Demo day against production: what was seen when one request at a time met a fresh model whose calls never fail, and
// what comes when calls fail, requests queue and the model drifts; one after the other, to see what each of them takes.
import { cell, quotient, scaled } from "../estimates.ts";
import { type Column, pairs, seriesOf, tableOf } from "../show.ts";
import { estimateIn, type Results, type Trial } from "../simulate.ts";
import type { StudyEstimate, StudyFigure, StudyTable } from "../study.ts";
import {
  ARCHITECTURES,
  type Architecture,
  type Capacities,
  intervalAt,
  LOADS,
  PRODUCTION,
  stream,
  streams,
} from "./load.ts";

/** Days since the model was validated: half of a quarter. */
const AGE = 45;

const ONE_BY_ONE = { workload: { arrivals: "one" }, repeats: 1 };
/** A time-out that no call reaches. */
const NO_FAILURES = { "models.base.failure": 0, "models.base.timeout": "1d" };

export const STEPS = [
  "demo day",
  "and calls fail",
  "and requests queue",
  "and the model drifts",
] as const;
/** The step that is the load of production, which the trials of all loads simulate. */
const QUEUES = 2;
const trialOf = (architecture: Architecture, step: number) =>
  step === QUEUES ? architecture : `${architecture}, ${STEPS[step]}`;
const placeOf = (step: number) => (step === QUEUES ? LOADS.indexOf(PRODUCTION) : 0);

export function demoTrials(perHour: Capacities, replications: number): Trial[] {
  return ARCHITECTURES.flatMap((one) => {
    const file = `operation/${one}.yaml`;
    const interval = intervalAt(PRODUCTION, perHour.get(one) as number);
    const drifting = stream(one, interval, { "models.base.age": AGE });
    return [
      { step: 0, scenario: { file, changes: { ...ONE_BY_ONE, ...NO_FAILURES } }, replications },
      { step: 1, scenario: { file, changes: ONE_BY_ONE }, replications },
      { step: 3, scenario: drifting, ...streams(replications) },
    ].map(({ step, scenario, ...size }) => ({
      name: trialOf(one, step),
      scenarios: [scenario],
      ...size,
    }));
  });
}

function estimates(results: Results, one: Architecture, step: number) {
  const of = (metric: string) =>
    cell(estimateIn(results, trialOf(one, step), metric, placeOf(step)));
  return {
    success: of("success"),
    onTime: of("onTime"),
    successOnTime: of("successOnTime"),
    p95: of("latency.p95"),
    cost: of("cost"),
    costPerSuccess: of("costPerSuccess"),
    costPerSuccessOnTime: quotient(of("cost"), of("successOnTime")),
  };
}

/** By how much more a success costs than the demo let expect, in percent. */
function overrun(results: Results, one: Architecture, step: number): StudyEstimate | null {
  if (step === 0) return null;
  const [demo, now] = [0, step].map((i) => estimates(results, one, i).costPerSuccessOnTime);
  const { mean, ci } = scaled(quotient(now, demo), 100);
  const less = (x: number | null) => (x === null ? null : x - 100);
  return { mean: less(mean), ci: [less(ci[0]), less(ci[1])] };
}

export function demoTable(results: Results): StudyTable {
  const rows = pairs(ARCHITECTURES, [...STEPS.entries()]).map(([one, [step, name]]) => ({
    ...{ one, name, ...estimates(results, one, step) },
    overrun: overrun(results, one, step),
  }));
  type Row = (typeof rows)[number];
  const measures: Column<Row>[] = [
    ["success", "share", ({ success }) => success],
    ["on time", "share", ({ onTime }) => onTime],
    ["success on time", "share", ({ successOnTime }) => successOnTime],
    ["p95", "seconds", ({ p95 }) => p95],
    ["cost", "US dollars per request", ({ cost }) => cost],
    ["cost per success", "US dollars", ({ costPerSuccess }) => costPerSuccess],
    ["cost per success on time", "US dollars", (row) => row.costPerSuccessOnTime],
    ["overrun", "%", ({ overrun }) => overrun],
  ];
  return tableOf(
    {
      name: "demo",
      title: "Demo day against production, step by step",
      note: `Each step keeps what the steps before it added. Requests queue at ${100 * PRODUCTION} % of the capacity of the bottleneck. The model drifts for ${AGE} days.`,
    },
    rows,
    [["architecture", "", ({ one }) => one], ["step", "", ({ name }) => name], ...measures],
  );
}

const MEASURES = [
  ["success", "success"],
  ["success on time", "successOnTime"],
  ["latency p95", "p95"],
  ["cost per success", "costPerSuccess"],
  ["cost per success on time", "costPerSuccessOnTime"],
] as const;

export function demoFigure(results: Results): StudyFigure {
  const last = STEPS.length - 1;
  return {
    name: "demo",
    title: "Demo day against production",
    alt: "For each architecture, what production does relative to the demo: less success, less of it on time, longer latencies and a higher cost for every success.",
    kind: "dots",
    x: { title: "" },
    y: { title: "Production / demo", scale: "log" },
    series: ARCHITECTURES.map((one) => {
      const [demo, production] = [0, last].map((step) => estimates(results, one, step));
      return seriesOf(one, MEASURES, ([name, key]) => [name, quotient(production[key], demo[key])]);
    }),
  };
}
