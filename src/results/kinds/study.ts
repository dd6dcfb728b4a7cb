// Documents of studies: what `reproduce` and `studies` print.
import { z } from "zod";
import { experienceSchema } from "../../advise/belief/experience.ts";
import type { Finding } from "../../documents/checking/validateJson.ts";
import type { Path } from "../../documents/reading/tree.ts";
import { PROVENANCES } from "../../literature/target.ts";
import * as f from "../fields.ts";
import { repeated } from "../findings.ts";
import { type ContentOf, documentKind } from "../kind.ts";

// ---------------------------------------------------------------- targets

const basis = f
  .word("Where the tolerance comes from", ["published", "arbitrary"])
  .meta({
    description:
      "published: an interval, a range, a spread, the digits of a printed figure, or the spread of its published parts; arbitrary: somebody chose it.",
  })
  .optional();

const tolerance = z
  .discriminatedUnion("kind", [
    f.map(
      {
        kind: f.kindOf("range"),
        from: f.amount("From").nullable(),
        to: f.amount("To").nullable(),
        basis,
      },
      "Range",
    ),
    f.map(
      { kind: f.kindOf("relative"), within: f.positive("Within", "share of the figure"), basis },
      "Share",
    ),
    f.map(
      { kind: f.kindOf("absolute"), within: f.positive("Within", "unit of the figure"), basis },
      "Margin",
    ),
  ])
  .meta({ title: "Tolerance", unit: "tolerance" });

const provenance = f.word("Provenance", PROVENANCES).meta({
  description:
    "calibrated: parameters were chosen with this figure in view; predicted: they were not, and it could have come out otherwise; derived: it follows from other figures of the study; identity: it follows from inputs and cannot fail; structural: it follows from a limit or a structure that was set.",
});

/** What is known of a figure before anything is simulated. */
const publishedFields = {
  id: f.named("Id"),
  figure: f.named("Kind of figure"),
  title: f.words("Title"),
  unit: f.words("Unit"),
  published: f.amount("Published figure"),
  publishedCi: f.range("Published interval").nullable(),
  tolerance: tolerance.nullable(),
  kind: provenance,
  source: f.words("Source"),
  definition: f.words("Definition"),
  note: f.words("Note").optional(),
};

const target = f.map(
  {
    ...publishedFields,
    simulated: f.estimate.meta({ title: "Simulated figure" }),
    pass: f.flag("Whether the simulated mean is within the tolerance").nullable(),
    other: f
      .map(
        {
          definition: f.words("Definition"),
          simulated: f.estimate.meta({ title: "Simulated figure" }),
        },
        "The same figure by another definition",
      )
      .optional(),
  },
  "Target",
  "A published figure beside the simulated one.",
);

const counts = (title: string) =>
  f.map({ passed: f.whole("Passed"), missed: f.whole("Missed"), open: f.whole("Open") }, title);

const summary = f.map(
  {
    targets: f.whole("Targets"),
    calibrated: counts("Calibrated"),
    predicted: counts("Predicted"),
    uncounted: f
      .map(
        {
          derived: f.whole("Derived"),
          identity: f.whole("Identities"),
          structural: f.whole("Structural"),
        },
        "Figures whose verdicts are not counted",
      )
      .optional(),
    success: f
      .map(
        {
          cells: f.whole("Success rates"),
          meanAbsoluteError: f.positive("Mean absolute error").nullable(),
          largestError: f.positive("Largest error").nullable(),
          tolerance: f.positive("Tolerance"),
          pass: f.flag("Whether the mean absolute error is within the tolerance").nullable(),
        },
        "Many success rates judged together",
      )
      .optional(),
  },
  "Summary",
);

// ---------------------------------------------------------------- tables and figures

const cell = z
  .union([
    z.string(),
    z.number(),
    z.null(),
    f.map({ mean: f.amount("Mean").nullable(), ci: f.interval("95 % interval") }, "Estimate"),
  ])
  .meta({ title: "Cell", unit: "table cell" });

const table = f.map(
  {
    study: f.named("Study").optional(),
    name: f.named("Name"),
    title: f.words("Title"),
    note: f.words("Note").optional(),
    columns: f
      .list(f.map({ name: f.words("Name"), unit: f.words("Unit") }, "Column"), "Columns")
      .min(1),
    rows: f.list(f.list(cell, "Row"), "Rows"),
  },
  "Table",
);

const axis = (title: string) =>
  f.map({ title: f.words("Title"), scale: f.word("Scale", ["linear", "log"]).optional() }, title);

const point = f.map(
  {
    x: z.union([z.number(), z.string()]).meta({ title: "Place along the axis", unit: "point" }),
    y: f.amount("Height"),
    value: f.amount("Value at a place of a map").optional(),
    low: f.amount("Low end of the interval").optional(),
    high: f.amount("High end of the interval").optional(),
  },
  "Point",
);

const figure = f.map(
  {
    study: f.named("Study").optional(),
    name: f.named("Name"),
    title: f.words("Title"),
    alt: f.words("Description", "What it shows, for people who cannot see it."),
    kind: f.word("Kind", ["lines", "dots", "map"]),
    x: axis("Horizontal axis"),
    y: axis("Vertical axis"),
    value: f.map({ title: f.words("Title") }, "What a map shows").optional(),
    series: f.list(
      f.map(
        {
          name: f.named("Name"),
          isPublished: f.flag("Whether it is published rather than simulated").optional(),
          points: f.list(point, "Points"),
        },
        "Series",
      ),
      "Series",
    ),
  },
  "Figure",
);

const reproductionFields = {
  study: f.named("Study", "Name of the study, or all."),
  seed: f.words("Seed", "Null: each study's own.").nullable(),
  replications: f.whole("Replications", "Null: each study's own.").nullable(),
  engine: f.engine(),
  interrupted: f.flag("Whether it was interrupted"),
  ablations: f.flag("Whether it is what drives the study").optional(),
  targets: f.list(target, "Targets"),
  summary,
  tables: f.list(table, "Tables").optional(),
  figures: f.list(figure, "Figures").optional(),
  studies: f
    .list(
      f.map(
        { study: f.named("Study"), seed: f.seed(), replications: f.whole("Replications"), summary },
        "Study",
      ),
      "Studies",
    )
    .optional(),
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

export const reproduceSeeds = documentKind("reproduce-seeds", {
  called: "a result of reproduce --seeds",
  list: "targets",
  title: "Reproduction with several seeds",
  description: "Published figures beside those that were simulated with each of several seeds.",
  fields: {
    study: f.named("Study"),
    replications: f.whole("Replications", "Of every scenario, with each seed."),
    asked: f.whole("Seeds that were asked for", undefined, { min: 1 }),
    engine: f.engine(),
    interrupted: f.flag("Whether it was interrupted"),
    seeds: f.list(f.map({ seed: f.seed(), summary }, "Seed"), "Seeds that are complete"),
    targets: f.list(
      f.map(
        {
          ...publishedFields,
          means: f.list(
            f.amount("Simulated mean").nullable(),
            "Simulated means, in the order of the seeds",
          ),
          verdicts: counts("Number of seeds by verdict"),
        },
        "Target",
        "A published figure beside those that were simulated.",
      ),
      "Targets",
    ),
  },
  *findings({ seeds, targets }) {
    for (const [i, { means }] of targets.entries())
      if (means.length !== seeds.length)
        yield {
          path: ["targets", i, "means"],
          message: `the figure has ${means.length} simulated means`,
          rule: `a figure has one mean per seed, of which there are ${seeds.length}`,
        };
  },
});

type Figure = NonNullable<Reproduction["figures"]>[number];

function* figureFindings({ kind, series, x, y }: Figure, path: Path): Generator<Finding> {
  const types = new Set<string>();
  for (const [i, { points }] of series.entries())
    for (const [j, point] of points.entries()) {
      const at = [...path, "series", i, "points", j];
      const { value = point.y } = point;
      const { low = value, high = value } = point;
      if ((kind === "map") !== (point.value !== undefined))
        yield {
          path: at,
          message: kind === "map" ? "the point has no value" : "the point has a value",
          rule: "the points of a map have values, and no others",
        };
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
    studies: f.list(
      f.map(
        {
          name: f.named("Name"),
          title: f.words("Title"),
          question: f.words("Question"),
          source: f.words("Source"),
          replications: f.whole("Default replications"),
        },
        "Study",
      ),
      "Studies",
    ),
  },
});

// ---------------------------------------------------------------- predictions

const score = f.map(
  {
    rSquared: f.amount("R squared", "", "Null where no rates are predicted.").nullable(),
    meanAbsoluteError: f.positive("Mean absolute error").nullable(),
    right: f.positive(
      "Cases in which the recommended architecture is right",
      "",
      "A mean where a measurement was drawn several times.",
    ),
    cases: f.whole("Cases"),
    regret: f.positive("Rate that is lost by following the recommendation"),
    coverage: f
      .byName(f.portion("Share"), "Share of the rates within their 95 % intervals, by benchmark")
      .nullable(),
    width: f.positive("Mean width of the intervals").nullable(),
  },
  "Score",
);

const difference = (title: string) =>
  f.map(
    { mean: f.amount("Difference"), ci: f.range("95 % interval", "By the bootstrap over models.") },
    title,
  );

const row = f.map(
  {
    kind: f.word("How the predictor knows what it knows", [
      "simulation",
      "measured",
      "own task",
      "baseline",
      "hindsight",
    ]),
    name: f.named("Name"),
    description: f.words("Description"),
    score,
    against: f.named("Row of the predictor without a mechanism that knows as much").nullable(),
    differences: f
      .map(
        { rSquared: difference("R squared").nullable(), regret: difference("Regret") },
        "What it has over that one",
      )
      .nullable(),
  },
  "Predictor",
);

export const predictions = documentKind("predictions", {
  called: "predictions that leave each model out in turn",
  title: "Predictions",
  description: "Success of teams, predicted for each model from what the others teach.",
  fields: {
    study: f.named("Study"),
    seed: f.seed(),
    replications: f.whole("Replications"),
    sets: f.whole("Parameter sets that share them", undefined, { min: 1 }),
    engine: f.engine(),
    aims: f.map(
      {
        rSquared: f.amount("R squared"),
        measuredRSquared: f.amount("R squared after a measurement"),
        right: f.whole("Cases in which the recommended architecture is right"),
        regret: f.positive("Rate that is lost by following the recommendation"),
        coverage: f.range("Share of the rates within their intervals, on every benchmark"),
        width: f.positive("Mean width of the intervals"),
      },
      "Aims",
    ),
    rows: f.list(row, "Predictors"),
    folds: f.list(
      f.map(
        {
          model: f.named("Model"),
          refitted: f.flag("Whether the parameters were fitted without it"),
          score,
        },
        "Fold",
      ),
      "Folds",
    ),
    cells: f.list(
      f.map(
        {
          model: f.named("Model"),
          benchmark: f.named("Benchmark"),
          architecture: f.named("Architecture"),
          single: f.portion("Rate of the single agent"),
          published: f.portion("Published rate"),
          predicted: f.portion("Predicted rate"),
          interval: f.range("95 % interval"),
        },
        "Prediction",
      ),
      "Predictions",
    ),
    unreached: f.whole("Simulations in which the nearest rate of the single agent was taken"),
    experience: experienceSchema,
  },
});
