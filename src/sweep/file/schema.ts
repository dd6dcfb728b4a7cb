// The format of an experiment file: which scenarios are run, what is varied, at which points, how precisely. Like the
// scenario's schema it is the one source of types, checks, defaults and the JSON Schema for editors.
import { z } from "zod";
import {
  FILE_KEYS,
  kindsBy,
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
import { MAX_FORMULA } from "../../documents/formulas/formulas.ts";
import { jsonSchemaOf } from "../../documents/jsonSchema.ts";
import { parseHalfWidth } from "../../experiment/halfWidth.ts";
import { MAX_LATIN_SIZE } from "../../numerics/latinHypercube.ts";
import { MAX_SOBOL_SIZE } from "../../numerics/sobol.ts";

const MAX_VALUES = 100_000;

/** The name of a factor may be a path. */
const factorName = z.string().min(1).max(1000);

const value = z
  .union([z.number(), z.boolean(), z.string().max(1000)])
  .meta({ title: "Value", description: "A number, true or false, or a word.", unit: "value" });

const values = list(value, "Values", "The values of the factor, in order.", {
  min: 1,
  max: MAX_VALUES,
});

const formula = (title: string, description: string) =>
  z.string().min(1).max(MAX_FORMULA).meta({ title, description, unit: "formula" });

const end = (title: string, description: string) => number(title, description, ["any"]).optional();

/** A factor, spelled out. */
export const factorSchema = section("Factor", "A field of the scenarios that is varied.", {
  path: oneOrMore(
    path("Path", "Dotted path of a field of the scenario, as for --set."),
    "Path",
    "Dotted path of the varied field, as for --set. Several paths get the same value. The default is the name of the factor.",
    "paths",
  ).optional(),
  values: values.optional(),
  from: end("From", "Low end of a range."),
  to: end("To", "High end of a range."),
  count: whole(
    "Count",
    "Number of values from the low end to the high end, both included. For a field that takes whole numbers the values are rounded and duplicates dropped. Without a count such a factor takes every whole number. The designs latin-hypercube and sobol fill the range without a count.",
    ["values", 1, MAX_VALUES],
  ).optional(),
  scale: oneOf(
    ["linear", "log"],
    "Scale",
    "Whether neighbours differ by equal steps or by equal ratios.",
  ).optional(),
  formula: formula(
    "Formula",
    "The value as a formula of other factors, such as 2 * agents + 1. true counts as 1 and false as 0.",
  ).optional(),
  only: oneOrMore(
    name("Label", "A label from `scenarios`."),
    "Only",
    "Labels of the scenarios in which the factor is set. The others stay as they are. By default all scenarios.",
    "labels",
  ).optional(),
});

const size = (most: number, description: string) => whole("Size", description, ["points", 1, most]);

const designKind = kindsBy("kind", "Kind", "How factors make points.");

export const designSchema = z
  .discriminatedUnion("kind", [
    designKind("grid", "Grid", "Every combination of values. The last factor changes fastest.", {}),
    designKind(
      "zip",
      "Zip",
      "The first value of every factor, then the second of every factor, and so on.",
      {},
    ),
    designKind("points", "Points", "A list of points.", {
      points: list(
        z.record(factorName, value).meta({
          title: "Point",
          description: "A value for every factor that has no formula.",
          unit: "map",
        }),
        "Points",
        "The points, one by one.",
        { min: 1, max: MAX_VALUES },
      ),
    }),
    designKind(
      "latin-hypercube",
      "Latin hypercube",
      "Points drawn from the seed that cover each range evenly (McKay, Beckman and Conover 1979).",
      {
        size: size(
          MAX_LATIN_SIZE,
          "Number of points. Each range is cut into this many equal parts, and every part has one point.",
        ),
      },
    ),
    designKind(
      "sobol",
      "Sobol sequence",
      "Points that cover the space of all ranges evenly (Sobol 1967; Joe and Kuo 2008). The first point has every factor at its low end.",
      { size: size(MAX_SOBOL_SIZE, "Number of points. Powers of two are the most even.") },
    ),
  ])
  .meta({ title: "Design", description: "How factors make points.", unit: "object" });

const halfWidth = z.union([z.number().positive(), halfWidthTextSchema()]).meta({
  title: "Half-width",
  description:
    "Half-width that the 95 % interval should reach: a number in the metric's unit, or a percentage of the estimate such as 1%.",
  unit: "half-width",
});

function halfWidthTextSchema() {
  return z.string().refine((written) => parseHalfWidth(written) !== undefined);
}

/** An experiment file with all that it extends, every factor spelled out. */
export const experimentSchema = section(
  "Faultline experiment",
  "Scenarios, and what is varied in them.",
  {
    name: name("Name", "Name of the experiment. The default is the file name."),
    description: text("Description", "What the experiment is for, for readers.", {
      max: 10_000,
    }).default(""),
    seed: text(
      "Seed",
      "Seed of all draws in all cells. The default is the seed of the first scenario. --seed overrides it.",
      { min: 1 },
    ).optional(),
    scenarios: namedMap(
      path("Scenario", "A scenario file, relative to this one."),
      "Scenarios",
      "The scenario files that run at every point, by label.",
    ),
    baseline: name(
      "Baseline",
      "Label of the scenario that the others are paired with. Without it every scenario runs on its own.",
    ).optional(),
    factors: z.record(factorName, factorSchema).default({}).meta({
      title: "Factors",
      description:
        "What is varied, by the name that formulas and tables use. The name can also be the path itself.",
      unit: "map",
    }),
    design: designSchema.prefault({ kind: "grid" }),
    where: formula(
      "Where",
      "A condition on the factors, such as agents * rate < 1. Points that fail it are left out.",
    ).optional(),
    metrics: list(
      text("Metric", "A metric by its name in results.", { min: 1 }),
      "Metrics",
      "Metrics that tables show. By default the main ones.",
      { min: 1, max: 200 },
    ).optional(),
    replications: whole(
      "Replications",
      "Replications per cell. The default is the number of the first scenario.",
      ["replications", 1, 1e9],
    ).optional(),
    precision: z.record(z.string().min(1).max(200), halfWidth).optional().meta({
      title: "Precision",
      description: "Instead of replications: how precise the metrics should be in every cell.",
      unit: "map",
    }),
    cap: whole("Cap", "Largest number of replications per cell that the precision may take.", [
      "replications",
      1,
      1e9,
    ]).optional(),
  },
);

export type ExperimentFile = z.output<typeof experimentSchema>;
export type WrittenFactor = z.output<typeof factorSchema>;
export type WrittenDesign = z.output<typeof designSchema>;

/** JSON Schema (draft 2020-12) of an experiment file. */
export function experimentJsonSchema(): object {
  const { name: named, factors } = experimentSchema.shape;
  const extended = experimentSchema.extend({
    ...FILE_KEYS,
    name: named.optional(),
    factors: z
      .record(
        factorName,
        z.union([values, factorSchema]).meta({
          title: "Factor",
          description: "A list of values, or an object that says more.",
          unit: "factor",
        }),
      )
      .optional()
      .meta(z.globalRegistry.get(factors) ?? {}),
  });
  const written = extended.meta(z.globalRegistry.get(experimentSchema) ?? {});
  return jsonSchemaOf(written);
}
