// What the threads of a worker do for a sweep: they make it of its plan, and run the cell of a number. The default export makes the
// task of a pool (`experiment/pool.ts`).
import { canonicalJson } from "../documents/canonicalJson.ts";
import { openCellPool } from "../experiment/cell.ts";
import type { Task } from "../experiment/pool.ts";
import type { OnProgress } from "../experiment/progress.ts";
import { keyOf } from "../store/record.ts";
import { isProblem } from "../sweep/cells.ts";
import { onThreads } from "../sweep/running/executor.ts";
import { loadPortable } from "../sweep/running/portable.ts";
import { recordInputs } from "../sweep/running/record.ts";
import { SEMANTICS } from "../version.ts";

/** A cell of the plan. */
export interface CellJob {
  readonly cell: number;
  /** Of its record. */
  readonly key: string;
  /** Whether the text of its record's inputs is wanted. */
  readonly withInputs: boolean;
}

/** A cell's outcome and, if wanted, what decided it, as texts, or what is wrong with it. */
export type CellJobResult =
  | { readonly inputs: string; readonly outcome: string }
  | { readonly messages: readonly string[] };

/** Milliseconds between two reports of how far a cell is. */
const REPORTS = 2000;

/** @param plan text of a plan */
export default async function cellWorker(plan: string): Promise<Task<CellJob, CellJobResult>> {
  const { sweep } = await loadPortable(JSON.parse(plan));
  let isChecked = false;
  return async ({ cell: index, key, withInputs }, signal, onProgress) => {
    const cell = await sweep.cellAt(index);
    if (isProblem(cell)) return { messages: cell.messages };
    if (!isChecked && keyOf(recordInputs(cell, sweep), SEMANTICS) !== key)
      return {
        messages: ["the worker makes another cell of this number: it is of another version"],
      };
    isChecked = true;
    const pool = await openCellPool({ jobs: 1, isApart: false, signal });
    try {
      const outcome = await onThreads(pool, sweep).run(cell, key, seldom(onProgress));
      signal.throwIfAborted();
      const inputs = withInputs ? canonicalJson(recordInputs(cell, sweep)) : "";
      return { inputs, outcome: canonicalJson(outcome) };
    } finally {
      await pool.close();
    }
  };
}

function seldom(onProgress: OnProgress): OnProgress {
  let told = performance.now();
  return (share) => {
    if (performance.now() - told < REPORTS) return;
    told = performance.now();
    onProgress(share);
  };
}
