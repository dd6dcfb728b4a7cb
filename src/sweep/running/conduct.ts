// Runs the cells of a sweep that a store does not have yet, several at a time, and appends each to the store as soon as
// it is complete: what is done is never lost, and nothing is done twice. A cell that fails is recorded, and the others
// go on.
import type { OnProgress } from "../../experiment/progress.ts";
import { type Cell, type CellProblem, isProblem } from "../cells.ts";
import type { Addresses } from "./addresses.ts";
import { CellError, type CellExecutor, ExecutorError } from "./executor.ts";
import { type CellOutcome, recordInputs } from "./record.ts";
import type { CellSource } from "./source.ts";

export interface ConductOptions {
  readonly source: CellSource;
  readonly executor: CellExecutor;
  /** Whether the first cell that fails ends the sweep. */
  readonly failFast: boolean;
  /** What to type to run a cell again. */
  readonly commandFor: (cell: number) => string;
  readonly onProgress?: OnProgress<[state: SweepProgress]> | undefined;
}

export interface SweepProgress {
  /** Cells that are done, those found in the store included. */
  readonly done: number;
  readonly failed: number;
  /** Replications that were run so far, of all scenarios. */
  readonly replications: number;
}

/** What came of a sweep. Cells are told by their index, in rising order. */
export interface Conducted {
  /** Cells that were run. */
  readonly ran: number;
  /** Cells whose outcome was in the store. */
  readonly found: number;
  readonly failed: readonly number[];
  /** Whether it ended before its last cell, by an interrupt or by a cell that failed. */
  readonly ended: "all" | "interrupted" | "failed";
}

/**
 * Runs what is missing. Where the executor is aborted, cells under way are dropped.
 * @param addresses of a store that is open to write
 * @throws StoreError when a cell cannot be stored; those before it are
 * @throws ExecutorError where no cell can be carried out any more
 */
export function conduct(addresses: Addresses, options: ConductOptions): Promise<Conducted> {
  return new Conduct(addresses, options).result();
}

class Conduct {
  private readonly addresses: Addresses;
  private readonly options: ConductOptions;
  private ran = 0;
  private found = 0;
  private readonly failed: number[] = [];
  /** Whether no further cell is begun. */
  private isEnding = false;
  /** What is done of the cells under way, 0..1, and their replications. */
  private readonly underWay = new Map<number, { share: number; replications: number }>();
  private replications = 0;

  constructor(addresses: Addresses, options: ConductOptions) {
    this.addresses = addresses;
    this.options = options;
  }

  async result(): Promise<Conducted> {
    const { executor } = this.options;
    await Promise.all(Array.from({ length: executor.lanes }, () => this.lane()));
    const { ran, found, failed } = this;
    failed.sort((a, b) => a - b);
    const ended = executor.signal.aborted ? "interrupted" : this.isEnding ? "failed" : "all";
    return { ran, found, failed, ended };
  }

  /** Takes one cell after the other. */
  private async lane(): Promise<void> {
    const { source, executor } = this.options;
    try {
      while (!this.isEnding && !executor.signal.aborted) {
        const index = await source.take();
        if (index === undefined) return;
        await this.carryOut(index);
      }
    } catch (error) {
      this.isEnding = true;
      throw error;
    }
  }

  private async carryOut(index: number): Promise<void> {
    const { sweep, store } = this.addresses;
    const cell = await sweep.cellAt(index);
    const { key } = this.addresses.enter(cell);
    if (store.isFinal(key)) {
      this.found++;
      this.report();
      return;
    }
    this.underWay.set(index, { share: 0, replications: 0 });
    const outcome = await this.outcome(cell, key);
    const { replications } = this.underWay.get(index) ?? { replications: 0 };
    this.underWay.delete(index);
    if (outcome === undefined) return;
    this.ran++;
    this.replications += replications;
    // What failed may succeed the next time: with more memory, say.
    store.append(recordInputs(cell, sweep), outcome, { final: outcome.status !== "failed" });
    if (outcome.status === "failed") this.fail(index);
    this.report();
  }

  /** Undefined where the cell was interrupted. */
  private async outcome(cell: Cell | CellProblem, key: string): Promise<CellOutcome | undefined> {
    const { executor } = this.options;
    const { index } = cell;
    if (isProblem(cell)) return this.failure(index, cell.messages);
    try {
      return await executor.run(cell, key, (share, expected) => {
        this.underWay.set(index, { share, replications: Math.round(share * expected) });
        this.report();
      });
    } catch (error) {
      if (error instanceof ExecutorError) throw error;
      if (error instanceof CellError) return this.failure(index, error.messages);
      return this.failure(index, [error instanceof Error ? error.message : String(error)]);
    }
  }

  private failure(index: number, messages: readonly string[]): CellOutcome {
    return { status: "failed", messages, command: this.options.commandFor(index) };
  }

  private fail(index: number): void {
    this.failed.push(index);
    if (this.options.failFast) this.isEnding = true;
  }

  private report(): void {
    const begun = [...this.underWay.values()];
    const done = this.ran + this.found;
    const shares = begun.reduce((sum, { share }) => sum + share, done);
    this.options.onProgress?.(shares / this.options.source.count, {
      done,
      failed: this.failed.length,
      replications: begun.reduce((sum, { replications }) => sum + replications, this.replications),
    });
  }
}
