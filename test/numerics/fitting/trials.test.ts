// Beta-binomial and logit-normal models of repeated trials: closed forms, recovery, predictions.
import { describe, expect, test } from "vitest";
import {
  fitBetaBinomial,
  fitLogitNormal,
  isFitted,
  passHatOf,
  predictTrial,
  type Trials,
} from "../../../src/numerics/fitting/trials.ts";
import { logistic } from "../../../src/numerics/logit.ts";
import { Random } from "../random.ts";

/** Tasks by how many have 0, 1, 2, … successes, all of so many trials. */
const tasksOf = (counts: readonly number[]): Trials[] =>
  counts.flatMap((count, successes) =>
    Array.from({ length: count }, () => ({ successes, trials: counts.length - 1 })),
  );

describe("two trials per task", () => {
  // Two numbers describe how often 0, 1 and 2 succeed, and the models have two: they fit exactly.
  const tasks = tasksOf([10, 8, 12]);
  const [once, twice] = [(4 + 12) / 30, 12 / 30];

  test("give the beta-binomial model in closed form", () => {
    const fit = fitBetaBinomial(tasks);
    expect(fit.mean).toBeCloseTo(once, 5);
    expect(fit.intraclass).toBeCloseTo((twice - once * once) / (once * (1 - once)), 5);
  });

  test("are what both models say of pass^1 and pass^2", () => {
    for (const fit of [fitBetaBinomial(tasks), fitLogitNormal(tasks)]) {
      expect(passHatOf(fit, 1)).toBeCloseTo(once, 5);
      expect(passHatOf(fit, 2)).toBeCloseTo(twice, 5);
    }
  });
});

describe("models of trials", () => {
  test("of independent trials have no spread, and the interval of the mean is that of the binomial likelihood", () => {
    // Fewer all-or-nothing tasks than chance makes.
    const tasks = tasksOf([0, 10, 20, 10, 0]);
    const beta = fitBetaBinomial(tasks);
    expect(beta.intraclass).toBe(0);
    expect(beta.intervals.intraclass[0]).toBe(0);
    const normal = fitLogitNormal(tasks);
    expect(normal.spread).toBe(0);
    expect(normal.mean).toBeCloseTo(0, 6);
    const [low, high] = beta.intervals.mean;
    const deviance = (p: number) => -2 * 80 * Math.log(4 * p * (1 - p));
    // Student's t of 40 tasks, squared.
    expect(deviance(low)).toBeCloseTo(4.0912, 2);
    expect(high).toBeCloseTo(1 - low, 4);
  });

  test("of tasks that succeed always or never are at the end of what repeats can say", () => {
    const tasks = tasksOf([10, 0, 0, 0, 10]);
    expect(fitBetaBinomial(tasks).intraclass).toBeGreaterThan(0.99);
    const { spread, intervals } = fitLogitNormal(tasks);
    expect(intervals.spread[0]).toBeLessThan(spread);
    expect(intervals.spread[1]).toBe(8);
  });

  test("need a success, a failure and a task with two trials", () => {
    expect(isFitted(tasksOf([5, 0, 0]))).toBe(false);
    expect(isFitted(tasksOf([0, 0, 5]))).toBe(false);
    expect(isFitted(tasksOf([5, 5]))).toBe(false);
    expect(isFitted(tasksOf([5, 0, 5]))).toBe(true);
  });

  test("may mix tasks with one and with many trials", () => {
    const tasks = [
      ...tasksOf([3, 4]),
      ...tasksOf([4, 2, 1, 2, 5]),
      { successes: 700, trials: 1000 },
    ];
    const fit = fitLogitNormal(tasks);
    expect(fit.spread).toBeGreaterThan(fit.intervals.spread[0]);
    expect(fit.spread).toBeLessThan(fit.intervals.spread[1]);
  });
});

/**
 * Share of 200 samples whose interval holds the truth. At a coverage of .95 it has a standard deviation of .015, and a test that
 * asks for more than .9 gives a false alarm at one seed in 1,000.
 */
function coverage(seed: string, simulate: (random: Random) => readonly boolean[]): number[] {
  const random = new Random(seed);
  const samples = Array.from({ length: 200 }, (_, i) => {
    random.enter(i);
    return simulate(random);
  });
  return samples[0].map((_, k) => samples.filter((one) => one[k]).length / samples.length);
}

const holds = ([low, high]: readonly [number, number], x: number) => low <= x && x <= high;

describe("coverage over 200 samples of 40 tasks with 4 trials", () => {
  test("of the beta-binomial model: mean .4, intraclass correlation .3", () => {
    const [mean, intraclass] = coverage("beta-binomial", (random) => {
      const tasks = Array.from({ length: 40 }, () => ({
        successes: random.betaBinomial(4, 0.4, 0.3),
        trials: 4,
      }));
      const { intervals } = fitBetaBinomial(tasks);
      return [holds(intervals.mean, 0.4), holds(intervals.intraclass, 0.3)];
    });
    expect(mean).toBeGreaterThan(0.9);
    expect(intraclass).toBeGreaterThan(0.9);
  });

  test("of the logit-normal model, log-odds -.4 ± 1.5, and of the prediction of the next trial", () => {
    const found = coverage("logit-normal", (random) => {
      const seen = Array.from({ length: 40 }, () => {
        const p = logistic(-0.4 + 1.5 * random.normal());
        const outcomes = Array.from({ length: 5 }, () => random.uniform() < p);
        const successes = outcomes.slice(0, 4).filter(Boolean).length;
        return { successes, trials: 4, next: outcomes[4] };
      });
      const fit = fitLogitNormal(seen);
      const { success, always } = predictTrial(fit, seen);
      const next = seen.filter(({ next }) => next);
      return [
        holds(fit.intervals.mean, -0.4),
        holds(fit.intervals.spread, 1.5),
        holds(success.interval, next.length / 40),
        holds(always.interval, next.filter(({ successes }) => successes === 4).length / 40),
      ];
    });
    for (const one of found) expect(one).toBeGreaterThan(0.9);
  });
});
