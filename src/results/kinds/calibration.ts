// Documents of `calibrate` and `advise`: the result, the state that --resume goes on from, the advice.
import { z } from "zod";
import { BASES } from "../../advise/basis.ts";
import type { Finding } from "../../documents/checking/validateJson.ts";
import type { Path } from "../../documents/reading/tree.ts";
import * as f from "../fields.ts";
import { type ContentOf, documentKind } from "../kind.ts";
import { metrics } from "./experiment.ts";

const number = z.number();
const numbers = (title: string) => f.list(number, title);
const level = f.map(
  {
    replications: f.whole("Replications", undefined, { min: 1 }),
    evaluations: f.whole("Evaluations", undefined, { min: 2 }),
  },
  "Level",
);

// ---------------------------------------------------------------- the result

const parameter = f.map(
  {
    path: f.named("Path"),
    in: f.words("File in which it stands").optional(),
    scale: f.word("Scale", ["linear", "log", "logit"]),
    range: f.range("Range"),
    start: f.amount("Start"),
    fitted: f.amount("Fitted value"),
    unit: f.map({ start: number, fitted: number }, "Places in the range"),
    atBound: f.word("End of the range that it is at", ["low", "high"]).nullable(),
    profile: f
      .map(
        {
          interval: f.range("Profile interval"),
          unit: f.range("Places of its ends in the range"),
          verdict: f.word("Verdict", ["pinned", "weak", "free"]),
        },
        "Profile",
      )
      .nullable(),
  },
  "Parameter",
);

const fit = f.map(
  {
    id: f.named("Id"),
    metric: f.named("Metric"),
    of: f.list(f.named("Scenario"), "Scenarios"),
    against: f.list(f.named("Scenario"), "Baselines").optional(),
    source: f.words("Source"),
    weight: f.positive("Weight"),
    published: f.amount("Published figure").optional(),
    atLeast: f.amount("Lower bound").optional(),
    atMost: f.amount("Upper bound").optional(),
    interval: f.range("Published interval").optional(),
    tolerance: f.positive("Tolerance").optional(),
    scale: f.positive("What the miss is measured in"),
    error: f.positive("Standard error").optional(),
    mean: f.word("Mean of several scenarios", ["arithmetic", "geometric"]).optional(),
    start: f.estimate.meta({ title: "Before the calibration" }).nullable(),
    simulated: f.estimate.meta({ title: "Simulated figure" }),
    miss: f.amount("Miss", "scales").nullable(),
    pass: f.flag("Whether the simulated mean is near enough").nullable(),
  },
  "Target",
);

const deviation = f.positive("Standard deviation");

const ensemble = f.map(
  {
    size: f.whole("Members"),
    waves: f.whole("Waves of simulation"),
    points: f.whole("Points per wave"),
    candidates: f.whole("Candidates of which members are drawn"),
    moves: f.whole("Moves that each member tried"),
    replications: f.whole("Replications of every scenario at a point"),
    distinct: f.whole("Members that differ"),
    effective: f.positive("Independent draws that the candidates are worth"),
    blind: f.whole("Points without a value of some target"),
    accepted: f.portion("Moves that were accepted").nullable(),
    atEdge: f.portion("Members at the edge of what was simulated"),
    parameters: f.list(
      f.map(
        {
          path: f.named("Path"),
          in: f.words("File in which it stands").optional(),
          range: f.range("Range"),
          mean: f.amount("Mean"),
          sd: deviation,
          quantiles: z
            .tuple([z.number(), z.number(), z.number()])
            .meta({ title: "Quantiles at 5, 50 and 95 %" }),
          narrowed: f.positive(
            "Standard deviation as a share of that of the range",
            "",
            "On the scale of the parameter; near 1 where the targets tell nothing.",
          ),
        },
        "Parameter",
      ),
      "Parameters",
    ),
    targets: f.list(
      f.map(
        {
          id: f.named("Id"),
          mean: f.amount("Mean").nullable(),
          sd: deviation.nullable(),
          emulator: f
            .map(
              {
                r2: f.amount("Share of the variance that is foretold").nullable(),
                rmse: f.positive("Root mean square of the errors"),
              },
              "Emulator against simulation",
            )
            .nullable(),
        },
        "Target",
      ),
      "Targets",
    ),
    members: f.list(
      f.map(
        { values: numbers("Values of the parameters"), minusTwoLogL: f.amount("-2 log L") },
        "Member",
      ),
      "Members",
    ),
  },
  "Ensemble",
  "Parameter sets in proportion to their likelihood.",
);

export const calibrate = documentKind("calibrate", {
  called: "a calibration",
  title: "Calibration",
  description: "Parameters fitted to published figures, and which of them the figures pin down.",
  fields: {
    name: f.named("Name"),
    seed: f.seed(),
    engine: f.engine(),
    interrupted: f.flag("Whether it was interrupted"),
    replications: f.whole("Replications of every scenario in the fits"),
    loss: f.map(
      { start: f.positive("At the start").nullable(), fitted: f.positive("Fitted").nullable() },
      "Loss",
    ),
    parameters: f.list(parameter, "Parameters"),
    correlations: f.list(
      f.map(
        { parameters: z.tuple([z.string(), z.string()]), r: f.amount("Correlation") },
        "Correlation",
      ),
      "Correlations",
    ),
    targets: f.list(fit, "Targets"),
    ensemble: ensemble.optional(),
    search: f.map(
      {
        levels: f.list(level, "Levels"),
        descent: f.whole("Evaluations of the descent"),
        polish: f.whole("Evaluations of the polish"),
        beyond: f.amount("Weight of what is beyond the edge"),
        prior: f.positive("Weight of the pull to the middle"),
        evaluations: f.whole("Evaluations"),
        stopped: f.word("Why it stopped", ["budget", "converged", "aborted"]),
        loss: f.positive("Least loss").nullable(),
        pull: f.positive("Share of the pull in it"),
        replications: f.whole("Replications"),
      },
      "Search",
    ),
    warnings: f.list(f.words("Warning"), "Warnings"),
  },
});

// ---------------------------------------------------------------- the state

const place = f.portion("Place in the range");
const places = (title: string) => f.list(place, title).min(1);
const values = (title: string) => f.list(number.nullable(), title);
const positiveNumber = z.number().positive();
const candidate = { point: places("Point"), value: number.nullable() };
const fitted = f.map({ ...candidate, residuals: numbers("Residuals") }, "Point").nullable();
const step = z.number().positive().max(0.5).meta({ title: "Step", unit: "widths of the range" });
const sigma = z.number().positive().max(1).meta({ title: "Step", unit: "widths of the range" });

const strategy = {
  dimension: f.whole("Parameters", undefined, { min: 1 }),
  seed: f.seed(),
  start: places("Start"),
  sigma,
};

const run = f.map(
  {
    options: f.map(
      {
        ...strategy,
        population: f.whole("Population", undefined, { min: 4 }),
        tolerance: positiveNumber,
        run: f.whole("Run"),
      },
      "Options",
    ),
    generation: f.whole("Generation"),
    mean: numbers("Mean"),
    sigma: positiveNumber,
    sigmaPath: numbers("Path of the step"),
    covariancePath: numbers("Path of the covariance"),
    covariance: numbers("Covariance"),
    bestValues: values("Best values"),
    medianValues: values("Median values"),
    best: f.map(candidate, "Best point").nullable(),
    stopped: f.word("Why it stopped", ["tolerance", "flat", "condition", "stagnation"]).nullable(),
  },
  "Run of CMA-ES",
);

const descent = f.map(
  {
    options: f.map(
      { start: places("Start"), difference: step, reach: sigma, tolerance: positiveNumber },
      "Options",
    ),
    base: fitted,
    found: fitted,
    model: f
      .map({ hessian: numbers("Hessian"), gradient: numbers("Gradient") }, "Model")
      .nullable(),
    difference: positiveNumber,
    damping: f.positive("Damping"),
    failures: f.whole("Failures"),
    stopped: f.word("Why it stopped", ["stalled"]).nullable(),
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

const simplex = f.map(
  {
    options: f.map({ start: places("Start"), step, tolerance: positiveNumber }, "Options"),
    vertices: f.list(numbers("Vertex"), "Vertices"),
    values: values("Values"),
    move: f.word("Move", MOVES),
    reflected: number.nullable(),
    stopped: f.word("Why it stopped", ["tolerance"]).nullable(),
  },
  "Simplex",
);

const search = f.map(
  {
    options: f.map(
      {
        ...strategy,
        levels: f.list(level, "Levels").min(1),
        descent: f.whole("Evaluations of the descent"),
        polish: f.whole("Evaluations of the polish"),
        population: f.whole("Population", undefined, { min: 4 }).optional(),
        tolerance: positiveNumber.optional(),
      },
      "Options",
    ),
    evaluations: f.whole("Evaluations"),
    level: f.whole("Level"),
    opened: f.flag("Whether the level was begun"),
    run,
    descent: descent.nullable(),
    simplex: simplex.nullable(),
    incumbent: f.map(candidate, "Best point").nullable(),
    incumbentRun: f.whole("Run that found it"),
    stopped: f.word("Why it stopped", ["budget", "converged"]).nullable(),
  },
  "Search",
);

const stateFields = {
  engine: f.engine(),
  inputs: f.byName(z.string(), "Inputs", "The seed, and the hash of every file."),
  finished: f.flag("Whether the result is complete"),
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

const rate = { value: f.amount("Value"), success: f.portion("Success of the single agent") };

export const advise = documentKind("advise", {
  called: "an advice",
  title: "Advice",
  description: "Which architecture suits a task.",
  fields: {
    recommended: f.named("Recommended candidate"),
    sure: f.map(
      {
        probabilityBest: f.portion("Chance to be the best"),
        expectedLoss: f.amount("Expected loss by choosing it", "share"),
        clear: f.flag("Whether the choice is clear"),
      },
      "How sure that is",
    ),
    next: f
      .map(
        {
          candidate: f.named("Candidate"),
          instances: f.whole("Tasks"),
          cost: f.positive("Cost of all of them", "USD"),
          chanceClear: f.portion("Chance of a clear choice after it"),
          gain: f.positive("Expected gain of success", "share"),
          enough: f.flag("Whether it would decide"),
        },
        "Measurement that would make it surer",
      )
      .nullable(),
    why: f.words("Why"),
    task: f.words("Task"),
    singleSuccess: f.portion("Success of the single agent"),
    instances: f.whole("Tasks on which that was measured"),
    measured: f.list(
      f.map(
        {
          candidate: f.named("Candidate"),
          rate: f.portion("Success"),
          instances: f.whole("Tasks"),
        },
        "Measurement",
      ),
      "Measurements",
    ),
    family: f.named("Family of the model").nullable(),
    constraints: f.list(f.words("Constraint"), "Constraints"),
    number: f.map(
      {
        path: f.words("Path"),
        title: f.words("Title"),
        value: f.amount("Value"),
        shipped: f.map(rate, "Of the mean model"),
        teams: f.map(rate, "At which teams are simulated"),
        pull: f.portion("Pull"),
      },
      "Number that is the model's own",
    ),
    basis: f.word("What predictions rest on", BASES).meta({
      description:
        "benchmark: corrected by what simulations miss of published models; stated, guessed: a task of one's own, the shape of which its file states or leaves open, with the errors of such predictions; simulation: nothing but the simulation.",
    }),
    seed: f.seed(),
    replications: f.whole("Replications"),
    sets: f.whole("Parameter sets"),
    engine: f.engine(),
    architectures: f.list(
      f.map(
        {
          name: f.named("Candidate"),
          success: f.map(
            { mean: f.portion("Mean"), ci: f.range("95 % interval") },
            "Predicted success",
          ),
          probabilityBest: f.portion("Chance to be the best"),
          expectedLoss: f.amount("Expected loss by choosing it", "share"),
          meets: f.list(f.flag("Whether it meets the constraint").nullable(), "Constraints met"),
          metrics,
        },
        "Candidate",
      ),
      "Candidates",
    ),
    notes: f.list(f.words("Note"), "Notes"),
  },
});
