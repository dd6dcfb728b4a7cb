// The document of `estimate`: what logs tell of a team, and how well the scenario that comes of it fits.
import { z } from "zod";
import { TROUBLES } from "../../logs/format.ts";
import * as f from "../fields.ts";
import { documentKind } from "../kind.ts";

const place = f.map(
  { file: f.words("File"), line: f.whole("Line", undefined, { min: 1 }).optional() },
  "Place",
);

const troubleNames = Object.keys(TROUBLES) as [keyof typeof TROUBLES, ...(keyof typeof TROUBLES)[]];

const read = f.map(
  {
    files: f.whole("Files"),
    runs: f.whole("Runs"),
    formats: f.list(
      f.map(
        {
          name: f.named("Name"),
          title: f.words("Title"),
          files: f.whole("Files"),
          records: f.whole("Records"),
          runs: f.whole("Runs"),
        },
        "Format",
      ),
      "Formats",
    ),
    troubles: f.list(
      f.map(
        {
          trouble: f.word("Trouble", troubleNames),
          what: f.words("What is concerned"),
          count: f.whole("How often"),
          example: place,
        },
        "Trouble",
      ),
      "Troubles",
      "What is wrong in the logs and did not stop their reading.",
    ),
    unknown: f.list(f.words("File"), "Files of which nothing was understood"),
  },
  "What was read",
);

const pair = (title: string) =>
  z.tuple([z.number(), z.number()]).meta({ title, unit: "two numbers" });

const uncertain = z
  .union([
    f.map({ value: f.amount("Median"), interval: f.range("95 % interval") }, "Interval"),
    f.map({ beta: pair("Successes and failures") }, "Beta"),
    f.map({ normal: pair("Mean and standard deviation") }, "Normal"),
    f.map({ lognormal: pair("Mean and standard deviation") }, "Lognormal"),
    f.map({ uniform: f.range("Bounds") }, "Uniform"),
  ])
  .meta({ title: "As a scenario says it", unit: "object" });

const estimate = f
  .map(
    {
      value: f.amount("Value"),
      interval: f.range("95 % interval"),
      count: f.positive("Observations"),
      of: f.words("What is observed"),
      method: f.words("Method"),
      uncertain,
    },
    "Estimate",
    "A number with its interval and what it rests on.",
  )
  .meta({ id: "loggedEstimate" });

const optional = (title: string) => estimate.meta({ title }).optional();

const latency = f.map(
  {
    distribution: f.anything("Distribution", "As a scenario says it, in seconds."),
    mean: estimate,
    tried: f.list(
      f.map(
        {
          distribution: f.words("Distribution"),
          logLikelihood: f.amount("Log-likelihood").nullable(),
          distance: f.portion("Kolmogorov-Smirnov distance"),
        },
        "Fit",
      ),
      "Fits",
      "The best first.",
    ),
    quantiles: f.list(
      f.positive("Quantile", "seconds"),
      "Observed quantiles",
      "At 1, 5, 10, 25, 50, 75, 90, 95 and 99 %.",
    ),
  },
  "Latency",
);

const model = f.map(
  {
    latency: latency.optional(),
    inputTokens: optional("Input tokens per turn"),
    outputTokens: optional("Output tokens per turn"),
    cached: optional("Share of the input tokens from a cache"),
    contextPerTurn: optional("Growth of the input tokens per turn"),
    failure: optional("Share of calls that fail"),
    timeouts: optional("Share of calls that time out"),
    price: f
      .map(
        {
          input: f.positive("Input price", "US dollars per million tokens"),
          output: f.positive("Output price", "US dollars per million tokens"),
          source: f.words("Source"),
        },
        "Price",
      )
      .optional(),
  },
  "Model",
);

const check = f
  .map(
    {
      recall: optional("Recall"),
      falseAlarm: optional("False alarm"),
      reviews: estimate.meta({ title: "Reviews per run" }),
    },
    "Check",
  )
  .optional();

const agent = f.map(
  {
    model: f.words("Model").optional(),
    turns: estimate.meta({ title: "Turns per run in which it takes part" }),
    turnsSpread: f.positive("Their standard deviation"),
    errorRate: optional("Error rate"),
    propagation: optional("Propagation"),
    toolsPerTurn: optional("Tool calls per turn"),
    toolFailure: optional("Tool failure"),
    checks: f.map({ self: check, peer: check, orchestrator: check }, "Checks"),
    starts: optional("Share of the failures that it starts"),
    omission: optional("Omission"),
    distortion: optional("Distortion"),
  },
  "Agent",
);

const outcome = f.map(
  {
    success: estimate.meta({ title: "Success" }),
    trials: f.range("Trials per task, the smallest and the largest number"),
    passHat: f.list(
      f.map(
        {
          k: f.whole("k", undefined, { min: 1 }),
          observed: f.portion("Observed"),
          interval: f.range("95 % interval"),
          betaBinomial: f.portion("Fitted by the beta-binomial model").nullable(),
          logitNormal: f.portion("Fitted by the logit-normal model").nullable(),
        },
        "pass^k",
      ),
      "pass^k",
    ),
    intraclass: optional("Intraclass correlation"),
    logOdds: f
      .map(
        { mean: estimate.meta({ title: "Mean" }), spread: estimate.meta({ title: "Spread" }) },
        "Log-odds of success over tasks",
      )
      .optional(),
  },
  "Outcomes",
);

const estimates = f.map(
  {
    runs: f.whole("Runs that were estimated from"),
    tasks: f.whole("Tasks"),
    outcome: outcome.optional(),
    difficultySpread: optional("Spread of difficulty, from judged steps"),
    agents: f.byName(agent, "Agents"),
    models: f.byName(model, "Models"),
    unidentified: f.list(
      f.map(
        { what: f.words("What"), why: f.words("Why"), remedy: f.words("What would tell") },
        "Unidentified",
      ),
      "What the logs do not tell",
    ),
  },
  "Estimates",
);

const number = f.map(
  {
    path: f.named("Path"),
    value: f.amount("Value"),
    uncertain: uncertain.optional(),
    origin: f.word("Origin", ["measured", "calibrated", "prior", "guess"]),
    note: f.words("Note"),
  },
  "Number of the scenario",
);

const valued = (title: string) =>
  f.map({ value: f.amount("Value"), interval: f.range("95 % interval") }, title);

const certificate = f.map(
  {
    isHeldOut: f.flag("Whether each fold was held against a scenario estimated without it"),
    folds: f.whole("Folds", undefined, { min: 1 }),
    rows: f.list(
      f.map(
        {
          figure: f.named("Figure"),
          observed: valued("Observed"),
          simulated: valued("Simulated"),
          distance: f.amount("Simulated less observed"),
          isWithin: f.flag("Whether the simulated figure lies in the observed interval"),
          runs: f.whole("Runs that tell it"),
        },
        "Row",
      ),
      "Rows",
    ),
  },
  "Certificate",
);

export const estimateDocument = documentKind("estimate", {
  title: "Estimate of a team from logs",
  description: "What `estimate` prints with --json, and estimate.json in its folder of results.",
  called: "an estimate",
  fields: {
    engine: f.engine(),
    name: f.named("Name of the scenario"),
    scenario: f.words("File of the scenario, beside this one"),
    like: f.words("File whose structure it has").optional(),
    read,
    estimates,
    numbers: f.list(number, "Numbers of the scenario"),
    certificate,
  },
});
