// A cell as a record of the store: what decides its outcome, and the outcome.
import type { CellInputs, CellResult } from "../../experiment/cell.ts";
import type { PrecisionResult, ScenarioResult } from "../../experiment/result.ts";
import { decisive } from "../../scenario/decisive.ts";
import type { Store } from "../../store/store.ts";
import { type Cell, type CellProblem, isProblem } from "../cells.ts";
import type { Sweep } from "../sweep.ts";

/** `not-reached`: not with the precision that was asked for. */
export type CellOutcome =
  | {
      readonly status: "ok" | "not-reached";
      /** Replications of every scenario. */
      readonly replications: number;
      readonly scenarios: readonly ScenarioResult[];
      readonly precision?: readonly PrecisionResult[];
    }
  | CellFailure;

export interface CellFailure {
  readonly status: "failed";
  /** What went wrong, each in a line. */
  readonly messages: readonly string[];
  /** What to type to run this cell again. */
  readonly command: string;
}

/** What a cell is run with. */
export function cellInputs(cell: Cell, { seed, sampling }: Sweep): CellInputs {
  return { scenarios: cell.scenarios, baseline: cell.baseline, seed, sampling };
}

/**
 * What decides the outcome of a cell, and nothing else: a scenario's description, and the seed and replications that
 * those of the sweep stand in for, make no difference. Of a cell that cannot be run it is the point that cannot.
 */
export function recordInputs(cell: Cell | CellProblem, sweep: Sweep): object {
  const { seed, sampling } = sweep;
  if (isProblem(cell)) return { labels: cell.labels, factors: cell.factors, seed };
  return { scenarios: cell.scenarios.map(decisive), baseline: cell.baseline, seed, sampling };
}

/** The outcome of a cell that was run to its end. */
export function outcomeOf({ replications, scenarios, precision }: CellResult): CellOutcome {
  const isReached = precision?.every(({ reached }) => reached) ?? true;
  return {
    status: isReached ? "ok" : "not-reached",
    replications,
    scenarios,
    ...(precision && { precision }),
  };
}

/** The outcome of the cell of a key; undefined where it is not there. @throws StoreError */
export function readOutcome(store: Store, key: string): CellOutcome | undefined {
  return store.read(key)?.outcome as CellOutcome | undefined;
}
