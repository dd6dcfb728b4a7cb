// Calls that fail, time-outs, rate limits, latency objectives, age and load, against closed forms. Fixed seed "test"; each
// estimate is compared at its 99.9 % interval (false-alarm rate 1 in 1,000 a comparison over seeds) unless the test
// says otherwise. Where the outcome is certain, it is compared exactly.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { run } from "../../src/experiment/experiment.ts";
import { RateLimits } from "../../src/kernel/rateLimit.ts";
import { Engine } from "../../src/model/engine.ts";
import { FIELD, type OutcomeField } from "../../src/model/outcome.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { problemsOf, scenarioText } from "../scenario/support.ts";
import { agrees, measure, team, type Written } from "../support/scenarios.ts";

const REPLICATIONS = 20_000;
const second = { distribution: "constant", mean: 1 };
const model = (more: Written) => ({ base: { errorRate: 0, latency: second, ...more } });
/** One worker with one turn for a task of one claim. */
const oneTurn = (models: Written, written: Written = {}) =>
  team(1, { models: model(models), agents: { worker: { maxTurns: 1 } }, ...written });

function outcomeOf(of: Scenario, replication = 0): Float64Array {
  const engine = new Engine(compile(of), rootKey("test"));
  engine.run(replication);
  return engine.outcome;
}
const once = (of: Scenario, field: OutcomeField) => outcomeOf(of)[FIELD[field]];

describe("calls that fail", () => {
  test("are made again until they succeed or the retries are used up: a truncated geometric number", async () => {
    const [retried, lost, success] = await measure(
      oneTurn({ failure: 0.3, retries: 2 }),
      REPLICATIONS,
      ["callsRetried", "callsFailed", "success"],
    );
    expect(agrees(retried, 0.3 + 0.3 ** 2)).toBe(true);
    expect(agrees(lost, 0.3 ** 3)).toBe(true);
    expect(agrees(success, 1 - 0.3 ** 3)).toBe(true);
  });

  test("cost an agent with turns left a turn each time that all fail", async () => {
    const [turns, success] = await measure(
      team(1, { models: model({ failure: 0.5, retries: 0 }) }),
      REPLICATIONS,
      ["turns", "success"],
    );
    expect(agrees(turns, 2)).toBe(true);
    expect(success.mean).toBe(1);
  });

  test("take their time, with pauses that double", () => {
    const of = oneTurn({ failure: 1, retries: 3, backoff: 2 });
    expect(once(of, "makespan")).toBe(4 * 1 + 2 + 4 + 8);
    expect(once(of, "missingClaims")).toBe(1);
  });

  test("are paid for their input, which is overhead", () => {
    const of = oneTurn({ failure: 1, retries: 3, prompt: 100, price: { input: 5, output: 10 } });
    expect(once(of, "tokens")).toBe(400);
    expect(once(of, "overheadTokens")).toBe(400);
    expect(once(of, "cost")).toBeCloseTo(400 * 5e-6, 12);
  });

  test("a time-out gives a call up at that moment", async () => {
    const latency = { distribution: "exponential", mean: 2 };
    const [makespan, lost] = await measure(
      oneTurn({ latency, timeout: 3, retries: 0 }),
      REPLICATIONS,
      ["makespan", "callsFailed"],
    );
    expect(agrees(lost, Math.exp(-1.5))).toBe(true);
    expect(agrees(makespan, 2 * (1 - Math.exp(-1.5)))).toBe(true);
  });

  test("change nothing where none fails: every other draw stays as it was", () => {
    const of = (models: Written) =>
      team(3, {
        task: { graph: { shape: "layers", layers: [3, 3] }, difficultySpread: 1 },
        models: { base: { errorRate: 0.2, pace: 0.7, ...models } },
        agents: { worker: { count: 3, checks: { self: { recall: 0.7, falseAlarm: 0.1 } } } },
      });
    const sound = of({});
    const failing = of({ failure: 0.02 });
    const undisturbed = Array.from({ length: 100 }, (_, i) => i).filter((replication) => {
      const outcome = outcomeOf(failing, replication);
      if (outcome[FIELD.callsRetried] > 0) return false;
      expect(outcome).toEqual(outcomeOf(sound, replication));
      return true;
    });
    expect(undisturbed.length).toBeGreaterThan(5);
    expect(undisturbed.length).toBeLessThan(95);
  });

  test("a phase whose turns all fail does not stop the protocol", () => {
    const of = team(1, {
      models: { ...model({}), broken: { errorRate: 0, failure: 1 } },
      agents: {
        boss: { role: "orchestrator", model: "broken" },
        worker: { count: 2, model: "base" },
      },
      topology: { preset: "star" },
      protocol: [
        { assign: { by: "boss", to: "worker", mode: "partition" } },
        { work: { who: "worker" } },
        { send: { from: "worker", to: "boss" } },
        { check: { by: "boss" } },
        { aggregate: { how: "synthesize", by: "boss" } },
      ],
    });
    expect(once(of, "callsFailed")).toBe(3);
    expect(once(of, "missingClaims")).toBe(1);
  });
});

describe("rate limits", () => {
  const asked = fc
    .array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 60 })
    .map((delays) => {
      let now = 0;
      return delays.map((delay) => (now += delay));
    });

  test("pass calls as a bucket of tokens does, first come, first served", () => {
    const property = (times: number[], interval: number, burst: number) => {
      const limits = new RateLimits([interval], [burst]);
      let tokens = burst;
      let filledAt = 0;
      for (const now of times) {
        // The bucket, asked in order: a call that comes before the last one passed queues behind it.
        const from = Math.max(now, filledAt);
        tokens = Math.min(burst, tokens + (from - filledAt) / interval);
        const passes = from + Math.max(0, 1 - tokens) * interval;
        tokens = Math.max(1, tokens) - 1;
        filledAt = passes;
        expect(now + limits.wait(0, now)).toBeCloseTo(Math.ceil(passes - 1e-6), 6);
      }
    };
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 5 }), property),
      { seed: 1, numRuns: 300 },
    );
  });

  test("in any stretch of time pass at most the burst and what the rate allows", () => {
    const property = (times: number[], interval: number, burst: number) => {
      const limits = new RateLimits([interval], [burst]);
      const passed = times.map((now) => now + limits.wait(0, now));
      for (let i = 0; i < passed.length; i++)
        for (let j = i; j < passed.length; j++)
          expect(j - i + 1).toBeLessThanOrEqual(burst + (passed[j] - passed[i] + 1) / interval);
    };
    fc.assert(
      fc.property(
        asked,
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.integer({ min: 1, max: 5 }),
        property,
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  test("an interval of 0 is no limit; others are finite and bursts at least 1", () => {
    expect(new RateLimits([0], [1]).wait(0, 5)).toBe(0);
    expect(() => new RateLimits([Number.NaN], [1])).toThrow("finite and at least 0");
    expect(() => new RateLimits([1], [0])).toThrow("an integer of at least 1");
  });

  const limited = (burst: number, written: Written = {}) =>
    team(3, { models: model({ rateLimit: { calls: 60, burst } }), ...written });

  test("all agents of a model share its limit", () => {
    expect(once(limited(1), "makespan")).toBe(3);
    expect(once(limited(2), "makespan")).toBe(2);
    expect(once(limited(3), "makespan")).toBe(1);
  });

  test("throughput is the offered rate or the limit, whichever is less", () => {
    const of = (interval: number) =>
      oneTurn(
        { rateLimit: { calls: 60 }, latency: { distribution: "constant", mean: 0.1 } },
        { workload: { arrivals: "fixed", interval, tasks: 50 } },
      );
    expect(once(of(0.5), "makespan")).toBeCloseTo(49 + 0.1, 9);
    expect(once(of(2), "makespan")).toBeCloseTo(98 + 0.1, 9);
    expect(once(of(2), "latency")).toBeCloseTo(50 * 0.1, 9);
  });
});

describe("latency objectives", () => {
  const latency = { distribution: "exponential", mean: 2 };

  test("onTime is the share of tasks that end within them", async () => {
    const of = oneTurn({ latency, errorRate: 0.2 }, { objectives: { latency: "3s" } });
    const [onTime, successOnTime] = await measure(of, REPLICATIONS, ["onTime", "successOnTime"]);
    const inTime = 1 - Math.exp(-1.5);
    expect(agrees(onTime, inTime)).toBe(true);
    expect(agrees(successOnTime, 0.8 * inTime)).toBe(true);
  });

  test("without one there is no such share", async () => {
    const [onTime] = await measure(oneTurn({}), 10, ["onTime"]);
    expect(onTime.mean).toBeNull();
    expect(onTime.undefined).toContain("objectives.latency");
  });

  test("a task that is cut off is not on time", () => {
    const of = (time: number) => oneTurn({}, { objectives: { latency: 5 }, limits: { time } });
    expect(once(of(1), "onTime")).toBe(1);
    expect(once(of(0.5), "onTime")).toBe(0);
    expect(once(of(0.5), "timed")).toBe(1);
  });
});

test("age drifts as simulated time does", async () => {
  const [success] = await measure(oneTurn({ errorRate: 0.2, drift: 0.1, age: 7 }), REPLICATIONS, [
    "success",
  ]);
  expect(agrees(success, 1 / (1 + (0.2 / 0.8) * Math.exp(0.7)))).toBe(true);
});

describe("load of an open workload", () => {
  const station = (distribution: string, interval: number, tasks: number) =>
    oneTurn(
      { latency: { distribution, mean: 1 } },
      { workload: { arrivals: "poisson", interval, tasks } },
    );

  // The mean of 100,000 sojourns at utilisation 0.5 has a standard error of about 1.5 %.
  test.each([
    ["M/M/1", "exponential", 1 / (1 - 0.5)],
    ["M/D/1", "constant", 1 + 0.5 / (2 * (1 - 0.5))],
  ])("one agent with tasks of one turn is %s", (_, distribution, sojourn) => {
    const outcome = outcomeOf(station(distribution, 2, 100_000));
    expect(outcome[FIELD.latency] / outcome[FIELD.tasks] / sojourn).toBeCloseTo(1, 1);
    expect(outcome[FIELD.busyWorker] / outcome[FIELD.arrivalTime]).toBeCloseTo(0.5, 1);
  });

  test("utilisation is the offered load, also where it cannot be done, and is then warned of", async () => {
    const [result] = (await run([station("constant", 0.8, 200)], { replications: 4 })).scenarios;
    expect(result.metrics.utilisation).toMatchObject({ worker: { mean: 1.25 } });
    expect(result.warnings.join("\n")).toContain("unstable: utilisation 1.3 of the busiest worker");
    const [stable] = (await run([station("constant", 1.3, 200)], { replications: 4 })).scenarios;
    expect(stable.warnings.join("\n")).not.toContain("unstable");
  });

  test("a rate limit that is asked for too much is warned of", async () => {
    const of = oneTurn(
      { rateLimit: { calls: 30 } },
      { workload: { arrivals: "fixed", interval: 1, tasks: 20 } },
    );
    const [{ warnings }] = (await run([of], { replications: 1 })).scenarios;
    expect(warnings.join("\n")).toContain("unstable: utilisation 2 of the rate limit");
  });

  test("counts calls that are made again", async () => {
    const of = oneTurn(
      { failure: 1, retries: 1, backoff: 3, rateLimit: { calls: 60 } },
      { workload: { arrivals: "fixed", interval: 10, tasks: 20 } },
    );
    const outcome = outcomeOf(of);
    expect(outcome[FIELD.busyWorker]).toBeCloseTo(20 * (1 + 3 + 1), 9);
    expect(outcome[FIELD.busyLimit]).toBeCloseTo(40, 9);
    expect(outcome[FIELD.arrivalTime]).toBe(200);
  });

  // M/M/1/K: of 100,000 tasks; the standard error of the share is about 0.4 % of it.
  test("tasks that come when too many are under way are turned away", () => {
    const of = oneTurn(
      { latency: { distribution: "exponential", mean: 1 } },
      {
        workload: { arrivals: "poisson", interval: 0.8, tasks: 100_000 },
        limits: { inFlight: 3 },
        objectives: { latency: "1h" },
      },
    );
    const outcome = outcomeOf(of);
    const rho = 1 / 0.8;
    const blocked = ((1 - rho) * rho ** 3) / (1 - rho ** 4);
    expect(outcome[FIELD.turnedAway] / outcome[FIELD.tasks] / blocked).toBeCloseTo(1, 1);
    expect(outcome[FIELD.turnedAway]).toBe(outcome[FIELD.failure]);
    expect(outcome[FIELD.onTime]).toBe(outcome[FIELD.success]);
    expect(outcome[FIELD.busyWorker] / outcome[FIELD.arrivalTime]).toBeCloseTo(rho, 1);
  });

  test("means nothing where tasks come one at a time", async () => {
    const [worker] = await measure(oneTurn({}), 10, ["utilisation.worker"]);
    expect(worker.mean).toBeNull();
  });
});

describe("what makes no sense", () => {
  const written = (base: string, tail = "") =>
    scenarioText({ models: `models: { base: { errorRate: 0.1, ${base} } }`, tail });

  test.each([
    [
      "a time-out that no call meets",
      "latency: { distribution: constant, mean: 4 }, timeout: 3",
      "",
      "models.base.timeout",
      "no call takes less than 4 s",
    ],
    ["a time-out of 0", "timeout: 0", "", "models.base.timeout", "timeout is 0 s"],
    [
      "retries of calls that never fail",
      "retries: 1",
      "",
      "models.base.retries",
      "no call of this model fails",
    ],
    ["a chance above 1", "failure: 1.2", "", "models.base.failure", "above the largest value 1"],
    [
      "no call a minute",
      "rateLimit: { calls: 0 }",
      "",
      "models.base.rateLimit.calls",
      "below the smallest value",
    ],
    ["a negative age", "age: -1", "", "models.base.age", "below the smallest value 0"],
    [
      "an objective of 0",
      "age: 1",
      "objectives: { latency: 0s }",
      "objectives.latency",
      "which no task can meet",
    ],
    [
      "a threshold without objective",
      "age: 1",
      'thresholds: ["onTime >= 0.9"]',
      "thresholds.0",
      "nothing says by when",
    ],
  ])("%s", async (_, base, tail, path, message) => {
    const problems = await problemsOf(written(base, tail));
    expect(problems).toHaveLength(1);
    expect(problems[0].message).toContain(message);
    expect(problems[0].path).toBe(path);
  });
});
