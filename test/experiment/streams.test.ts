// Streams of tasks: what can be said of them, and what cannot.
import { expect, test } from "vitest";
import { measure, team } from "../support/scenarios.ts";

const stream = team(1, {
  models: { base: { errorRate: 0.2, latency: { distribution: "constant", mean: 1 } } },
  workload: { arrivals: "fixed", interval: 2, tasks: 10 },
  repeats: 8,
});

test("tasks of a stream are different instances, so that pass^k has no value", async () => {
  const [one, two, success] = await measure(stream, 200, ["passAt1", "passHat2", "success"]);
  expect(one.mean).toBeNull();
  expect(two).toMatchObject({ mean: null, undefined: expect.stringMatching(/2 repeats/) });
  expect(success.mean).toBeCloseTo(0.8, 1);
});
