// Cells: the same bytes whoever runs their chunks, with threads that die and with an end that comes early.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import {
  type CellInputs,
  type CellPool,
  openCellPool,
  runCell,
} from "../../src/experiment/cell.ts";
import { compare, type ExperimentOptions, run } from "../../src/experiment/experiment.ts";
import { openPool, WorkerCrash } from "../../src/experiment/pool.ts";
import { scenario, team } from "../support/scenarios.ts";

const faulty = { base: { errorRate: 0.2, latency: { distribution: "constant", mean: 1 } } };
const single = team(1, { name: "one", models: faulty, repeats: 4 });
const trio = team(3, { name: "three", models: faulty, repeats: 4 });
const stream = team(2, {
  name: "stream",
  models: faulty,
  workload: { arrivals: "poisson", interval: 2, tasks: 5 },
});

/** A result and all outcome rows, in the order in which they were told. */
async function bytesOf(work: (options: ExperimentOptions) => Promise<unknown>): Promise<string> {
  const rows: string[] = [];
  const result = await work({
    onReplication: (plan, replication, outcome) =>
      rows.push(`${plan} ${replication} ${outcome.join(" ")}`),
  });
  return `${JSON.stringify(result)}\n${rows.join("\n")}`;
}

describe("any number of threads gives the same bytes", () => {
  // 2,001 is neither a multiple of the repeats nor of a chunk.
  const works = {
    run: (options) => run([single, trio, stream], { ...options, replications: 2001 }),
    compare: (options) => compare([single, trio], "one", { ...options, replications: 2001 }),
    "run until precise": (options) =>
      run([single, trio], {
        ...options,
        precision: [{ metric: "success", halfWidth: { absolute: 0.03 } }],
      }),
  } satisfies Record<string, (options: ExperimentOptions) => Promise<unknown>>;

  test.each(Object.entries(works))("%s", async (_, work) => {
    const one = await bytesOf(work);
    for (const jobs of [2, 3, "auto"] as const)
      expect(await bytesOf((options) => work({ ...options, jobs }))).toBe(one);
  });

  test("without outcome rows as with them", async () => {
    const one = await bytesOf(works.compare);
    const result = await works.compare({ jobs: 2 });
    expect(one.split("\n")[0]).toBe(JSON.stringify(result));
  });
});

test("outcome rows come scenario by scenario within a chunk, every replication once", async () => {
  const seen: [number, number][] = [];
  await compare([single, trio], "one", {
    replications: 300,
    jobs: 2,
    onReplication: (plan, replication) => seen.push([plan, replication]),
  });
  const chunk = 32 * 4;
  const expected = [0, 1, 2].flatMap((index) =>
    [0, 1].flatMap((plan) =>
      Array.from({ length: Math.min(chunk, 300 - index * chunk) }, (_, i) => [
        plan,
        index * chunk + i,
      ]),
    ),
  );
  expect(seen).toEqual(expected);
});

describe("a pool", () => {
  let pool: CellPool | undefined;
  let folder: string | undefined;
  afterEach(async () => {
    await pool?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
    folder = undefined;
  });

  const cell = (seed: string, replications = 1000): CellInputs => ({
    scenarios: [single, trio],
    baseline: 0,
    seed,
    sampling: { replications },
  });

  /** A pool whose threads die so many times before they run chunks from the second on. */
  async function crashingPool(crashes: number): Promise<{ opened: CellPool; attempts(): number }> {
    folder = mkdtempSync(join(tmpdir(), "faultline-cell-"));
    const marks = join(folder, "marks");
    const module = new URL("./tasks/crashing.mjs", import.meta.url);
    const opened: CellPool = await openPool({
      module,
      data: { marks, crashes, first: 1 },
      workers: 2,
      isApart: true,
    });
    pool = opened;
    return { opened, attempts: () => readFileSync(marks, "utf8").length };
  }

  async function inThisThread(inputs: CellInputs): Promise<unknown> {
    const here = await openCellPool({ jobs: 1 });
    return runCell(here, inputs);
  }

  test("runs many cells at the same time", async () => {
    const opened = await openCellPool({ jobs: 2 });
    pool = opened;
    const cells = ["a", "b", "c", "d", "e", "f"].map((seed) => cell(seed));
    const together = await Promise.all(cells.map((one) => runCell(opened, one)));
    for (const [i, one] of cells.entries()) expect(together[i]).toEqual(await inThisThread(one));
  });

  test("replaces a thread that dies: the result is the same", async () => {
    const { opened, attempts } = await crashingPool(1);
    expect(await runCell(opened, cell("a"))).toEqual(await inThisThread(cell("a")));
    expect(attempts()).toBeGreaterThan(1);
  });

  test("gives up a cell over which threads die twice, says where, and goes on with others", async () => {
    const { opened } = await crashingPool(1e9);
    const failing = runCell(opened, cell("a"));
    await expect(failing).rejects.toThrow(WorkerCrash);
    await expect(failing).rejects.toThrow(
      "one, three, replications 128 to 255: a worker died twice over the same job: it ended with code 7",
    );
    // A single chunk, which no thread dies of.
    expect(await runCell(opened, cell("b", 100))).toEqual(await inThisThread(cell("b", 100)));
  });

  test("that cannot pair scenarios says so", async () => {
    const opened = await openCellPool({ jobs: 1 });
    const other = scenario({ ...trio, repeats: 5 });
    await expect(runCell(opened, { ...cell("a"), scenarios: [single, other] })).rejects.toThrow(
      "three and one cannot be paired: they must agree in repeats",
    );
  });
});

describe("an early end", () => {
  test.each([1, 2, 3])("leaves what %i threads had complete and consecutive", async (jobs) => {
    const interrupt = new AbortController();
    let rows = 0;
    const result = await compare([single, trio], "one", {
      replications: 1e9,
      seed: "s",
      jobs,
      signal: interrupt.signal,
      onReplication: () => {
        if (++rows === 2000) interrupt.abort();
      },
    });
    expect(result).toMatchObject({ interrupted: true, replications: 1e9 });
    const [{ replications }] = result.scenarios;
    expect(2 * replications).toBe(rows);
    expect(rows).toBeGreaterThanOrEqual(2000);
    const whole = await compare([single, trio], "one", { replications, seed: "s" });
    expect(result.scenarios).toEqual(whole.scenarios);
  });

  test("that comes before anything leaves no values", async () => {
    const result = await run([single], { replications: 10, signal: AbortSignal.abort() });
    expect(result).toMatchObject({
      interrupted: true,
      scenarios: [{ replications: 0, metrics: { success: { mean: null } } }],
    });
  });

  test("that comes after everything changes nothing", async () => {
    const interrupt = new AbortController();
    const onReplication = (_: number, replication: number) => {
      if (replication === 9) interrupt.abort();
    };
    const { signal } = interrupt;
    const result = await run([single], { replications: 10, signal, onReplication });
    expect(result).toMatchObject({ interrupted: false, scenarios: [{ replications: 10 }] });
  });
});

test("progress rises to the end, in replications of all scenarios", async () => {
  const told: [number, number][] = [];
  await run([single, trio], {
    replications: 3000,
    jobs: 2,
    onProgress: (share, expected) => told.push([share, expected]),
  });
  const shares = told.map(([share]) => share);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  expect(new Set(told.map(([, expected]) => expected))).toEqual(new Set([6000]));
});

test("jobs is a whole number of threads", async () => {
  await expect(run([single], { jobs: 0 })).rejects.toThrow("must be an integer >= 1");
});
