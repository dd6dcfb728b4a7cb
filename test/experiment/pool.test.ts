// The pool of worker threads: order, failures, crashes, aborts, and which threads begin.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openPool, type Pool, type PoolOptions, WorkerCrash } from "../../src/experiment/pool.ts";

interface Job {
  readonly square: number;
  /** Milliseconds that it takes. */
  readonly wait?: number;
  /** Message of the error that it throws. */
  readonly fail?: string;
  /** How many attempts kill the thread. */
  readonly crash?: number;
  /** Shares that it tells. */
  readonly shares?: readonly number[];
  /** Whether it answers with a list, which it uses again for the next answer if it may. */
  readonly listed?: boolean;
  /** Whether it answers with the number of its thread instead. */
  readonly where?: boolean;
}

const MODULE = new URL("./tasks/arithmetic.mjs", import.meta.url);
let folder: string;
let pool: Pool<Job, number> | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "faultline-pool-"));
});

afterEach(async () => {
  await pool?.close();
  rmSync(folder, { recursive: true });
});

/** What tests choose of a pool's options. */
type Chosen = Omit<PoolOptions, "module" | "data">;

const open = async (chosen: Chosen) =>
  (pool = await openPool<Job, number>({ module: MODULE, data: folder, ...chosen }));

async function submitterOf(chosen: Chosen) {
  const opened = await open(chosen);
  const submit: Pool<Job, number>["submit"] = (job, options) => opened.submit(job, options);
  return { submit };
}

function attempts(): number {
  const marks = join(folder, "crashes");
  return existsSync(marks) ? readFileSync(marks, "utf8").length : 0;
}

/** For jobs that kill their thread, which must not be this one. */
const TWO_APART = { workers: 2, isApart: true };

const KINDS: readonly Chosen[] = [{ workers: 1 }, { workers: 2 }, TWO_APART];

describe.each(KINDS)("a pool with %o", (chosen) => {
  test("gives results in the order of the jobs, whoever is first", async () => {
    await open(chosen);
    const jobs = [4, 3, 2, 1, 0].map((square) => ({ square, wait: 10 * square }));
    expect(await pool?.run(jobs)).toEqual([16, 9, 4, 1, 0]);
    expect(await pool?.run([])).toEqual([]);
    expect(await pool?.run([{ square: 5 }])).toEqual([25]);
  });

  test("lets a task use what a result is made of again only where the result is copied", async () => {
    await open(chosen);
    const jobs = Array.from({ length: 20 }, (_, square) => ({ square, listed: true }));
    expect(await pool?.run(jobs)).toEqual(jobs.map(({ square }) => [square ** 2]));
  });

  test("rejects with what a task throws", async () => {
    await open(chosen);
    const run = pool?.run([{ square: 1 }, { square: 2, fail: "no such number" }, { square: 3 }]);
    await expect(run).rejects.toThrow(new RangeError("no such number"));
  });

  test("takes calls that are made at the same time, first come, first served", async () => {
    const opened = await open(chosen);
    const done: number[] = [];
    const note = (square: number) => {
      done.push(square);
    };
    const all = [2, 3, 4].map((square) => opened.submit({ square, wait: 1 }).then(note));
    expect(await Promise.all([opened.run([{ square: 5 }]), opened.run([{ square: 6 }])])).toEqual([
      [25],
      [36],
    ]);
    await Promise.all(all);
    expect(done).toHaveLength(3);
    if (chosen.workers === 1) expect(done).toEqual([4, 9, 16]);
  });

  test("goes on after a failure; of the jobs of the same call no other begins", async () => {
    const opened = await open(chosen);
    // Each of these leaves a mark when it has waited.
    const others = [1, 2, 3, 4, 5].map((square) => ({ square, wait: 200, crash: 0 }));
    const bad = opened.run([{ square: 1, fail: "no" }, ...others]);
    const good = opened.run([{ square: 2 }, { square: 3 }]);
    await expect(bad).rejects.toThrow("no");
    expect(await good).toEqual([4, 9]);
    await opened.run([{ square: 0, wait: 250 }]);
    // Those that threads had been given before the failure was known: each takes two at a time.
    expect(attempts()).toBeLessThan(chosen.workers === 1 ? 1 : 4);
  });

  test("does not begin a job whose signal is aborted", async () => {
    const { submit } = await submitterOf(chosen);
    const unwanted = new AbortController();
    const busy = [1, 2, 3, 4].map((square) => submit({ square, wait: 50 }));
    const shares: number[] = [];
    const late = submit(
      { square: 3, shares: [1] },
      { signal: unwanted.signal, onProgress: (share) => shares.push(share) },
    );
    unwanted.abort(new Error("unwanted"));
    await expect(late).rejects.toThrow("unwanted");
    expect(await Promise.all(busy)).toEqual([1, 4, 9, 16]);
    expect(shares).toEqual([]);
  });

  test("passes on how far a job is", async () => {
    const { submit } = await submitterOf(chosen);
    const shares: number[] = [];
    const onProgress = (share: number) => shares.push(share);
    await submit({ square: 3, shares: [0.25, 0.5] }, { onProgress });
    expect(shares).toEqual([0.25, 0.5]);
  });

  test("once closed, it rejects what is not done and what comes later", async () => {
    const opened = await open(chosen);
    const slow = opened.submit({ square: 2, wait: 1e6 });
    const waiting = opened.run([{ square: 3, wait: 1e6 }, { square: 3 }, { square: 4 }]);
    const rejected = [slow, waiting].map((one) => expect(one).rejects.toThrow("closed"));
    await opened.close();
    await Promise.all(rejected);
    await expect(opened.submit({ square: 1 })).rejects.toThrow("the pool is closed");
  });

  test("stops at once when it is aborted", async () => {
    const interrupt = new AbortController();
    await open({ ...chosen, signal: interrupt.signal });
    const run = pool?.run([{ square: 1 }, { square: 2, wait: 1e6 }, { square: 3, wait: 1e6 }]);
    setTimeout(() => interrupt.abort(new Error("enough")), 50);
    await expect(run).rejects.toThrow();
    await expect(pool?.run([{ square: 1 }])).rejects.toThrow("enough");
  });
});

test("hears of an abort between jobs that take no time", async () => {
  const interrupt = new AbortController();
  await open({ workers: 1, signal: interrupt.signal });
  setTimeout(() => interrupt.abort(new Error("enough")), 20);
  const jobs = new Array<Job>(1e6).fill({ square: 1 });
  await expect(pool?.run(jobs)).rejects.toThrow("enough");
});

test("a job whose thread dies is done again, once", async () => {
  await open(TWO_APART);
  expect(await pool?.run([{ square: 1 }, { square: 2, crash: 1 }, { square: 3 }])).toEqual([
    1, 4, 9,
  ]);
  expect(attempts()).toBe(2);
});

test("a job over which threads die twice is given up", async () => {
  await open(TWO_APART);
  const run = pool?.run([{ square: 1, crash: 9 }]);
  await expect(run).rejects.toThrow(WorkerCrash);
  await expect(run).rejects.toThrow("ended with code 7");
  expect(attempts()).toBe(2);
});

test("after a job that kills threads the pool goes on with others", async () => {
  const { submit } = await submitterOf(TWO_APART);
  const others = [1, 2, 3].map((square) => submit({ square, wait: 5 }));
  await expect(submit({ square: 9, crash: 2 })).rejects.toThrow(WorkerCrash);
  expect(await Promise.all(others)).toEqual([1, 4, 9]);
  expect(await submit({ square: 5, crash: 2 })).toBe(25);
});

test("jobs that wait behind one that kills threads are done, and not held against", async () => {
  const { submit } = await submitterOf(TWO_APART);
  const killers = [1, 2].map((square) =>
    expect(submit({ square, crash: 9 })).rejects.toThrow(WorkerCrash),
  );
  // Each thread has one of them waiting, whose threads die twice before it begins.
  const waiting = [3, 4].map((square) => submit({ square }));
  expect(await Promise.all(waiting)).toEqual([9, 16]);
  await Promise.all(killers);
});

test("no thread begins without need", async () => {
  const { submit } = await submitterOf({ workers: 8 });
  const threads = new Set<number>();
  for (let i = 0; i < 20; i++) threads.add(await submit({ square: 0, where: true }));
  expect(threads.size).toBe(1);
});

/** The threads that do three jobs at the same time. */
async function threadsOfThree(opened: Pool<Job, number>): Promise<number[]> {
  const jobs = [1, 2, 3].map((square) => ({ square, wait: 20, where: true }));
  return [...new Set(await opened.run(jobs))];
}

test("this thread is one of the workers, unless all of them are to be apart", async () => {
  expect(await threadsOfThree(await open({ workers: 1 }))).toEqual([threadId]);
  const joined = await threadsOfThree(await open({ workers: 2 }));
  expect(joined).toHaveLength(2);
  expect(joined).toContain(threadId);
  await pool?.close();
  const apart = await threadsOfThree(await open(TWO_APART));
  expect(apart).toHaveLength(2);
  expect(apart).not.toContain(threadId);
});

test("with patience, others join this thread where the work is long", async () => {
  const opened = await open({ workers: 2, patience: 50 });
  expect(await threadsOfThree(opened)).toContain(threadId);
  await new Promise((resolve) => setTimeout(resolve, 60));
  const later = await threadsOfThree(opened);
  expect(later).toHaveLength(2);
  expect(later).toContain(threadId);
});

test("a thread that joined and dies is replaced, whatever this one does", async () => {
  const { submit } = await submitterOf({ workers: 2 });
  const long = submit({ square: 3, wait: 300, where: true });
  expect(await submit({ square: 4, crash: 1 })).toBe(16);
  expect(attempts()).toBe(2);
  expect(await long).toBe(threadId);
});

test("a long job in this thread does not keep others from the work", async () => {
  const { submit } = await submitterOf({ workers: 2, patience: 20 });
  const long = expect(submit({ square: 3, wait: 1e6 })).rejects.toThrow("closed");
  expect(await submit({ square: 4 })).toBe(16);
  await pool?.close();
  await long;
});

test("has at least one worker", async () => {
  await expect(open({ workers: 0 })).rejects.toThrow("Pool of 0 workers: must be an integer >= 1");
});
