// Study: what the same success costs in a population of configurations (claims of CLEAR, arXiv 2511.14136).
//
// What its figures show: they are predicted, since nothing was chosen with them in view. But the population decides them, and
// the population is ours. So they have no tolerance and no verdict.

import type { Overrides } from "../../documents/reading/overrides.ts";
import type { MetricValue } from "../../experiment/result.ts";
import { ablationPart } from "../ablation.ts";
import { judged, type TargetResult } from "../judging.ts";
import { shipped, type Variant } from "../shipped.ts";
import { type Column, pairs, seriesOf, tableOf } from "../show.ts";
import { estimateIn, type Results, runsOf, type Trial, trial } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyTable } from "../study.ts";

const SOURCE = "CLEAR, arXiv 2511.14136";

/** Successes that differ by no more than this count as equal. */
const MATCHED = 0.02;

// ---------------------------------------------------------------- the population

interface Configuration extends Variant {
  readonly architecture: string;
  readonly title: string;
}

/** A configuration before a model is put in. */
interface WithoutModel extends Configuration {
  readonly changes: Overrides;
}

/** A tier is the model of a scenario of the routing study in which it works alone. */
const TIERS = [
  ["small", "routing/single-small.yaml"],
  ["mid", "routing/single-mid.yaml"],
  ["frontier", "routing/single.yaml"],
] as const;

const NO_REVIEW = {
  "agents.worker.checks.self.recall": 0,
  "agents.worker.checks.self.falseAlarm": 0,
};
const ROUNDS = [1, 2, 3];

/** Variants of the architectures in which one model does everything. */
const VARIANTS: readonly WithoutModel[] = [
  one("single", "no review", NO_REVIEW),
  one("single", "one review", {}),
  one("single", "a review every other turn", { "agents.worker.reviewEvery": 2 }),
  ...[3, 5, 7].map((n) => one("voting", `${n} voters`, { "agents.worker.count": n })),
  ...[3, 5].flatMap((n) => ROUNDS.map((rounds) => team("debate", n, rounds))),
  ...[2, 3].flatMap((n) => ROUNDS.map((rounds) => team("team", n, rounds))),
];

/** Architectures in which models share the work. */
const MIXED: readonly Configuration[] = [
  ...[0.7, 0.9, 1].map((accuracy) => mixed("router", `accuracy ${accuracy}`, { accuracy })),
  mixed("router-fallback", "with fallback", {}),
  mixed("cascade", "cascade", {}),
  mixed("cascade-two-families", "cascade of two families", {}),
];

function one(architecture: string, title: string, changes: Overrides): WithoutModel {
  return { architecture, title, file: `cost/${architecture}.yaml`, changes };
}

function team(architecture: string, workers: number, rounds: number): WithoutModel {
  const changes = { "agents.worker.count": workers, "parameters.rounds": rounds };
  return one(architecture, `${workers} workers, ${rounds} round${rounds > 1 ? "s" : ""}`, changes);
}

function mixed(file: string, title: string, parameters: Readonly<Record<string, number>>) {
  const changes = Object.entries(parameters).map(([name, value]) => [`parameters.${name}`, value]);
  return {
    architecture: "mixed models",
    title,
    file: `routing/${file}.yaml`,
    changes: Object.fromEntries(changes),
  };
}

/** Puts one model into a variant: the one that works alone in a scenario of the routing study. */
function withModel([tier, file]: (typeof TIERS)[number], variant: WithoutModel): Configuration {
  const changes = async () => {
    const { errorRate, price, latency } = (await shipped(file)).models[tier];
    return {
      ...{ "models.base.errorRate": errorRate, "models.base.price": price },
      ...{ "models.base.latency": latency, ...variant.changes },
    };
  };
  return { ...variant, title: `${tier}, ${variant.title}`, changes };
}

const POPULATION: readonly Configuration[] = [
  ...pairs(TIERS, VARIANTS).map(([tier, variant]) => withModel(tier, variant)),
  ...MIXED,
];

const nameOf = ({ architecture, title }: Configuration) => `${architecture}: ${title}`;

const trials = (replications: number): Trial[] =>
  POPULATION.map((one) => trial(nameOf(one), one, replications));

// ---------------------------------------------------------------- what equal success costs

interface Measured extends Configuration {
  readonly success: MetricValue;
  readonly cost: MetricValue;
  readonly costPerSuccess: MetricValue;
}

function measuredOf(of: Configuration, results: Results): Measured {
  const [success, cost, costPerSuccess] = ["success", "cost", "costPerSuccess"].map((metric) =>
    estimateIn(results, nameOf(of), metric),
  );
  return { ...of, success, cost, costPerSuccess };
}

const successOf = (one: Measured) => one.success.mean ?? 0;
const costOf = (one: Measured) => one.costPerSuccess.mean ?? Number.POSITIVE_INFINITY;

const least = <T>(of: readonly T[], value: (one: T) => number): T =>
  of.reduce((best, one) => (value(one) < value(best) ? one : best));

const cheapest = (all: readonly Measured[], isAlike: (success: number) => boolean) =>
  least(
    all.filter((one) => isAlike(successOf(one))),
    costOf,
  );

/** The cheapest configuration that succeeds about as often or more often. */
const rivalOf = (one: Measured, all: readonly Measured[]) =>
  cheapest(all, (success) => success >= successOf(one) - MATCHED);

/** The cheapest configuration that succeeds about as often, not more. */
const twinOf = (one: Measured, all: readonly Measured[]) =>
  cheapest(all, (success) => Math.abs(success - successOf(one)) <= MATCHED);

interface Comparison {
  readonly dear: Measured;
  readonly cheap: Measured;
}

const ratioOf = ({ dear, cheap }: Comparison) => costOf(dear) / costOf(cheap);

/** Ratio of costs per success; its interval joins the ends of both, which is never too narrow. */
function ratio({ dear, cheap }: Comparison): MetricValue {
  const [low, high] = dear.costPerSuccess.ci;
  const [cheapLow, cheapHigh] = cheap.costPerSuccess.ci;
  const over = (a: number | null, b: number | null) => (a === null || b === null ? null : a / b);
  return {
    mean: over(dear.costPerSuccess.mean, cheap.costPerSuccess.mean),
    ci: [over(low, cheapHigh), over(high, cheapLow)],
  };
}

/** Who looks at success alone takes the most successful configuration of an architecture, whatever it costs. */
function accuracyOnly(all: readonly Measured[]): Comparison[] {
  const architectures = [...new Set(all.map((one) => one.architecture))];
  return architectures.map((architecture) => {
    const own = all.filter((one) => one.architecture === architecture);
    const dear = least(own, (one) => -successOf(one));
    return { dear, cheap: rivalOf(dear, all) };
  });
}

const smallest = (of: readonly Comparison[]) => least(of, ratioOf);
const largest = (of: readonly Comparison[]) => least(of, (one) => -ratioOf(one));

function targetsOf(all: readonly Measured[]): TargetResult[] {
  const picks = accuracyOnly(all);
  const target = (id: string, title: string, published: number, of: Comparison, how: string) =>
    judged({
      id: `cost.${id}`,
      figure: "cost",
      title,
      unit: "ratio",
      published,
      simulated: ratio(of),
      tolerance: null,
      kind: "predicted",
      source: SOURCE,
      definition: how,
      note: `${nameOf(of.dear)} against ${nameOf(of.cheap)}`,
    });
  const pick =
    "cost per success of the most successful configuration of an architecture over that of the cheapest one whose success is not lower by more than .02";
  return [
    target("accuracyOnly.least", "accuracy only: least ratio", 4.4, smallest(picks), pick),
    target("accuracyOnly.most", "accuracy only: largest ratio", 10.8, largest(picks), pick),
    target(
      "spread",
      "dearest to cheapest at equal success",
      50,
      largest(all.map((dear) => ({ dear, cheap: twinOf(dear, all) }))),
      "largest ratio of costs per success of two configurations whose successes differ by at most .02",
    ),
  ];
}

// ---------------------------------------------------------------- tables and figure

const byCost = (all: readonly Measured[]) => [...all].sort((a, b) => costOf(a) - costOf(b));

/** Configurations that no other one beats in both. */
function isOnFront(one: Measured, all: readonly Measured[]): boolean {
  return !all.some((other) => successOf(other) > successOf(one) && costOf(other) <= costOf(one));
}

const LABELS: readonly Column<Measured>[] = [
  ["architecture", "", ({ architecture }) => architecture],
  ["configuration", "", ({ title }) => title],
  ["success", "share", ({ success }) => success],
];
const COST_PER_TASK: Column<Measured> = ["cost", "US dollars per task", ({ cost }) => cost];
const COST_PER_SUCCESS: Column<Measured> = [
  "cost per success",
  "US dollars",
  ({ costPerSuccess }) => costPerSuccess,
];

function tablesOf(all: readonly Measured[]): StudyTable[] {
  return [
    tableOf(
      {
        name: "front",
        title: "The Pareto front of success and cost per success",
      },
      byCost(all.filter((one) => isOnFront(one, all))),
      [...LABELS, COST_PER_SUCCESS],
    ),
    tableOf(
      {
        name: "population",
        title: "All configurations, from cheap to dear",
        note: "The last column divides the cost per success by that of the cheapest configuration whose success is at most .02 lower.",
      },
      byCost(all),
      [
        ...LABELS,
        COST_PER_TASK,
        COST_PER_SUCCESS,
        ["dearer by", "ratio", (dear) => ratioOf({ dear, cheap: rivalOf(dear, all) })],
      ],
    ),
  ];
}

function figureOf(all: readonly Measured[]): StudyFigure {
  const architectures = [...new Set(all.map((one) => one.architecture))];
  return {
    name: "population",
    title: "What success costs",
    alt: "Success over cost per success of all configurations. At nearly every level of success there are configurations whose costs differ many times over.",
    kind: "dots",
    x: { title: "Cost per success (US dollars)", scale: "log" },
    y: { title: "Success (share)" },
    series: architectures.map((architecture) =>
      seriesOf(
        architecture,
        all.filter((one) => one.architecture === architecture && Number.isFinite(costOf(one))),
        (one) => [costOf(one), successOf(one)],
      ),
    ),
  };
}

const ABLATED = {
  name: "tasks",
  scenarios: ["single", "voting", "debate", "team"].map((name) => ({
    name,
    file: `cost/${name}.yaml`,
  })),
  baseline: "single",
};

export const COST = defineStudy({
  name: "cost",
  title: "Cost as an architectural variable",
  question: "How much can you overpay for the same success?",
  source: "arXiv 2511.14136",
  replications: 1024,
  runs: (replications) => runsOf(trials(replications)),
  run: async ({ replications, simulate }) => {
    const results = await simulate(trials(replications));
    const all = POPULATION.map((one) => measuredOf(one, results));
    return { targets: targetsOf(all), tables: tablesOf(all), figures: [figureOf(all)] };
  },
  ablations: ablationPart([ABLATED]),
});
