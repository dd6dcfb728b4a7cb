// The results that pictures and reports are made of, as types. What reads them is beside (`read.ts`).
import type { Contents } from "./documents.ts";

/** Kinds of document that pictures are made of. */
export const RESULT_KINDS = [
  "run",
  "compare",
  "sweep",
  "reproduce",
  "trace",
  "lineage",
  "estimate",
  "choose",
  "importance",
  "improve",
  "threshold",
] as const;

export type ResultKind = (typeof RESULT_KINDS)[number];

/** The documents by schema. */
export type Documents = { readonly [K in ResultKind as `faultline/${K}@1`]: Contents[K] };

export type Schema = keyof Documents;

export type ResultDocument = Documents[Schema];

/** The event log of one replication, as `faultline trace` prints it. */
export type TraceLog = Contents["trace"];

export type { SweepResult, SweepResultRow } from "./documents.ts";
