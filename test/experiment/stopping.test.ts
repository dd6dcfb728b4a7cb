// Every run can be stopped, also in the middle of its first replication and in one thread.
import { expect, test } from "vitest";
import { openCellPool, runCell } from "../../src/experiment/cell.ts";
import { run } from "../../src/experiment/experiment.ts";
import { breathing } from "../../src/experiment/inThread.ts";
import { probe } from "../../src/experiment/probe.ts";
import { tracing } from "../../src/experiment/trace/trace.ts";
import { team } from "../support/scenarios.ts";

const loop = (rounds: number, inner: unknown) => ({
  repeat: { rounds, until: "never", phases: [inner] },
});

/** A replication of six million events. */
const ENDLESS = team(3, {
  topology: { preset: "complete" },
  protocol: [
    { work: { who: "worker" } },
    loop(1000, loop(1000, { send: { from: "worker", to: "worker", what: "all" } })),
    { aggregate: { how: "majority" } },
  ],
});

/** A signal that is aborted soon, and how long after that something ended, in milliseconds. */
function soon(): { readonly signal: AbortSignal; readonly since: () => number } {
  const controller = new AbortController();
  let aborted = Number.NaN;
  setTimeout(() => {
    aborted = performance.now();
    controller.abort(new Error("enough"));
  }, 100);
  return { signal: controller.signal, since: () => performance.now() - aborted };
}

/** A second, and as much again as a busy machine may need. */
const PROMPT = 5000;

test("an experiment in one thread", async () => {
  const { signal, since } = soon();
  const result = await run([ENDLESS], { replications: 100_000, jobs: 1, signal });
  expect(since()).toBeLessThan(PROMPT);
  expect(result.interrupted).toBe(true);
  expect(result.scenarios[0].replications).toBe(0);
});

test("a large scenario, which is run beside this thread", async () => {
  const { signal, since } = soon();
  const scenarios = [team(30_000)];
  const pool = await openCellPool({ jobs: 1, scenarios, signal });
  const inputs = { scenarios, baseline: -1, seed: "s", sampling: { replications: 100_000 } };
  const result = await runCell(pool, inputs);
  await pool.close();
  expect(since()).toBeLessThan(PROMPT);
  expect(result.interrupted).toBe(true);
});

test("a trace", async () => {
  const { signal, since } = soon();
  await expect(breathing(tracing(ENDLESS), signal)).rejects.toThrow("enough");
  expect(since()).toBeLessThan(PROMPT);
});

test("a probe ends by itself", async () => {
  const limits = { seed: "s", milliseconds: 60_000 };
  const cut = await probe([ENDLESS], { ...limits, events: 1000 });
  expect(cut.isWhole).toBe(false);
  expect(cut.events).toBeLessThan(1200);
  const whole = await probe([team(3), team(3)], { ...limits, events: 1000 });
  expect(whole.isWhole).toBe(true);
  const timed = await probe([ENDLESS], { ...limits, events: 1e9, milliseconds: 20 });
  expect(timed.isWhole).toBe(false);
});
