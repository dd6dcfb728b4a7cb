// What a format of logs is: how its records are told from others, and how runs come of them.
import type { LoggedRun } from "./run.ts";

/** Where something stands in a log. */
export interface Place {
  readonly file: string;
  /** From 1. Without it, the file as a whole. */
  readonly line?: number;
}

/**
 * A part of a log that is read at one go: a line of JSON, a row of a table, an item of a list, or a whole document. Long documents
 * come in pieces: an object with one of the lists `spans`, `resourceSpans`, `samples`, `observations`, `data` or `traces` comes
 * item by item, so that memory stays small.
 */
export interface LogRecord {
  readonly value: unknown;
  readonly place: Place;
  /** The list of the document that the value is an item of. */
  readonly within?: string;
  /** The document around that list, without the list itself; the same object for all items. */
  readonly document?: Readonly<Record<string, unknown>>;
}

/** Kinds of things that are wrong in a log and do not stop its reading. Each is told once, with how often and an example. */
export const TROUBLES = {
  damaged: "that cannot be understood",
  truncated: "that end in the middle",
  unreadable: "that may not be read or lead nowhere",
  unknown: "of no known format",
  noParent: "with a parent that is missing",
  clock: "that end before they begin",
  negative: "with a negative amount",
  duplicate: "that came twice",
  endless: "that never end",
  outcome: "with an outcome outside 0 to 1",
  names: "of an agent under several names",
  late: "that came after their run was closed",
  compressed: "compressed in a way that this Node cannot read",
} as const;

export type Trouble = keyof typeof TROUBLES;

/** Takes what formats make of records. */
export interface LogSink {
  run(run: LoggedRun): void;
  /** @param what the plural of what is concerned: `spans`, `rows`, `runs` */
  trouble(trouble: Trouble, what: string, place: Place): void;
}

export interface LogFormat {
  /** One word, such as `otlp`. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  recognises(record: LogRecord): boolean;
  /** Begins to read; records of several files may belong to one run. */
  begin(sink: LogSink): LogParser;
}

export interface LogParser {
  take(record: LogRecord): void;
  /** All records have been taken: the runs that are still open are handed over. */
  end(): void;
}
