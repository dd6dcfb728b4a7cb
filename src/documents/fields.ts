// The kinds of field that files are made of: numbers with a unit and a range, shares, durations, names.
// Every field carries title, description, unit, default and range, so that validation, types and the
// JSON Schema come from one definition.
import { z } from "zod";
import { RULES } from "./checking/messages.ts";
import { NAME_PATTERN } from "./names.ts";

/** A unit, such as "tokens", "seconds" or "probability", and an inclusive range; without one any number will do. */
type Quantity = readonly [unit: string] | readonly [unit: string, min: number, max: number];

/** A finite number, without a default. */
export const number = (title: string, description: string, quantity: Quantity) =>
  quantified(z.number(), title, description, quantity);

/** A whole number, without a default. */
export const whole = (title: string, description: string, quantity: Quantity) =>
  quantified(z.int(), title, description, quantity);

function quantified(
  schema: z.ZodNumber,
  title: string,
  description: string,
  [unit, min, max]: Quantity,
) {
  const bounded = min === undefined || max === undefined ? schema : schema.min(min).max(max);
  return bounded.meta({ title, description, unit });
}

/** A probability or share in 0..1. */
export function share(title: string, description: string) {
  return number(title, description, ["probability", 0, 1]);
}

/** An amount of US dollars, at least 0. */
export function dollars(title: string, description: string) {
  return number(title, description, ["US dollars", 0, 1e12]);
}

export const SECONDS_PER_UNIT: Record<string, number> = {
  ms: 0.001,
  s: 1,
  min: 60,
  h: 3600,
  d: 86400,
};
const DURATION = /^\s*(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(ms|s|min|h|d)\s*$/;
/** About 32 years, as exact as simulated time can be. */
const LONGEST_SECONDS = 1e9;

/** A duration: a number of seconds, or a number with one of the units ms, s, min, h, d. Parsed to seconds. */
export function duration(title: string, description: string) {
  return z
    .union([z.number().min(0).max(LONGEST_SECONDS), z.string().regex(DURATION)])
    .transform((value) => (typeof value === "number" ? value : parseDuration(value)))
    .refine((seconds) => seconds <= LONGEST_SECONDS, { error: RULES.duration })
    .meta({ title, description, unit: "seconds" });
}

function parseDuration(text: string): number {
  const [, amount, unit] = DURATION.exec(text) as unknown as [string, string, string];
  return Number(amount) * SECONDS_PER_UNIT[unit];
}

/** A name: a letter, then letters, digits, `_` and `-`; at most 64 characters. */
export function name(title: string, description: string) {
  return z
    .string()
    .regex(NAME_PATTERN, { error: RULES.name })
    .meta({ title, description, unit: "name" });
}

/** Any text, for people or as a seed. */
export function text(title: string, description: string, { min = 0, max = 200 } = {}) {
  const bounded = z.string().max(max);
  return (min > 0 ? bounded.min(min) : bounded).meta({ title, description, unit: "text" });
}

/** A path: of a file, relative to the one that names it, or with dots of a field. */
export function path(title: string, description: string) {
  return z.string().min(1).max(1000).meta({ title, description, unit: "path" });
}

/** One value, or a list of up to 100. */
export function oneOrMore<T extends z.ZodType>(
  one: T,
  title: string,
  description: string,
  unit: string,
) {
  return z.union([one, z.array(one).min(1).max(100)]).meta({ title, description, unit });
}

/** Keys of every kind of file that have done their work when it has been read. */
export const FILE_KEYS = {
  $schema: text("Schema", "The JSON Schema, for editors of JSON files.", { max: 1000 }).optional(),
  extends: oneOrMore(
    path("Base", "A file that this one builds on, as a path relative to this file."),
    "Extends",
    "Files that this one builds on. Later files override earlier ones, and this file overrides them all.",
    "paths",
  ).optional(),
};

/** A list of values of one kind. */
export function list<T extends z.ZodType>(
  item: T,
  title: string,
  description: string,
  { min = 0, max }: { min?: number; max: number },
) {
  const bounded = z.array(item).max(max);
  return (min > 0 ? bounded.min(min) : bounded).meta({ title, description, unit: "list" });
}

/** A map from names to values of one kind. */
export function namedMap<T extends z.ZodType>(value: T, title: string, description: string) {
  return z.record(z.string().regex(NAME_PATTERN), value).meta({ title, description, unit: "map" });
}

/** One of a fixed set of words. */
export function oneOf<const T extends readonly [string, ...string[]]>(
  words: T,
  title: string,
  description: string,
) {
  return z.enum(words).meta({ title, description, unit: "word" });
}

/** A yes or no. */
export function flag(title: string, description: string) {
  return z.boolean().meta({ title, description, unit: "yes/no" });
}

/** An object without unknown keys. Nested objects whose fields all have defaults may be left out. */
export function section<T extends z.core.$ZodLooseShape>(
  title: string,
  description: string,
  shape: T,
) {
  return z.strictObject(shape).meta({ title, description, unit: "object" });
}

/** The word that says of which kind an object is, where there are several. */
export function kind<const T extends string>(word: T, title: string, description: string) {
  return z.literal(word).meta({ title, description, unit: "word" });
}

/** A function that makes the kinds of an object, which the word under a key tells apart. */
export const kindsBy =
  <const K extends string>(key: K, keyTitle: string, keyDescription: string) =>
  <const T extends string, Shape extends z.core.$ZodLooseShape>(
    word: T,
    title: string,
    description: string,
    shape: Shape,
  ) => {
    const shapeOfKind = { [key]: kind(word, keyTitle, keyDescription), ...shape };
    return section(
      title,
      description,
      shapeOfKind as Record<K, ReturnType<typeof kind<T>>> & Shape,
    );
  };
