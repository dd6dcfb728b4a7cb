// What a sweep, a decision or a calibration sees of a queue: an executor of its cells, or a pool of threads that are elsewhere.
import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "../experiment/pool.ts";
import type { OnProgress } from "../experiment/progress.ts";
import { keyOf } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { Cell } from "../sweep/cells.ts";
import type { Addresses } from "../sweep/running/addresses.ts";
import { CellError, type CellExecutor, ExecutorError } from "../sweep/running/executor.ts";
import { type CellOutcome, readOutcome } from "../sweep/running/record.ts";
import type { Sweep } from "../sweep/sweep.ts";
import { SEMANTICS } from "../version.ts";
import { CELLS, type PoolKind } from "./kinds.ts";
import { QueueLost, type Submitter } from "./submitting.ts";
import { hashOf } from "./task.ts";

/**
 * Looks for a record that a worker has stored, and milliseconds between two of them: two minutes, since network file systems show what
 * others write when they like.
 */
const SIGHT = { looks: 480, between: 250 };

/** Cells on a queue. */
export class QueueExecutor implements CellExecutor {
  private readonly submitter: Submitter;
  private readonly sweep: Sweep;
  private readonly plan: { readonly text: string; readonly hash: string };
  private readonly store: Store;
  private refreshed: Promise<void> | undefined;

  /**
   * @param plan text of the sweep's plan
   * @param addresses of the sweep's cells in the store: that of a folder which workers may share
   */
  constructor(submitter: Submitter, plan: string, { sweep, store }: Addresses) {
    this.submitter = submitter;
    this.sweep = sweep;
    this.plan = { text: plan, hash: hashOf(plan) };
    this.store = store;
  }

  get signal(): AbortSignal {
    return this.submitter.signal;
  }

  get lanes(): number {
    return this.submitter.room;
  }

  async run(
    { index, scenarios }: Cell,
    key: string,
    onProgress: (share: number, replications: number) => void,
  ): Promise<CellOutcome | undefined> {
    const { sampling } = this.sweep;
    const expected = "replications" in sampling ? sampling.replications * scenarios.length : 0;
    const outcome = await this.ask(index, key, (share) => onProgress(share, expected));
    if (outcome === undefined) return undefined;
    if ("messages" in outcome) throw new CellError(outcome.messages);
    const made =
      "result" in outcome
        ? (outcome.result as CellOutcome)
        : await this.stored(key, outcome.storedSince);
    if (made !== undefined && made.status !== "failed")
      onProgress(1, made.replications * scenarios.length);
    return made;
  }

  private async ask(index: number, key: string, onProgress: OnProgress) {
    try {
      const task = { kind: CELLS.name, of: this.plan.hash, item: index, key };
      return await this.submitter.ask(task, this.plan.text, onProgress);
    } catch (error) {
      throw error instanceof QueueLost ? new ExecutorError(error.message) : error;
    }
  }

  /** What a worker has put into the folder that it shares with us, which may take a moment to be seen. */
  private async stored(key: string, since: number): Promise<CellOutcome | undefined> {
    for (let look = 0; since === this.store.since && look < SIGHT.looks; look++) {
      const outcome = readOutcome(this.store, key);
      if (outcome !== undefined) return outcome;
      if (this.signal.aborted) return undefined;
      this.refreshed ??= this.refresh();
      await this.refreshed;
    }
    await this.submitter.board.dropOutcome(key);
    throw new ExecutorError(
      `a worker has stored a cell in a folder that is not that of ${this.store.folder}: start workers with the --out of the sweep, or without one`,
    );
  }

  /** One look serves all who wait for one. */
  private async refresh(): Promise<void> {
    await pause(SIGHT.between);
    this.refreshed = undefined;
    this.store.refresh();
  }
}

/** A pool whose jobs are done by the workers of a queue. */
export class QueuePool<Job, Result> implements Pool<Job, Result> {
  /** As many as there may be. */
  readonly workers = Number.MAX_SAFE_INTEGER;
  private readonly submitter: Submitter;
  private readonly kind: PoolKind<Job>;
  private readonly data: unknown;
  private readonly ending = new AbortController();

  /** @param data of the pool that this one stands for */
  constructor(submitter: Submitter, kind: PoolKind<Job>, data: unknown) {
    this.submitter = submitter;
    this.kind = kind;
    this.data = data;
    const { signal } = submitter;
    signal.addEventListener("abort", () => this.ending.abort(signal.reason));
    if (signal.aborted) this.ending.abort(signal.reason);
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  async submit(job: Job): Promise<Result> {
    this.signal.throwIfAborted();
    const kind = this.kind.name;
    const { text, item } = this.kind.say(job, this.data);
    const of = hashOf(text);
    const key = keyOf({ kind, of, item }, SEMANTICS);
    const outcome = await this.submitter.ask({ kind, of, item, key }, text);
    this.signal.throwIfAborted();
    if (outcome === undefined) throw new Error("the pool is closed");
    if ("result" in outcome) return (outcome.result ?? undefined) as Result;
    const messages = "messages" in outcome ? outcome.messages : [];
    throw new Error(messages.join("; "));
  }

  run(jobs: readonly Job[]): Promise<Result[]> {
    return Promise.all(jobs.map((job) => this.submit(job)));
  }

  async close(): Promise<void> {
    this.ending.abort(new Error("the pool is closed"));
  }
}
