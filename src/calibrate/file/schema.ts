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

export const parameterSchema = section("Parameter", "A number that is free.", {
  path: path("Path", "Dotted path of the number that is free, as for --set."),
  in: path(
    "In",
    "A file that scenarios extend, relative to this one, in which the number stands. Without it the number is set in every scenario.",
  ).optional(),
  range: bounds("Range", "Lowest and highest value.", "range"),
  scale: oneOf(
    ["linear", "log", "logit"],
    "Scale",
    "In which coordinate equal steps mean equal changes: the value, its logarithm, its log-odds.",
  ).default("linear"),
  start: number(
    "Start",
    "Where the search begins; by default the value that the scenarios have, else the middle of the range.",
    ["any"],
  ).optional(),
});

export const targetSchema = section("Target", "A figure to be met.", {
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/)
    .meta({
      title: "Id",
      description: "What the target is called: letters, digits and . _ / - (at most 100).",
      unit: "id",
    }),
  metric: z
    .string()
    .min(1)
    .max(200)
    .meta({ title: "Metric", description: "A metric by its name in results.", unit: "text" }),
  of: labels("Of", "Scenarios, by label; with several it is the mean over them."),
  against: labels(
    "Against",
    "Baselines of a metric that compares: one for all scenarios, or one for each.",
  ).optional(),
  value: number("Value", "The figure to be met.", ["any"]).optional(),
  atLeast: number("At least", "Instead of a value: what the figure must not fall short of.", [
    "any",
  ]).optional(),
  atMost: number("At most", "Instead of a value: what the figure must not exceed.", [
    "any",
  ]).optional(),
  interval: bounds(
    "Interval",
    "What the source gives as the uncertainty of the figure: half its width is what a miss is measured in.",
    "interval",
  ).optional(),
  tolerance: z
    .union([z.number().positive(), z.string().regex(PERCENT)])
    .meta({
      title: "Tolerance",
      description:
        "How near is near enough, as a number or as a percentage of the value: what a miss is measured in; goes before the interval.",
      unit: "tolerance",
    })
    .optional(),
  weight: number("Weight", "How much it counts; 0 puts the figure beside without fitting it.", [
    "any",
    0,
    1e6,
  ]).default(1),
  effort: whole(
    "Effort",
    "How many times as many replications its scenarios get, with all that runs on their instances: more for what is rare, lest a search fit its draws.",
    ["any", 1, 1000],
  ).default(1),
  source: text("Source", "Where the figure was published or measured.", { min: 1, max: 1000 }),
});

const level = section("Level", "A stage of the search.", {
  replications: whole("Replications", "Replications of every scenario in one evaluation.", [
    "replications",
    1,
    1e6,
  ]),
  evaluations: whole("Evaluations", "Points tried at this level.", ["evaluations", 2, 1e6]),
});

export const searchSchema = section("Search", "How long to search.", {
  levels: list(
    level,
    "Levels",
    "Stages of the search by CMA-ES; replications rise from one to the next. A single level of 2 evaluations tries no more than the start, so that the descent begins there.",
    { min: 1, max: 20 },
  ).default([
    { replications: 400, evaluations: 2000 },
    { replications: 2000, evaluations: 500 },
  ]),
  descent: whole(
    "Descent",
    "Evaluations of damped Gauss-Newton after the levels, with the last level's replications. An iteration takes one for every parameter and 6 more; what is left over goes to the polish.",
    ["evaluations", 0, 1e6],
  ).default(400),
  polish: whole(
    "Polish",
    "Evaluations of Nelder-Mead at the end, with the last level's replications: for few parameters.",
    ["evaluations", 0, 1e6],
  ).default(300),
  beyond: number(
    "Beyond",
    "How much more counts what of a miss is beyond the edge of what is near enough (its last fifth included), as a multiple of the target's weight. It leads to fits with every figure in range rather than most of them exact.",
    ["any", 0, 1e6],
  ).default(0),
  prior: number(
    "Prior",
    "A weak pull of every parameter to the middle of its range, against values at its ends that no figure asks for: each counts like a target there, with half the range as its tolerance and this weight.",
    ["any", 0, 1e6],
  ).default(0),
  final: whole(
    "Final",
    "Replications of every scenario in the table of fits, with draws of their own.",
    ["replications", 1, 1e9],
  ).default(8000),
});

/** A targets file with all that it extends. */
export const targetsSchema = section(
  "Faultline targets",
  "Published figures to be met by scenarios, and the parameters that are free.",
  {
    name: name("Name", "What the calibration is called; names its folder of results."),
    seed: text("Seed", "Seed of the search and of all draws; --seed overrides it.", {
      min: 1,
    }).default("calibrate"),
    scenarios: namedMap(
      path("Scenario", "A scenario file, relative to this one."),
      "Scenarios",
      "What is simulated: scenario files by label.",
    ),
    parameters: list(parameterSchema, "Parameters", "What is free.", { min: 1, max: 100 }),
    targets: list(targetSchema, "Targets", "What is to be met.", { min: 1, max: 1000 }),
    search: searchSchema.prefault({}),
  },
);

export type TargetsFile = z.output<typeof targetsSchema>;
export type WrittenParameter = TargetsFile["parameters"][number];
export type WrittenTarget = TargetsFile["targets"][number];

/** JSON Schema (draft 2020-12) of a targets file. */
export const targetsJsonSchema = (): object => jsonSchemaOf(targetsSchema.extend(FILE_KEYS));
