// Numbers and names as a sentence says them.
import type { MetricValue } from "../experiment/result.ts";
import type { MetricDefinition } from "../metrics/definitions.ts";
import { plainNumber } from "./estimate.ts";
import { capitalized, grouped } from "./text.ts";

const WORDS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");

/** A whole number, as a word up to twelve. */
export function numberWord(number: number): string {
  return WORDS[number] ?? grouped(number);
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

/** Most names that are told one by one. */
const NAMED = 4;

/** As `listText`; of many names the first ones and the number of the others. */
export function shortList(names: readonly string[]): string {
  if (names.length <= NAMED + 1) return listText(names);
  return listText([...names.slice(0, NAMED), `${names.length - NAMED} more`]);
}

/** A sentence: begins with a capital and ends with a full stop. Names keep their spelling where `isName` says so. */
export function sentence(text: string, isName = false): string {
  return `${isName ? text : capitalized(text)}.`;
}

export interface Unit {
  /** What the estimate is multiplied by. */
  readonly scale?: number;
  readonly before?: string;
  readonly after?: string;
}

export const PERCENT: Unit = { scale: 100, after: " %" };
export const DOLLARS: Unit = { before: "$" };
export const PLAIN: Unit = {};

/** The unit of a metric as a sentence writes it. */
export function unitOf({ unit }: MetricDefinition): Unit {
  if (unit === "share") return PERCENT;
  if (unit === "%") return { after: " %" };
  if (unit === "ratio" || unit === "per task") return PLAIN;
  return unit.startsWith("US dollars") ? DOLLARS : { after: ` ${unit}` };
}

/**
 * An estimate with its interval: `65 % (62 to 68)`. The last digit is that of the first digit of the half-width, so that
 * the ends of the interval never look alike.
 */
export function estimateWords(value: MetricValue, unit: Unit): string {
  const { mean, interval } = wordsOf(value, unit);
  return `${mean}${interval === "" ? "" : ` (${interval})`}`;
}

/** An estimate without its interval, with the digits that the interval supports. */
export const meanWords = (value: MetricValue, unit: Unit): string => wordsOf(value, unit).mean;

function wordsOf({ mean, ci }: MetricValue, unit: Unit) {
  if (mean === null) return { mean: "undefined", interval: "" };
  const { scale = 1 } = unit;
  const [low, high] = ci.map((bound) => (bound === null ? null : scale * bound));
  const write = writer(scale * mean, low, high);
  return { mean: inUnit(write(scale * mean), unit), interval: intervalWords(low, high, write) };
}

function inUnit(text: string, { before = "", after = "" }: Unit): string {
  return text.startsWith("-") ? `-${before}${text.slice(1)}${after}` : `${before}${text}${after}`;
}

type Writer = (x: number) => string;

/** Most decimals that a sentence has. */
const MAX_DECIMALS = 6;

function writer(mean: number, low: number | null, high: number | null): Writer {
  const half = Math.max(mean - (low ?? mean), (high ?? mean) - mean);
  if (!(half > 0)) return plainNumber;
  const decimals = Math.min(MAX_DECIMALS, Math.max(0, -Math.floor(Math.log10(half))));
  return (x) => {
    const [whole, fraction] = Math.abs(x).toFixed(decimals).split(".");
    const isNegative = x < 0 && /[1-9]/.test(whole + (fraction ?? ""));
    const digits = fraction === undefined ? "" : `.${fraction}`;
    return `${isNegative ? "-" : ""}${grouped(Number(whole))}${digits}`;
  };
}

function intervalWords(low: number | null, high: number | null, write: Writer): string {
  if (low !== null && high !== null) return low === high ? "" : `${write(low)} to ${write(high)}`;
  if (low !== null) return `${write(low)} or more`;
  return high === null ? "" : `${write(high)} or less`;
}
