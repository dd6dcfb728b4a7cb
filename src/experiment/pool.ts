// A pool that does jobs in worker threads: first come, first served. Who works on a job, and how many there are to do
// so, never shows in the results as long as the task is a function of its data and the job.
import { setImmediate as nextTick } from "node:timers/promises";
import { Worker } from "node:worker_threads";

/**
 * Does one job. The signal is aborted when the result is no longer wanted; to reject is the right answer then. `tell`
 * may be called now and then with the share of the job that is done, 0..1.
 */
export type Task<Job, Result> = (
  job: Job,
  signal: AbortSignal,
  tell: (share: number) => void,
) => Result | Promise<Result>;

export interface PoolOptions {
  /** Module whose default export makes the task, from the pool's data: `(data) => Task`, or a promise of it. */
  readonly module: URL;
  /** What all jobs have in common, sent to every worker once. Data and jobs are plain values that can be cloned. */
  readonly data: unknown;
  /** Threads, an integer >= 1; with one the jobs are done in this thread. */
  readonly workers: number;
  /** Milliseconds of work that are done in this thread before others begin, since to begin takes time; default: 0. */
  readonly patience?: number | undefined;
  /** Ends the work at once: what is under way rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface SubmitOptions {
  /** A job that has not begun when this is aborted never begins, and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with what the task tells. */
  readonly onProgress?: (share: number) => void;
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
  /** Results of jobs, in their order. Rejects with the first failure; of these jobs no other begins then. */
  run(jobs: readonly Job[]): Promise<Result[]>;
  /** Ends all threads; what is not done rejects. */
  close(): Promise<void>;
}

/** A thread died of a job, rather than refusing it. */
export class WorkerCrash extends Error {}

/**
 * Opens a pool; a thread begins when there is work for it.
 * @throws RangeError when `workers` is no integer >= 1
 */
export async function openPool<Job, Result>(options: PoolOptions): Promise<Pool<Job, Result>> {
  const { module, data, workers, patience = 0 } = options;
  if (!(Number.isInteger(workers) && workers >= 1))
    throw new RangeError(`Pool of ${workers} workers: must be an integer >= 1`);
  const beginsHere = workers === 1 || patience > 0;
  const task = beginsHere ? await loadTask<Job, Result>(module.href, data) : undefined;
  return new SeatedPool(options, task);
}

/** A module beside another one, by its name without ending: `.ts` among the sources, `.js` in the package. */
export function moduleBeside(url: string, name: string): URL {
  return new URL(`./${name}${url.slice(url.lastIndexOf("."))}`, url);
}

/** The task that a module makes of data. */
export async function loadTask<Job, Result>(
  module: string,
  data: unknown,
): Promise<Task<Job, Result>> {
  const { default: makeTask } = await import(module);
  return makeTask(data);
}

// ---------------------------------------------------------------- who does what

/** Where one job at a time is done. */
interface Seat<Job, Result> {
  do(job: Job, tell: (share: number) => void): Promise<Result>;
}

/** A call, from the moment that it is made until its last job has begun. */
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
  /** This thread, as long as it is the only one that works. */
  private here: Seat<Job, Result> | undefined;
  /** The seat that was used last comes last and is taken first, so that no thread begins without need. */
  private readonly free: Seat<Job, Result>[];
  private readonly calls: Call<Job, Result>[] = [];
  private patience: NodeJS.Timeout | undefined;
  private readonly onAbort = () => void this.end(this.options.signal?.reason);

  /** @param task where this thread is to work as well */
  constructor(options: PoolOptions, task: Task<Job, Result> | undefined) {
    const { workers, signal } = options;
    this.options = options;
    this.workers = workers;
    const count = workers === 1 ? 0 : workers;
    this.threads = Array.from({ length: count }, () => new Thread(options, this.signal));
    this.here = task && new Here(task, this.signal);
    this.free = this.here ? [this.here] : [...this.threads];
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

  /** Gives every free seat a job, as long as there are some. */
  private dispatch(): void {
    if (this.here && this.threads.length > 0)
      this.patience ??= setTimeout(() => this.bringIn(), this.options.patience);
    while (this.free.length > 0 && this.calls.length > 0) {
      const [call] = this.calls;
      const { signal } = call.options;
      if (signal?.aborted) call.reject(signal.reason);
      else if (call.next < call.jobs.length) {
        void this.work(this.free.pop() as Seat<Job, Result>, call, call.next++);
        continue;
      }
      this.calls.shift();
    }
  }

  private async work(seat: Seat<Job, Result>, call: Call<Job, Result>, job: number): Promise<void> {
    try {
      call.results[job] = await seat.do(call.jobs[job], call.options.onProgress ?? ignore);
      if (++call.done === call.jobs.length) call.resolve(call.results);
    } catch (error) {
      call.next = call.jobs.length;
      call.reject(this.signal.aborted ? this.signal.reason : error);
    }
    const isRetired = this.here === undefined && seat instanceof Here;
    if (!isRetired) this.free.push(seat);
    this.dispatch();
  }

  /** The threads take over from this one, which is then free to hear them. */
  private bringIn(): void {
    this.here = undefined;
    this.free.splice(0, this.free.length, ...this.threads);
    this.dispatch();
  }
}

/** This thread. */
class Here<Job, Result> implements Seat<Job, Result> {
  private readonly task: Task<Job, Result>;
  private readonly signal: AbortSignal;

  constructor(task: Task<Job, Result>, signal: AbortSignal) {
    this.task = task;
    this.signal = signal;
  }

  async do(job: Job, tell: (share: number) => void): Promise<Result> {
    // So that the process hears signals also between jobs that are too short to look up themselves.
    await nextTick();
    this.signal.throwIfAborted();
    return this.task(job, this.signal, tell);
  }
}

/** What a worker answers: how far it is; then the result, or the error that the task threw. */
export type Answer<Result> =
  | { readonly share: number }
  | { readonly result: Result }
  | { readonly error: unknown };

interface Pending<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  readonly tell: (share: number) => void;
}

/** One worker, which is replaced when it dies. */
class Thread<Job, Result> implements Seat<Job, Result> {
  private readonly options: PoolOptions;
  private readonly signal: AbortSignal;
  private worker: Worker | undefined;
  /** Who waits for the answer to the job under way. */
  private pending: Pending<Result> | undefined;

  constructor(options: PoolOptions, signal: AbortSignal) {
    this.options = options;
    this.signal = signal;
  }

  async do(job: Job, tell: (share: number) => void): Promise<Result> {
    try {
      return await this.attempt(job, tell);
    } catch (error) {
      this.signal.throwIfAborted();
      if (!(error instanceof WorkerCrash)) throw error;
      return await this.attempt(job, tell);
    }
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
  }

  private attempt(job: Job, tell: (share: number) => void): Promise<Result> {
    this.worker ??= this.begin();
    this.worker.postMessage(job);
    return new Promise<Result>((resolve, reject) => {
      this.pending = { resolve, reject, tell };
    });
  }

  private begin(): Worker {
    const { module, data } = this.options;
    const worker = new Worker(moduleBeside(import.meta.url, "poolWorker"), {
      workerData: { module: module.href, data },
    });
    worker.on("message", (answer: Answer<Result>) => {
      if ("share" in answer) this.pending?.tell(answer.share);
      else if ("error" in answer) this.pending?.reject(answer.error);
      else this.pending?.resolve(answer.result);
    });
    const die = (why: string) => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      this.pending?.reject(new WorkerCrash(`a worker died twice over the same job: ${why}`));
    };
    worker.on("error", (error: Error) => die(error.message));
    worker.on("exit", (code) => die(`it ended with code ${code}`));
    return worker;
  }
}
