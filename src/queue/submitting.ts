// Tasks on the workers of a queue. What is asked for is put into the queue, and what came of it is looked for until it is there. So
// nothing depends on a message that may be lost: a database that forgot its jobs is given them again.
import type { OnProgress } from "../experiment/progress.ts";
import type { Board, QueueState } from "./board.ts";
import { full } from "./errors.ts";
import { type Batch, batchesOf, jobId, type Outcome, type Task } from "./task.ts";

/** Milliseconds between two looks at what is done, and how many times the last one's own time. */
const INTERVAL = { least: 5, most: 100, shares: 4 };
/** Tasks under way: at first, and at most. Each takes some memory of the submitter. */
const WIDTH = { first: 64, most: 16_384 };
/** There are to be so many times as many as come back between two looks. */
const SPARE = 4;
/** Seconds of a worker's time for which tasks are taken together, and most of them. */
const TOGETHER = 0.1;
const MOST_TOGETHER = 16;
/** Milliseconds after which what is missing is put in again. */
const REPAIR = 2000;
/** Milliseconds for which a database may be away, and after which that is told. */
const PATIENCE = 600_000;
const TOLD = 1000;
/** Tasks under way whose workers are asked how far they are. */
const MOST_WATCHED = 200;

/** The database of a queue does not answer, or has no room. */
export class QueueLost extends Error {}

export interface SubmitterOptions {
  readonly signal: AbortSignal;
  /** Told why the database cannot be reached, and when it is there again. */
  readonly onAway?: ((why: string | undefined) => void) | undefined;
  /** Told now and then who works on what. */
  readonly onState?: ((state: QueueState) => void) | undefined;
}

/** A task that somebody waits for. */
interface Awaited {
  readonly task: Task;
  readonly text: string;
  readonly waiters: Waiter[];
  /** With which it is in the queue. */
  batch?: Batch;
}

interface Waiter {
  readonly resolve: (outcome: Outcome | undefined) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: OnProgress | undefined;
}

export class Submitter {
  readonly board: Board;
  readonly signal: AbortSignal;
  private readonly options: SubmitterOptions;
  private readonly awaited = new Map<string, Awaited>();
  /** Not in the queue yet. */
  private fresh: Awaited[] = [];
  private timer: NodeJS.Timeout | undefined;
  /** Sees what a look does not that waits for its answer. */
  private readonly watch: NodeJS.Timeout;
  private interval: number = INTERVAL.least;
  private repairedAt = performance.now();
  /** When the database was last there. */
  private seenAt = performance.now();
  private isAway = false;
  private isClosed = false;
  /** Tasks that are worth having under way: as long as workers have little before them, more. */
  private width = WIDTH.first;
  /** Tasks of a batch. */
  private size = 1;
  /** Tasks that came to their end since the last repair. */
  private ended = 0;

  constructor(board: Board, options: SubmitterOptions) {
    this.board = board;
    this.options = options;
    this.signal = options.signal;
    this.signal.addEventListener("abort", this.onAbort);
    this.watch = setInterval(() => {
      if (!board.isUp) this.onTrouble(new Error("no connection"));
    }, TOLD / 2);
    this.schedule();
  }

  /** Tasks that are worth having under way, an integer >= 1. It grows. */
  get room(): number {
    return this.width;
  }

  /**
   * What came of a task; undefined where it was interrupted.
   * @param text what the task is of
   * @throws QueueLost
   */
  ask(task: Task, text: string, onProgress?: OnProgress): Promise<Outcome | undefined> {
    if (this.signal.aborted || this.isClosed) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject, onProgress };
      const known = this.awaited.get(task.key);
      if (known !== undefined) return void known.waiters.push(waiter);
      const one = { task, text, waiters: [waiter] };
      this.awaited.set(task.key, one);
      this.fresh.push(one);
    });
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    clearInterval(this.watch);
    this.signal.removeEventListener("abort", this.onAbort);
    this.onAbort();
  }

  private readonly onAbort = () => this.settleAll((one) => one.resolve(undefined));

  // -------------------------------------------------------------- looking

  private schedule(): void {
    this.timer = setTimeout(async () => {
      try {
        if (!this.board.isUp) throw new Error("no connection");
        await this.look();
        this.onAnswer();
      } catch (error) {
        this.onTrouble(error);
      }
      if (!this.isClosed) this.schedule();
    }, this.interval);
  }

  private async look(): Promise<void> {
    const begun = performance.now();
    const waiting = [...this.awaited.values()];
    const outcomes = await this.board.outcomes(waiting.map(({ task }) => task.key));
    const found = waiting.filter((one, i) => this.take(one, outcomes[i]));
    const own = INTERVAL.shares * (performance.now() - begun);
    const next = found.length > 0 ? own : Math.max(own, 2 * this.interval);
    this.interval = Math.min(INTERVAL.most, Math.max(INTERVAL.least, next));
    if (found.length > waiting.length / SPARE) this.widen();
    if (performance.now() - this.repairedAt > REPAIR) await this.repair();
    const fresh = this.fresh.filter(({ task }) => this.awaited.has(task.key));
    this.fresh = [];
    this.together(fresh);
    await this.put(fresh);
    await this.putAway(waiting, outcomes);
  }

  /** Keeps outcomes for others a little longer; what failed may succeed the next time. */
  private async putAway(
    waiting: readonly Awaited[],
    outcomes: readonly (Outcome | undefined)[],
  ): Promise<void> {
    const taken: string[] = [];
    for (const [i, outcome] of outcomes.entries()) {
      const { key } = waiting[i].task;
      if (outcome === undefined) continue;
      if ("messages" in outcome) await this.board.dropOutcome(key);
      else taken.push(key);
    }
    if (taken.length > 0) await this.board.taken(taken);
  }

  /** Gives an outcome to those who wait for it. */
  private take({ task, waiters }: Awaited, outcome: Outcome | undefined): boolean {
    if (outcome === undefined || !this.awaited.delete(task.key)) return false;
    this.ended++;
    for (const { resolve } of waiters) resolve(outcome);
    return true;
  }

  /** Gives up what the queue has given up, puts in again what the database has lost, and asks how far the others are. */
  private async repair(): Promise<void> {
    const state = await this.board.state();
    this.options.onState?.(state);
    this.pace(state.waiting, state.workers);
    const byId = this.batches();
    const failed = await this.board.takeFailed((id) => byId.has(id));
    for (const [id, message] of failed)
      for (const one of byId.get(id) ?? []) this.take(one, { messages: [message] });
    await this.put([...this.awaited.values()].filter(({ batch }) => batch !== undefined));
    for (const [id, share] of await this.board.progress(MOST_WATCHED))
      for (const { waiters } of byId.get(id) ?? [])
        for (const { onProgress } of waiters) onProgress?.(share);
  }

  /** Takes so many tasks together as workers do in a tenth of a second, and has more under way where they have little before them. */
  private pace(waiting: number, workers: number): void {
    const seconds = (performance.now() - this.repairedAt) / 1000;
    const rate = this.ended / seconds / Math.max(1, workers);
    this.size = Math.min(MOST_TOGETHER, Math.max(1, Math.round(rate * TOGETHER)));
    if (waiting * this.size < this.awaited.size / SPARE) this.widen();
    this.ended = 0;
    this.repairedAt = performance.now();
  }

  /** What is awaited of the batches in the queue, by the ids of their jobs. */
  private batches(): ReadonlyMap<string, readonly Awaited[]> {
    const all = new Map<string, Awaited[]>();
    for (const one of this.awaited.values()) {
      if (one.batch === undefined) continue;
      const id = jobId(one.batch);
      const known = all.get(id);
      if (known === undefined) all.set(id, [one]);
      else known.push(one);
    }
    return all;
  }

  /** Gives batches to those that have none yet. */
  private together(fresh: readonly Awaited[]): void {
    const batches = batchesOf(
      fresh.map(({ task }) => task),
      this.size,
    );
    for (const batch of batches)
      for (const { key } of batch.tasks) {
        const one = this.awaited.get(key);
        if (one !== undefined) one.batch = batch;
      }
  }

  private widen(): void {
    this.width = Math.min(2 * this.width, WIDTH.most);
  }

  /** Puts texts before jobs, because a worker that takes a job reads its text. */
  private async put(all: readonly Awaited[]): Promise<void> {
    if (all.length === 0) return;
    await this.board.putTexts(new Map(all.map(({ task, text }) => [task.of, text])));
    await this.board.add([...new Set(all.map(({ batch }) => batch as Batch))]);
  }

  private settleAll(end: (waiter: Waiter) => void): void {
    const all = [...this.awaited.values()];
    this.awaited.clear();
    this.fresh = [];
    for (const { waiters } of all) for (const waiter of waiters) end(waiter);
  }

  // -------------------------------------------------------------- troubles

  private onAnswer(): void {
    this.seenAt = performance.now();
    if (this.isAway) this.options.onAway?.(undefined);
    this.isAway = false;
  }

  /** What a database says while it comes back is over at a later look, which asks again for all that is missing. */
  private onTrouble(error: unknown): void {
    if (this.isClosed) return;
    const { board } = this;
    const { shown } = board.address;
    this.interval = INTERVAL.most;
    const lasted = performance.now() - this.seenAt;
    const why = error instanceof Error ? error.message : String(error);
    if (board.isFull(error)) this.lose(full(shown).message);
    else if (lasted > PATIENCE) this.lose(`${shown}: ${why}`);
    else if (lasted > TOLD && !this.isAway) {
      this.isAway = true;
      this.options.onAway?.(why);
    }
  }

  private lose(message: string): void {
    this.settleAll((one) => one.reject(new QueueLost(message)));
  }
}
