// A check of what was accepted: it looks once more, in every phase anew, and at nothing else. Fixed seed "test"; each
// comparison uses a 99.9 % interval (false-alarm rate 1 in 1,000 over seeds).
import { expect, test } from "vitest";
import { agrees, measure, team } from "../support/scenarios.ts";

/** One agent that is always wrong, accepts it without a look that could find it, and looks again some times. */
const looks = (times: number, accepts: boolean) =>
  team(1, {
    models: { base: { errorRate: 1, latency: { distribution: "constant", mean: 1 } } },
    agents: { worker: { checks: { peer: { recall: 0.3 } } } },
    protocol: [
      { work: { who: "worker" } },
      ...(accepts ? [{ check: { by: "worker", of: "own", as: "self" } }] : []),
      { repeat: { rounds: times, phases: [{ check: { by: "worker", of: "accepted" } }] } },
      { aggregate: { how: "concatenate", from: "worker" } },
    ],
  });

test.each([1, 2, 5])("after %i more looks of recall .3 an error is left with .7^n", async (n) => {
  const [errors] = await measure(looks(n, true), 10_000, ["errorsAtAggregation"]);
  expect(agrees(errors, 0.7 ** n)).toBe(true);
});

test("what was never accepted is not looked at", async () => {
  const [errors, turns] = await measure(looks(3, false), 50, ["errorsAtAggregation", "turns"]);
  expect(errors.mean).toBe(1);
  expect(turns.mean).toBe(1);
});
