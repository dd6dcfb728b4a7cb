// Values as logs write them: numbers as text, times in several units and as dates, null for what is missing.
import { isObject } from "./reading/pieces.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** An object; what is none has no fields. */
export const fieldsIn = (value: unknown): Fields => (isObject(value) ? value : {});

export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text without the blanks around it, or a number as text; empty ones are missing. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() || undefined;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}

/** A finite number, also one that is written as text. A decimal comma or a sign for percent is not guessed at. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

const YES = new Set(["1", "true", "yes", "pass", "passed"]);
const NO = new Set(["0", "false", "no", "fail", "failed"]);

export function truthIn(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  const text = textIn(value)?.toLowerCase() ?? "";
  return YES.has(text) ? true : NO.has(text) ? false : undefined;
}

/** From these on, a time that is a number is in milliseconds, microseconds, nanoseconds: all of them after 1973. */
const UNITS = [
  [1e17, 1e9],
  [1e14, 1e6],
  [1e11, 1e3],
] as const;

/** The offset that a date is written with; without one it is in UTC, whatever the place of this machine. */
const OFFSET = /(?:z|utc|[+-]\d\d:?\d\d)$/i;

/** A point of time in seconds since 1970, from a date or a number of seconds, milliseconds, microseconds or nanoseconds. */
export function timeIn(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime() / 1000;
  const number = numberIn(value);
  if (number !== undefined) {
    const [, perSecond] = UNITS.find(([least]) => number >= least) ?? [0, 1];
    return number / perSecond;
  }
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d/.test(value)) return undefined;
  const written = value.trim().replace(" ", "T").replace(" ", "");
  const [whole, fraction] = splitFraction(OFFSET.test(written) ? written : `${written}Z`);
  const seconds = Date.parse(whole) / 1000;
  return Number.isFinite(seconds) ? seconds + fraction : undefined;
}

/** A date without its fraction of a second, and the fraction: dates know milliseconds only. */
function splitFraction(date: string): readonly [string, number] {
  const [, fraction] = /\.(\d+)/.exec(date) ?? [];
  return fraction === undefined
    ? [date, 0]
    : [date.replace(`.${fraction}`, ""), Number(`0.${fraction}`)];
}
