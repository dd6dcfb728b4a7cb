// Plans that the world does not follow. All tests run at the fixed seed "test"; comparisons with a closed form use the
// 99.9 % interval of one estimate (false-alarm rate 1 in 1,000 a comparison over seeds).
import { describe, expect, test } from "vitest";
import { compare } from "../../src/experiment/experiment.ts";
import { readMetric } from "../../src/experiment/result.ts";
import { problemsOf, scenarioText } from "../scenario/support.ts";
import { agrees, measure, team, type Written } from "../support/scenarios.ts";

const REPLICATIONS = 20_000;
const AGGREGATE = { aggregate: { how: "concatenate", from: "worker" } };
const PLAN = { assign: { by: "worker", to: "worker" } };
const FOLLOW = { work: { who: "worker", observe: false } };

const one = (deviation: number, errorRate: number, protocol: Written[], more: Written = {}) =>
  team(1, {
    task: { graph: { shape: "chain", size: 5 }, deviation },
    models: { base: { errorRate, latency: { distribution: "constant", mean: 1 } } },
    protocol: [...protocol, AGGREGATE],
    ...more,
  });

describe("following a plan", () => {
  test.each([
    [0.2, 0],
    [0.15, 0.08],
    [1, 0.08],
  ])("with deviation %f and error rate %f: (1 - e)^n (1 - d)^n", async (deviation, errorRate) => {
    const [success] = await measure(one(deviation, errorRate, [PLAN, FOLLOW]), REPLICATIONS, [
      "success",
    ]);
    expect(agrees(success, ((1 - errorRate) * (1 - deviation)) ** 5)).toBe(true);
  });

  test("what was not foreseen is a cause of its own: n d faults where claims share no premise", async () => {
    const [unforeseen, own, total] = await measure(
      one(0.3, 0, [PLAN, FOLLOW], {
        task: { graph: { shape: "layers", layers: [5] }, deviation: 0.3 },
      }),
      REPLICATIONS,
      ["faults.unforeseen", "faults.own", "faults.total"],
    );
    expect(agrees(unforeseen, 1.5)).toBe(true);
    expect(own.mean).toBe(0);
    expect(total).toEqual(unforeseen);
  });

  test("who observes is not affected: (1 - e)^n at any deviation, with the same luck", async () => {
    const work = { work: { who: "worker" } };
    const without = one(0, 0.08, [work]);
    const { scenarios } = await compare(
      [
        { ...without, name: "foreseen" },
        { ...one(0.7, 0.08, [work]), name: "deviates" },
      ],
      "foreseen",
      { replications: 4000, seed: "test" },
    );
    expect(scenarios[1].metrics).toEqual({
      ...scenarios[0].metrics,
    });
  });

  test("agents that follow plans meet one environment: a vote of five is as good as one of them", async () => {
    const votes = team(5, {
      task: { graph: { shape: "chain", size: 4 }, deviation: 0.2, alternatives: 1 },
      protocol: [FOLLOW, { aggregate: { how: "majority", from: "worker" } }],
    });
    const [success] = await measure(votes, REPLICATIONS, ["success"]);
    expect(agrees(success, 0.8 ** 4)).toBe(true);
  });

  test("repeats of an instance meet environments of their own: pass^8 is p^8", async () => {
    const scenario = one(0.1, 0, [PLAN, FOLLOW], {
      task: { graph: { shape: "chain", size: 1 }, deviation: 0.1 },
      repeats: 8,
    });
    const [eight] = await measure(scenario, REPLICATIONS, ["passHat8"]);
    expect(agrees(eight, 0.9 ** 8)).toBe(true);
  });

  test("nobody reviews while following a plan", async () => {
    const [caught, turns] = await measure(
      one(0.5, 0, [PLAN, FOLLOW], {
        agents: { worker: { checks: { self: { recall: 1 } }, reviewEvery: 1 } },
      }),
      400,
      ["checks.caught", "turns"],
    );
    expect(caught.mean).toBe(0);
    expect(turns.mean).toBe(6);
  });
});

describe("planning again", () => {
  const replan = (rounds: number) => ({
    repeat: {
      rounds,
      until: "complete",
      phases: [PLAN, FOLLOW, { check: { by: "worker", of: "own", as: "self" } }],
    },
  });
  const recall = (chance: number) => ({
    agents: { worker: { checks: { self: { recall: chance } } } },
  });

  test.each([0.4, 1])(
    "a look of recall r mends what it sees: Π(1 - d + d r) for r = %f",
    async (r) => {
      const parallel = { task: { graph: { shape: "layers", layers: [5] }, deviation: 0.3 } };
      const [success] = await measure(
        one(0.3, 0, [replan(2)], { ...recall(r), ...parallel }),
        REPLICATIONS,
        ["success"],
      );
      expect(agrees(success, (0.7 + 0.3 * r) ** 5)).toBe(true);
    },
  );

  test("one round leaves undone what the look found", async () => {
    const [success, missing, wrong] = await measure(
      one(0.3, 0, [replan(1)], recall(1)),
      REPLICATIONS,
      ["success", "missingClaims", "deliverableErrors"],
    );
    expect(agrees(success, 0.7 ** 5)).toBe(true);
    expect(missing.mean).toBeGreaterThan(0);
    expect(wrong.mean).toBe(0);
  });

  test("it costs turns only where something was not foreseen: 7 without, 7 + 1 + k + 1 with k claims to do again", async () => {
    const [turns] = await measure(one(0, 0, [replan(5)], recall(1)), 100, ["turns"]);
    expect(turns.mean).toBe(7);
    // A chain passes every error on: from the first deviation at claim i on, 5 - i claims are made again.
    const d = 0.3;
    const [more] = await measure(one(d, 0, [replan(5)], recall(1)), REPLICATIONS, ["turns"]);
    const again = [0, 1, 2, 3, 4].map((i) => (1 - d) ** i * d * (2 + 5 - i));
    // Of the claims made again none deviates any more: each was made before, and what came of it is known.
    expect(agrees(more, 7 + again.reduce((sum, x) => sum + x, 0))).toBe(true);
  });
});

describe("pace of a phase", () => {
  test.each([
    [1, 6],
    [2, 3],
    [6, 1],
    [4, 2],
  ])("6 claims at pace %i take %i turns", async (pace, turns) => {
    const [taken] = await measure(
      one(0, 0, [{ work: { who: "worker", pace } }], {
        task: { graph: { shape: "chain", size: 6 } },
      }),
      10,
      ["turns"],
    );
    expect(taken.mean).toBe(turns);
  });

  test("it multiplies the model's: pace 3 of 0.5 yields 1 or 2 claims a turn, evenly", async () => {
    const scenario = team(1, {
      task: { graph: { shape: "chain", size: 2 } },
      models: { base: { errorRate: 0, pace: 0.5 } },
      protocol: [{ work: { who: "worker", pace: 3 } }, AGGREGATE],
    });
    const [turns] = await measure(scenario, REPLICATIONS, ["turns"]);
    expect(agrees(turns, 1.5)).toBe(true);
  });
});

test("what the plan did not foresee shows among the metrics of a result", async () => {
  const { scenarios } = await compare([one(0.5, 0, [PLAN, FOLLOW])], undefined, {
    replications: 10,
    seed: "test",
  });
  expect(readMetric(scenarios[0].metrics, "faults.unforeseen")).toBeDefined();
});

describe("what makes no sense", () => {
  const of = (...phases: string[]) =>
    problemsOf(
      scenarioText({
        protocol: `protocol:\n${[...phases, "aggregate: { how: concatenate, from: worker }"]
          .map((phase) => `  - ${phase}\n`)
          .join("")}`,
        agents: "agents: { worker: {} }",
        topology: "",
      }),
    );
  const FOLLOW_WRITTEN = "work: { who: worker, observe: false }";

  test("a plan that nobody made is warned of, at its place", async () => {
    const [problem, ...more] = await of(FOLLOW_WRITTEN);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      severity: "warning",
      path: "protocol.0.work.observe",
      message: "this phase follows a plan, but nobody has made one",
    });
    expect(problem.hint).toContain("assign");
  });

  test("so is one that is made only afterwards, or by nobody", async () => {
    const late = await of(FOLLOW_WRITTEN, "assign: { by: worker, to: worker }");
    const free = await of("assign: { to: worker }", FOLLOW_WRITTEN);
    expect([late.length, free.length]).toEqual([1, 1]);
  });

  test("one that was made before is fine, also within a loop", async () => {
    const plan = "assign: { by: worker, to: worker }";
    expect(await of(plan, FOLLOW_WRITTEN)).toEqual([]);
    expect(await of(`repeat: { phases: [{ ${plan} }, { ${FOLLOW_WRITTEN} }] }`)).toEqual([]);
  });

  test.each([
    ["pace: 0", "work.pace is 0, below"],
    ["pace: 101", "work.pace is 101, above"],
    ["pace: two", "work.pace is the text"],
    ["observe: never", "work.observe is the text"],
  ])("%s", async (written, message) => {
    const [problem] = await of(`work: { who: worker, ${written} }`);
    expect(problem.severity).toBe("error");
    expect(problem.message).toContain(message);
  });

  test.each([-0.1, 1.1])("a deviation of %f", async (deviation) => {
    const [problem] = await problemsOf(
      scenarioText({ task: `task: { graph: { shape: chain, size: 3 }, deviation: ${deviation} }` }),
    );
    expect(problem).toMatchObject({ severity: "error", path: "task.deviation" });
  });
});
