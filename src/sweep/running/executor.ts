// Who carries out cells: the threads of this process, or whoever else can. The conductor of a sweep asks nothing else of them.
import { type CellPool, runCell } from "../../experiment/cell.ts";
import type { Cell } from "../cells.ts";
import type { Sweep } from "../sweep.ts";
import { type CellOutcome, cellInputs, outcomeOf } from "./record.ts";

export interface CellExecutor {
  /** Cells that can be under way at the same time, an integer >= 1. It may grow. */
  readonly lanes: number;
  /** Aborted where no further cell is wanted. */
  readonly signal: AbortSignal;
  /**
   * The outcome of a cell; undefined where it was interrupted.
   * @param key of the cell's record
   * @param onProgress told the share that is done, 0..1, and the replications of the whole cell
   * @throws CellError, or anything else, where the cell fails; the others go on
   * @throws ExecutorError where no cell can be carried out any more
   */
  run(
    cell: Cell,
    key: string,
    onProgress: (share: number, replications: number) => void,
  ): Promise<CellOutcome | undefined>;
}

/** A cell failed somewhere else. */
export class CellError extends Error {
  /** What went wrong, each in a line. */
  readonly messages: readonly string[];

  constructor(messages: readonly string[]) {
    super(messages.join("; "));
    this.messages = messages;
  }
}

/** An executor cannot go on. */
export class ExecutorError extends Error {}

/** Cells on the threads of a pool: one more than there are threads keeps all of them busy while a cell comes to its end. */
export function onThreads(pool: CellPool, sweep: Sweep): CellExecutor {
  return {
    lanes: pool.workers === 1 ? 1 : pool.workers + 1,
    signal: pool.signal,
    async run(cell, _, onProgress) {
      const inputs = cellInputs(cell, sweep);
      const result = await runCell(pool, inputs, { isOneOfMany: true, onProgress });
      return result.interrupted ? undefined : outcomeOf(result);
    },
  };
}
