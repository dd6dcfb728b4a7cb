// What is told of a store that is no record of it: each with the words by which its topic is known again.
import type { KnownWarning } from "../topics.ts";

export const tornRecord = (place: string): string =>
  `${place}: the last record is incomplete and does not count: its writer was stopped, or is still at work`;

export const damagedRecord = (place: string): string =>
  `${place}: the record is damaged (its checksum differs) and does not count`;

export const moreDamaged = (path: string, count: number): string =>
  `${path}: ${count} more damaged ${count === 1 ? "record does" : "records do"} not count`;

export const foreignFile = (path: string): string => `${path}: no part of the store; left alone`;

/** All warnings of stores. */
export const STORE_WARNINGS: readonly KnownWarning[] = [
  { topic: "incomplete-record", pattern: /: the last record is incomplete / },
  { topic: "damaged-record", pattern: /: (the record is damaged |\d+ more damaged records? )/ },
  { topic: "foreign-file", pattern: /: no part of the store; left alone$/ },
];
