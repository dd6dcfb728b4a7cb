// Importance sampling against closed forms. Fixed seeds; single comparisons use 99.9 % intervals (false-alarm rate 1 in
// 1,000 over seeds).
import { describe, expect, test } from "vitest";
import { run } from "../../src/experiment/experiment.ts";
import { checkTiltable, failureChance } from "../../src/experiment/rareEvents.ts";
import { likelihoodRatio, WeightedEvents } from "../../src/numerics/importanceSampling.ts";
import { agrees, scenario, type Written } from "../support/scenarios.ts";

/** First-to-ahead-by-k on one binary step. */
function vote(errorRate: number, k: number, changes: Written = {}) {
  return scenario({
    task: { graph: { shape: "chain", size: 1 }, alternatives: 1 },
    models: { base: { errorRate, latency: { distribution: "constant", mean: 1 } } },
    agents: { voter: { count: 60 } },
    protocol: [
      { repeat: { rounds: 60, until: "ahead", phases: [{ work: { who: "voter", batch: 1 } }] } },
      { aggregate: { how: "ahead", from: "voter", k } },
    ],
    repeats: 1,
    ...changes,
  });
}

/** As many voters, who are people. */
const PERSON = {
  kind: "human",
  count: 60,
  errorRate: 0.1,
  duration: { distribution: "constant", mean: 1 },
};

const failure = (p: number, k: number) => 1 / (1 + (p / (1 - p)) ** k);
const value = ({ mean, lo, hi }: { mean: number; lo: number; hi: number }) => ({
  mean,
  ci: [lo, hi] as const,
});

describe("chance of failure", () => {
  test.each([
    [0.2, 3, 0.8],
    [0.2, 3, 0.5],
    [0.05, 4, 0.95],
    [0.01, 4, 0.5],
    [0.002, 3, 0.998],
    [0.001, 6, 0.6],
  ])("error rate %f, k = %i, simulated at %f agrees with the gambler's ruin", async (e, k, q) => {
    const estimate = await failureChance(vote(e, k), {
      errorRate: q,
      replications: 3000,
      seed: "test",
      jobs: 1,
    });
    expect(agrees(value(estimate), failure(1 - e, k))).toBe(true);
    expect(estimate.lo).toBeGreaterThan(0);
  });

  test("at the true rate it is direct simulation", async () => {
    const direct = { ...vote(0.2, 2), sampling: "independent" as const };
    const estimate = await failureChance(direct, {
      errorRate: 0.2,
      replications: 2000,
      seed: "test",
      jobs: 1,
    });
    const result = await run([direct], { replications: 2000, seed: "test" });
    const { mean } = result.scenarios[0].metrics.success as { mean: number };
    expect(estimate.mean).toBeCloseTo(1 - mean, 12);
  });

  test("several independent claims: any of them may fail", async () => {
    const chain = vote(0.05, 3, {
      task: { graph: { shape: "chain", size: 3 }, alternatives: 1 },
      agents: { voter: { count: 60, propagation: 0, guess: 0 } },
    });
    const estimate = await failureChance(chain, {
      errorRate: 0.1,
      replications: 6000,
      seed: "test",
      jobs: 1,
    });
    expect(agrees(value(estimate), 1 - (1 - failure(0.95, 3)) ** 3)).toBe(true);
  });

  test("of 200 intervals about 95 % hold the truth (90 to 99 %: false-alarm rate 0.5 %)", async () => {
    const truth = failure(0.9, 3);
    let held = 0;
    for (let i = 0; i < 200; i++) {
      const options = { errorRate: 0.4, replications: 150, seed: `seed ${i}`, jobs: 1 };
      const { lo, hi } = await failureChance(vote(0.1, 3), options);
      if (lo <= truth && truth <= hi) held++;
    }
    expect(held).toBeGreaterThanOrEqual(180);
    expect(held).toBeLessThanOrEqual(199);
  });

  test("needs a thousandth of the replications of direct simulation", async () => {
    const truth = failure(0.99, 3);
    const replications = 2000;
    const { lo, hi } = await failureChance(vote(0.01, 3), {
      errorRate: 0.5,
      replications,
      seed: "test",
      jobs: 1,
    });
    const standardError = (hi - lo) / (2 * 1.96);
    const direct = (truth * (1 - truth)) / replications;
    expect(direct / standardError ** 2).toBeGreaterThan(1000);
  });

  test("people err at the rate in question as models do", async () => {
    const people = vote(0.1, 3, { models: {}, agents: { voter: { ...PERSON, errorRate: 0.05 } } });
    const options = { errorRate: 0.9, replications: 3000, seed: "test", jobs: 1 };
    const estimate = await failureChance(people, options);
    expect(agrees(value(estimate), failure(0.95, 3))).toBe(true);
  });

  test("does not depend on the number of workers", async () => {
    const options = { errorRate: 0.6, replications: 500, seed: "test" };
    const one = await failureChance(vote(0.1, 3), { ...options, jobs: 1 });
    expect(await failureChance(vote(0.1, 3), { ...options, jobs: 2 })).toEqual(one);
  });
});

describe("weights", () => {
  test("do not leave the range of numbers for many versions", () => {
    expect(likelihoodRatio(0.36, 0.64)(1000, 971)).toBeCloseTo((0.36 / 0.64) ** 29, 15);
  });

  test("without an event the interval is open to 1, without a run there is none", () => {
    const events = new WeightedEvents();
    expect(() => events.estimate()).toThrow(RangeError);
    events.add(0.1, false);
    expect(events.estimate()).toEqual({ mean: 0, lo: 0, hi: 1 });
  });

  test("where all runs are events of one weight the interval is Wilson's", () => {
    const events = new WeightedEvents();
    for (let i = 0; i < 100; i++) events.add(1e-8, true);
    const { mean, lo, hi } = events.estimate();
    expect(mean).toBeCloseTo(1e-8, 15);
    expect(lo).toBeLessThan(0.97e-8);
    expect(lo).toBeGreaterThan(0.95e-8);
    expect(hi).toBeCloseTo(1e-8, 15);
  });
});

describe("what must not be in the scenario", () => {
  const model = (more: Written) => ({ models: { base: { errorRate: 0.1, ...more } } });
  test.each<[string, Written]>([
    ["a difficulty", { task: { graph: { shape: "chain", size: 1 }, difficultySpread: 1 } }],
    ["claims that depend on each other", { task: { graph: { shape: "chain", size: 2 } } }],
    ["shared state", { task: { graph: { shape: "chain", size: 1 }, sharedState: true } }],
    ["a token budget", { budget: { tokens: 1000 } }],
    ["repeats of an instance", { repeats: 8 }],
    ["a common cause", model({ commonCause: 0.2 })],
    ["drift", model({ drift: 1 })],
    ["a pace other than 1", model({ pace: 0.8 })],
    ["an error rate that leaves nothing to chance", model({ errorRate: 0 })],
    ["distraction", { agents: { voter: { distraction: 0.1 } } }],
    ["self-checks", { agents: { voter: { checks: { self: { recall: 0.5 } } } } }],
    [
      "a phase check",
      {
        protocol: [
          { work: { who: "voter" } },
          { check: { by: "voter", of: "own" } },
          { aggregate: { how: "majority", from: "voter" } },
        ],
      },
    ],
    ["several error rates", { agents: { voter: {}, person: { ...PERSON, errorRate: 0.2 } } }],
    ["several error rates", { agents: { voter: {}, code: { kind: "code" } } }],
    [
      "fatigue",
      {
        agents: {
          voter: { ...PERSON, fatigue: 0.1, shifts: { days: "mon", hours: "9:00-17:00" } },
        },
      },
    ],
    [
      "several error rates",
      {
        models: { base: { errorRate: 0.1 }, other: { errorRate: 0.2 } },
        agents: { voter: { model: "base" } },
      },
    ],
  ])("%s", (what, changes) => {
    expect(() => checkTiltable(vote(0.1, 3, changes))).toThrow(what);
    expect(() => checkTiltable(vote(0.1, 3, changes))).toThrow(RangeError);
  });

  test("a rate outside (0, 1) is refused", async () => {
    const options = { replications: 10, seed: "test", jobs: 1 };
    await expect(failureChance(vote(0.1, 3), { ...options, errorRate: 1 })).rejects.toThrow(
      RangeError,
    );
  });
});
