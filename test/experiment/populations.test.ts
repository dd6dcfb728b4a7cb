// Which tasks each metric speaks of: latency of those that were delivered and no others, each way to end otherwise by a
// metric of its own. All times are constant, so that every figure is known exactly.
import { describe, expect, test } from "vitest";
import { run } from "../../src/experiment/experiment.ts";
import { type MetricValue, readMetric } from "../../src/experiment/result.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { team } from "../support/scenarios.ts";

const LATENCIES = ["latency.mean", "latency.p50", "latency.p95", "latency.p99"];

async function result(of: Scenario) {
  const { scenarios } = await run([of], { replications: 160, seed: "test" });
  const value = (name: string) => readMetric(scenarios[0].metrics, name) as MetricValue;
  return { ...scenarios[0], means: (names: string[]) => names.map((name) => value(name).mean) };
}

const seconds = (mean: number) => ({
  base: { errorRate: 0.2, latency: { distribution: "constant", mean } },
});

describe("tasks that are turned away", async () => {
  const { means } = await result(
    team(1, {
      models: seconds(4),
      workload: { arrivals: "fixed", interval: 2, tasks: 10 },
      limits: { inFlight: 1 },
      objectives: { latency: 4 },
    }),
  );

  test("have no part in latency", () => {
    expect(means(LATENCIES)).toEqual([4, 4, 4, 4]);
  });

  test("are a share of their own, and not on time", () => {
    expect(means(["turnedAway", "cutOff", "neverArrived", "onTime"])).toEqual([0.6, 0, 0, 0.4]);
  });
});

describe("tasks that a limit cuts off", async () => {
  const of = team(1, {
    models: seconds(100),
    workload: { arrivals: "fixed", interval: 2, tasks: 100 },
    limits: { time: 10 },
    thresholds: ["latency.p95 <= 20", "latency.mean <= 20"],
  });
  const { means, thresholds, warnings } = await result(of);

  test("have no latency where none is delivered, and thresholds on it are not evaluated", () => {
    expect(means(LATENCIES)).toEqual([null, null, null, null]);
    expect(thresholds.map(({ verdict }) => verdict)).toEqual(["not-evaluated", "not-evaluated"]);
  });

  test("are counted, and so are those that never arrived", () => {
    expect(means(["cutOff", "neverArrived"])).toEqual([1, 94]);
    expect(warnings.join()).toMatch(/94 % of the tasks never arrived/);
  });

  test("end with their replication, at the limit", () => {
    expect(means(["makespan"])).toEqual([10]);
  });

  test("leave latency to those delivered before", async () => {
    const { means } = await result(
      team(1, {
        models: seconds(3),
        workload: { arrivals: "fixed", interval: 4, tasks: 5 },
        limits: { time: 9 },
      }),
    );
    expect(means([...LATENCIES, "makespan"])).toEqual([3, 3, 3, 3, 9]);
    expect(means(["cutOff", "neverArrived"])).toEqual([1 / 3, 2]);
  });
});

test("a task whose answer nobody could put together was not delivered", async () => {
  const { means } = await result(
    team(1, {
      models: { base: { errorRate: 0 }, dead: { errorRate: 0, failure: 1, retries: 0 } },
      agents: { worker: { model: "base" }, lead: { model: "dead" } },
      topology: { preset: "complete" },
      protocol: [
        { work: { who: "worker" } },
        { send: { from: "worker", to: "lead" } },
        { aggregate: { how: "synthesize", by: "lead" } },
      ],
    }),
  );
  expect(means(["latency.mean", "success", "missing.failedCalls"])).toEqual([null, 0, 1]);
});
