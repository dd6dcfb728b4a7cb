// Runs the cells of a sweep that a store does not have yet, several at a time, and appends each to the store as soon as
// it is complete: what is done is never lost, and nothing is done twice. A cell that fails is recorded, and the others
// go on.
import type { OnProgress } from "../../experiment/progress.ts";
import { InputsText } from "../../store/record.ts";
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

/** A cell that is being carried out. */
interface Begun {
  readonly inputs: InputsText;
  /** Undefined where it was interrupted. */
  readonly outcome: Promise<CellOutcome | undefined>;
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
  private lanes = 0;

  constructor(addresses: Addresses, options: ConductOptions) {
    this.addresses = addresses;
    this.options = options;
  }

  async result(): Promise<Conducted> {
    const { executor } = this.options;
    await new Promise<void>((resolve, reject) => this.widen(resolve, reject));
    const { ran, found, failed } = this;
    failed.sort((a, b) => a - b);
    const ended = executor.signal.aborted ? "interrupted" : this.isEnding ? "failed" : "all";
    return { ran, found, failed, ended };
  }

  /** Begins lanes until there are as many as the executor has. The last one to end tells. */
  private widen(onEnd: () => void, onError: (error: unknown) => void): void {
    const end = () => {
      if (--this.lanes === 0) onEnd();
    };
    while (this.lanes < this.options.executor.lanes) {
      this.lanes++;
      this.lane(() => this.widen(onEnd, onError)).then(end, onError);
    }
  }

  /** Takes one cell after the other. */
  private async lane(onCell: () => void): Promise<void> {
    const { source, executor } = this.options;
    try {
      while (!this.isEnding && !executor.signal.aborted) {
        const index = await source.take();
        if (index === undefined) return;
        await this.carryOut(index);
        onCell();
      }
    } catch (error) {
      this.isEnding = true;
      throw error;
    }
  }

  private async carryOut(index: number): Promise<void> {
    const begun = await this.begin(index);
    if (begun === undefined) {
      this.found++;
      this.report();
      return;
    }
    const outcome = await begun.outcome;
    const { replications } = this.underWay.get(index) ?? { replications: 0 };
    this.underWay.delete(index);
    if (outcome === undefined) return;
    this.ran++;
    this.replications += replications;
    // What failed may succeed the next time: with more memory, say.
    const final = outcome.status !== "failed";
    this.addresses.store.append(begun.inputs, outcome, { final });
    if (!final) this.fail(index);
    this.report();
  }

  /**
   * Makes a cell and has it carried out, unless the store has it. The cell itself is not kept: thousands may wait for their outcomes.
   */
  private async begin(index: number): Promise<Begun | undefined> {
    const { sweep, store } = this.addresses;
    const cell = await sweep.cellAt(index);
    const inputs = InputsText.of(recordInputs(cell, sweep));
    const { key } = this.addresses.enter(cell, inputs);
    if (store.isFinal(key)) return undefined;
    this.underWay.set(index, { share: 0, replications: 0 });
    return { inputs, outcome: this.outcome(cell, key) };
  }

  /** Undefined where the cell was interrupted. */
  private outcome(cell: Cell | CellProblem, key: string): Promise<CellOutcome | undefined> {
    const { index } = cell;
    if (isProblem(cell)) return Promise.resolve(this.failure(index, cell.messages));
    const onProgress = (share: number, expected: number) => {
      this.underWay.set(index, { share, replications: Math.round(share * expected) });
      this.report();
    };
    return this.options.executor.run(cell, key, onProgress).catch((error) => {
      if (error instanceof ExecutorError) throw error;
      if (error instanceof CellError) return this.failure(index, error.messages);
      return this.failure(index, [error instanceof Error ? error.message : String(error)]);
    });
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
