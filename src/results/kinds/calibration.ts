// Documents of `calibrate` and `advise`: the result, the state that --resume goes on from, the advice.
import { z } from "zod";
import { ARCHITECTURES } from "../../advise/architectures.ts";
import type { Finding } from "../../documents/checking/validateJson.ts";
import type { Path } from "../../documents/reading/tree.ts";
import {
  amount,
  byName,
  engine,
  estimate,
  flag,
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
import { type ContentOf, documentKind } from "../kind.ts";
import { metrics } from "./experiment.ts";

const number = z.number();
const numbers = (title: string) => list(number, title);
const level = map(
  {
    replications: whole("Replications", undefined, { min: 1 }),
    evaluations: whole("Evaluations", undefined, { min: 2 }),
  },
  "Level",
);

// ---------------------------------------------------------------- the result

const parameter = map(
  {
    path: named("Path"),
    in: words("File in which it stands").optional(),
    scale: word("Scale", ["linear", "log", "logit"]),
    range: range("Range"),
    start: amount("Start"),
    fitted: amount("Fitted value"),
    unit: map({ start: number, fitted: number }, "Places in the range"),
    atBound: word("End of the range that it is at", ["low", "high"]).nullable(),
    profile: map(
      {
        interval: range("Profile interval"),
        unit: range("Places of its ends in the range"),
        verdict: word("Verdict", ["pinned", "weak", "free"]),
      },
      "Profile",
    ).nullable(),
  },
  "Parameter",
);

const fit = map(
  {
    id: named("Id"),
    metric: named("Metric"),
    of: list(named("Scenario"), "Scenarios"),
    against: list(named("Scenario"), "Baselines").optional(),
    source: words("Source"),
    weight: positive("Weight"),
    published: amount("Published figure").optional(),
    atLeast: amount("Lower bound").optional(),
    atMost: amount("Upper bound").optional(),
    interval: range("Published interval").optional(),
    tolerance: positive("Tolerance").optional(),
    scale: positive("What the miss is measured in"),
    start: estimate.meta({ title: "Before the calibration" }).nullable(),
    simulated: estimate.meta({ title: "Simulated figure" }),
    miss: amount("Miss", "scales").nullable(),
    pass: flag("Whether the simulated mean is near enough").nullable(),
  },
  "Target",
);

export const calibrate = documentKind("calibrate", {
  called: "a calibration",
  title: "Calibration",
  description: "Parameters fitted to published figures, and which of them the figures pin down.",
  fields: {
    name: named("Name"),
    seed: seed(),
    engine: engine(),
    interrupted: flag("Whether it was interrupted"),
    replications: whole("Replications of every scenario in the fits"),
    loss: map(
      { start: positive("At the start").nullable(), fitted: positive("Fitted").nullable() },
      "Loss",
    ),
    parameters: list(parameter, "Parameters"),
    correlations: list(
      map(
        { parameters: z.tuple([z.string(), z.string()]), r: amount("Correlation") },
        "Correlation",
      ),
      "Correlations",
    ),
    targets: list(fit, "Targets"),
    search: map(
      {
        levels: list(level, "Levels"),
        descent: whole("Evaluations of the descent"),
        polish: whole("Evaluations of the polish"),
        beyond: amount("Weight of what is beyond the edge"),
        prior: positive("Weight of the pull to the middle"),
        evaluations: whole("Evaluations"),
        stopped: word("Why it stopped", ["budget", "converged", "aborted"]),
        loss: positive("Least loss").nullable(),
        pull: positive("Share of the pull in it"),
        replications: whole("Replications"),
      },
      "Search",
    ),
    warnings: list(words("Warning"), "Warnings"),
  },
});

// ---------------------------------------------------------------- the state

const place = portion("Place in the range");
const places = (title: string) => list(place, title).min(1);
const values = (title: string) => list(number.nullable(), title);
const positiveNumber = z.number().positive();
const candidate = { point: places("Point"), value: number.nullable() };
const fitted = map({ ...candidate, residuals: numbers("Residuals") }, "Point").nullable();
const step = z.number().positive().max(0.5).meta({ title: "Step", unit: "widths of the range" });
const sigma = z.number().positive().max(1).meta({ title: "Step", unit: "widths of the range" });

const strategy = {
  dimension: whole("Parameters", undefined, { min: 1 }),
  seed: seed(),
  start: places("Start"),
  sigma,
};

const run = map(
  {
    options: map(
      {
        ...strategy,
        population: whole("Population", undefined, { min: 4 }),
        tolerance: positiveNumber,
        run: whole("Run"),
      },
      "Options",
    ),
    generation: whole("Generation"),
    mean: numbers("Mean"),
    sigma: positiveNumber,
    sigmaPath: numbers("Path of the step"),
    covariancePath: numbers("Path of the covariance"),
    covariance: numbers("Covariance"),
    bestValues: values("Best values"),
    medianValues: values("Median values"),
    best: map(candidate, "Best point").nullable(),
    stopped: word("Why it stopped", ["tolerance", "flat", "condition", "stagnation"]).nullable(),
  },
  "Run of CMA-ES",
);

const descent = map(
  {
    options: map(
      { start: places("Start"), difference: step, reach: sigma, tolerance: positiveNumber },
      "Options",
    ),
    base: fitted,
    found: fitted,
    model: map({ hessian: numbers("Hessian"), gradient: numbers("Gradient") }, "Model").nullable(),
    difference: positiveNumber,
    damping: positive("Damping"),
    failures: whole("Failures"),
    stopped: word("Why it stopped", ["stalled"]).nullable(),
  },
  "Descent",
);

const MOVES = [
  "simplex",
  "reflect",
  "expand",
  "contractOutside",
  "contractInside",
  "shrink",
] as const;

const simplex = map(
  {
    options: map({ start: places("Start"), step, tolerance: positiveNumber }, "Options"),
    vertices: list(numbers("Vertex"), "Vertices"),
    values: values("Values"),
    move: word("Move", MOVES),
    reflected: number.nullable(),
    stopped: word("Why it stopped", ["tolerance"]).nullable(),
  },
  "Simplex",
);

const search = map(
  {
    options: map(
      {
        ...strategy,
        levels: list(level, "Levels").min(1),
        descent: whole("Evaluations of the descent"),
        polish: whole("Evaluations of the polish"),
        population: whole("Population", undefined, { min: 4 }).optional(),
        tolerance: positiveNumber.optional(),
      },
      "Options",
    ),
    evaluations: whole("Evaluations"),
    level: whole("Level"),
    opened: flag("Whether the level was begun"),
    run,
    descent: descent.nullable(),
    simplex: simplex.nullable(),
    incumbent: map(candidate, "Best point").nullable(),
    incumbentRun: whole("Run that found it"),
    stopped: word("Why it stopped", ["budget", "converged"]).nullable(),
  },
  "Search",
);

const stateFields = {
  engine: engine(),
  inputs: byName(z.string(), "Inputs", "The seed, and the hash of every file."),
  finished: flag("Whether the result is complete"),
  search,
  best: values("Figures at the best point"),
};

/** What an interrupted calibration leaves. */
export type CalibrationState = ContentOf<typeof stateFields>;

export const calibrateState = documentKind("calibrate-state", {
  called: "the state of a calibration",
  title: "State of a calibration",
  description: "What `calibrate --resume` goes on from.",
  fields: stateFields,
  findings: stateFindings,
});

/** Everything has as many coordinates as there are parameters. */
function* stateFindings({ search }: CalibrationState): Generator<Finding> {
  const { options, run, descent, simplex, incumbent, level } = search;
  const n = options.dimension;
  const expect = (length: number, items: readonly unknown[] | undefined, ...path: Path) =>
    items === undefined || items.length === length
      ? []
      : [
          {
            path: ["search", ...path],
            message: `${["search", ...path].join(".")} has ${items.length} items`,
            rule: `with ${n} parameters it has ${length}`,
          },
        ];
  if (level >= options.levels.length)
    yield {
      path: ["search", "level"],
      message: `search.level is ${level}, and there are ${options.levels.length} levels`,
      rule: "levels are numbered from 0",
    };
  yield* expect(n, options.start, "options", "start");
  yield* expect(n, incumbent?.point, "incumbent", "point");
  yield* expect(n, run.options.start, "run", "options", "start");
  yield* expect(n, run.mean, "run", "mean");
  yield* expect(n, run.sigmaPath, "run", "sigmaPath");
  yield* expect(n, run.covariancePath, "run", "covariancePath");
  yield* expect(n * n, run.covariance, "run", "covariance");
  yield* expect(n, run.best?.point, "run", "best", "point");
  yield* expect(n, descent?.options.start, "descent", "options", "start");
  yield* expect(n, descent?.base?.point, "descent", "base", "point");
  yield* expect(n, descent?.found?.point, "descent", "found", "point");
  yield* expect(n * n, descent?.model?.hessian, "descent", "model", "hessian");
  yield* expect(n, descent?.model?.gradient, "descent", "model", "gradient");
  yield* expect(n, simplex?.options.start, "simplex", "options", "start");
  yield* expect(n + 1, simplex?.vertices, "simplex", "vertices");
  for (const [i, vertex] of (simplex?.vertices ?? []).entries())
    yield* expect(n, vertex, "simplex", "vertices", i);
}

// ---------------------------------------------------------------- advice

const rate = { value: amount("Value"), success: portion("Success of the single agent") };

export const advise = documentKind("advise", {
  called: "an advice",
  title: "Advice",
  description: "Which architecture suits a task.",
  fields: {
    recommended: word("Recommended architecture", ARCHITECTURES),
    why: words("Why"),
    task: words("Task"),
    singleSuccess: portion("Success of the single agent"),
    instances: whole("Tasks on which that was measured"),
    number: map(
      {
        path: words("Path"),
        title: words("Title"),
        value: amount("Value"),
        shipped: map(rate, "Of the mean model"),
        teams: map(rate, "At which teams are simulated"),
        pull: portion("Pull"),
      },
      "Number that is the model's own",
    ),
    intervals: word("What intervals are made of", ["prediction", "simulation"]),
    seed: seed(),
    replications: whole("Replications"),
    engine: engine(),
    architectures: list(
      map(
        {
          name: word("Architecture", ARCHITECTURES),
          success: map({ mean: portion("Mean"), ci: range("95 % interval") }, "Predicted success"),
          probabilityBest: portion("Chance to be the best"),
          metrics,
        },
        "Architecture",
      ),
      "Architectures",
    ),
    notes: list(words("Note"), "Notes"),
  },
});
