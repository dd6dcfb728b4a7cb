// The pool of worker threads: order, failures, crashes, aborts.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openPool, type Pool, WorkerCrash } from "../../src/experiment/pool.ts";

interface Job {
  readonly square: number;
  /** Milliseconds that it takes. */
  readonly wait?: number;
  /** Message of the error that it throws. */
  readonly fail?: string;
  /** How many attempts kill the thread. */
  readonly crash?: number;
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

const open = async (workers: number, signal?: AbortSignal) =>
  (pool = await openPool<Job, number>({ module: MODULE, data: folder, workers, signal }));

const attempts = () => readFileSync(join(folder, "crashes"), "utf8").length;

describe.each([1, 2])("a pool of %i", (workers) => {
  test("gives results in the order of the jobs, whoever is first", async () => {
    await open(workers);
    const jobs = [4, 3, 2, 1, 0].map((square) => ({ square, wait: 10 * square }));
    expect(await pool?.run(jobs)).toEqual([16, 9, 4, 1, 0]);
    expect(await pool?.run([])).toEqual([]);
    expect(await pool?.run([{ square: 5 }])).toEqual([25]);
  });

  test("rejects with what a task throws", async () => {
    await open(workers);
    const run = pool?.run([{ square: 1 }, { square: 2, fail: "no such number" }, { square: 3 }]);
    await expect(run).rejects.toThrow(new RangeError("no such number"));
  });

  test("stops at once when it is aborted", async () => {
    const interrupt = new AbortController();
    await open(workers, interrupt.signal);
    const run = pool?.run([{ square: 1 }, { square: 2, wait: 1e6 }, { square: 3, wait: 1e6 }]);
    setTimeout(() => interrupt.abort(new Error("enough")), 50);
    await expect(run).rejects.toThrow();
    await expect(pool?.run([{ square: 1 }])).rejects.toThrow("enough");
  });
});

test("hears of an abort between jobs that take no time", async () => {
  const interrupt = new AbortController();
  await open(1, interrupt.signal);
  setTimeout(() => interrupt.abort(new Error("enough")), 20);
  const jobs = new Array<Job>(1e6).fill({ square: 1 });
  await expect(pool?.run(jobs)).rejects.toThrow("enough");
});

test("a job whose thread dies is done again, once", async () => {
  await open(2);
  expect(await pool?.run([{ square: 1 }, { square: 2, crash: 1 }, { square: 3 }])).toEqual([
    1, 4, 9,
  ]);
  expect(attempts()).toBe(2);
});

test("a job over which threads die twice is given up", async () => {
  await open(2);
  const run = pool?.run([{ square: 1, crash: 9 }]);
  await expect(run).rejects.toThrow(WorkerCrash);
  await expect(run).rejects.toThrow("ended with code 7");
  expect(attempts()).toBe(2);
});

test("has at least one worker", async () => {
  await expect(open(0)).rejects.toThrow("Pool of 0 workers: must be an integer >= 1");
});
