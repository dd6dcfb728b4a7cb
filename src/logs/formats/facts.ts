// Facts that logs state, whatever their format: amounts, outcomes and failures.
import type { LogSink, Place } from "../format.ts";
import { type Fields, fieldsIn, numberIn, truthIn } from "../values.ts";

/** The number if it is not negative. */
export function amountOf(
  value: unknown,
  what: string,
  place: Place,
  sink: LogSink,
): number | undefined {
  const number = numberIn(value);
  if (number === undefined || number >= 0) return number;
  sink.trouble("negative", what, place);
  return undefined;
}

/** How far a task was solved: a number from 0 to 1, or yes or no. */
export function outcomeOf(value: unknown, place: Place, sink: LogSink): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const isSolved = truthIn(value);
  const number = isSolved === undefined ? numberIn(value) : Number(isSolved);
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
  const first = Array.isArray(content) ? fieldsIn(content[0]).text : content;
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
