// The finer parts of the mechanism against closed forms. Fixed seed "test"; each estimate is compared at its 99.9 %
// interval (false-alarm rate 1 in 1,000 a comparison over seeds). Where the outcome is certain, it is compared exactly.
import { describe, expect, test } from "vitest";
import { Engine } from "../../src/model/engine.ts";
import { FIELD, type OutcomeField } from "../../src/model/outcome.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { agrees, measure, team, type Written } from "../support/scenarios.ts";

const REPLICATIONS = 40_000;
const second = { distribution: "constant", mean: 1 };
const model = (errorRate: number, more: Written = {}) => ({
  base: { errorRate, latency: second, ...more },
});
/** Error rate whose odds are `factor` times those of p. */
const timesOdds = (p: number, factor: number) => 1 / (1 + (1 - p) / (p * factor));

/** One field of the outcome of replication 0. */
function once(of: Scenario, field: OutcomeField): number {
  const engine = new Engine(compile(of), rootKey("test"));
  engine.run(0);
  return engine.outcome[FIELD[field]];
}

describe("what raises the error odds", () => {
  const single = (written: Written) => team(1, { models: model(0.2), ...written });

  test("difficulty of the task", async () => {
    const task = { graph: { shape: "chain", size: 1 }, difficulty: 1 };
    const [success] = await measure(single({ task }), REPLICATIONS, ["success"]);
    expect(agrees(success, 1 - timesOdds(0.2, Math.E))).toBe(true);
  });

  test("every tool of the task", async () => {
    const [success] = await measure(
      single({
        task: { graph: { shape: "chain", size: 1 }, tools: 10 },
        agents: { worker: { toolEffect: 0.05 } },
      }),
      REPLICATIONS,
      ["success"],
    );
    expect(agrees(success, 1 - timesOdds(0.2, Math.exp(0.5)))).toBe(true);
  });

  test("versions in the ledger that are no ancestors, in a wide task but not in a chain", async () => {
    const of = (graph: Written) =>
      single({ task: { graph }, agents: { worker: { distraction: 0.5, propagation: 0 } } });
    const [wide] = await measure(of({ shape: "layers", layers: [3] }), REPLICATIONS, ["success"]);
    const [chain] = await measure(of({ shape: "chain", size: 3 }), REPLICATIONS, ["success"]);
    const distracted = [1, 1.5, 2].map((factor) => 1 - timesOdds(0.2, factor));
    expect(agrees(wide, distracted[0] * distracted[1] * distracted[2])).toBe(true);
    expect(agrees(chain, 0.8 ** 3)).toBe(true);
  });

  test("drift, a day at a time", async () => {
    const [errors] = await measure(
      single({
        models: model(0.2, { drift: 0.7 }),
        workload: { arrivals: "fixed", interval: "1d", tasks: 3 },
      }),
      20_000,
      ["deliverableErrors"],
    );
    const days = [0, 1, 2].map((day) => timesOdds(0.2, Math.exp(0.7 * day)));
    expect(agrees(errors, (days[0] + days[1] + days[2]) / 3)).toBe(true);
  });

  test("classes of tasks are mixed by their shares", async () => {
    const classes = { routine: { share: 0.7 }, hard: { share: 0.3, difficulty: 2 } };
    const task = { graph: { shape: "chain", size: 1 }, classes };
    const [success] = await measure(single({ task }), REPLICATIONS, ["success"]);
    expect(agrees(success, 0.7 * 0.8 + 0.3 * (1 - timesOdds(0.2, Math.exp(2))))).toBe(true);
  });
});

describe("turns", () => {
  test("a pace below 1 leaves turns without a claim: the turns of n claims are negative binomial", async () => {
    const [turns] = await measure(
      team(1, { task: { graph: { shape: "chain", size: 4 } }, models: model(0, { pace: 0.4 }) }),
      REPLICATIONS,
      ["turns"],
    );
    expect(agrees(turns, 4 / 0.4)).toBe(true);
  });

  test("a pace above 1 makes several claims in a turn", () => {
    const of = (pace: number) =>
      team(1, { task: { graph: { shape: "chain", size: 6 } }, models: model(0, { pace }) });
    expect(once(of(3), "turns")).toBe(2);
    expect(once(of(4), "turns")).toBe(2);
  });

  test("a turn limit leaves claims missing", () => {
    const of = team(1, {
      task: { graph: { shape: "chain", size: 6 } },
      agents: { worker: { maxTurns: 4 } },
    });
    expect(once(of, "missingClaims")).toBe(2);
    expect(once(of, "turns")).toBe(4);
  });

  test("an agent reviews when its scope is complete, and in every turn of number reviewEvery", () => {
    const of = (reviewEvery: number, more = {}) =>
      team(1, {
        task: { graph: { shape: "chain", size: 6 } },
        agents: { worker: { reviewEvery, checks: { self: { recall: 1 } }, ...more } },
      });
    expect(once(of(100), "reviews")).toBe(1);
    expect(once(of(3), "reviews")).toBe(3);
    expect(once(of(4), "reviews")).toBe(2);
    expect(once(of(3), "turns")).toBe(6 + 3);
    expect(once(of(5, { maxTurns: 4 }), "reviews")).toBe(0);
    expect(once(of(5, { maxTurns: 10 }), "reviews")).toBe(2);
  });

  test("what an agent flagged and had no turn left to make again is not handed over", async () => {
    const [errors, missing] = await measure(
      team(1, {
        models: model(0.3),
        agents: { worker: { maxTurns: 2, checks: { self: { recall: 1 } } } },
      }),
      REPLICATIONS,
      ["errorsAtAggregation", "missingClaims"],
    );
    expect(errors.mean).toBe(0);
    expect(agrees(missing, 0.3)).toBe(true);
  });
});

describe("assignment", () => {
  const shared = (assign: Written, written: Written = {}) =>
    team(3, {
      task: { graph: { shape: "layers", layers: [6] } },
      protocol: [
        { assign: { to: "worker", ...assign } },
        { work: { who: "worker" } },
        { aggregate: { how: "concatenate", from: "worker" } },
      ],
      ...written,
    });

  test.each([
    ["whole", { mode: "whole" }, 18, 6],
    ["partition", { mode: "partition" }, 6, 0],
    ["replicate 2", { mode: "replicate", k: 2 }, 12, 6],
  ])("%s", (_, assign, turns, redundant) => {
    expect(once(shared(assign), "turns")).toBe(turns);
    expect(once(shared(assign), "claimsRedundant")).toBe(redundant);
    expect(once(shared(assign), "success")).toBe(1);
  });

  test.each([
    [0, 0],
    [0.5, 3],
    [1, 6],
  ])(
    "a planner with an overlap of %f gives %d of 6 claims to two agents",
    async (overlap, twice) => {
      const planned = shared(
        { mode: "partition", by: "planner" },
        { agents: { worker: { count: 3 }, planner: { role: "orchestrator", overlap } } },
      );
      const [turns, redundancy] = await measure(planned, REPLICATIONS, ["turns", "redundancy"]);
      expect(agrees(turns, 1 + 6 + twice)).toBe(true);
      expect(agrees(redundancy, twice / 6)).toBe(true);
    },
  );

  // Each of three agents makes two of six claims in a row, beginning anywhere or at places two apart.
  test.each([
    [0, 6 * (4 / 6) ** 3],
    [1, 0],
  ])("isolated agents of diversity %d leave %f claims missing", async (diversity, left) => {
    const isolated = team(3, {
      task: { graph: { shape: "layers", layers: [6] } },
      agents: { worker: { count: 3, maxTurns: 2, diversity } },
    });
    const [missing] = await measure(isolated, REPLICATIONS, ["missingClaims"]);
    expect(agrees(missing, left)).toBe(true);
  });

  test("route sends each class to its own agents", async () => {
    const classes = { easy: { share: 0.6 }, hard: { share: 0.4 } };
    const [success] = await measure(
      team(2, {
        task: { graph: { shape: "chain", size: 1 }, classes },
        models: { small: { errorRate: 0.5 }, big: { errorRate: 0 } },
        agents: { cheap: { model: "small" }, dear: { model: "big" } },
        protocol: [
          {
            assign: {
              to: ["cheap", "dear"],
              mode: "route",
              routes: { easy: "cheap", hard: "dear" },
            },
          },
          { work: { who: ["cheap", "dear"] } },
          { aggregate: { how: "concatenate", from: ["cheap", "dear"] } },
        ],
      }),
      REPLICATIONS,
      ["success"],
    );
    expect(agrees(success, 0.6 * 0.5 + 0.4)).toBe(true);
  });

  test("agents that wait for premises pass a chain on without guessing", () => {
    const pipeline = (onlyReady: boolean) =>
      team(3, {
        task: { graph: { shape: "chain", size: 6 } },
        agents: { worker: { count: 3, guess: 1 } },
        topology: { preset: "chain", directed: true },
        protocol: [
          { assign: { to: "worker", mode: "partition" } },
          {
            repeat: {
              rounds: 3,
              phases: [
                { work: { who: "worker", onlyReady } },
                { send: { from: "worker", to: "worker", what: "all" } },
              ],
            },
          },
          { aggregate: { how: "concatenate", from: "worker.3" } },
        ],
      });
    expect(once(pipeline(true), "success")).toBe(1);
    expect(once(pipeline(false), "success")).toBe(0);
    expect(once(pipeline(false), "faultsGuess")).toBe(2);
  });
});

describe("aggregation and time", () => {
  test("first: the quicker agent delivers, right or wrong", () => {
    const race = (quick: number, slow: number) =>
      team(2, {
        models: {
          quick: { errorRate: quick, latency: { distribution: "constant", mean: 1 } },
          slow: { errorRate: slow, latency: { distribution: "constant", mean: 2 } },
        },
        agents: { a: { model: "slow" }, b: { model: "quick" } },
        protocol: [
          { work: { who: ["a", "b"] } },
          { aggregate: { how: "first", from: ["a", "b"] } },
        ],
      });
    expect(once(race(0, 1), "success")).toBe(1);
    expect(once(race(1, 0), "success")).toBe(0);
  });

  test("agents work at the same time, phases wait for the slowest, messages take their time", () => {
    const of = team(2, {
      task: { graph: { shape: "layers", layers: [4] } },
      models: {
        base: { errorRate: 0, latency: { distribution: "constant", mean: 1 } },
        slow: { errorRate: 0, latency: { distribution: "constant", mean: 3 } },
      },
      agents: { a: { model: "base" }, b: { model: "slow" } },
      topology: { preset: "complete", latency: { distribution: "constant", mean: 0.5 } },
      protocol: [
        { assign: { to: ["a", "b"], mode: "partition" } },
        { work: { who: ["a", "b"] } },
        { send: { from: "b", to: "a" } },
        { aggregate: { how: "synthesize", by: "a" } },
      ],
    });
    expect(once(of, "makespan")).toBe(2 * 3 + 0.5 + 1);
  });

  test("tokens and cost add up by hand", () => {
    const of = team(1, {
      task: { graph: { shape: "chain", size: 2 } },
      models: model(0, { thinking: 100, prompt: 500, price: { input: 2, output: 10 } }),
      topology: { versionTokens: 60 },
    });
    // The second turn reads the first version.
    expect(once(of, "tokens")).toBe(500 + 100 + 500 + 60 + 100);
    expect(once(of, "cost")).toBeCloseTo((1060 * 2 + 200 * 10) / 1e6, 12);
  });

  test("tasks that arrive together wait for the agent one after the other", () => {
    const of = team(1, { workload: { arrivals: "bursts", interval: 1, burst: 4, tasks: 4 } });
    expect(once(of, "latency")).toBe(1 + 2 + 3 + 4);
    expect(once(of, "makespan")).toBe(4);
  });
});

describe("messages", () => {
  test.each([
    [false, 6],
    [true, 3],
  ])("with broadcast %s three agents that tell each other all write %d", (broadcast, messages) => {
    const exchange = team(3, {
      task: { graph: { shape: "layers", layers: [3] } },
      topology: { preset: "complete" },
      protocol: [
        { assign: { to: "worker", mode: "partition" } },
        { work: { who: "worker" } },
        { send: { from: "worker", to: "worker", broadcast } },
        { aggregate: { how: "majority", from: ["worker.1"] } },
      ],
    });
    expect(once(exchange, "messages")).toBe(messages);
    expect(once(exchange, "success")).toBe(1);
  });

  test("one text for all costs its tokens once", () => {
    const tokens = (broadcast: boolean) =>
      once(
        team(3, {
          topology: { preset: "complete", header: 10, versionTokens: 5 },
          protocol: [
            { work: { who: "worker" } },
            { send: { from: "worker", to: "worker", what: "all", broadcast } },
            { aggregate: { how: "majority", from: "worker" } },
          ],
        }),
        "overheadTokens",
      );
    expect(tokens(false) - tokens(true)).toBe(3 * (10 + 5));
  });
});

describe("objections", () => {
  const blind = { recall: 0, falseAlarm: 0 };
  const checks = { self: blind, peer: { recall: 1, falseAlarm: 0 }, orchestrator: blind };
  const reviewed = (heed: number, phases: readonly Written[]) =>
    team(1, {
      models: model(1),
      agents: {
        maker: { checks },
        peer: { checks },
        lead: { role: "orchestrator", checks, heed },
      },
      topology: { preset: "complete" },
      protocol: [
        { work: { who: "maker" } },
        { send: { from: "maker", to: ["peer", "lead"] } },
        ...phases,
        { aggregate: { how: "synthesize", by: "lead" } },
      ],
    });
  const peer = { check: { by: "peer", of: "received" } };
  const lead = { check: { by: "lead", of: "received" } };

  // The lead sees nothing itself: what it rejects, it rejects because the peer did.
  test.each([0, 0.3, 1])("are heeded with chance %f by who checks later", async (heed) => {
    const [errors] = await measure(reviewed(heed, [peer, lead]), REPLICATIONS, [
      "errorsAtAggregation",
    ]);
    expect(agrees(errors, 1 - heed)).toBe(true);
  });

  test("do not reach who checked before or at the same time", () => {
    expect(once(reviewed(1, [lead, peer]), "errorsAtAggregation")).toBe(1);
    const together = { check: { by: ["peer", "lead"], of: "received" } };
    expect(once(reviewed(1, [together]), "errorsAtAggregation")).toBe(1);
  });
});
