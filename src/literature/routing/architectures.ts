// One model for all, routers and cascades on one mix of tasks: as all works, and as something goes wrong with a model.
import type { ScenarioResult } from "../../experiment/result.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { point } from "../estimates.ts";
import { estimateOf, type Results, resultsOf, shipped, type Trial } from "../simulate.ts";
import type { StudyCell, StudyFigure, StudyTable } from "../study.ts";

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

type Changes = Record<string, unknown>;

/** What goes wrong. Applied to the models that a scenario has. */
const CONDITIONS: readonly (readonly [title: string, changes: (of: Scenario) => Changes])[] = [
  ["all works", () => ({})],
  ["outage of the frontier model", (of) => outage(of, "frontier")],
  ["outage of the small model", (of) => outage(of, "small")],
  ["silent regression of the frontier model", (of) => regression(of, "frontier")],
  ["silent regression of the small model", (of) => regression(of, "small")],
  ["blind spot of a vendor", blindSpot],
];

const outage = ({ models }: Scenario, model: string): Changes =>
  model in models ? { [`models.${model}.failure`]: 1 } : {};

function regression({ models }: Scenario, model: string): Changes {
  if (!(model in models)) return {};
  const { errorRate } = models[model];
  const odds = (REGRESSION * errorRate) / (1 - errorRate);
  return { [`models.${model}.errorRate`]: odds / (1 + odds) };
}

function blindSpot({ models }: Scenario): Changes {
  const ofVendor = Object.keys(models).filter((name) => models[name].family === "vendor");
  return Object.fromEntries(ofVendor.map((name) => [`models.${name}.commonCause`, BLIND_SPOT]));
}

const trialName = (file: string, condition: string) => `${file}/${condition}`;
const accuracyName = (accuracy: number) => `router/accuracy/${accuracy}`;

export async function architectureTrials(replications: number): Promise<Trial[]> {
  const all = ARCHITECTURES.flatMap(([file]) =>
    CONDITIONS.map(async ([condition, changesOf]) => {
      const path = `routing/${file}.yaml`;
      const scenario = await shipped(path, changesOf(await shipped(path)));
      return { name: trialName(file, condition), scenarios: [scenario], replications };
    }),
  );
  const swept = ACCURACIES.map(async (accuracy) => ({
    name: accuracyName(accuracy),
    scenarios: [await shipped("routing/router.yaml", { "parameters.accuracy": accuracy })],
    replications,
  }));
  return Promise.all([...all, ...swept]);
}

export const ARCHITECTURE_TRIALS = ARCHITECTURES.length * CONDITIONS.length + ACCURACIES.length;

const resultOf = (results: Results, name: string) => resultsOf(results, name)[0];

const COLUMNS = [
  { name: "success", unit: "share" },
  { name: "cost", unit: "US dollars a task" },
  { name: "cost per success", unit: "US dollars" },
  { name: "latency p95", unit: "seconds" },
  { name: "escalated", unit: "share" },
];
const METRICS = ["success", "cost", "costPerSuccess", "latency.p95", "escalated"];

const cellsOf = (result: ScenarioResult): StudyCell[] =>
  METRICS.map((metric) => {
    const { mean, ci } = estimateOf(result, metric);
    return { mean, ci };
  });

export function architectureTables(results: Results): StudyTable[] {
  return [
    {
      name: "architectures",
      title: "One model, routers and cascades, as all works and as something goes wrong",
      note: `An outage: every call fails. A silent regression: the error odds are ${REGRESSION} times what they were. A blind spot: on ${100 * BLIND_SPOT} % of the claims all models of the vendor share one draw, and none sees what another got wrong. Where an architecture does not use the model that fails, its row is as before.`,
      columns: [{ name: "condition", unit: "" }, { name: "architecture", unit: "" }, ...COLUMNS],
      rows: CONDITIONS.flatMap(([condition]) =>
        ARCHITECTURES.map(([file, title]) => [
          condition,
          title,
          ...cellsOf(resultOf(results, trialName(file, condition))),
        ]),
      ),
    },
    {
      name: "accuracy",
      title: "The router, by how many classes it recognises",
      columns: [{ name: "accuracy", unit: "share" }, ...COLUMNS],
      rows: ACCURACIES.map((accuracy) => [
        accuracy,
        ...cellsOf(resultOf(results, accuracyName(accuracy))),
      ]),
    },
  ];
}

export function architectureFigure(results: Results): StudyFigure {
  const pointOf = (name: string) => {
    const result = resultOf(results, name);
    return point(estimateOf(result, "cost").mean as number, estimateOf(result, "success"));
  };
  const [works] = CONDITIONS[0];
  return {
    name: "cost",
    title: "Success against cost, as all works",
    alt: "Success over cost a task of one model for all, routers of several accuracies, and cascades. Routers and cascades reach most of the frontier model's success at a part of its cost.",
    kind: "dots",
    x: { title: "Cost (US dollars a task)", scale: "log" },
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
