// Cells on the workers of a queue. What is asked for is put into the queue, and what came of it is looked for until it is there. So
// nothing depends on a message that may be lost: a database that forgot its jobs is given them again.
import type { Cell } from "../sweep/cells.ts";
import { CellError, type CellExecutor, ExecutorError } from "../sweep/running/executor.ts";
import type { CellOutcome } from "../sweep/running/record.ts";
import { type Board, type CellJob, jobId, planId } from "./board.ts";

/** Cells that are in the queue at a time. */
const LANES = 1000;
/** Milliseconds between two looks at what is done, and looks after which jobs are put in again. */
const INTERVAL = 100;
const LOOKS_PER_REPAIR = 20;
/** Looks that may fail one after the other: a minute. */
const MOST_TROUBLES = 600;

interface Awaited {
  readonly job: CellJob;
  readonly resolve: (outcome: CellOutcome | undefined) => void;
  readonly reject: (error: unknown) => void;
}

export class QueueExecutor implements CellExecutor {
  readonly lanes = LANES;
  readonly signal: AbortSignal;
  private readonly board: Board;
  private readonly planText: string;
  private readonly plan: string;
  /** Two cells may have one record. */
  private readonly awaited = new Set<Awaited>();
  private fresh: CellJob[] = [];
  private timer: NodeJS.Timeout | undefined;
  private looks = 0;
  /** Looks in a row that failed. */
  private troubles = 0;
  private isClosed = false;

  /** @param planText text of the plan whose cells these are */
  constructor(board: Board, planText: string, signal: AbortSignal) {
    this.board = board;
    this.planText = planText;
    this.plan = planId(planText);
    this.signal = signal;
    signal.addEventListener("abort", () => this.settle((one) => one.resolve(undefined)));
    this.schedule();
  }

  run({ index }: Cell, key: string): Promise<CellOutcome | undefined> {
    if (this.signal.aborted) return Promise.resolve(undefined);
    const job = { plan: this.plan, cell: index, key };
    this.fresh.push(job);
    return new Promise((resolve, reject) => this.awaited.add({ job, resolve, reject }));
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.settle((one) => one.resolve(undefined));
  }

  private schedule(): void {
    this.timer = setTimeout(async () => {
      try {
        await this.look();
        this.troubles = 0;
      } catch (error) {
        this.onTrouble(error);
      }
      if (!this.isClosed) this.schedule();
    }, INTERVAL);
  }

  private async look(): Promise<void> {
    const jobs = this.fresh;
    this.fresh = [];
    if (jobs.length > 0) await this.put(jobs);
    const waiting = [...this.awaited];
    const outcomes = await this.board.outcomes(waiting.map(({ job }) => job.key));
    for (const [i, text] of outcomes.entries())
      if (text !== null) await this.take(waiting[i], text);
    if (this.looks++ % LOOKS_PER_REPAIR === LOOKS_PER_REPAIR - 1) await this.repair();
  }

  private async take(one: Awaited, text: string): Promise<void> {
    if (!this.awaited.delete(one)) return;
    const outcome: CellOutcome = JSON.parse(text);
    if (outcome.status !== "failed") return one.resolve(outcome);
    // What failed may succeed the next time.
    await this.board.dropOutcome(one.job.key);
    one.reject(new CellError(outcome.messages));
  }

  /** Gives up cells that the queue has given up, and puts in again what the database has lost. */
  private async repair(): Promise<void> {
    const byId = new Map([...this.awaited].map((one) => [jobId(one.job), one]));
    for (const job of await this.board.jobs.getFailed()) {
      const one = byId.get(job.id ?? "");
      if (one === undefined) continue;
      await job.remove();
      this.awaited.delete(one);
      one.reject(new CellError([job.failedReason ?? "its workers died"]));
    }
    await this.put([...this.awaited].map(({ job }) => job));
  }

  /** The plan comes first: whoever takes a job looks for it. */
  private async put(jobs: readonly CellJob[]): Promise<void> {
    await this.board.putPlan(this.plan, this.planText);
    await this.board.add(jobs);
  }

  private settle(end: (one: Awaited) => void): void {
    const all = [...this.awaited];
    this.awaited.clear();
    for (const one of all) end(one);
  }

  /** What a database says while it comes back is over at the next look, which asks again for all that is missing. */
  private onTrouble(error: unknown): void {
    const { message = String(error) } = error as Error;
    const { shown } = this.board.address;
    const isFull = message.startsWith("OOM ");
    if (!isFull && ++this.troubles < MOST_TROUBLES) return;
    const lost = new ExecutorError(
      isFull ? `${shown} is out of memory: raise its maxmemory` : `${shown}: ${message}`,
    );
    this.settle((one) => one.reject(lost));
  }
}
