// Documents of sweeps: the result, the plan that is carried to other machines, what a dry run and `status` print.
import { z } from "zod";
import type { Finding } from "../../documents/checking/validateJson.ts";
import type { FactorValue } from "../../sweep/designs/axes.ts";
import * as f from "../fields.ts";
import { repeated, unknown, unknownMetric } from "../findings.ts";
import { type ContentOf, documentKind } from "../kind.ts";
import {
  differenceFindings,
  precision,
  precisionFindings,
  scenarioFields,
  unlikeMetrics,
} from "./experiment.ts";

// ---------------------------------------------------------------- what stands above the rows

const factorValue: z.ZodType<FactorValue> = z
  .union([z.number(), z.string(), z.boolean()])
  .meta({ title: "Value", unit: "factor value" });

const factor = f.map(
  {
    name: f.named("Name"),
    paths: f.list(f.words("Path"), "Paths", "What it sets in the scenarios."),
    only: f.list(f.named("Scenario"), "Scenarios that it is set in").optional(),
    values: f.list(factorValue, "Values").optional(),
    range: f
      .map(
        { from: f.amount("From"), to: f.amount("To"), scale: f.word("Scale", ["linear", "log"]) },
        "Range",
      )
      .optional(),
    formula: f.words("Formula").optional(),
  },
  "Factor",
);

const sampling = z
  .union([
    f.map({ replications: f.whole("Replications", undefined, { min: 1 }) }, "Sampling"),
    f.map(
      {
        precision: f.list(
          f.map({ metric: f.named("Metric"), halfWidth: f.anything("Half-width") }, "Target"),
          "Targets",
        ),
        cap: f.whole("Most replications", undefined, { min: 1 }),
      },
      "Sampling",
    ),
  ])
  .meta({ title: "Sampling", unit: "object" });

const header = {
  name: f.named("Name"),
  seed: f.seed(),
  engine: f.engine(),
  baseline: f.named("Baseline").optional(),
  factors: f.list(factor, "Factors"),
  design: z.looseObject({ kind: f.named("Kind") }).meta({ title: "Design", unit: "object" }),
  points: f.positive("Points of the design"),
  excluded: f.whole("Points that a condition left out"),
  sampling,
  metrics: f.list(f.named("Metric"), "Metrics that tables show"),
  cells: f.whole("Cells"),
};

interface Header {
  readonly factors: readonly { readonly name: string }[];
  readonly metrics: readonly string[];
}

function* headerFindings({ factors, metrics }: Header): Generator<Finding> {
  yield* repeated(
    factors.map(({ name }) => name),
    (i) => ["factors", i, "name"],
    "factor",
  );
  for (const [i, name] of metrics.entries()) yield* unknownMetric(name, ["metrics", i]);
}

// ---------------------------------------------------------------- the result

const {
  replications,
  instances,
  draws,
  metrics,
  breakdown,
  effectiveReplications,
  differences,
  thresholds,
  warnings,
  events,
} = scenarioFields;

/** A row as it is in the document: the fields of its result stand beside those of the row, where it has one. */
const row = f.map(
  {
    cell: f.whole("Cell", "Number of the cell, from 0."),
    scenario: f.named("Scenario"),
    baseline: f.named("Baseline").optional(),
    factors: f.byName(
      factorValue,
      "Factors",
      "Values of the factors that are set in the scenario.",
    ),
    seed: f.seed(),
    status: f.word("Status", ["ok", "not-reached", "failed", "missing"]),
    messages: f
      .list(f.words("Message"), "Messages", "Of a failed row: what went wrong.")
      .optional(),
    command: f.words("Command", "Of a failed row: what runs the cell again.").optional(),
    precision: precision.optional(),
    replications: replications.optional(),
    instances: instances.optional(),
    draws,
    metrics: metrics.optional(),
    breakdown,
    effectiveReplications,
    differences,
    thresholds: thresholds.optional(),
    warnings: warnings.optional(),
    events: events.optional(),
  },
  "Row",
  "A scenario of a cell.",
);

const sweepFields = { ...header, rows: f.list(row, "Rows") };

type Sweep = ContentOf<typeof sweepFields>;

export const sweep = documentKind("sweep", {
  called: "a result of sweep",
  list: "rows",
  title: "Result of sweep",
  description: "One row for every scenario of every cell.",
  fields: sweepFields,
  *findings(document) {
    yield* headerFindings(document);
    yield* rowFindings(document);
  },
});

function* rowFindings({ rows, cells, factors }: Sweep): Generator<Finding> {
  const known = new Set(factors.map(({ name }) => name));
  const scenarios = new Set(rows.map(({ scenario }) => scenario));
  yield* repeated(
    rows.map(({ cell, scenario }) => `${cell} ${scenario}`),
    (i) => ["rows", i],
    "cell with its scenario",
  );
  for (const [i, one] of rows.entries()) {
    const path = ["rows", i];
    if (one.cell >= cells)
      yield {
        path: [...path, "cell"],
        message: `${path.join(".")} is of cell ${one.cell}, and the sweep has ${cells}`,
        rule: "cells are numbered from 0",
      };
    for (const name of Object.keys(one.factors))
      for (const finding of unknown(name, known, [...path, "factors", name], "factor"))
        yield { ...finding, isAtKey: true };
    yield* unknown(one.baseline, scenarios, [...path, "baseline"], "scenario");
    yield* precisionFindings(one.precision ?? [], scenarios, path);
    yield* differenceFindings(one, path);
    yield* lackingIn(one, i);
  }
  yield* unlikeMetrics(
    rows.flatMap((one, i) => (one.metrics ? [[["rows", i, "metrics"], one.metrics] as const] : [])),
  );
}

const OF_RESULT = ["replications", "instances", "metrics", "thresholds", "warnings"] as const;

/** What a row needs by its status. */
function* lackingIn(row: Sweep["rows"][number], i: number): Generator<Finding> {
  const isRun = row.status === "ok" || row.status === "not-reached";
  for (const key of OF_RESULT)
    if (isRun !== (row[key] !== undefined))
      yield {
        path: isRun ? ["rows", i] : ["rows", i, key],
        isAtKey: true,
        message: `rows.${i} is ${row.status} and ${isRun ? "lacks" : "has"} ${key}`,
        rule: `rows that are ok or not-reached have ${OF_RESULT.join(", ")}, others do not`,
      };
}

// ---------------------------------------------------------------- dry run, status, plan

export const dryRun = documentKind("dry-run", {
  called: "a dry run of a sweep",
  title: "Dry run of a sweep",
  description: "What a sweep would run.",
  fields: {
    ...header,
    replications: f.map(
      { total: f.positive("In all"), isMost: f.flag("Whether there may be fewer") },
      "Replications",
    ),
    estimatedSeconds: f.positive("Time that it will take", "seconds").nullable(),
  },
  findings: headerFindings,
});

export const queue = documentKind("queue", {
  called: "the status of a queue",
  title: "Status of a queue",
  description: "What waits in a queue, and who works on it.",
  fields: {
    queue: f.words("Address, without a password"),
    waiting: f.whole("Batches of tasks that wait"),
    active: f.whole("Batches that are under way"),
    failed: f.whole("Batches that were given up"),
    workers: f.whole("Workers"),
    engine: f.words("Engine whose tasks these are").nullable(),
  },
});

const cellList = (title: string) => f.list(f.whole("Cell"), title);

export const status = documentKind("status", {
  called: "the status of a sweep",
  title: "Status of a sweep",
  description: "Which cells of a sweep are done.",
  fields: {
    name: f.named("Name"),
    folder: f.words("Folder"),
    cells: f.whole("Cells"),
    ok: f.whole("Cells done"),
    notReached: f.whole("Cells without the precision that was asked for"),
    failed: cellList("Cells that failed"),
    missing: cellList("Cells to run"),
    others: f.whole("Records of the store that are of none of these cells"),
    why: f
      .list(
        f.map(
          { reasons: f.list(f.words("Reason"), "Reasons"), cells: cellList("Cells") },
          "Reason",
        ),
        "Why cells are missing",
      )
      .optional(),
  },
});

const options = {
  seed: f.words("Seed").optional(),
  metrics: f.list(f.named("Metric"), "Metrics").optional(),
  replications: f.whole("Replications", undefined, { min: 1 }).optional(),
  precision: f
    .byName(
      z.union([z.number(), z.string()]).meta({ title: "Half-width", unit: "text" }),
      "Precision",
    )
    .optional(),
  cap: f.whole("Most replications", undefined, { min: 1 }).optional(),
  overrides: f.byName(f.anything("Value"), "Values set, by path").optional(),
  yes: f.flag("Whether a large design is meant").optional(),
  draws: f.whole("Draws of uncertain numbers", undefined, { min: 1 }).optional(),
  fixed: f.flag("Whether the values of uncertain numbers count alone").optional(),
};

export const plan = documentKind("plan", {
  called: "a plan of a sweep",
  title: "Plan of a sweep",
  description: "A sweep as one file that can be carried to other machines.",
  fields: {
    engine: f.engine(),
    request: z
      .union([
        f.map(
          { experiment: f.named("Experiment file"), options: f.map(options, "Options") },
          "Request",
        ),
        f.map(
          {
            varied: f.map(
              {
                ...options,
                scenarios: f.list(f.named("Scenario file"), "Scenario files").min(1),
                vary: f.list(f.words("Factor"), "Factors"),
                name: f.named("Name").optional(),
                baseline: f.named("Baseline").optional(),
                design: f.anything("Design").optional(),
                where: f.words("Condition").optional(),
              },
              "What is varied",
            ),
          },
          "Request",
        ),
      ])
      .meta({ title: "Request", description: "How the sweep was asked for.", unit: "object" }),
    cells: f.whole("Cells"),
    command: f.words("Command", "To which the number of a cell is added to run that cell."),
    files: f.byName(f.words("Text of a file"), "Files", "Texts by path."),
  },
});
