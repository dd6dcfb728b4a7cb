// One model for all, routers and cascades on one mix of tasks: as all works, and as something goes wrong with a model.
import type { Overrides } from "../../documents/reading/overrides.ts";
import type { Scenario } from "../../scenario/schema.ts";
import {
  type Column,
  type MetricColumn,
  metricColumns,
  pairs,
  seriesOf,
  tableOf,
} from "../show.ts";
import { estimateIn, type Results, resultsOf, type Trial, trial } from "../simulate.ts";
import type { StudyFigure, StudyTable } from "../study.ts";

export const ARCHITECTURES: readonly (readonly [file: string, title: string])[] = [
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
  const all = pairs(ARCHITECTURES, CONDITIONS).map(([[file], [condition, changes]]) => {
    const scenario = { file: `routing/${file}.yaml`, changes };
    return trial(trialName(file, condition), scenario, replications);
  });
  const swept = ACCURACIES.map((accuracy) => {
    const scenario = { file: "routing/router.yaml", changes: { "parameters.accuracy": accuracy } };
    return trial(accuracyName(accuracy), scenario, replications);
  });
  return [...all, ...swept];
}

type Case = readonly [(typeof CONDITIONS)[number], (typeof ARCHITECTURES)[number]];

const COLUMNS: readonly MetricColumn[] = [
  ["success", "share", "success"],
  ["cost", "US dollars per task", "cost"],
  ["cost per success", "US dollars", "costPerSuccess"],
  ["latency p95", "seconds", "latency.p95"],
  ["escalated", "share", "escalated"],
];

export function architectureTables(results: Results): StudyTable[] {
  const metricsOf = <Item>(nameOf: (item: Item) => string): Column<Item>[] =>
    metricColumns(COLUMNS, (item) => resultsOf(results, nameOf(item))[0]);
  return [
    tableOf(
      {
        name: "architectures",
        title: "One model, routers and cascades, as all works and as something goes wrong",
        note: `A silent regression multiplies the error odds by ${REGRESSION}. A blind spot covers ${100 * BLIND_SPOT} % of the claims. An architecture that does not use the failing model keeps its row.`,
      },
      pairs(CONDITIONS, ARCHITECTURES),
      [
        ["condition", "", ([[condition]]) => condition],
        ["architecture", "", ([, [, title]]) => title],
        ...metricsOf<Case>(([[condition], [file]]) => trialName(file, condition)),
      ],
    ),
    tableOf(
      { name: "accuracy", title: "The router, by how many classes it recognises" },
      ACCURACIES,
      [["accuracy", "share", (accuracy) => accuracy], ...metricsOf(accuracyName)],
    ),
  ];
}

export function architectureFigure(results: Results): StudyFigure {
  const pointOf = (name: string) => {
    const of = (metric: string) => estimateIn(results, name, metric);
    return [of("cost").mean as number, of("success")] as const;
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
      ...ARCHITECTURES.filter(([file]) => !file.startsWith("router")).map(([file, title]) =>
        seriesOf(title, [trialName(file, works)], pointOf),
      ),
      seriesOf("router, by accuracy", ACCURACIES.map(accuracyName), pointOf),
    ],
  };
}
