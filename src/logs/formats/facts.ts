// How facts are read from logs, whatever their format. Logs are written by many hands: a number may be written as text, and
// anything may be missing or null. What a fact means is not guessed: a decimal comma or a sign for percent makes no number.
import type { LogSink, Place } from "../format.ts";

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A name or key: text that is not blank, or a number. */
export function nameOf(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value !== "string") return undefined;
  return value.trim() || undefined;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export function numberOf(value: unknown): number | undefined {
  if (typeof value === "bigint") return Number(value);
  const number =
    typeof value === "string" && NUMBER.test(value.trim()) ? Number(value.trim()) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

const YES = new Set(["true", "yes", "y", "1", "pass", "passed"]);
const NO = new Set(["false", "no", "n", "0", "fail", "failed"]);

export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  const name = nameOf(value)?.toLowerCase();
  if (name === undefined) return undefined;
  if (YES.has(name) || numberOf(name) === 1) return true;
  if (NO.has(name) || numberOf(name) === 0) return false;
  return undefined;
}

const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/** Seconds since 1970 of an ISO time; one without a zone is taken as UTC, so that no result depends on where it is read. */
export function timeOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime() / 1000;
  const parts = typeof value === "string" ? TIME.exec(value.trim()) : null;
  if (parts === null) return undefined;
  const [, day, time, fraction = "0", zone = "Z"] = parts;
  const milliseconds = Date.parse(`${day}T${time}${zone.replace(/(\d\d)(\d\d)$/, "$1:$2")}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000 + Number(fraction);
}

/** The number if it is not negative. */
export function amountOf(
  value: unknown,
  what: string,
  place: Place,
  sink: LogSink,
): number | undefined {
  const number = numberOf(value);
  if (number === undefined || number >= 0) return number;
  sink.trouble("negative", what, place);
  return undefined;
}

/** How far a task was solved: a number from 0 to 1, or yes or no. */
export function outcomeOf(value: unknown, place: Place, sink: LogSink): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const isSolved = booleanOf(value);
  const number = isSolved === undefined ? numberOf(value) : Number(isSolved);
  if (number !== undefined && number >= 0 && number <= 1) return number;
  sink.trouble("outcome", "runs", place);
  return undefined;
}

/** Whether a text about an error, or the kind of one, tells of a time-out. */
export const isTimeout = (value: unknown): boolean =>
  /time[ds]?[ _-]?out/i.test(typeof value === "string" ? value : JSON.stringify(value ?? ""));

/** How a call failed, after the field that tells of its error: null, no, and empty text are no errors. */
export function failureOf(error: unknown): "error" | "timeout" | undefined {
  if (error === undefined || error === null || error === false || error === "") return undefined;
  return isTimeout(error) ? "timeout" : "error";
}

const TOLD_BY = ["error", "is_error", "isError", "failed"];

/** Whether the result of a tool is an error: a field says so, or its content begins with `Error`. */
export function isErrorResult(result: Fields): boolean {
  const isTold = TOLD_BY.some((name) => failureOf(result[name]) !== undefined);
  return isTold || /^\s*Error/.test(openingOf(result.content));
}

/** The beginning of a content: text, or the first of its parts. */
function openingOf(content: unknown): string {
  const first = Array.isArray(content) ? fieldsOf(content[0]).text : content;
  return typeof first === "string" ? first : "";
}

export const placeText = ({ file, line }: Place): string =>
  line === undefined ? file : `${file}:${line}`;

/** An object without the fields that are undefined: facts that a log does not state are missing. */
export function stated<Facts extends object>(
  facts: {
    readonly [Name in keyof Facts]: Facts[Name] | undefined;
  },
): Facts {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  ) as Facts;
}
