// The options, in one table: what each is called, takes and means. Parser, help and documentation read it.
import { UsageError } from "./errors.ts";

interface Described {
  readonly description: string;
}

/** An option that is there or not. */
export interface Flag extends Described {
  readonly kind: "flag";
}

/** An option with a value. */
export interface Valued<T> extends Described {
  readonly kind: "value" | "list";
  /** What stands for the value in the help. */
  readonly placeholder: string;
  /** Reads the value. @throws UsageError whose message ends with the rule that was broken */
  readonly parse: (text: string) => T;
}

const flag = (description: string): Flag => ({ kind: "flag", description });

function value<T>(placeholder: string, description: string, parse: (text: string) => T) {
  return { kind: "value", placeholder, description, parse } as const;
}

function list<T>(placeholder: string, description: string, parse: (text: string) => T) {
  return { kind: "list", placeholder, description, parse } as const;
}

// ---------------------------------------------------------------- values

function wholeNumber(low: number, high: number) {
  return (text: string): number => {
    const number = /^\s*[+-]?\d+(\.0*)?(e\+?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(number) && number >= low && number <= high) return number;
    throw new UsageError(`${JSON.stringify(text)} is not a whole number from ${low} to ${high}`);
  };
}

function textUpTo(length: number) {
  return (text: string): string => {
    if (text.length > 0 && text.length <= length) return text;
    throw new UsageError(`a value has 1 to ${length} characters`);
  };
}

// ---------------------------------------------------------------- the table

/** Largest number of a replication: their draws are keyed by 32 bits. */
const LAST_REPLICATION = 2 ** 32 - 1;

export const OPTIONS = {
  baseline: value(
    "NAME",
    "Scenario to compare with: its name, its file, or the end of its name by which it differs.",
    textUpTo(1000),
  ),
  replications: value(
    "N",
    "Number of seeded runs of every scenario (default: as the scenario or the command says).",
    wholeNumber(1, 1e9),
  ),
  seed: value(
    "TEXT",
    "Seed of all draws (default: as the scenario or the command says).",
    textUpTo(200),
  ),
  set: list(
    "PATH=VALUE",
    "Set a field of the scenario, such as models.base.errorRate=0.1; may be given again.",
    textUpTo(10_000),
  ),
  replication: value(
    "K",
    "Number of the replication to follow, from 0 (default: 0).",
    wholeNumber(0, LAST_REPLICATION),
  ),
  tree: flag("Show the lineage of every error as a tree."),
  fault: value(
    "AGENT[:CLAIM]",
    "Put in one fault, such as worker.2:c3, and show how far it spreads.",
    textUpTo(200),
  ),
  strict: flag("End with exit code 4 when a figure is out of range."),
  all: flag("Show every metric."),
  json: flag("Print one JSON document instead."),
  csv: flag("Also write the outcome of every replication to replications.csv."),
  out: value("DIR", "Folder for results (default: out).", textUpTo(1000)),
  "no-save": flag("Write no files."),
  force: flag("Write over a file of that name."),
  quiet: flag("Print nothing but the result and errors."),
  "no-color": flag("Print without colors, as NO_COLOR=1 does; FORCE_COLOR=1 does the reverse."),
} as const satisfies Record<string, Flag | Valued<unknown>>;

export type OptionName = keyof typeof OPTIONS;

type ValueOf<O> = O extends { kind: "list"; parse: (text: string) => infer T }
  ? readonly T[]
  : O extends { kind: "value"; parse: (text: string) => infer T }
    ? T | undefined
    : boolean;

/** The values of all options; what was not given is undefined, false or empty. */
export type OptionValues = { readonly [Name in OptionName]: ValueOf<(typeof OPTIONS)[Name]> };
