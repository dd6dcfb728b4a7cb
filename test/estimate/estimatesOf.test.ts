// All estimates of runs, and what they leave open.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptedToJudge } from "../../src/estimate/checks.ts";
import { estimatesOf } from "../../src/estimate/estimatesOf.ts";
import { listPrice } from "../../src/estimate/prices.ts";
import type { LoggedRun } from "../../src/logs/run.ts";
import { Random } from "../numerics/random.ts";
import { run, trialRuns, turn } from "./runs.ts";

const list = <T>(length: number, of: (i: number) => T) => Array.from({ length }, (_, i) => of(i));
const open = (runs: readonly LoggedRun[]) =>
  Object.fromEntries(estimatesOf(runs).unidentified.map((one) => [one.what, one]));

/** A team of a solver, and a reviewer of what it makes. */
function teamRuns(): LoggedRun[] {
  const random = new Random("team");
  return list(40, (i) => {
    const isCorrect = random.uniform() < 0.7;
    const turns = [
      turn({
        model: "gpt-4o-2024-08-06",
        seconds: random.lognormal(0.5),
        inputTokens: 100 + Math.floor(50 * random.uniform()),
        outputTokens: 40,
        retries: i % 10 === 0 ? 1 : 0,
        tools: [{ hasFailed: i % 5 === 0 }],
        isCorrect,
      }),
      turn({
        agent: "reviewer",
        model: "own-model",
        reviews: [{ of: 0, isAccepted: isCorrect || random.uniform() < 0.4 }],
      }),
    ];
    const messages = [
      { from: "solver", to: "reviewer", results: 2, omitted: i % 4 === 0 ? 1 : 0, distorted: 0 },
    ];
    return run(`${i}`, { task: `${i % 10}`, success: isCorrect ? 1 : 0, turns, messages });
  });
}

describe("estimates", () => {
  test("do not depend on the order of runs", () => {
    const runs = teamRuns();
    const expected = JSON.stringify(estimatesOf(runs));
    const orders = fc.shuffledSubarray(runs, { minLength: runs.length });
    fc.assert(
      fc.property(orders, (order) => JSON.stringify(estimatesOf(order)) === expected),
      { numRuns: 5 },
    );
  });

  test("lie within their intervals, with counts and methods", () => {
    const estimates = estimatesOf(teamRuns());
    const found: object[] = [];
    JSON.stringify(estimates, (_, value) => {
      if (value?.uncertain !== undefined) found.push(value);
      return value;
    });
    expect(found.length).toBeGreaterThan(20);
    for (const one of found as {
      value: number;
      interval: number[];
      count: number;
      method: string;
    }[]) {
      expect(one.interval[0]).toBeLessThanOrEqual(one.value);
      expect(one.interval[1]).toBeGreaterThanOrEqual(one.value);
      expect(one.count).toBeGreaterThan(0);
      expect(one.method).not.toBe("");
    }
  });

  test("of a team: agents in the order in which they speak, shares by counting", () => {
    const { agents, models, runs, tasks } = estimatesOf(teamRuns());
    expect([runs, tasks, Object.keys(agents)]).toEqual([40, 10, ["solver", "reviewer"]]);
    const { solver, reviewer } = agents;
    expect(solver).toMatchObject({
      model: "gpt-4o-2024-08-06",
      turns: { value: 1 },
      turnsSpread: 0,
    });
    expect(solver.toolFailure).toMatchObject({ value: 0.2, count: 40 });
    expect(solver.omission).toMatchObject({ value: 10 / 80, count: 80 });
    expect(solver.distortion).toMatchObject({ value: 0, count: 70 });
    expect(Object.keys(reviewer.checks)).toEqual(["orchestrator"]);
    expect(reviewer.checks.orchestrator?.falseAlarm?.value).toBe(0);
    expect(reviewer.checks.orchestrator?.recall?.value).toBeGreaterThan(0.3);
    const model = models["gpt-4o-2024-08-06"];
    expect(model.failure).toMatchObject({ value: 4 / 44, count: 44 });
    expect(model.latency?.mean.count).toBe(40);
    expect(model.price).toMatchObject({ input: 2.5, output: 10 });
    expect(models["own-model"].price).toBeUndefined();
  });

  test("the time of a turn is that of its call and of its tools", () => {
    const runs = [1, 2, 3].map((seconds) =>
      run(`${seconds}`, { turns: [turn({ model: "m", seconds, toolSeconds: 4 })] }),
    );
    expect(estimatesOf(runs).models.m.latency?.mean.value).toBeCloseTo(6, 9);
  });

  test("time in which neither a model nor a tool is at work is told", () => {
    const turns = [0, 5].map((start) => turn({ model: "m", start, seconds: 2, toolSeconds: 1 }));
    const timed = (seconds: number) => [run("a", { seconds, turns })];
    expect(open(timed(10))["time between turns"].why).toContain("40 %");
    expect(open(timed(8))["time between turns"].why).toContain("25 %");
    expect(
      open([run("b", { seconds: 6, turns: [turn({ start: 0, seconds: 6 })] })]),
    ).not.toHaveProperty("time between turns");
  });

  test("of nothing are nothing, and say so", () => {
    expect(estimatesOf([])).toMatchObject({ runs: 0, tasks: 0, agents: {}, models: {} });
    expect(open([])).toHaveProperty("outcome.success");
  });
});

describe("outcomes", () => {
  test("of one trial per task have no spread, and the remedy says how to know it", () => {
    const runs = trialRuns([1, 0, 1, 1, 0], 1);
    const { outcome } = estimatesOf(runs);
    expect(outcome?.success.value).toBe(0.6);
    expect(outcome?.logOdds).toBeUndefined();
    expect(outcome?.passHat).toMatchObject([{ k: 1, observed: 0.6, logitNormal: null }]);
    expect(open(runs)["task.difficultySpread"].why).toContain("run once");
  });

  test("that are all failures, or all successes, have an interval on one side", () => {
    const [never, always] = [0, 4].map((successes) =>
      trialRuns(
        list(12, () => successes),
        4,
      ),
    );
    const low = estimatesOf(never).outcome?.success;
    expect(low?.interval[0]).toBe(0);
    // Repeats that agree count once: 12 trials.
    expect(low?.interval[1]).toBeGreaterThan(0.15);
    expect(estimatesOf(always).outcome?.success.interval[1]).toBe(1);
    expect(open(never)["task.difficultySpread"].why).toContain("no run succeeded");
    expect(open(always)["task.difficultySpread"].why).toContain("every run succeeded");
  });

  test("that are partial count in the mean, and not as repeats", () => {
    const partial = list(3, (i) => run(`p${i}`, { task: "p", success: 0.5 }));
    const { outcome } = estimatesOf([...trialRuns([0, 1, 2], 2), ...partial]);
    expect(outcome?.success.value).toBe(0.5);
    expect(outcome?.success.method).toContain("partial scores of 1 tasks");
    expect(outcome?.logOdds?.spread.count).toBe(3);
    expect(open(partial)["task.difficultySpread"].why).toContain("partial");
  });

  test("of tasks with unequal trials: pass^k over those that have k, as long as they are five", () => {
    const runs = [
      ...trialRuns([1, 2, 2, 0, 1, 2], 2),
      ...trialRuns([3, 1], 3).map((one) => ({ ...one, id: `x${one.id}`, task: `x${one.task}` })),
    ];
    const { outcome } = estimatesOf(runs);
    expect(outcome?.trials).toEqual([2, 3]);
    expect(outcome?.passHat.map(({ k }) => k)).toEqual([1, 2]);
    // C(c, 2) / C(n, 2): 0 1 1 0 0 1, and 1 and 0.
    expect(outcome?.passHat[1].observed).toBeCloseTo(4 / 8, 12);
  });
});

describe("tokens and prices", () => {
  const context = (i: number, slope: number) =>
    run(`${i}`, {
      turns: list(3 + (i % 3), (k) =>
        turn({
          inputTokens: 500 + 80 * k,
          outputTokens: 10 + i + k,
          dollars: ((500 + 80 * k) * slope + (10 + i + k) * 8) / 1e6,
        }),
      ),
    });
  const runs = list(12, (i) => context(i, 2));

  test("the prompt and what each turn adds to it come back from a straight line", () => {
    const { prompt, contextPerTurn } = estimatesOf(runs).models.model;
    expect(prompt?.value).toBeCloseTo(500, 8);
    expect(contextPerTurn?.value).toBeCloseTo(80, 8);
  });

  test("prices come from the costs of turns where tokens vary, else from the table", () => {
    const { price } = estimatesOf(runs).models.model;
    expect(price?.input).toBeCloseTo(2, 8);
    expect(price?.output).toBeCloseTo(8, 8);
    expect(price?.source).toContain("in the logs");
    const alike = list(20, (i) =>
      run(`${i}`, {
        turns: [turn({ model: "gpt-4o-mini", inputTokens: 10, outputTokens: 5, dollars: 1 })],
      }),
    );
    expect(estimatesOf(alike).models["gpt-4o-mini"].price?.source).toContain("list prices");
  });

  test("names of models may have a provider and a version, and no other addition", () => {
    expect(listPrice("openai/gpt-4o-2024-08-06")?.input).toBe(2.5);
    expect(listPrice("anthropic.claude-3-5-sonnet-20241022-v2:0")?.output).toBe(15);
    expect(listPrice("gpt-4o-realtime")).toBeUndefined();
    expect(listPrice("toString")).toBeUndefined();
  });
});

describe("what is open", () => {
  const reviewed = (accepted: number, rejected: number) =>
    list(accepted + rejected, (i) =>
      run(`${i}`, {
        success: 1,
        turns: [
          turn(),
          turn({ agent: "reviewer", reviews: [{ of: 0, isAccepted: i < accepted }] }),
        ],
      }),
    );

  test("recall without truth: the number of accepted steps to judge", () => {
    const { remedy } = open(reviewed(100, 60))["agents.reviewer.checks.orchestrator.recall"];
    expect(remedy).toBe(
      `judge ${acceptedToJudge(100, 60)} of the steps that reviewer accepted to know its recall to ±.1`,
    );
  });

  test("that number of judgements gives ±.1, at the least favourable recall", () => {
    const [accepted, rejected] = [400, 200];
    const n = acceptedToJudge(accepted, rejected);
    const halfWidths = list(99, (i) => {
      const r = (i + 1) / 100;
      const u = (rejected / accepted) * (1 / r - 1);
      return u < 1 ? 1.96 * r * (1 - r) * Math.sqrt((1 - u) / (u * n)) : 0;
    });
    expect(Math.max(...halfWidths)).toBeCloseTo(0.1, 2);
  });

  test("error rates where only outcomes are known, times and tokens where there are none, other architectures", () => {
    expect(Object.keys(open(reviewed(3, 1)))).toEqual(
      expect.arrayContaining([
        "agents.solver.errorRate",
        "models.model.latency",
        "models.model.prompt",
        "models.model.price",
        "protocol",
      ]),
    );
  });

  test("an agent that reviews itself checks as self, one that reviews one other and makes something as peer", () => {
    const turns = [
      turn({ agent: "a" }),
      turn({ agent: "a", reviews: [{ of: 0, isAccepted: true }] }),
      turn({ agent: "b" }),
      turn({ agent: "b", reviews: [{ of: 0, isAccepted: false, isCorrect: false }] }),
    ];
    const { a, b } = estimatesOf([run("1", { turns }), run("2", { turns })]).agents;
    expect([Object.keys(a.checks), Object.keys(b.checks)]).toEqual([["self"], ["peer"]]);
    expect(b.checks.peer?.recall).toMatchObject({ value: 1, count: 2 });
  });
});

test("who started the failures that are annotated", () => {
  const runs = list(20, (i) =>
    run(`${i}`, {
      turns: [turn({ agent: "a" }), turn({ agent: "b" })],
      ...(i < 10 && { culprit: { agent: i < 3 ? "a" : "b" } }),
    }),
  );
  const { a, b } = estimatesOf(runs).agents;
  expect(a.starts).toMatchObject({
    value: 0.3,
    count: 10,
    uncertain: { beta: [expect.any(Number), expect.any(Number)] },
  });
  expect(b.starts?.value).toBe(0.7);
});
