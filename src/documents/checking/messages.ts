// What is said of a value that its field does not allow: the rules of fields, and what somebody probably meant.

import {
  called,
  grouped,
  type Hint,
  list,
  meant,
  plural,
  quote,
  shorten,
  word,
} from "../quoting.ts";
import type { Path } from "../reading/tree.ts";
import type { Text } from "./problems.ts";
import type { NumberRange } from "./schemaWalk.ts";

/** Rules of the fields. */
export const RULES = {
  name: "a name starts with a letter and has letters, digits, _ and - only (at most 64)",
  duration: "a duration is a number of seconds, or a number with a unit: 250ms, 4s, 2min, 1h or 1d",
  number: (title: string, range: NumberRange, unit: string) =>
    `${title} is a ${range.isWhole ? "whole " : ""}number${rangeText(range)}${unitText(unit)}`,
  words: (title: string, words: readonly string[]) =>
    `${title} is ${words.length > 1 ? "one of " : ""}${words.join(", ")}`,
  yesNo: (title: string) => `${title} is true or false`,
  text: (title: string) => `${title} is text`,
  list: (title: string) => `${title} is a list`,
  tuple: (title: string, items: number) => `${title} is a list of ${items} items`,
  orNull: (rule: string) => `${rule}, or null`,
  names: (title: string) => `${title} is a map from names to values`,
  keys: (title: string, keys: readonly string[], kindKey: string | undefined) =>
    `${title} is a map with ${kindKey === undefined ? "" : `${kindKey} and, depending on it, `}the keys ${list(keys, 30)}`,
} as const;

export function rangeText({ min, max }: NumberRange): string {
  if (min !== undefined && max !== undefined) return ` from ${grouped(min)} to ${grouped(max)}`;
  if (min !== undefined) return ` not below ${grouped(min)}`;
  return max === undefined ? "" : ` not above ${grouped(max)}`;
}

const unitText = (unit: string) => (unit === "" || unit === "any" ? "" : ` (${unit})`);

export const unknownKey = (
  path: Path,
  known: readonly string[],
  near?: string,
  places: readonly string[] = [],
): Text => ({
  message: `the key ${word(String(path.at(-1)))} is not known${path.length > 1 ? ` in ${called(path.slice(0, -1))}` : ""}`,
  rule: known.length > 0 ? `keys here are ${list(known, 30)}` : undefined,
  ...(near === undefined && places.length > 0
    ? {
        hint: `${shorten(String(path.at(-1)))} belongs in ${places.map((p) => p || "the top level").join(" or ")}`,
      }
    : meant(near)),
});

/** What is said of unknown keys after the first of them. */
export const moreUnknownKeys = (path: Path, keys: readonly string[]): Text => ({
  message: `${plural(keys.length, "more key")} ${keys.length === 1 ? "is" : "are"} not known${path.length > 0 ? ` in ${called(path)}` : ""}: ${list(keys, 3)}`,
});

export const missingKey = (path: Path, rule: string, near?: string): Text => ({
  message: `${called(path)} is missing`,
  rule,
  hint: near && `did you mean ${path.at(-1)} instead of ${near}?`,
});

export const emptyKey = (path: Path, rule: string): Text => ({
  message: `${called(path)} is empty`,
  rule: `${rule}; an empty value means that the key is absent, even if it was inherited`,
});

export const wrongValue = (
  path: Path,
  value: unknown,
  rule: string,
  hint: Hint = {},
  written?: string,
): Text => ({
  message: `${called(path)} is ${quote(value, written)}`,
  rule,
  ...hint,
});

export const notFinite = (path: Path, value: number, rule: string): Text => ({
  message: `${called(path)} is ${Number.isNaN(value) ? "not a number (.nan)" : "infinite (.inf)"}`,
  rule: `${rule}; numbers are finite`,
});

export const notWhole = (path: Path, value: number, rule: string): Text => ({
  message: `${called(path)} is ${value}, which is not whole`,
  rule,
});

export const outOfRange = (
  path: Path,
  value: number,
  side: "above" | "below",
  bound: number,
  rule: string,
  hint: Hint = {},
): Text => ({
  message: `${called(path)} is ${value}, ${side} ${side === "above" ? "the largest" : "the smallest"} value ${bound}`,
  rule,
  ...hint,
});

export function wrongLength(path: Path, of: string, side: "above" | "below", bound: number): Text {
  const what = of === "string" ? "characters" : "items";
  return {
    message: `${called(path)} has too ${side === "above" ? "many" : "few"} ${what}`,
    rule: `it has ${side === "above" ? "at most" : "at least"} ${grouped(bound)} ${what}`,
  };
}

export const wrongWord = (
  path: Path,
  value: unknown,
  words: readonly string[],
  hint: Hint = {},
): Text => ({
  message: `${called(path)} is ${quote(value)}`,
  rule: `it is one of ${list(words)}`,
  ...hint,
});

export const wrongName = (path: Path): Text => ({
  message: `${word(String(path.at(-1)))} is not a name`,
  rule: RULES.name,
});
export const otherIssue = (path: Path, message: string): Text => ({
  message: `${called(path)}: ${message}`,
});

export const HINTS = {
  quotedNumber: (text: string) => `write ${text} without quotes`,
  write: (text: string) => `write ${text}`,
  quoteText: (text: string) => `write ${JSON.stringify(text)}, in quotes`,
  yesNo: "write true or false",
  formulaElsewhere: "a formula can stand only where a number can",
  uncertainElsewhere: "an uncertain number can stand only where a number of a scenario can",
  mapOf: (key: string) => `write ${key}: { ... }`,
  percent: (value: number) => `write ${Number((value / 100).toPrecision(12))} for ${value} %`,
} as const;
