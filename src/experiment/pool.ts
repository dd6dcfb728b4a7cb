// A pool of workers, this thread and others that join it: first come, first served. If the task is a function of its data
// and the job, results depend neither on the number of threads nor on which of them does a job.
import { setImmediate as nextTick } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { moduleBeside } from "./moduleBeside.ts";
import type { OnProgress } from "./progress.ts";

/** Does one job. Once the signal is aborted, the result is no longer wanted, and the task should reject. */
export type Task<Job, Result> = (
  job: Job,
  signal: AbortSignal,
  onProgress: OnProgress,
) => Result | Promise<Result>;

/** Makes the task from the pool's data. */
export type TaskMaker<Job, Result> = (
  data: unknown,
) => Task<Job, Result> | Promise<Task<Job, Result>>;

export interface PoolOptions {
  /** Module whose default export is the {@link TaskMaker}. */
  readonly module: URL;
  /** What all jobs have in common, sent to every worker once. Data and jobs are plain values that can be cloned. */
  readonly data: unknown;
  /** Threads that work, an integer >= 1. */
  readonly workers: number;
  /**
   * Whether this thread leaves all work to others, which end at once even in a job that never pauses. Default: false,
   * it is one of the workers.
   */
  readonly isApart?: boolean | undefined;
  /** Size of a thread's young generation, for tasks that allocate much. */
  readonly youngMegabytes?: number | undefined;
  /** Milliseconds of work in this thread before others join it, since starting takes time. Default: 0. */
  readonly patience?: number | undefined;
  /** Ends the work at once: what is under way rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface SubmitOptions {
  /** A job that has not begun when this is aborted never begins, and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

export interface Pool<Job, Result> {
  /** Jobs that can be under way at the same time, once there is work enough. */
  readonly workers: number;
  /** Aborted when the pool is, and when it is closed. */
  readonly signal: AbortSignal;
  /**
   * The result of one job. Rejects with what the task throws, and with a {@link WorkerCrash} where threads died twice
   * over it; the pool goes on with other jobs.
   */
  submit(job: Job, options?: SubmitOptions): Promise<Result>;
  /** Results of jobs, in their order. Rejects with the first failure; then no other of these jobs begins. */
  run(jobs: readonly Job[]): Promise<Result[]>;
  /** Ends all threads; unfinished jobs reject. */
  close(): Promise<void>;
}

/** A thread died of a job. */
export class WorkerCrash extends Error {}

/**
 * Opens a pool; a thread begins when there is work for it.
 * @throws RangeError when `workers` is no integer >= 1
 */
export async function openPool<Job, Result>(options: PoolOptions): Promise<Pool<Job, Result>> {
  const { module, data, workers, isApart } = options;
  if (!(Number.isInteger(workers) && workers >= 1))
    throw new RangeError(`Pool of ${workers} workers: must be an integer >= 1`);
  const task = isApart ? undefined : await loadTask<Job, Result>(module.href, data);
  return new SeatedPool(options, task);
}

/** The task that a module makes of data: see {@link TaskMaker}. */
export async function loadTask<Job, Result>(
  module: string,
  data: unknown,
): Promise<Task<Job, Result>> {
  const { default: makeTask }: { default: TaskMaker<Job, Result> } = await import(module);
  return makeTask(data);
}

// ---------------------------------------------------------------- seats

/** Where jobs are done, one after the other. */
interface Seat<Job, Result> {
  /** Jobs that it takes at a time. Those beyond the first wait there, so that the next is at hand. */
  readonly places: number;
  /** Jobs that it has. */
  load: number;
  do(job: Job, onProgress: OnProgress): Promise<Result>;
}

/** A call whose last job has not begun yet. */
interface Call<Job, Result> {
  readonly jobs: readonly Job[];
  readonly options: SubmitOptions;
  readonly results: Result[];
  /** Index of the job that begins next. */
  next: number;
  done: number;
  readonly resolve: (results: Result[]) => void;
  readonly reject: (error: unknown) => void;
}

const ignore = () => {};

class SeatedPool<Job, Result> implements Pool<Job, Result> {
  readonly workers: number;
  private readonly options: PoolOptions;
  private readonly ending = new AbortController();
  private readonly threads: readonly Thread<Job, Result>[];
  /** Seats in use. The one used last stands last. */
  private seats: readonly Seat<Job, Result>[];
  private readonly calls: Call<Job, Result>[] = [];
  private patience: NodeJS.Timeout | undefined;
  private readonly onAbort = () => void this.end(this.options.signal?.reason);

  /** @param task given if this thread works too */
  constructor(options: PoolOptions, task: Task<Job, Result> | undefined) {
    const { workers, patience = 0, signal } = options;
    this.options = options;
    this.workers = workers;
    this.seats = task ? [new Here(task, this.signal)] : [];
    const count = workers - this.seats.length;
    this.threads = Array.from({ length: count }, () => new Thread(options, this.signal));
    if (!task || patience === 0) this.bringIn();
    signal?.addEventListener("abort", this.onAbort);
    if (signal?.aborted) this.onAbort();
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  async submit(job: Job, options: SubmitOptions = {}): Promise<Result> {
    const [result] = await this.call([job], options);
    return result;
  }

  run(jobs: readonly Job[]): Promise<Result[]> {
    return this.call(jobs, {});
  }

  close(): Promise<void> {
    return this.end(new Error("the pool is closed"));
  }

  private async end(reason: unknown): Promise<void> {
    this.options.signal?.removeEventListener("abort", this.onAbort);
    clearTimeout(this.patience);
    this.ending.abort(reason);
    for (const { reject } of this.calls.splice(0)) reject(this.signal.reason);
    await Promise.all(this.threads.map((thread) => thread.end()));
  }

  private async call(jobs: readonly Job[], options: SubmitOptions): Promise<Result[]> {
    this.signal.throwIfAborted();
    if (jobs.length === 0) return [];
    return new Promise<Result[]>((resolve, reject) => {
      const results = new Array<Result>(jobs.length);
      this.calls.push({ jobs, options, results, next: 0, done: 0, resolve, reject });
      this.dispatch();
    });
  }

  /** Begins jobs while there are any and a seat has room. */
  private dispatch(): void {
    if (this.seats.length < this.workers)
      this.patience ??= setTimeout(() => this.bringIn(), this.options.patience);
    for (let seat = this.freeSeat(); seat && this.calls.length > 0; seat = this.freeSeat()) {
      const [call] = this.calls;
      const { signal } = call.options;
      if (!signal?.aborted && call.next < call.jobs.length) {
        void this.work(seat, call, call.next++);
        continue;
      }
      if (signal?.aborted) call.reject(signal.reason);
      this.calls.shift();
    }
  }

  /** The seat with the fewest jobs, and of several the one used last, so that no thread starts without need. */
  private freeSeat(): Seat<Job, Result> | undefined {
    let best: Seat<Job, Result> | undefined;
    for (const seat of this.seats)
      if (seat.load < seat.places && seat.load <= (best?.load ?? seat.load)) best = seat;
    return best;
  }

  private async work(seat: Seat<Job, Result>, call: Call<Job, Result>, job: number): Promise<void> {
    seat.load++;
    try {
      call.results[job] = await seat.do(call.jobs[job], call.options.onProgress ?? ignore);
      if (++call.done === call.jobs.length) call.resolve(call.results);
    } catch (error) {
      call.next = call.jobs.length;
      call.reject(this.signal.aborted ? this.signal.reason : error);
    }
    seat.load--;
    this.seats = [...this.seats.filter((one) => one !== seat), seat];
    this.dispatch();
  }

  /** The threads join this one, which hears them when it pauses. */
  private bringIn(): void {
    this.seats = [...this.threads, ...this.seats];
    this.dispatch();
  }
}

/** This thread. It hears threads and signals between jobs, and whenever a job pauses. */
class Here<Job, Result> implements Seat<Job, Result> {
  readonly places = 1;
  load = 0;
  private readonly task: Task<Job, Result>;
  private readonly signal: AbortSignal;

  constructor(task: Task<Job, Result>, signal: AbortSignal) {
    this.task = task;
    this.signal = signal;
  }

  async do(job: Job, onProgress: OnProgress): Promise<Result> {
    // The thread hears them here, even if its jobs are too short to pause.
    await nextTick();
    this.signal.throwIfAborted();
    return this.task(job, this.signal, onProgress);
  }
}

/** Answers of a worker: how far it is; then the result, or the error that the task threw. */
export type Answer<Result> =
  | { readonly share: number }
  | { readonly result: Result }
  | { readonly error: unknown };

/** A job of a worker, with what awaits the answer. */
interface Pending<Job, Result> {
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: OnProgress;
}

/** Tasks allocate little as a rule; with more room than that, memory grows with time. */
const YOUNG_MEGABYTES = 2;

/** One worker, which is replaced when it dies. */
class Thread<Job, Result> implements Seat<Job, Result> {
  readonly places = 2;
  load = 0;
  private readonly options: PoolOptions;
  private readonly signal: AbortSignal;
  private worker: Worker | undefined;
  /** The job under way, then those that wait; answers come in this order. */
  private pending: Pending<Job, Result>[] = [];

  constructor(options: PoolOptions, signal: AbortSignal) {
    this.options = options;
    this.signal = signal;
  }

  async do(job: Job, onProgress: OnProgress): Promise<Result> {
    try {
      return await this.attempt(job, onProgress);
    } catch (error) {
      this.signal.throwIfAborted();
      if (!(error instanceof WorkerCrash)) throw error;
      return await this.attempt(job, onProgress);
    }
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
  }

  private attempt(job: Job, onProgress: OnProgress): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.send({ job, resolve, reject, onProgress });
    });
  }

  private send(pending: Pending<Job, Result>): void {
    this.worker ??= this.begin();
    this.pending.push(pending);
    this.worker.postMessage(pending.job);
  }

  private begin(): Worker {
    const { module, data, youngMegabytes = YOUNG_MEGABYTES } = this.options;
    const worker = new Worker(moduleBeside(import.meta.url, "poolWorker"), {
      workerData: { module: module.href, data },
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    worker.on("message", (answer: Answer<Result>) => {
      if ("share" in answer) this.pending[0]?.onProgress(answer.share);
      else if ("error" in answer) this.pending.shift()?.reject(answer.error);
      else this.pending.shift()?.resolve(answer.result);
    });
    worker.on("error", (error: Error) => this.die(worker, error.message));
    worker.on("exit", (code) => this.die(worker, `it ended with code ${code}`));
    return worker;
  }

  /** The job under way is to blame; the waiting ones go to the next worker. */
  private die(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    const [culprit, ...others] = this.pending.splice(0);
    culprit?.reject(new WorkerCrash(`a worker died twice over the same job: ${why}`));
    for (const other of others)
      if (this.signal.aborted) other.reject(this.signal.reason);
      else this.send(other);
  }
}
