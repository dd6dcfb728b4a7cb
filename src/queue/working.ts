// A worker of a queue: takes cells, runs them on threads, so that it goes on renewing its locks, and puts down what came of them.
import { setTimeout as pause } from "node:timers/promises";
import { canonicalJson } from "../documents/canonicalJson.ts";
import { type CellPool, openCellPool } from "../experiment/cell.ts";
import { keyOf } from "../store/record.ts";
import { isProblem } from "../sweep/cells.ts";
import { onThreads } from "../sweep/running/executor.ts";
import { loadPortable } from "../sweep/running/portable.ts";
import { type CellOutcome, recordInputs } from "../sweep/running/record.ts";
import type { Sweep } from "../sweep/sweep.ts";
import { SEMANTICS } from "../version.ts";
import type { Board, CellJob } from "./board.ts";

export interface WorkOptions {
  /** Threads, an integer >= 1. */
  readonly jobs: number;
  /** When aborted, cells under way are brought to their end, and no other is begun. */
  readonly signal: AbortSignal;
  /** Seconds for that. */
  readonly grace: number;
}

export interface WorkState {
  readonly done: number;
  readonly failed: number;
}

/** Works until the signal is aborted. */
export async function work(board: Board, options: WorkOptions): Promise<WorkState> {
  const { jobs, signal, grace } = options;
  const pool = await openCellPool({ jobs, isApart: true });
  const state = { done: 0, failed: 0 };
  const cells = new Cells(board, pool);
  const worker = board.worker(
    async (job) => {
      const status = await cells.carryOut(job);
      if (status === "failed") state.failed++;
      else if (status !== undefined) state.done++;
    },
    { concurrency: jobs + 1 },
  );
  try {
    if (!signal.aborted)
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    const closed = worker.close();
    await Promise.race([closed, pause(1000 * grace, undefined, { ref: false })]);
    // Without a connection a cell that is not done cannot be called failed: its lock runs out, and another worker is given it.
    board.cutWorkers();
    await pool.close();
    await closed.catch(() => {});
    return state;
  } finally {
    await pool.close();
  }
}

/** Sweeps that are kept, since making one takes longer than a small cell. */
const MOST_SWEEPS = 4;
/** Looks for a plan, one per second, before its cells are given up. */
const LOOKS = 30;

class Cells {
  private readonly board: Board;
  private readonly pool: CellPool;
  private readonly sweeps = new Map<string, Promise<Sweep>>();

  constructor(board: Board, pool: CellPool) {
    this.board = board;
    this.pool = pool;
  }

  /** @returns what came of the cell; undefined where that was known already */
  async carryOut({ plan, cell: index, key }: CellJob): Promise<CellOutcome["status"] | undefined> {
    const [known] = await this.board.outcomes([key]);
    if (known !== null) return undefined;
    const sweep = await this.sweep(plan);
    const outcome = await this.outcome(sweep, index, key);
    if (outcome === undefined) throw new Error("the worker ended before the cell did");
    await this.board.putOutcome(key, canonicalJson(outcome));
    return outcome.status;
  }

  /** Undefined where the worker ends before the cell does. */
  private async outcome(
    sweep: Sweep,
    index: number,
    key: string,
  ): Promise<CellOutcome | undefined> {
    try {
      const cell = await sweep.cellAt(index);
      if (isProblem(cell)) return failure(cell.messages);
      if (keyOf(recordInputs(cell, sweep), SEMANTICS) !== key)
        return failure(["the worker makes another cell of this number: it is of another version"]);
      return await onThreads(this.pool, sweep).run(cell, key, () => {});
    } catch (error) {
      if (this.pool.signal.aborted) return undefined;
      return failure([error instanceof Error ? error.message : String(error)]);
    }
  }

  private sweep(plan: string): Promise<Sweep> {
    const known = this.sweeps.get(plan);
    if (known !== undefined) return known;
    const made = this.load(plan);
    this.sweeps.set(plan, made);
    made.catch(() => this.sweeps.delete(plan));
    const [oldest] = this.sweeps.keys();
    if (this.sweeps.size > MOST_SWEEPS) this.sweeps.delete(oldest);
    return made;
  }

  /** A database that forgot a plan is given it again by whoever waits for its cells. */
  private async load(plan: string): Promise<Sweep> {
    for (let look = 0; look < LOOKS; look++) {
      const text = await this.board.plan(plan);
      if (text !== null) return (await loadPortable(JSON.parse(text))).sweep;
      await pause(1000);
    }
    throw new Error(
      "the plan of the cell is gone, and nobody waits for it: submit the sweep again",
    );
  }
}

/** The command that repeats a cell is known to whoever submitted it. */
const failure = (messages: readonly string[]): CellOutcome => ({
  status: "failed",
  messages,
  command: "",
});
