// Results of scenarios: `run` and `compare`, and what `score` and `inspect` print.
import { z } from "zod";
import type { Finding } from "../../documents/checking/validateJson.ts";
import type { Path } from "../../documents/reading/tree.ts";
import type { MetricTree } from "../../experiment/result.ts";
import { readMetric } from "../../experiment/result.ts";
import { BREAKDOWN, type BreakdownFigure } from "../../metrics/breakdown.ts";
import { METRICS } from "../../metrics/definitions.ts";
import { DIMENSIONS, NORMALISATIONS } from "../../metrics/score.ts";
import * as f from "../fields.ts";
import { repeated, unknown, unknownMetric } from "../findings.ts";
import { type ContentOf, documentKind } from "../kind.ts";

// ---------------------------------------------------------------- metrics

interface Shape {
  [key: string]: z.ZodType | Shape;
}

/** Every metric that there is, under its name, whose dots nest. A document of an older version may lack some. */
function metricShape(): Shape {
  const shape: Shape = {};
  for (const { name, title, description, unit } of METRICS) {
    const path = name.split(".");
    const last = path.pop() as string;
    let at = shape;
    for (const part of path) at = (at[part] ??= {}) as Shape;
    at[last] = f.estimate.meta({ title, description, unit }).optional();
  }
  return shape;
}

const nested = (shape: Shape, title: string): z.ZodType<Record<string, unknown>> =>
  f.map(
    Object.fromEntries(
      Object.entries(shape).map(([name, inside]) => [
        name,
        inside instanceof z.ZodType ? inside : nested(inside, name).optional(),
      ]),
    ),
    title,
  );

export const metrics = nested(metricShape(), "Metrics").meta({ id: "metrics" });

/** Metrics that every result has, or every one with a baseline: the others depend on what a scenario states. */
const GENERAL = METRICS.filter(({ about }) => about === undefined).map(({ name }) => name);

/** Names of those of them that are there. */
const metricsIn = (tree: unknown): string[] =>
  GENERAL.filter((name) => readMetric(tree as MetricTree, name) !== undefined);

/** Metrics that one has and another lacks: all that were computed together have the same ones. */
export function* unlikeMetrics(
  trees: Iterable<readonly [path: Path, tree: unknown]>,
): Generator<Finding> {
  let first: { readonly path: Path; readonly names: readonly string[] } | undefined;
  for (const [path, tree] of trees) {
    const names = metricsIn(tree);
    first ??= { path, names };
    if (names.length === first.names.length && names.every((name, i) => name === first?.names[i]))
      continue;
    const lacking = first.names.find((name) => !names.includes(name));
    const extra = names.find((name) => !first?.names.includes(name));
    const other = first.path.join(".");
    yield {
      path: extra === undefined ? path : [...path, ...extra.split(".")],
      isAtKey: true,
      message:
        extra === undefined
          ? `${path.join(".")} lacks ${lacking}, which ${other} has`
          : `${path.join(".")} has ${extra}, which ${other} lacks`,
      rule: "all scenarios of a result have the same metrics",
    };
  }
}

// ---------------------------------------------------------------- parts

const difference = f.estimate
  .extend({
    pairing: f
      .positive(
        "Gain by pairing",
        "",
        "How many times more runs an unpaired comparison would need.",
      )
      .nullable(),
  })
  .meta({ title: "Difference", description: "Paired difference to the baseline.", unit: "object" });

const halfWidth = z
  .union([
    f.map({ relative: f.positive("Relative", "share of the estimate") }, "Half-width"),
    f.map({ absolute: f.positive("Absolute", "unit of the metric") }, "Half-width"),
  ])
  .meta({ title: "Half-width", unit: "object" });

export const precision = f.list(
  f.map(
    {
      scenario: f.named("Scenario"),
      metric: f.named("Metric"),
      target: halfWidth,
      halfWidth: f.positive("Half-width reached", "", "In the terms of the target.").nullable(),
      reached: f.flag("Whether the target was reached"),
    },
    "Precision",
  ),
  "Precision",
  "Where precision was asked for: one entry per target.",
);

const byPart = (figures: readonly BreakdownFigure[], title: string) =>
  f
    .byName(
      f.map(
        Object.fromEntries(
          figures.map(({ name, title, description, unit }) => [
            name,
            f.estimate.meta({ title, description, unit }).optional(),
          ]),
        ),
        title,
      ),
      `By ${title.toLowerCase()}`,
    )
    .optional();

const breakdown = f.map(
  {
    agents: byPart(BREAKDOWN.agents, "Agent"),
    claims: byPart(BREAKDOWN.claims, "Claim"),
    classes: byPart(BREAKDOWN.classes, "Class"),
  },
  "Breakdown",
  "Where the scenario states what claims are worth, or who works besides models.",
);

/** All that a result says of a scenario, but for its name. */
export const scenarioFields = {
  replications: f.whole("Replications"),
  instances: f.whole("Task instances", "Intervals are made over 32 nets of them."),
  draws: f
    .whole("Draws", "Of uncertain numbers, among which replications are divided.", { min: 1 })
    .optional(),
  warmUp: f
    .whole("Warm-up", "Tasks of each replication that are left out: the first ones to end.")
    .optional(),
  metrics,
  breakdown: breakdown.optional(),
  effectiveReplications: f
    .byName(
      f.whole("Replications"),
      "Effective replications",
      "Independent replications that would give as narrow an interval, by metric that is a mean per task.",
    )
    .optional(),
  differences: f.byName(difference, "Differences", "Paired differences by metric.").optional(),
  thresholds: f.list(
    f.map(
      {
        threshold: f.words("Threshold"),
        verdict: f.word("Verdict", ["pass", "fail", "inconclusive", "not-evaluated"]),
        chance: f
          .portion(
            "Chance that it holds",
            "Where numbers are uncertain: the share of their draws with which it holds.",
          )
          .nullable()
          .optional(),
      },
      "Threshold",
    ),
    "Thresholds",
  ),
  warnings: f.list(f.words("Warning"), "Warnings"),
  events: f.whole("Kernel events"),
};

const fields = {
  seed: f.seed(),
  replications: f.whole("Replications asked for"),
  engine: f.engine(),
  interrupted: f.flag("Whether it was interrupted"),
  precision: precision.optional(),
  scenarios: f
    .list(f.map({ name: f.named("Name"), ...scenarioFields }, "Scenario"), "Scenarios")
    .min(1),
};

// ---------------------------------------------------------------- run, compare

const runFields = { ...fields };

export const run = documentKind("run", {
  called: "a result of run",
  list: "scenarios",
  title: "Result of run",
  description: "Scenarios that are not compared.",
  fields: runFields,
  findings: findingsIn,
});

export const compare = documentKind("compare", {
  called: "a result of compare",
  list: "scenarios",
  title: "Result of compare",
  description: "Scenarios on the same task instances, compared with one of them.",
  fields: { ...fields, baseline: f.named("Name of the baseline") },
  findings: findingsIn,
});

type Experiment = ContentOf<typeof runFields> & { readonly baseline?: string };

function* findingsIn({ scenarios, baseline, precision = [] }: Experiment): Generator<Finding> {
  const names = scenarios.map(({ name }) => name);
  const known = new Set(names);
  yield* repeated(names, (i) => ["scenarios", i, "name"], "scenario");
  yield* unknown(baseline, known, ["baseline"], "scenario");
  yield* precisionFindings(precision, known, []);
  yield* unlikeMetrics(scenarios.map(({ metrics }, i) => [["scenarios", i, "metrics"], metrics]));
  for (const [i, one] of scenarios.entries()) yield* differenceFindings(one, ["scenarios", i]);
}

export function* precisionFindings(
  targets: z.output<typeof precision>,
  scenarios: ReadonlySet<string>,
  path: Path,
): Generator<Finding> {
  for (const [i, { scenario, metric }] of targets.entries()) {
    yield* unknown(scenario, scenarios, [...path, "precision", i, "scenario"], "scenario");
    yield* unknownMetric(metric, [...path, "precision", i, "metric"]);
  }
}

export function* differenceFindings(
  { differences = {} }: { readonly differences?: object | undefined },
  path: Path,
): Generator<Finding> {
  for (const name of Object.keys(differences))
    yield* unknownMetric(name, [...path, "differences", name], true);
}

// ---------------------------------------------------------------- score, inspect

const scoreFigures = Object.fromEntries(
  [...DIMENSIONS, "cna", "costPerSuccess", "onTime"].map((name) => [
    name,
    f.estimate.meta({ title: name }),
  ]),
);

export const score = documentKind("score", {
  called: "a result of score",
  list: "scenarios",
  title: "Result of score",
  description: "Cost, latency, efficacy, assurance and reliability of scenarios.",
  fields: {
    seed: f.seed(),
    replications: f.whole("Replications"),
    engine: f.engine(),
    interrupted: f.flag("Whether it was interrupted"),
    weights: f.map(
      Object.fromEntries(DIMENSIONS.map((name) => [name, f.positive(`Weight of ${name}`)])),
      "Weights",
    ),
    normalisation: f.word("Normalisation", NORMALISATIONS),
    scenarios: f.list(
      f.map(
        {
          name: f.named("Name"),
          ...scoreFigures,
          composite: f.amount("Composite score", "0..1").nullable(),
          rank: f.whole("Rank", undefined, { min: 1 }).nullable(),
          onFront: f.flag("Whether no other is better in cost and efficacy"),
        },
        "Scenario",
      ),
      "Scenarios",
    ),
  },
});

const offeredLoad = f.byName(
  f.map(
    {
      staff: f.whole("Staff", "Turns that the agent takes at a time.", { min: 1 }),
      work: f.estimate.meta({
        title: "Work",
        description: "Time in which the agent is at work on a task, where tasks do not meet.",
        unit: "seconds",
      }),
      load: f.estimate.meta({
        title: "Load",
        description:
          "Staff that is busy with what comes, on average over the week. Of an agent with shifts it counts per second of these.",
        unit: "servers",
      }),
      peak: f.estimate
        .meta({
          title: "Load at the peak",
          description: "The same while the most tasks come, where there is a profile.",
          unit: "servers",
        })
        .optional(),
    },
    "Offered load",
  ),
  "Offered load",
  "By agent, where tasks come in a stream.",
);

const shareOnTime = (title: string) => f.estimate.meta({ title, unit: "share" });

const staffing = f.map(
  {
    objective: f.positive("Objective", "seconds", "objectives.latency."),
    wanted: f.portion("Share of the tasks that is to be on time"),
    replications: f.whole("Replications of each number of staff"),
    asStated: shareOnTime("On time as the scenario stands"),
    withoutQueues: shareOnTime("On time where no turn waits for staff"),
    groups: f.byName(
      f.map(
        {
          stated: f.whole("Stated staff", "Of each agent of the group.", { min: 1 }),
          staff: f
            .whole("Smallest staff that is enough", "Null: no number is.", { min: 1 })
            .nullable(),
          range: f.interval(
            "Range of the smallest staff",
            "The smallest staff with which the upper end of the interval of the share is enough, and the lower end. Null: none.",
          ),
          onTime: shareOnTime("On time with that staff, or with as many as there may be"),
          onTimeBelow: shareOnTime("On time with one less").optional(),
          load: f.estimate
            .meta({ title: "Load", description: "Of its busiest agent.", unit: "servers" })
            .optional(),
        },
        "Group",
      ),
      "Groups",
    ),
  },
  "Staffing",
  "How many staff keep 95 % of the tasks within the objective, all else as stated.",
);

const EXPECTED = ["Success", "Turns", "Messages", "Tokens", "Cost", "Latency"];

export const inspect = documentKind("inspect", {
  called: "an inspection of a scenario",
  title: "Inspection",
  description: "What a scenario means, how large it is, and what a pilot run expects of it.",
  fields: {
    scenario: f.anything("Scenario", "With all its defaults, as scenario files are."),
    agents: f.whole("Agents"),
    edges: f.whole("Edges"),
    claims: f.map(
      {
        mean: f.positive("Mean number of claims"),
        largest: f.whole("Largest number of claims"),
        depth: f.whole("Longest chain of premises"),
      },
      "Claims",
    ),
    turnLimit: f.positive("Turns by protocol, at most").nullable(),
    seed: f.seed(),
    replications: f.whole("Replications of the pilot run"),
    ...Object.fromEntries(
      EXPECTED.map((name) => [`expected${name}`, f.estimate.meta({ title: `Expected ${name}` })]),
    ),
    offeredLoad: offeredLoad.optional(),
    staffing: staffing.optional(),
  },
});
