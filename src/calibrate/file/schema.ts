// The format of a targets file: which published figures are to be met, by which scenarios, and which parameters are
// free. Like the scenario's schema it is the one source of types, checks, defaults and the JSON Schema for editors.
import { z } from "zod";
import {
  FILE_KEYS,
  list,
  name,
  namedMap,
  number,
  oneOf,
  oneOrMore,
  path,
  section,
  text,
  whole,
} from "../../documents/fields.ts";
import { jsonSchemaOf } from "../../documents/jsonSchema.ts";

const bounds = (title: string, description: string, unit: string) =>
  z
    .array(number("Bound", "Low or high end.", ["any"]))
    .length(2)
    .meta({ title, description, unit });

const labels = (title: string, description: string) =>
  oneOrMore(name("Label", "A label from `scenarios`."), title, description, "labels");

/** A tolerance that is a share of the value. */
export const PERCENT = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/;

export const parameterSchema = section("Parameter", "A free parameter.", {
  path: path("Path", "Dotted path of the free number, as for --set."),
  in: path(
    "In",
    "The file that holds the number: a file that scenarios extend, as a path relative to this file. Without it the number is set in every scenario.",
  ).optional(),
  range: bounds("Range", "Lowest and highest value.", "range"),
  scale: oneOf(
    ["linear", "log", "logit"],
    "Scale",
    "Scale on which equal steps mean equal changes: the value, its logarithm or its log-odds.",
  ).default("linear"),
  start: number(
    "Start",
    "Where the search begins. By default the value in the scenarios, or else the middle of the range.",
    ["any"],
  ).optional(),
});

export const targetSchema = section("Target", "A figure to meet.", {
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/)
    .meta({
      title: "Id",
      description: "Name of the target: letters, digits and . _ / - (at most 100).",
      unit: "id",
    }),
  metric: z
    .string()
    .min(1)
    .max(200)
    .meta({ title: "Metric", description: "A metric by its name in results.", unit: "text" }),
  of: labels("Of", "Scenarios, by label. With several, the figure is compared with their mean."),
  mean: oneOf(
    ["arithmetic", "geometric"],
    "Mean",
    "Which mean of several scenarios: the geometric one suits ratios, of which none then outweighs the others by its size.",
  ).default("arithmetic"),
  against: labels(
    "Against",
    "Baselines, by label, for a metric that compares with one: a single baseline for all scenarios, or one for each.",
  ).optional(),
  value: number("Value", "The figure to meet.", ["any"]).optional(),
  atLeast: number("At least", "Instead of a value: a lower bound of the figure.", [
    "any",
  ]).optional(),
  atMost: number("At most", "Instead of a value: an upper bound of the figure.", [
    "any",
  ]).optional(),
  interval: bounds(
    "Interval",
    "The uncertainty that the source gives. A miss is measured in units of half its width.",
    "interval",
  ).optional(),
  tolerance: z
    .union([z.number().positive(), z.string().regex(PERCENT)])
    .meta({
      title: "Tolerance",
      description:
        "How near is near enough, as a number or as a percentage of the value. A miss is measured in units of it, unless a standard error is known. It takes precedence over the interval.",
      unit: "tolerance",
    })
    .optional(),
  count: whole(
    "Count",
    "Of a published rate: the number of trials behind it. Its standard error is then binomial, √(p(1 - p) / count), and a miss is measured in two of them.",
    ["any", 1, 1e9],
  ).optional(),
  error: z
    .number()
    .positive()
    .meta({
      title: "Error",
      description:
        "The standard error of the figure. A miss is measured in two of them. Without it and a count, the tolerance, or half the width of the interval, counts as two standard errors.",
      unit: "error",
    })
    .optional(),
  weight: number(
    "Weight",
    "How much the target counts: like so many independent figures with the same error. With 0 the figure is reported but not fitted.",
    ["any", 0, 1e6],
  ).default(1),
  effort: whole(
    "Effort",
    "Multiplies the replications of its scenarios, and of everything that runs on the same instances. Give rare outcomes more, so that the search does not fit noise.",
    ["any", 1, 1000],
  ).default(1),
  source: text("Source", "Where the figure was published or measured.", { min: 1, max: 1000 }),
});

const level = section("Level", "A stage of the search.", {
  replications: whole("Replications", "Replications per scenario in one evaluation.", [
    "replications",
    1,
    1e6,
  ]),
  evaluations: whole("Evaluations", "Number of points tried in this stage.", [
    "evaluations",
    2,
    1e6,
  ]),
});

export const ensembleSchema = section(
  "Ensemble",
  "After the search: parameter sets in proportion to their likelihood, within the ranges.",
  {
    size: whole("Size", "Number of parameter sets.", ["any", 8, 10_000]).default(64),
    waves: whole(
      "Waves",
      "How often points are simulated, an emulator is fitted to them, and points are drawn from what it says.",
      ["any", 1, 50],
    ).default(4),
    points: whole(
      "Points",
      "Points per wave. By default twice as many as a quadratic function of the parameters has coefficients, and at least 64.",
      ["any", 16, 100_000],
    ).optional(),
    replications: whole("Replications", "Replications per scenario at every point.", [
      "replications",
      1,
      1e6,
    ]).default(1024),
    candidates: whole(
      "Candidates",
      "Points simulated at the end, of which the ensemble is drawn by their simulated likelihood. By default eight times its size.",
      ["any", 16, 100_000],
    ).optional(),
    moves: whole(
      "Moves",
      "How often every set then tries to move, each time with one more simulation, so that sets drawn more than once part.",
      ["any", 0, 1000],
    ).default(12),
  },
);

export const searchSchema = section("Search", "How long to search.", {
  levels: list(
    level,
    "Levels",
    "Stages of the CMA-ES search. Replications rise from one stage to the next. A single stage of 2 evaluations tries only the start, so that the descent begins there.",
    { min: 1, max: 20 },
  ).default([
    { replications: 400, evaluations: 2000 },
    { replications: 2000, evaluations: 500 },
  ]),
  descent: whole(
    "Descent",
    "Evaluations of damped Gauss-Newton after the stages, with the replications of the last stage. One iteration takes one evaluation per parameter and 6 more. Evaluations left over go to the polish.",
    ["evaluations", 0, 1e6],
  ).default(400),
  polish: whole(
    "Polish",
    "Evaluations of Nelder-Mead at the end, with the replications of the last stage. It suits few parameters.",
    ["evaluations", 0, 1e6],
  ).default(300),
  beyond: number(
    "Beyond",
    "Extra weight, as a multiple of the target's weight, for the part of a miss beyond four fifths of the tolerance. It favours fits with every figure in range over fits with most figures exact.",
    ["any", 0, 1e6],
  ).default(0),
  prior: number(
    "Prior",
    "A weak pull of every parameter towards the middle of its range, against values at the ends that no figure asks for. It counts like a target there, with half the range as its tolerance and this weight.",
    ["any", 0, 1e6],
  ).default(0),
  ensemble: ensembleSchema.optional(),
  final: whole("Final", "Replications per scenario in the table of fits, which uses fresh draws.", [
    "replications",
    1,
    1e9,
  ]).default(8000),
});

/** A targets file with all that it extends. */
export const targetsSchema = section(
  "Faultline targets",
  "Published figures that scenarios should meet, and the parameters that are free.",
  {
    name: name("Name", "Name of the calibration and of its folder of results."),
    seed: text("Seed", "Seed of the search and of all draws. --seed overrides it.", {
      min: 1,
    }).default("calibrate"),
    scenarios: namedMap(
      path("Scenario", "A scenario file, relative to this one."),
      "Scenarios",
      "The scenario files that are simulated, by label.",
    ),
    parameters: list(parameterSchema, "Parameters", "The free parameters.", { min: 1, max: 100 }),
    targets: list(targetSchema, "Targets", "The figures to meet.", { min: 1, max: 1000 }),
    search: searchSchema.prefault({}),
  },
);

export type TargetsFile = z.output<typeof targetsSchema>;
export type WrittenParameter = TargetsFile["parameters"][number];
export type WrittenTarget = TargetsFile["targets"][number];

/** JSON Schema (draft 2020-12) of a targets file. */
export const targetsJsonSchema = (): object => jsonSchemaOf(targetsSchema.extend(FILE_KEYS));
