// Documents of sweeps: the result, the plan that is carried to other machines, what a dry run and `status` print.
import { z } from "zod";
import type { Finding } from "../../documents/checking/validateJson.ts";
import type { FactorValue } from "../../sweep/designs/axes.ts";
import {
  amount,
  anything,
  byName,
  engine,
  flag,
  list,
  map,
  named,
  positive,
  seed,
  whole,
  word,
  words,
} from "../fields.ts";
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

const factor = map(
  {
    name: named("Name"),
    paths: list(words("Path"), "Paths", "What it sets in the scenarios."),
    only: list(named("Scenario"), "Scenarios that it is set in").optional(),
    values: list(factorValue, "Values").optional(),
    range: map(
      { from: amount("From"), to: amount("To"), scale: word("Scale", ["linear", "log"]) },
      "Range",
    ).optional(),
    formula: words("Formula").optional(),
  },
  "Factor",
);

const sampling = z
  .union([
    map({ replications: whole("Replications", undefined, { min: 1 }) }, "Sampling"),
    map(
      {
        precision: list(
          map({ metric: named("Metric"), halfWidth: anything("Half-width") }, "Target"),
          "Targets",
        ),
        cap: whole("Most replications", undefined, { min: 1 }),
      },
      "Sampling",
    ),
  ])
  .meta({ title: "Sampling", unit: "object" });

const header = {
  name: named("Name"),
  seed: seed(),
  engine: engine(),
  baseline: named("Baseline").optional(),
  factors: list(factor, "Factors"),
  design: z.looseObject({ kind: named("Kind") }).meta({ title: "Design", unit: "object" }),
  points: positive("Points of the design"),
  excluded: whole("Points that a condition left out"),
  sampling,
  metrics: list(named("Metric"), "Metrics that tables show"),
  cells: whole("Cells"),
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

const { replications, instances, metrics, differences, thresholds, warnings, events } =
  scenarioFields;

/** A row as it is in the document: the fields of its result stand beside those of the row, where it has one. */
const row = map(
  {
    cell: whole("Cell", "Number of the cell, from 0."),
    scenario: named("Scenario"),
    baseline: named("Baseline").optional(),
    factors: byName(factorValue, "Factors", "Values of the factors that are set in the scenario."),
    seed: seed(),
    status: word("Status", ["ok", "not-reached", "failed", "missing"]),
    messages: list(words("Message"), "Messages", "Of a failed row: what went wrong.").optional(),
    command: words("Command", "Of a failed row: what runs the cell again.").optional(),
    precision: precision.optional(),
    replications: replications.optional(),
    instances: instances.optional(),
    metrics: metrics.optional(),
    differences,
    thresholds: thresholds.optional(),
    warnings: warnings.optional(),
    events: events.optional(),
  },
  "Row",
  "A scenario of a cell.",
);

const sweepFields = { ...header, rows: list(row, "Rows") };

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
    replications: map(
      { total: positive("In all"), isMost: flag("Whether there may be fewer") },
      "Replications",
    ),
    estimatedSeconds: positive("Time that it will take", "seconds").nullable(),
  },
  findings: headerFindings,
});

const cellList = (title: string) => list(whole("Cell"), title);

export const status = documentKind("status", {
  called: "the status of a sweep",
  title: "Status of a sweep",
  description: "Which cells of a sweep are done.",
  fields: {
    name: named("Name"),
    folder: words("Folder"),
    cells: whole("Cells"),
    ok: whole("Cells done"),
    notReached: whole("Cells without the precision that was asked for"),
    failed: cellList("Cells that failed"),
    missing: cellList("Cells to run"),
    others: whole("Records of the store that are of none of these cells"),
    why: list(
      map({ reasons: list(words("Reason"), "Reasons"), cells: cellList("Cells") }, "Reason"),
      "Why cells are missing",
    ).optional(),
  },
});

const options = {
  seed: words("Seed").optional(),
  metrics: list(named("Metric"), "Metrics").optional(),
  replications: whole("Replications", undefined, { min: 1 }).optional(),
  precision: byName(
    z.union([z.number(), z.string()]).meta({ title: "Half-width", unit: "text" }),
    "Precision",
  ).optional(),
  cap: whole("Most replications", undefined, { min: 1 }).optional(),
  overrides: byName(anything("Value"), "Values set, by path").optional(),
  yes: flag("Whether a large design is meant").optional(),
};

export const plan = documentKind("plan", {
  called: "a plan of a sweep",
  title: "Plan of a sweep",
  description: "A sweep as one file that can be carried to other machines.",
  fields: {
    engine: engine(),
    request: z
      .union([
        map({ experiment: named("Experiment file"), options: map(options, "Options") }, "Request"),
        map(
          {
            varied: map(
              {
                ...options,
                scenarios: list(named("Scenario file"), "Scenario files").min(1),
                vary: list(words("Factor"), "Factors"),
                name: named("Name").optional(),
                baseline: named("Baseline").optional(),
                design: anything("Design").optional(),
                where: words("Condition").optional(),
              },
              "What is varied",
            ),
          },
          "Request",
        ),
      ])
      .meta({ title: "Request", description: "How the sweep was asked for.", unit: "object" }),
    cells: whole("Cells"),
    command: words("Command", "To which the number of a cell is added to run that cell."),
    files: byName(words("Text of a file"), "Files", "Texts by path."),
  },
});
