// What the rows of exported tables are made of: where a row comes from, and what came out there.
import type { ScenarioResult } from "../experiment/result.ts";
import type { FactorValue } from "../sweep/designs/axes.ts";

/** The values of the factors at a point, by name. */
export type Factors = Readonly<Record<string, FactorValue>>;

/** Where a row comes from. Rows of both tables that come from the same place agree in these. */
export interface Origin {
  /** Name of the experiment, where it has one. */
  readonly experiment?: string | undefined;
  /** Number of the cell, from 0; a `run` or `compare` is one cell. */
  readonly cell: number;
  /** Label of the scenario within the experiment. */
  readonly scenario: string;
  /** Label of the scenario that this one is paired with, where there is one. */
  readonly baseline?: string | undefined;
  readonly factors: Factors;
  readonly seed: string;
}

/** `not-reached`: there is a result, but not with the precision that was asked for. */
export type CellStatus = "ok" | "failed" | "not-reached";

/** A scenario of a cell. */
export interface CellRow extends Origin {
  readonly status: CellStatus;
  /** Why it failed, or what else is to be said. */
  readonly message?: string | undefined;
  /** Of every row that has not failed. */
  readonly result?: ScenarioResult | undefined;
}

/** A replication of a scenario. */
export interface ReplicationRow extends Origin {
  /** Number of the replication within the scenario, from 0. */
  readonly replication: number;
  /** Number of the task instance that it shares with its repeats, from 0. */
  readonly instance: number;
  /** OUTCOME_SIZE numbers, at the positions of FIELD. */
  readonly outcome: ArrayLike<number>;
}
