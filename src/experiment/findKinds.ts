// The kinds of replications that can be searched for, in one table: what each has, and how an outcome row shows it.
import { FIELD } from "../model/outcome.ts";

/** How much a task has of what is searched for, by its outcome row: 0 or more. */
export type Measure = (row: Readonly<Float64Array>) => number;

interface Kind {
  /** What a replication of this kind has, as the end of a sentence. */
  readonly what: string;
  /** Above 0 where a task is of this kind. */
  readonly measure: Measure;
}

/** Kinds of replications that can be found: a replication is of a kind if one of its tasks is. */
export const FIND_KINDS = {
  failure: { what: "a task that fails", measure: (row) => row[FIELD.failure] },
  escaped: {
    what: "an erroneous claim in the deliverable",
    measure: (row) => row[FIELD.deliverableErrors],
  },
  caught: {
    what: "an error that a check catches in a task that succeeds",
    measure: (row) => row[FIELD.caught] * row[FIELD.success],
  },
  missing: {
    what: "a claim that the deliverable lacks",
    measure: (row) => row[FIELD.missingClaims],
  },
  stalled: {
    what: "a loop that ends because a round changed nothing",
    measure: (row) => row[FIELD.stalled],
  },
  slowest: { what: "the longest time for a task", measure: (row) => row[FIELD.latency] },
} as const satisfies Record<string, Kind>;

/** A kind of replication that `findReplication` and `--find` look for. */
export type FindKind = keyof typeof FIND_KINDS;

/** Replications searched by default. */
export const DEFAULT_WITHIN = 4000;
