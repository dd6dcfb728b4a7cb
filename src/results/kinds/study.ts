// Documents of studies: what `reproduce` and `studies` print.
import { z } from "zod";
import { experienceSchema } from "../../advise/experience.ts";
import type { Finding } from "../../documents/checking/validateJson.ts";
import type { Path } from "../../documents/reading/tree.ts";
import {
  amount,
  engine,
  estimate,
  flag,
  interval,
  kindOf,
  list,
  map,
  named,
  portion,
  positive,
  range,
  seed,
  whole,
  word,
  words,
} from "../fields.ts";
import { repeated } from "../findings.ts";
import { type ContentOf, documentKind } from "../kind.ts";

// ---------------------------------------------------------------- targets

const tolerance = z
  .discriminatedUnion("kind", [
    map(
      {
        kind: kindOf("range"),
        from: amount("From").nullable(),
        to: amount("To").nullable(),
      },
      "Range",
    ),
    map({ kind: kindOf("relative"), within: positive("Within", "share of the figure") }, "Share"),
    map({ kind: kindOf("absolute"), within: positive("Within", "unit of the figure") }, "Margin"),
  ])
  .meta({ title: "Tolerance", unit: "tolerance" });

const target = map(
  {
    id: named("Id"),
    figure: named("Kind of figure"),
    title: words("Title"),
    unit: words("Unit"),
    published: amount("Published figure"),
    publishedCi: range("Published interval").nullable(),
    simulated: estimate.meta({ title: "Simulated figure" }),
    tolerance: tolerance.nullable(),
    kind: word("Provenance", ["calibrated", "predicted"]),
    pass: flag("Whether the simulated mean is within the tolerance").nullable(),
    source: words("Source"),
    definition: words("Definition"),
    other: map(
      { definition: words("Definition"), simulated: estimate.meta({ title: "Simulated figure" }) },
      "The same figure by another definition",
    ).optional(),
    note: words("Note").optional(),
  },
  "Target",
  "A published figure beside the simulated one.",
);

const counts = (title: string) =>
  map({ passed: whole("Passed"), missed: whole("Missed"), open: whole("Open") }, title);

const summary = map(
  {
    targets: whole("Targets"),
    calibrated: counts("Calibrated"),
    predicted: counts("Predicted"),
    success: map(
      {
        cells: whole("Success rates"),
        meanAbsoluteError: positive("Mean absolute error").nullable(),
        largestError: positive("Largest error").nullable(),
        tolerance: positive("Tolerance"),
        pass: flag("Whether the mean absolute error is within the tolerance").nullable(),
      },
      "Many success rates judged together",
    ).optional(),
  },
  "Summary",
);

// ---------------------------------------------------------------- tables and figures

const cell = z
  .union([
    z.string(),
    z.number(),
    z.null(),
    map({ mean: amount("Mean").nullable(), ci: interval("95 % interval") }, "Estimate"),
  ])
  .meta({ title: "Cell", unit: "table cell" });

const table = map(
  {
    study: named("Study").optional(),
    name: named("Name"),
    title: words("Title"),
    note: words("Note").optional(),
    columns: list(map({ name: words("Name"), unit: words("Unit") }, "Column"), "Columns").min(1),
    rows: list(list(cell, "Row"), "Rows"),
  },
  "Table",
);

const axis = (title: string) =>
  map({ title: words("Title"), scale: word("Scale", ["linear", "log"]).optional() }, title);

const point = map(
  {
    x: z.union([z.number(), z.string()]).meta({ title: "Place along the axis", unit: "point" }),
    y: amount("Height"),
    low: amount("Low end of the interval").optional(),
    high: amount("High end of the interval").optional(),
  },
  "Point",
);

const figure = map(
  {
    study: named("Study").optional(),
    name: named("Name"),
    title: words("Title"),
    alt: words("Description", "What it shows, for people who cannot see it."),
    kind: word("Kind", ["lines", "dots"]),
    x: axis("Horizontal axis"),
    y: axis("Vertical axis"),
    series: list(
      map(
        {
          name: named("Name"),
          isPublished: flag("Whether it is published rather than simulated").optional(),
          points: list(point, "Points"),
        },
        "Series",
      ),
      "Series",
    ),
  },
  "Figure",
);

const reproductionFields = {
  study: named("Study", "Name of the study, or all."),
  seed: words("Seed", "Null: each study's own.").nullable(),
  replications: whole("Replications", "Null: each study's own.").nullable(),
  engine: engine(),
  interrupted: flag("Whether it was interrupted"),
  targets: list(target, "Targets"),
  summary,
  tables: list(table, "Tables").optional(),
  figures: list(figure, "Figures").optional(),
  studies: list(
    map(
      { study: named("Study"), seed: seed(), replications: whole("Replications"), summary },
      "Study",
    ),
    "Studies",
  ).optional(),
};

type Reproduction = ContentOf<typeof reproductionFields>;

export const reproduce = documentKind("reproduce", {
  called: "a result of reproduce",
  list: "targets",
  title: "Reproduction",
  description: "Published figures beside simulated ones.",
  fields: reproductionFields,
  *findings({ tables = [], figures = [] }) {
    const fullName = ({ study = "", name }: { study?: string | undefined; name: string }) =>
      `${study} ${name}`.trim();
    yield* repeated(tables.map(fullName), (i) => ["tables", i, "name"], "table");
    yield* repeated(figures.map(fullName), (i) => ["figures", i, "name"], "figure");
    for (const [i, { columns, rows }] of tables.entries())
      for (const [j, row] of rows.entries())
        if (row.length !== columns.length)
          yield {
            path: ["tables", i, "rows", j],
            message: `the row has ${row.length} cells`,
            rule: `a row has one cell per column, of which there are ${columns.length}`,
          };
    for (const [i, figure] of figures.entries()) yield* figureFindings(figure, ["figures", i]);
  },
});

type Figure = NonNullable<Reproduction["figures"]>[number];

function* figureFindings({ series, x, y }: Figure, path: Path): Generator<Finding> {
  const types = new Set<string>();
  for (const [i, { points }] of series.entries())
    for (const [j, point] of points.entries()) {
      const at = [...path, "series", i, "points", j];
      const { low = point.y, high = point.y } = point;
      types.add(typeof point.x);
      if (types.size > 1) {
        yield {
          path: [...at, "x"],
          message: "some places along the axis are numbers and some are names",
          rule: "all points of a figure have numbers along the axis, or all have names",
        };
        return;
      }
      if (low > high || (point.low === undefined) !== (point.high === undefined))
        yield {
          path: at,
          message: `the point's interval goes from ${point.low} to ${point.high}`,
          rule: "a point has both ends of its interval, the lower one in low, or neither",
        };
      if (y.scale === "log" && point.y <= 0) yield notPositive([...at, "y"]);
      if (x.scale === "log" && Number(point.x) <= 0) yield notPositive([...at, "x"]);
    }
}

const notPositive = (path: Path): Finding => ({
  path,
  message: "the value is not above 0, and the axis is logarithmic",
  rule: "values on a logarithmic axis are above 0",
});

export const studies = documentKind("studies", {
  called: "a list of studies",
  title: "Studies",
  description: "The studies that can be reproduced.",
  fields: {
    studies: list(
      map(
        {
          name: named("Name"),
          title: words("Title"),
          question: words("Question"),
          source: words("Source"),
          replications: whole("Default replications"),
        },
        "Study",
      ),
      "Studies",
    ),
  },
});

// ---------------------------------------------------------------- predictions

const score = map(
  {
    rSquared: amount("R squared"),
    meanAbsoluteError: positive("Mean absolute error"),
    right: whole("Cases in which the recommended architecture is right"),
    cases: whole("Cases"),
    regret: positive("Rate that is lost by following the recommendation"),
  },
  "Score",
);

const method = { number: named("Number that is the model's own"), pull: portion("Pull") };

export const predictions = documentKind("predictions", {
  called: "predictions that leave each model out in turn",
  title: "Predictions",
  description: "Success of teams, predicted for each model from what the others teach.",
  fields: {
    study: named("Study"),
    seed: seed(),
    replications: whole("Replications"),
    engine: engine(),
    aims: map(
      {
        rSquared: amount("R squared"),
        meanAbsoluteError: positive("Mean absolute error"),
        rightShare: portion("Share of right recommendations"),
      },
      "Aims",
    ),
    chosen: map({ ...method, score }, "Chosen method"),
    chosenByOthers: score,
    baselines: list(
      map({ name: named("Name"), description: words("Description"), score }, "Baseline"),
      "Baselines",
    ),
    bestLines: score,
    methods: list(map({ ...method, score }, "Method"), "Methods"),
    folds: list(
      map(
        {
          model: named("Model"),
          refitted: flag("Whether the parameters were fitted without it"),
          score,
          chosenByOthers: map(method, "Method"),
        },
        "Fold",
      ),
      "Folds",
    ),
    coverage: portion("Share of the rates within their intervals"),
    cells: list(
      map(
        {
          model: named("Model"),
          benchmark: named("Benchmark"),
          architecture: named("Architecture"),
          single: portion("Rate of the single agent"),
          measured: portion("Measured rate"),
          predicted: portion("Predicted rate"),
          interval: range("95 % interval"),
        },
        "Prediction",
      ),
      "Predictions",
    ),
    unreachable: whole("Predictions in which the nearest rate was taken"),
    experience: experienceSchema,
  },
});
