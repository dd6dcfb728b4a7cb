// Every missing claim has a reason. Each team here lacks a claim for one reason that is known beforehand; over random
// teams the reasons add up to the claims that are missing.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { run } from "../../src/experiment/experiment.ts";
import { trace } from "../../src/experiment/trace/trace.ts";
import { MISSING } from "../../src/model/missing.ts";
import { FIELD } from "../../src/model/outcome.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { scenarios } from "../support/arbitraries.ts";
import { outcomes, scenario, team, type Written } from "../support/scenarios.ts";

const CONCATENATE = { aggregate: { how: "concatenate", from: "worker" } };
const pair = { task: { graph: { shape: "graph", claims: { a: [], b: ["a"] } } } };

/** A worker and a lead who puts the answer together from what it is sent. */
function relay(more: Written, phases: Written[]): Scenario {
  return scenario({
    ...pair,
    models: { base: { errorRate: 0, latency: { distribution: "constant", mean: 1 } } },
    agents: { worker: {}, lead: {} },
    topology: { edges: [{ from: "worker", to: "lead" }] },
    protocol: [{ work: { who: "worker" } }, ...phases],
    repeats: 1,
    ...more,
  });
}

const REJECTS = { checks: { orchestrator: { recall: 1, falseAlarm: 1 } } };
const toLead = [
  { send: { from: "worker", to: "lead" } },
  { aggregate: { how: "concatenate", from: "lead" } },
];

const CASES: Record<string, [Scenario, Written]> = {
  "a task that is cut off": [
    team(1, { ...pair, limits: { time: 0.5 } }),
    { claim: "b", reason: "undelivered" },
  ],
  "a claim that is in nobody's scope": [
    team(1, {
      ...pair,
      agents: { worker: {}, idle: {} },
      protocol: [
        { assign: { to: ["worker", "idle"], mode: "partition" } },
        { work: { who: "worker" } },
        CONCATENATE,
      ],
    }),
    { claim: "b", reason: "neverAssigned" },
  ],
  "an agent without turns": [
    team(1, { ...pair, agents: { worker: { maxTurns: 1 } } }),
    { claim: "b", reason: "outOfTurns", agent: "worker" },
  ],
  "a premise that never comes": [
    team(1, {
      ...pair,
      agents: { idle: {}, worker: {} },
      protocol: [
        { assign: { to: ["idle", "worker"], mode: "partition" } },
        { work: { who: "worker", onlyReady: true } },
        CONCATENATE,
      ],
    }),
    { claim: "b", reason: "waiting", premise: "a" },
  ],
  "calls that fail": [
    team(1, {
      ...pair,
      models: { base: { errorRate: 0, failure: 1, retries: 0 } },
      agents: { worker: { maxTurns: 2 } },
    }),
    { claim: "b", reason: "failedCalls", agent: "worker" },
  ],
  "an aggregator whose calls fail": [
    relay(
      {
        models: { base: { errorRate: 0 }, dead: { errorRate: 0, failure: 1, retries: 0 } },
        agents: { worker: { model: "base" }, lead: { model: "dead" } },
      },
      [{ send: { from: "worker", to: "lead" } }, { aggregate: { how: "synthesize", by: "lead" } }],
    ),
    { claim: "b", reason: "failedCalls", agent: "lead" },
  ],
  "a check that rejects it": [
    relay({ agents: { worker: {}, lead: { role: "orchestrator", ...REJECTS } } }, [
      { send: { from: "worker", to: "lead" } },
      { check: { by: "lead" } },
      { aggregate: { how: "concatenate", from: "lead" } },
    ]),
    { claim: "b", reason: "rejected", agent: "lead" },
  ],
  "a self-check that rejects it in the last turn": [
    team(1, {
      ...pair,
      agents: { worker: { maxTurns: 3, checks: { self: { recall: 1, falseAlarm: 1 } } } },
    }),
    { claim: "b", reason: "rejected", agent: "worker" },
  ],
  "a message that leaves it out": [
    relay({ agents: { worker: { omission: 1 }, lead: {} } }, toLead),
    { claim: "b", reason: "lost", from: "worker", to: "lead" },
  ],
  "work that nobody sends on": [
    relay({}, [{ aggregate: { how: "concatenate", from: "lead" } }]),
    { claim: "b", reason: "unsent", agent: "worker" },
  ],
  "work that got as far as the lead": [
    relay(
      {
        agents: { worker: {}, lead: {}, client: {} },
        topology: {
          edges: [
            { from: "worker", to: "lead" },
            { from: "lead", to: "client" },
          ],
        },
      },
      [
        { send: { from: "worker", to: "lead" } },
        { aggregate: { how: "concatenate", from: "client" } },
      ],
    ),
    { claim: "b", reason: "unsent", agent: "lead" },
  ],
  "a version that came after the last check": [
    relay({}, [
      { check: { by: "lead" } },
      { send: { from: "worker", to: "lead" } },
      { aggregate: { how: "synthesize", by: "lead" } },
    ]),
    { claim: "b", reason: "unchecked", agent: "lead" },
  ],
};

describe("the reason is told of", () => {
  test.each(Object.entries(CASES))("%s", (_, [of, expected]) => {
    const [task] = trace(of, { replication: 0 }).tasks;
    expect(task.missing.find(({ claim }) => claim === "b")).toEqual(expected);
  });
});

test("every reason has a case", () => {
  const told = Object.values(CASES).map(([, { reason }]) => reason);
  expect(new Set(told)).toEqual(new Set(MISSING.map(({ name }) => name)));
});

test("the metrics of the reasons add up to the claims missing", async () => {
  const of = relay({ agents: { worker: { omission: 0.5 }, lead: {} } }, toLead);
  const { scenarios } = await run([of], { replications: 400 });
  const { missingClaims, missing } = scenarios[0].metrics as Record<string, never>;
  const sum = Object.values(missing as Record<string, { mean: number }>).reduce(
    (s, m) => s + m.mean,
    0,
  );
  expect((missingClaims as { mean: number }).mean).toBeGreaterThan(0.5);
  expect(sum).toBeCloseTo((missingClaims as { mean: number }).mean, 10);
});

test("in any team each missing claim has exactly one reason", () => {
  fc.assert(
    fc.property(scenarios(), (of) => {
      for (const row of outcomes(of, 3)) {
        const reasons = MISSING.reduce((sum, { field }) => sum + row[FIELD[field]], 0);
        expect(reasons).toBe(row[FIELD.missingClaims]);
      }
    }),
    { seed: 15, numRuns: 60 },
  );
});
