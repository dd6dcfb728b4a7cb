// A warm-up leaves the first tasks of every stream out of all that is counted by task. Streams without chance: arrivals every
// half second, calls of one second, so that task i waits i halves of a second.
import { expect, test } from "vitest";
import { compare, PairingError, run } from "../../src/experiment/experiment.ts";
import { readMetric } from "../../src/experiment/result.ts";
import { NetSketch } from "../../src/numerics/netSketch.ts";
import { experimentText } from "../../src/terminal/experiment.ts";
import { colorsIf } from "../../src/terminal/style.ts";
import { experimentSample } from "../../src/wording/sample.ts";
import { team } from "../support/scenarios.ts";

const TASKS = 10;
const stream = (warmUp?: number) =>
  team(1, {
    workload: { arrivals: "fixed", interval: 0.5, tasks: TASKS, warmUp },
    objectives: { backlog: 3 },
  });

async function sampled(warmUp?: number) {
  const tasks = new Set<number>();
  const result = await run([stream(warmUp)], {
    replications: 64,
    seed: "test",
    onReplication: (_, __, outcome) => tasks.add(outcome[1]),
  });
  const [scenario] = result.scenarios;
  const value = (name: string) => readMetric(scenario.metrics, name)?.mean as number;
  return { value, tasks, result, warmUp: scenario.warmUp };
}

test("the first tasks to end count in no metric but those of how busy the team is", async () => {
  const [all, late] = [await sampled(), await sampled(4)];
  expect(all.tasks).toEqual(new Set([TASKS]));
  expect(late.tasks).toEqual(new Set([TASKS - 4]));
  const from = (first: number) => 1 + (first + TASKS - 1) / 4;
  expect(all.value("latency.mean")).toBeCloseTo(from(0), 9);
  expect(late.value("latency.mean")).toBeCloseTo(from(4), 9);
  expect(all.value("latency.p50")).toBeLessThan(late.value("latency.p50"));
  expect(late.value("turns")).toBe(1);
  for (const name of ["makespan", "utilisation.worker", "backlog.peak", "backlog.clearing"])
    expect(late.value(name)).toBe(all.value(name));
});

const SCREEN = { colors: colorsIf(false), width: 100, all: false };

test("a result says what was left out, and one of no warm-up is that of none stated", async () => {
  const [all, none, late] = [await sampled(), await sampled(0), await sampled(4)];
  expect([all.warmUp, none.warmUp, late.warmUp]).toEqual([undefined, undefined, 4]);
  expect(JSON.stringify(none.result)).toBe(JSON.stringify(all.result));
  expect(experimentSample(late.result)).toMatch(
    / Of each replication the first 4 tasks left out\.$/,
  );
  expect(experimentText(late.result, SCREEN)).toContain("first 4 tasks left out");
  expect(experimentText(all.result, SCREEN)).not.toContain("left out");
});

test("scenarios with unlike warm-ups are not compared", async () => {
  const other = { ...stream(2), name: "other" };
  await expect(compare([stream(4), other], "test", { replications: 32 })).rejects.toThrow(
    PairingError,
  );
});

test("a sketch can be given the later numbers of an array alone", () => {
  const [some, late] = [new NetSketch(), new NetSketch()];
  some.add(0, Float64Array.of(3, 4), 2);
  late.add(0, Float64Array.of(1, 2, 3, 4, 5), 4, 2);
  expect(late.pack()).toEqual(some.pack());
});
