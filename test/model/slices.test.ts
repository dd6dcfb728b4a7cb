// A replication that is carried on in slices is the same as one that runs in one piece; limits end what would not end.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Engine } from "../../src/model/engine.ts";
import { FIELD } from "../../src/model/outcome.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { scenarios } from "../support/arbitraries.ts";
import { team, type Written } from "../support/scenarios.ts";

const engineOf = (scenario: Scenario) => new Engine(compile(scenario), rootKey("test"));

test("the size of slices never shows", () => {
  fc.assert(
    fc.property(scenarios(), fc.integer({ min: 1, max: 20 }), (scenario, slice) => {
      const [whole, sliced] = [engineOf(scenario), engineOf(scenario)];
      for (let replication = 0; replication < 3; replication++) {
        whole.run(replication);
        sliced.begin(replication);
        while (!sliced.advance(slice));
        expect(sliced.outcome).toEqual(whole.outcome);
        expect(sliced.fingerprint).toBe(whole.fingerprint);
      }
    }),
    { seed: 15, numRuns: 60 },
  );
});

const instant = { distribution: "constant", mean: 0 };
const one = { graph: { shape: "chain", size: 1 } };
const work = { work: { who: "worker" } };
const end = { aggregate: { how: "majority", from: "worker" } };

/** What comes of replication 0. */
function outcomeOf(count: number, written: Written): Float64Array {
  const engine = engineOf(team(count, { task: one, ...written }));
  engine.run(0);
  return engine.outcome;
}

test("a replication that was left can be followed by another", () => {
  const scenario = team(3, {
    workload: { arrivals: "fixed", interval: 0.1, tasks: 20 },
    models: { base: { errorRate: 0.5, latency: { distribution: "constant", mean: 1 } } },
  });
  const [left, fresh] = [engineOf(scenario), engineOf(scenario)];
  left.begin(0);
  expect(left.advance(10)).toBe(false);
  for (const engine of [left, fresh]) engine.run(1);
  expect(left.outcome).toEqual(fresh.outcome);
});

describe("limits", () => {
  const wrong = { models: { base: { errorRate: 1, latency: instant } } };
  const flagAll = { agents: { worker: { checks: { self: { recall: 1 } } } } };

  test.each([
    ["reviews that always flag", { ...wrong, ...flagAll }],
    [
      "calls that always fail",
      { models: { base: { errorRate: 0, failure: 1, retries: 0, latency: instant } } },
    ],
  ])("%s end a work phase after a hundred turns for each claim", (_, written) => {
    const outcome = outcomeOf(1, { ...written, protocol: [work, end] });
    expect(outcome[FIELD.turns]).toBe(100);
    expect(outcome[FIELD.outOfTurns]).toBe(1);
    expect(outcome[FIELD.missingClaims]).toBe(1);
  });

  test("who is done with the last turn has not run out of them", () => {
    const outcome = outcomeOf(1, {
      models: { base: { errorRate: 0, latency: instant } },
      limits: { turnsPerClaim: 1 },
      protocol: [work, end],
    });
    expect(outcome[FIELD.turns]).toBe(1);
    expect(outcome[FIELD.outOfTurns]).toBe(0);
  });

  test("messages that are on their way count against the limit of events", () => {
    const send = { send: { from: "worker", to: "worker", what: "all" } };
    const outcome = outcomeOf(50, {
      topology: { preset: "complete" },
      limits: { events: 1000 },
      protocol: [work, send, end],
    });
    expect(outcome[FIELD.cutOff]).toBe(1);
  });
});
