// A pool of worker threads: takes jobs, gives their results in the order of the jobs. Who works on a job, and how many
// there are to do so, never shows in the results as long as the task is a function of its data and the job.
import { setImmediate as nextTick } from "node:timers/promises";
import { Worker } from "node:worker_threads";

/** Does one job. The signal is aborted when the result is no longer wanted; to reject is the right answer then. */
export type Task<Job, Result> = (job: Job, signal: AbortSignal) => Result | Promise<Result>;

export interface PoolOptions {
  /** Module whose default export makes the task, from the pool's data: `(data) => Task`, or a promise of it. */
  readonly module: URL;
  /** What all jobs have in common, sent to every worker once. Data and jobs are plain values that can be cloned. */
  readonly data: unknown;
  /** Threads, an integer >= 1; with one the jobs are done in this thread. */
  readonly workers: number;
  /** Ends the work at once: what is under way rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface Pool<Job, Result> {
  /**
   * Results of jobs, in their order. One call at a time. Rejects with what a task throws, and where a thread dies over
   * the same job twice; after that the pool can only be closed.
   */
  run(jobs: readonly Job[]): Promise<Result[]>;
  /** Ends all threads. */
  close(): Promise<void>;
}

/** A thread died of a job, rather than refusing it. */
export class WorkerCrash extends Error {}

/**
 * Opens a pool; threads begin when there is work for them.
 * @throws RangeError when `workers` is no integer >= 1
 */
export async function openPool<Job, Result>(options: PoolOptions): Promise<Pool<Job, Result>> {
  const { workers } = options;
  if (!(Number.isInteger(workers) && workers >= 1))
    throw new RangeError(`Pool of ${workers} workers: must be an integer >= 1`);
  return workers === 1 ? openHere(options) : new ThreadPool(options);
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

const NEVER = new AbortController().signal;

async function openHere<Job, Result>(options: PoolOptions): Promise<Pool<Job, Result>> {
  const { module, data, signal = NEVER } = options;
  const task = await loadTask<Job, Result>(module.href, data);
  return {
    async run(jobs) {
      const results: Result[] = [];
      for (const job of jobs) {
        // So that the process hears signals also between jobs that are too short to look up themselves.
        await nextTick();
        signal.throwIfAborted();
        results.push(await task(job, signal));
      }
      signal.throwIfAborted();
      return results;
    },
    close: async () => {},
  };
}

class ThreadPool<Job, Result> implements Pool<Job, Result> {
  private readonly threads: readonly Thread<Job, Result>[];
  private readonly signal: AbortSignal;
  private readonly onAbort = () => void this.close();

  constructor(options: PoolOptions) {
    this.signal = options.signal ?? NEVER;
    this.threads = Array.from(
      { length: options.workers },
      () => new Thread<Job, Result>(options, this.signal),
    );
    this.signal.addEventListener("abort", this.onAbort);
  }

  async run(jobs: readonly Job[]): Promise<Result[]> {
    this.signal.throwIfAborted();
    const results = new Array<Result>(jobs.length);
    let next = 0;
    const work = async (thread: Thread<Job, Result>) => {
      while (next < jobs.length) {
        const index = next++;
        try {
          results[index] = await thread.do(jobs[index]);
        } catch (error) {
          next = jobs.length;
          throw error;
        }
      }
    };
    await Promise.all(this.threads.map(work));
    return results;
  }

  async close(): Promise<void> {
    this.signal.removeEventListener("abort", this.onAbort);
    await Promise.all(this.threads.map((thread) => thread.end()));
  }
}

/** What a worker answers: the result, or the error that the task threw. */
export type Answer<Result> = { readonly result: Result } | { readonly error: unknown };

interface Pending<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** One worker, which is replaced when it dies. */
class Thread<Job, Result> {
  private readonly options: PoolOptions;
  private readonly signal: AbortSignal;
  private worker: Worker | undefined;
  /** Who waits for the answer to the job under way. */
  private pending: Pending<Result> | undefined;

  constructor(options: PoolOptions, signal: AbortSignal) {
    this.options = options;
    this.signal = signal;
  }

  async do(job: Job): Promise<Result> {
    try {
      return await this.attempt(job);
    } catch (error) {
      this.signal.throwIfAborted();
      if (!(error instanceof WorkerCrash)) throw error;
      return await this.attempt(job);
    }
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
  }

  private attempt(job: Job): Promise<Result> {
    this.worker ??= this.begin();
    this.worker.postMessage(job);
    return new Promise<Result>((resolve, reject) => {
      this.pending = { resolve, reject };
    });
  }

  private begin(): Worker {
    const { module, data } = this.options;
    const worker = new Worker(moduleBeside(import.meta.url, "poolWorker"), {
      workerData: { module: module.href, data },
    });
    worker.on("message", (answer: Answer<Result>) => {
      if ("error" in answer) this.pending?.reject(answer.error);
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
