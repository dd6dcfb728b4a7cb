// One model for all, routers and cascades on one mix of tasks: as all works, and as something goes wrong with a model.
import type { Overrides } from "../../documents/reading/overrides.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { cellsOf, columnsOf, point } from "../estimates.ts";
import { estimateIn, type Results, resultsOf, type Trial } from "../simulate.ts";
import type { StudyFigure, StudyTable } from "../study.ts";

const ARCHITECTURES: readonly (readonly [file: string, title: string])[] = [
  ["single", "frontier for all"],
  ["single-mid", "mid for all"],
  ["single-small", "small for all"],
  ["router", "router"],
  ["router-fallback", "router with a fallback of another vendor"],
  ["cascade", "cascade"],
  ["cascade-two-families", "cascade, judge of another family"],
];

/** Accuracies of the router; the first is that of a guess among three. */
const ACCURACIES = [1 / 3, 0.5, 0.7, 0.9, 1];

/** By how much a silent regression multiplies the error odds. */
const REGRESSION = 8;
/** Share of the claims on which all models of the vendor share one draw. */
const BLIND_SPOT = 0.6;

/** What goes wrong. Applied to the models that a scenario has. */
const CONDITIONS: readonly (readonly [title: string, changes: (of: Scenario) => Overrides])[] = [
  ["all works", () => ({})],
  ["outage of the frontier model", (of) => outage(of, "frontier")],
  ["outage of the small model", (of) => outage(of, "small")],
  ["silent regression of the frontier model", (of) => regression(of, "frontier")],
  ["silent regression of the small model", (of) => regression(of, "small")],
  ["blind spot of a vendor", blindSpot],
];

const outage = ({ models }: Scenario, model: string): Overrides =>
  model in models ? { [`models.${model}.failure`]: 1 } : {};

function regression({ models }: Scenario, model: string): Overrides {
  if (!(model in models)) return {};
  const { errorRate } = models[model];
  const odds = (REGRESSION * errorRate) / (1 - errorRate);
  return { [`models.${model}.errorRate`]: odds / (1 + odds) };
}

function blindSpot({ models }: Scenario): Overrides {
  const ofVendor = Object.keys(models).filter((name) => models[name].family === "vendor");
  return Object.fromEntries(ofVendor.map((name) => [`models.${name}.commonCause`, BLIND_SPOT]));
}

const trialName = (file: string, condition: string) => `${file}/${condition}`;
const accuracyName = (accuracy: number) => `router/accuracy/${accuracy}`;

export function architectureTrials(replications: number): Trial[] {
  const all = ARCHITECTURES.flatMap(([file]) =>
    CONDITIONS.map(([condition, changes]) => ({
      name: trialName(file, condition),
      scenarios: [{ file: `routing/${file}.yaml`, changes }],
      replications,
    })),
  );
  const swept = ACCURACIES.map((accuracy) => ({
    name: accuracyName(accuracy),
    scenarios: [{ file: "routing/router.yaml", changes: { "parameters.accuracy": accuracy } }],
    replications,
  }));
  return [...all, ...swept];
}

const COLUMNS = [
  { name: "success", unit: "share", metric: "success" },
  { name: "cost", unit: "US dollars per task", metric: "cost" },
  { name: "cost per success", unit: "US dollars", metric: "costPerSuccess" },
  { name: "latency p95", unit: "seconds", metric: "latency.p95" },
  { name: "escalated", unit: "share", metric: "escalated" },
];

export function architectureTables(results: Results): StudyTable[] {
  return [
    {
      name: "architectures",
      title: "One model, routers and cascades, as all works and as something goes wrong",
      note: `A silent regression multiplies the error odds by ${REGRESSION}. A blind spot is on ${100 * BLIND_SPOT} % of the claims. Where an architecture does not use the model that fails, its row is as before.`,
      columns: [
        { name: "condition", unit: "" },
        { name: "architecture", unit: "" },
        ...columnsOf(COLUMNS),
      ],
      rows: CONDITIONS.flatMap(([condition]) =>
        ARCHITECTURES.map(([file, title]) => [
          condition,
          title,
          ...cellsOf(COLUMNS, resultsOf(results, trialName(file, condition))[0]),
        ]),
      ),
    },
    {
      name: "accuracy",
      title: "The router, by how many classes it recognises",
      columns: [{ name: "accuracy", unit: "share" }, ...columnsOf(COLUMNS)],
      rows: ACCURACIES.map((accuracy) => [
        accuracy,
        ...cellsOf(COLUMNS, resultsOf(results, accuracyName(accuracy))[0]),
      ]),
    },
  ];
}

export function architectureFigure(results: Results): StudyFigure {
  const pointOf = (name: string) => {
    const of = (metric: string) => estimateIn(results, name, metric);
    return point(of("cost").mean as number, of("success"));
  };
  const [works] = CONDITIONS[0];
  return {
    name: "cost",
    title: "Success against cost, as all works",
    alt: "Success over cost per task of one model for all, routers of several accuracies, and cascades. Routers and cascades reach most of the frontier model's success at a part of its cost.",
    kind: "dots",
    x: { title: "Cost (US dollars per task)", scale: "log" },
    y: { title: "Success (share)" },
    series: [
      ...ARCHITECTURES.filter(([file]) => !file.startsWith("router")).map(([file, title]) => ({
        name: title,
        points: pointOf(trialName(file, works)),
      })),
      {
        name: "router, by accuracy",
        points: ACCURACIES.flatMap((accuracy) => pointOf(accuracyName(accuracy))),
      },
    ],
  };
}
