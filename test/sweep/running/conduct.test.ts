// Running sweeps: same result for any number of threads and any division into shards, after any interruption, and when
// threads or the whole process die.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCellPool } from "../../../src/experiment/cell.ts";
import { mergeStores } from "../../../src/store/merge.ts";
import { openStore, type Store } from "../../../src/store/store.ts";
import { Addresses } from "../../../src/sweep/running/addresses.ts";
import { conduct } from "../../../src/sweep/running/conduct.ts";
import { onThreads } from "../../../src/sweep/running/executor.ts";
import { allCells, type CellSource } from "../../../src/sweep/running/source.ts";
import { loadSweep, resultText } from "./sample.ts";

const sweep = await loadSweep();
let folder = "";
let expected = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "faultline-sweep-"));
  const store = openIn("expected");
  await run(store);
  expected = await resultText(sweep, store);
  store.close();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function openIn(name: string): Store {
  return openStore(join(folder, name), { semantics: 1, version: "0.1.0", mode: "write" });
}

async function run(
  store: Store,
  { jobs = 1, source = allCells(sweep.cellCount), signal }: Partial<Run> = {},
) {
  const pool = await openCellPool({ jobs, signal });
  try {
    const addresses = new Addresses(sweep, store);
    return await conduct(addresses, {
      source,
      executor: onThreads(pool, sweep),
      failFast: false,
      commandFor: String,
    });
  } finally {
    await pool.close();
  }
}

interface Run {
  readonly jobs: number;
  readonly source: CellSource;
  readonly signal: AbortSignal;
}

test.each([2, 3])("%i threads give the bytes of one", async (jobs) => {
  const store = openIn(`jobs-${jobs}`);
  expect(await run(store, { jobs })).toMatchObject({ ran: 40, found: 0, failed: [], ended: "all" });
  expect(await resultText(sweep, store)).toBe(expected);
  store.close();
});

test.each([3, 7])("%i shards, merged, give the bytes of a single run", async (of) => {
  const shards = Array.from({ length: of }, (_, i) => openIn(`shard-${i + 1}-of-${of}`));
  for (const [i, store] of shards.entries())
    await run(store, { source: allCells(sweep.cellCount, { shard: i + 1, of }) });
  const target = openIn(`merged-${of}`);
  mergeStores(target, shards);
  expect(await resultText(sweep, target)).toBe(expected);
  for (const store of [target, ...shards]) store.close();
});

test("an interrupt keeps the cells that are complete, and a second run takes the rest", async () => {
  const store = openIn("interrupted");
  const interrupt = new AbortController();
  const all = allCells(sweep.cellCount);
  const source: CellSource = {
    count: all.count,
    async take() {
      const cell = await all.take();
      if (cell === 9) interrupt.abort();
      return cell;
    },
  };
  expect(await run(store, { source, signal: interrupt.signal })).toMatchObject({
    ran: 9,
    ended: "interrupted",
  });
  expect(await run(store)).toMatchObject({ ran: 31, found: 9, ended: "all" });
  expect(await resultText(sweep, store)).toBe(expected);
  store.close();
});

describe("kill -9", () => {
  const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const LOADER = pathOf("../../../scripts/typescript/register.mjs");

  function begin(store: string, jobs: number): ChildProcessWithoutNullStreams {
    const args = ["--import", LOADER, pathOf("sweeper.mjs"), join(folder, store), String(jobs)];
    return spawn(process.execPath, args);
  }

  /** Lets the sweep run until so many more cells are said to be done, and kills it. */
  async function killAfter(child: ChildProcessWithoutNullStreams, cells: number): Promise<void> {
    let said = 0;
    for await (const line of createInterface(child.stdout)) {
      if (line === "ready") child.stdin.write("\n");
      else if (line === "end" || ++said > cells) child.kill("SIGKILL");
    }
  }

  // What a cell says and when it is killed do not keep step: that is as random as it is to be.
  test("twenty times, then the result is that of an uninterrupted run", async () => {
    const kills = 20;
    let next = begin("killed", 1);
    for (let kill = 0; kill < kills; kill++) {
      const child = next;
      // The next one loads its modules meanwhile, and opens the store only when it is told to.
      next = begin("killed", 1 + (kill % 2));
      await killAfter(child, (kill * 7) % 3);
    }
    next.kill("SIGKILL");
    await once(next, "close");
    const store = openIn("killed");
    const { ran, found, ended } = await run(store);
    expect(ended).toBe("all");
    expect(found).toBeGreaterThan(0);
    expect(ran + found).toBe(40);
    expect(await resultText(sweep, store)).toBe(expected);
    store.close();
  });
});
