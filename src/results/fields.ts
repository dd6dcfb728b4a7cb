// The kinds of field that documents are made of, imported as `f` beside the `z` of zod. Maps are open: a later version may add
// keys, which older ones pass over.
import { z } from "zod";
import { kind } from "../documents/fields.ts";

/** What the units of fields stand for that scenario files do not have. */
export const RULES: Readonly<Record<string, string>> = {
  interval:
    "an interval is a list of two numbers, the lower one first; null stands for an open end",
  "factor value": "a value of a factor is a number, a text, true or false",
  "table cell": "a cell of a table is a text, a number, null, or an estimate with mean and ci",
  point: "a place along an axis is a number or a name",
  tolerance: "a tolerance is a map with kind, which is range, relative or absolute, or null",
  nested: "what a file is made of is nested at most 64 deep",
};

const text = (title: string, unit: string, description?: string) => ({
  title,
  ...(description === undefined ? {} : { description }),
  ...(unit === "" ? {} : { unit }),
});

/** A text of any length. */
export const words = (title: string, description?: string) =>
  z.string().meta(text(title, "text", description));

const LONGEST_NAME = 500;

/** What something is called: by people, and by other parts of the document. */
export const named = (title: string, description?: string) =>
  z
    .string()
    .min(1)
    .max(LONGEST_NAME)
    .meta(text(title, "text", description));

/** Any finite number. */
export const amount = (title: string, unit = "", description?: string) =>
  z.number().meta(text(title, unit, description));

/** A number from 0 on. */
export const positive = (title: string, unit = "", description?: string) =>
  z
    .number()
    .min(0)
    .meta(text(title, unit, description));

/** A whole number from 0, or from another one, on. */
export const whole = (title: string, description?: string, { min = 0 } = {}) =>
  z
    .int()
    .min(min)
    .meta(text(title, "", description));

/** A share from 0 to 1. */
export const portion = (title: string, description?: string) =>
  z
    .number()
    .min(0)
    .max(1)
    .meta(text(title, "share", description));

export const flag = (title: string) => z.boolean().meta(text(title, "yes/no"));

/** A word out of a few. */
export const word = <const T extends readonly [string, ...string[]]>(title: string, of: T) =>
  z.enum(of).meta(text(title, "word"));

/** The word that says of which kind a map is. */
export const kindOf = <const T extends string>(of: T) => kind(of, "Kind", "What kind it is.");

export const list = <T extends z.ZodType>(item: T, title: string, description?: string) =>
  z.array(item).meta(text(title, "list", description));

export const map = <T extends z.core.$ZodLooseShape>(
  shape: T,
  title: string,
  description?: string,
) => z.object(shape).meta(text(title, "object", description));

/** A map whose keys are names. */
export const byName = <T extends z.ZodType>(value: T, title: string, description?: string) =>
  z.record(z.string(), value).meta(text(title, "map", description));

/** The line that says what a document is. */
export const schemaName = <const T extends string>(name: T) =>
  kind(
    `faultline/${name}@1` as const,
    "Schema",
    "What the document is, and the version of its form.",
  );

export const seed = () =>
  words("Seed", "The same seed, scenarios and semantics give the same bytes.");

export const engine = () =>
  map(
    {
      version: words("Version", "Version of the package."),
      semantics: whole("Semantics", "Results of different semantics cannot be compared."),
    },
    "Engine",
    "What computed it.",
  );

const end = z.number().nullable();

/** A pair of numbers, the lower one first. Null: open. */
export const interval = (title: string, description?: string) =>
  z
    .tuple([end, end])
    .refine(([low, high]) => low === null || high === null || low <= high)
    .meta(text(title, "interval", description));

/** A pair of numbers, the lower one first. */
export const range = (title: string, description?: string) =>
  z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low <= high)
    .meta(text(title, "interval", description));

const intervalPart = (title: string, description: string) =>
  map(
    {
      ci: interval("95 % interval", "If it were for this part alone."),
      share: portion(
        "Share of the variance",
        "Both shares are null where there is no variance, or the draws differ no more than chance explains.",
      ).nullable(),
    },
    title,
    description,
  ).optional();

/** An estimate with its 95 % interval; `estimated` gives it a title. */
export const estimate = map(
  {
    mean: amount("Mean", "", "Null where the data give no value.").nullable(),
    ci: interval("95 % interval"),
    undefined: words("Why there is no value").optional(),
    simulation: intervalPart(
      "Simulation",
      "Where numbers are uncertain: how far simulation leaves the mean open.",
    ),
    parameters: intervalPart(
      "Parameters",
      "Where numbers are uncertain: how far the truth lies from the mean because they are not known.",
    ),
  },
  "Estimate",
  "A value with its 95 % interval.",
).meta({ id: "estimate" });

/** Deepest nesting of what is not looked into. */
const MOST_DEPTH = 64;

/** An estimate of something. */
export const estimated = (title: string, description?: string) =>
  estimate.meta({ title, ...(description === undefined ? {} : { description }) });

/** Any JSON value that is not nested without end. */
export const anything = (title: string, description?: string) =>
  z
    .unknown()
    .refine((value) => isShallow(value))
    .meta(text(title, "nested", description));

/** Whether a value is nested no deeper than what reads it can go. */
export function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth < MOST_DEPTH && Object.values(value).every((inside) => isShallow(inside, depth + 1));
}
