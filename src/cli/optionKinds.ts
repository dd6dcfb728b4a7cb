// The kinds of option, and the values that options of many commands have.
import { factorOf, readAmount } from "../documents/checking/amounts.ts";
import { UsageError } from "./errors.ts";

interface Described {
  readonly description: string;
  /** The letter that stands for it: `-o` is `--out`. */
  readonly short?: string;
}

/** An option that is there or not. */
export interface Flag extends Described {
  readonly kind: "flag";
}

/** Words that a value can be, known or found out when they are needed; or names of files. */
export type Words = "files" | readonly string[] | (() => Promise<readonly string[]>);

/** An option with a value. */
export interface Valued<T> extends Described {
  readonly kind: "value" | "list";
  /** What stands for the value in the help. */
  readonly placeholder: string;
  /** Reads the value. @throws UsageError whose message ends with the rule that was broken */
  readonly parse: (text: string) => T;
  /** What completion offers for the value. */
  readonly words?: Words;
}

export const flag = (description: string): Flag => ({ kind: "flag", description });

export function value<T>(
  placeholder: string,
  description: string,
  parse: (text: string) => T,
  words: Words = [],
) {
  return { kind: "value", placeholder, description, parse, words } as const;
}

export function list<T>(
  placeholder: string,
  description: string,
  parse: (text: string) => T,
  words: Words = [],
) {
  return { kind: "list", placeholder, description, parse, words } as const;
}

/** A value that is one of some words. */
export function choice<const T extends string>(
  placeholder: string,
  description: string,
  words: readonly T[],
) {
  return value(placeholder, description, oneOf(...words), words);
}

/** Names of all metrics. Completion alone needs them, and the help is to come at once. */
export const metricNames = async () => (await import("../metrics/definitions.ts")).METRIC_NAMES;

export function wholeNumber(low: number, high: number) {
  return (text: string): number => {
    const number = /^\s*[+-]?\d+(\.0*)?(e\+?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(number) && number >= low && number <= high) return number;
    const meant = readAmount(text);
    const amount = (meant?.readings[0] ?? 0) * (factorOf(meant?.suffix ?? "?", "") ?? 0);
    const isMeant = Number.isSafeInteger(amount) && amount >= low && amount <= high;
    const hint = isMeant && meant?.readings.length === 1 ? `; write ${amount}` : "";
    throw new UsageError(
      `${JSON.stringify(text)} is not a whole number from ${low} to ${high}${hint}`,
    );
  };
}

export function textUpTo(length: number) {
  return (text: string): string => {
    if (text.length > 0 && text.length <= length) return text;
    throw new UsageError(`a value has 1 to ${length} characters`);
  };
}

export function oneOf<const T extends string>(...words: readonly T[]) {
  return (text: string): T => {
    const word = words.find((one) => one === text);
    if (word !== undefined) return word;
    throw new UsageError(`${JSON.stringify(text)} is none of ${words.join(", ")}`);
  };
}
