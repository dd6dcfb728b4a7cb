// The section `uncertain`: which numbers are not known exactly, and how they are drawn.
import { z } from "zod";
import { list, number, path, section, text, whole } from "../../documents/fields.ts";

/** Draws of the uncertain numbers where nothing is said. Powers of two are spread the most evenly. */
export const DEFAULT_DRAWS = 64;
export const FEWEST_DRAWS = 8;
export const MOST_DRAWS = 4096;

const pair = (title: string, description: string) =>
  z.tuple([z.number(), z.number()]).meta({ title, description, unit: "two numbers" });

const uncertainNumber = z
  .union([
    section("Interval", "A median with the bounds between which the number lies with 95 %.", {
      value: number("Value", "The median.", ["any"]),
      interval: pair("Interval", "Quantiles at 2.5 and 97.5 %."),
    }),
    section("Beta", "A share of which successes and failures were counted.", {
      beta: pair("Beta", "Successes and failures, with what was known before added to them."),
    }),
    section("Normal", "A normal distribution.", {
      normal: pair("Normal", "Mean and standard deviation."),
    }),
    section("Lognormal", "A lognormal distribution.", {
      lognormal: pair("Lognormal", "Mean and standard deviation of the number itself."),
    }),
    section("Uniform", "Any number between two bounds, all equally likely.", {
      uniform: pair("Uniform", "Low and high bound."),
    }),
  ])
  .meta({
    title: "Uncertain number",
    description: "A distribution of a number that is not known exactly.",
    unit: "object",
  });

/** A map by dotted paths of numbers. */
const byPath = <T extends z.ZodType>(value: T, title: string, description: string) =>
  z.record(z.string().min(1).max(1000), value).meta({ title, description, unit: "map" });

const onePath = path("Path", "A dotted path of a number of the scenario.");

const rows = section("Rows", "Joint draws, one per row.", {
  columns: list(onePath, "Columns", "Paths of the numbers.", { max: 1000 }),
  values: list(
    list(number("Number", "A value of the number.", ["any"]), "Row", "One value per column.", {
      max: 1000,
    }),
    "Values",
    "Rows with one value per column.",
    { min: 1, max: 100_000 },
  ),
});

const draws = whole(
  "Draws",
  "How many draws of the uncertain numbers a run is spread over. Powers of two are spread the most evenly.",
  ["draws", FEWEST_DRAWS, MOST_DRAWS],
).optional();

const TITLE = "Uncertain numbers";
const DESCRIPTION = "Numbers that are not known exactly, and how they are drawn.";

const normalShape = {
  numbers: byPath(
    uncertainNumber,
    "Numbers",
    "Distributions by path. In a file they may stand in place of the numbers instead.",
  ).default({}),
  places: byPath(
    list(onePath, "Paths", "Where the number stands.", { min: 1, max: 10_000 }),
    "Places",
    "Of a number that was written once and stands in several places, such as one of `agentDefaults`: where.",
  ).optional(),
  formulas: byPath(
    text("Formula", "A formula that is worked out with every draw.", { max: 500 }),
    "Formulas",
    "Formulas by path. In a file they may stand in place of the numbers instead.",
  ).default({}),
  rows: rows.optional(),
  draws,
};

/** In normal form: with the rows of a table. */
export const uncertain = section(TITLE, DESCRIPTION, normalShape);

export type Uncertain = z.output<typeof uncertain>;

/** As a file says it: a table is named, or written out. */
export const uncertainInFile = section(TITLE, DESCRIPTION, {
  ...normalShape,
  rows: z
    .union([path("Table", "A CSV file, as a path relative to this file."), rows])
    .meta({
      title: "Rows",
      description:
        "A CSV table whose rows are joint draws and whose columns are called by the paths of numbers, or FILE:PATH for numbers of one file. Lines that begin with # are comments.",
      unit: "path",
    })
    .optional(),
  columns: byPath(
    onePath,
    "Columns",
    "Paths by the name of the column, for a table whose columns are called otherwise. Only these columns count then.",
  ).optional(),
});
