// Several processes on one store, and processes that are killed while they write.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { open, partsOf, place, range, useFolders } from "./support.ts";

useFolders();

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const LOADER = pathOf("../../scripts/typescript/register.mjs");

/** A writer that waits to be told to begin. */
class Writer {
  readonly said: number[] = [];
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly ended: Promise<unknown[]>;
  private readonly ready: Promise<unknown>;
  private readonly lines: Interface;
  private errors = "";

  constructor(from: number, to: number, size: number) {
    const args = [place.store, from, to, size].map(String);
    this.child = spawn(process.execPath, ["--import", LOADER, pathOf("writer.mjs"), ...args]);
    this.ended = once(this.child, "close");
    this.child.stderr.on("data", (text) => (this.errors += text));
    this.lines = createInterface(this.child.stdout);
    this.ready = once(this.lines, "line");
    this.lines.on("line", (line) => line !== "ready" && this.said.push(Number(line)));
    running.push(this);
  }

  /** Lets it begin, as soon as it can. */
  async begin(): Promise<void> {
    await this.ready;
    this.child.stdin.write("\n");
  }

  /** Waits until it has stored a record. */
  async speaks(): Promise<void> {
    if (this.said.length === 0) await once(this.lines, "line");
  }

  /** Waits until it has ended; returns what it complained of. */
  async end(): Promise<string> {
    await this.ended;
    return this.errors;
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}

const running: Writer[] = [];
afterEach(() => {
  for (const writer of running.splice(0)) writer.kill();
});

/** What all records must be, whoever wrote them. */
function check(size: number): Set<number> {
  const store = open("read");
  const numbers = [...store.keys()].map((key) => {
    const { inputs, outcome } = store.read(key) as { inputs: { i: number }; outcome: object };
    expect(outcome).toEqual({ text: String(inputs.i).padEnd(size, "x") });
    return inputs.i;
  });
  expect(new Set(numbers).size).toBe(numbers.length);
  return new Set(numbers);
}

test("three processes at once make one store, and each record of it is whole", async () => {
  const writers = [0, 100, 200].map((from) => new Writer(from, from + 200, 3000));
  await Promise.all(writers.map((writer) => writer.begin()));
  expect(await Promise.all(writers.map((writer) => writer.end()))).toEqual(["", "", ""]);
  expect([...check(3000)].sort((a, b) => a - b)).toEqual(range(0, 400));
  // The one in the middle may come too late to have anything to add.
  expect(partsOf().length).toBeGreaterThanOrEqual(2);
  expect(open("read").warnings).toEqual([]);
});

test("kill -9 at twenty moments loses nothing that was said to be stored", async () => {
  // Long records, so that some of the moments lie within a write.
  const size = 100_000;
  const stored = new Set<number>();
  open("write");
  let next = 0;
  for (let kill = 0; kill < 20; kill += 2) {
    // Two at a time. The one may be killed while it opens the store, the other only after it has stored something.
    const writers = [0, 1].map((i) => new Writer(next + 5000 * i, next + 5000 * (i + 1), size));
    await Promise.all(
      writers.map(async (writer, i) => {
        await writer.begin();
        if (i === 1) await writer.speaks();
        await sleep(((kill + i) * 17) % 40);
        writer.kill();
        await writer.end();
      }),
    );
    for (const i of writers.flatMap((writer) => writer.said)) stored.add(i);
    const found = check(size);
    for (const i of stored) expect(found).toContain(i);
    // At most the record that a process had just stored when it was killed was not yet said to be.
    expect(found.size).toBeLessThanOrEqual(stored.size + 2);
    for (const i of found) stored.add(i);
    next += 10_000;
  }
  expect(stored.size).toBeGreaterThanOrEqual(10);
});
