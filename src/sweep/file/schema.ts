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

const values = list(value, "Values", "What the factor is, one after the other.", {
  min: 1,
  max: MAX_VALUES,
});

const formula = (title: string, description: string) =>
  z.string().min(1).max(MAX_FORMULA).meta({ title, description, unit: "formula" });

const end = (title: string, description: string) => number(title, description, ["any"]).optional();

/** A factor, spelled out. */
export const factorSchema = section("Factor", "Something that is varied.", {
  path: oneOrMore(
    path("Path", "Dotted path of a field of the scenario, as for --set."),
    "Path",
    "Dotted path of the field that is varied, as for --set, or several that get the same value. By default it is the name of the factor.",
    "paths",
  ).optional(),
  values: values.optional(),
  from: end("From", "Low end of a range."),
  to: end("To", "High end of a range."),
  count: whole(
    "Count",
    "Number of values from the low end to the high end, both included. Where a whole number is needed they are rounded, equal ones are kept once, and without a count the factor is every whole number. latin-hypercube and sobol fill the range without it.",
    ["values", 1, MAX_VALUES],
  ).optional(),
  scale: oneOf(
    ["linear", "log"],
    "Scale",
    "Whether neighbours differ by equal steps or by equal ratios.",
  ).optional(),
  formula: formula(
    "Formula",
    "The value as a formula of other factors, such as 2 * agents + 1; true and false count 1 and 0.",
  ).optional(),
  only: oneOrMore(
    name("Label", "A label from `scenarios`."),
    "Only",
    "Labels of the scenarios that the factor is set in; the others stay as they are. By default all scenarios.",
    "labels",
  ).optional(),
});

const size = (most: number, description: string) => whole("Size", description, ["points", 1, most]);

const designKind = kindsBy("kind", "Kind", "How factors make points.");

export const designSchema = z
  .discriminatedUnion("kind", [
    designKind("grid", "Grid", "Every combination of values; the last factor changes fastest.", {}),
    designKind("zip", "Zip", "The first values of all factors, the second ones, and so on.", {}),
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
      "Points drawn by the seed, each range evenly covered (McKay, Beckman and Conover 1979).",
      {
        size: size(
          MAX_LATIN_SIZE,
          "Number of points: of so many equal parts of a range every one has a point.",
        ),
      },
    ),
    designKind(
      "sobol",
      "Sobol sequence",
      "Points that cover all ranges together evenly (Sobol 1967; Joe and Kuo 2008). The first has every factor at its low end.",
      { size: size(MAX_SOBOL_SIZE, "Number of points; powers of two are the most even.") },
    ),
  ])
  .meta({ title: "Design", description: "How factors make points.", unit: "object" });

const halfWidth = z.union([z.number().positive(), halfWidthTextSchema()]).meta({
  title: "Half-width",
  description:
    "Half the width of the 95 % interval that is wanted: a number in the metric's unit, or a percentage of the estimate such as 1%.",
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
    name: name("Name", "What the experiment is called; the default is the name of the file."),
    description: text("Description", "What the experiment is for, for people.", {
      max: 10_000,
    }).default(""),
    seed: text(
      "Seed",
      "Seed of all draws of all cells; the default is the first scenario's, and --seed overrides it.",
      { min: 1 },
    ).optional(),
    scenarios: namedMap(
      path("Scenario", "A scenario file, relative to this one."),
      "Scenarios",
      "What is run at every point: scenario files by label.",
    ),
    baseline: name(
      "Baseline",
      "Label of the scenario that the others are paired with; without it every scenario is run by itself.",
    ).optional(),
    factors: z.record(factorName, factorSchema).default({}).meta({
      title: "Factors",
      description:
        "What is varied, by names that formulas and tables use; or by path, where no name is wanted.",
      unit: "map",
    }),
    design: designSchema.prefault({ kind: "grid" }),
    where: formula(
      "Where",
      "A condition on the factors, such as agents * rate < 1: points that fail it are left out.",
    ).optional(),
    metrics: list(
      text("Metric", "A metric by its name in results.", { min: 1 }),
      "Metrics",
      "Metrics that tables show; by default the main ones.",
      { min: 1, max: 200 },
    ).optional(),
    replications: whole(
      "Replications",
      "Replications of every cell; the default is the first scenario's number.",
      ["replications", 1, 1e9],
    ).optional(),
    precision: z.record(z.string().min(1).max(200), halfWidth).optional().meta({
      title: "Precision",
      description:
        "In place of replications: how precisely metrics are to be known, in every cell.",
      unit: "map",
    }),
    cap: whole("Cap", "Most replications of a cell that the precision may take.", [
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
          description: "Values, or what says more than that.",
          unit: "factor",
        }),
      )
      .optional()
      .meta(z.globalRegistry.get(factors) ?? {}),
  });
  const written = extended.meta(z.globalRegistry.get(experimentSchema) ?? {});
  return jsonSchemaOf(written);
}
