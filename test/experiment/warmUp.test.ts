// A warm-up leaves the first tasks of every stream out of all that is counted by task. Streams without chance: arrivals every
// half second, calls of one second, so that task i waits i halves of a second.
import { expect, test } from "vitest";
import { openCellPool, runCell } from "../../src/experiment/cell.ts";
import { readMetric } from "../../src/experiment/result.ts";
import { NetSketch } from "../../src/numerics/netSketch.ts";
import { team } from "../support/scenarios.ts";

const TASKS = 10;
const stream = team(1, { workload: { arrivals: "fixed", interval: 0.5, tasks: TASKS } });

async function sampled(of: typeof stream, warmUp: number) {
  const pool = await openCellPool({ jobs: 1 });
  const outcomes: number[] = [];
  try {
    const sampling = { replications: 64 };
    const inputs = { scenarios: [of], baseline: -1, seed: "test", sampling, warmUp };
    const { scenarios } = await runCell(pool, inputs, {
      onReplication: (_, __, outcome) => outcomes.push(outcome[1]),
    });
    const value = (name: string) => readMetric(scenarios[0].metrics, name)?.mean as number;
    return { value, tasks: outcomes };
  } finally {
    await pool.close();
  }
}

test("the first tasks to end count in no metric but those of how busy the team is", async () => {
  const [all, late] = [await sampled(stream, 0), await sampled(stream, 4)];
  expect(new Set(all.tasks)).toEqual(new Set([TASKS]));
  expect(new Set(late.tasks)).toEqual(new Set([TASKS - 4]));
  const from = (first: number) => 1 + (first + TASKS - 1) / 4;
  expect(all.value("latency.mean")).toBeCloseTo(from(0), 9);
  expect(late.value("latency.mean")).toBeCloseTo(from(4), 9);
  expect(all.value("latency.p50")).toBeLessThan(late.value("latency.p50"));
  expect(late.value("turns")).toBe(1);
  for (const name of ["makespan", "utilisation.worker"])
    expect(late.value(name)).toBe(all.value(name));
});

test("a warm-up that leaves nothing is refused, and one of tasks that come one at a time", async () => {
  await expect(sampled(stream, TASKS)).rejects.toThrow(/shorter than the stream/);
  await expect(sampled(stream, 0.5)).rejects.toThrow(RangeError);
  await expect(sampled(team(1), 1)).rejects.toThrow(/shorter than the stream/);
});

test("a sketch can be given the later numbers of an array alone", () => {
  const [some, late] = [new NetSketch(), new NetSketch()];
  some.add(0, Float64Array.of(3, 4), 2);
  late.add(0, Float64Array.of(1, 2, 3, 4, 5), 4, 2);
  expect(late.pack()).toEqual(some.pack());
});
