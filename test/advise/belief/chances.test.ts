// Chances to be best against closed forms of the normal distribution.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chancesToBeBest, type Guess, shareInterval } from "../../../src/advise/belief/chances.ts";
import { logOdds, logOddsVariance } from "../../../src/advise/belief/logOdds.ts";
import { pulled } from "../../../src/advise/simulation/pull.ts";
import { wilson } from "../../../src/numerics/intervals.ts";
import { logistic } from "../../../src/numerics/logit.ts";

const guess = (share: number, ownVariance: number): Guess => ({
  logOdds: Math.log(share / (1 - share)),
  ownVariance,
});
const none = (n: number) => Array.from({ length: n }, () => new Array<number>(n).fill(0));

// 20,000 draws: the standard error is at most .0035; four of them are a false alarm in 16,000 seeds.
const NEAR = 0.015;

describe("chance to be best", () => {
  test("is a half for two equals, and near 1 for a clear one", () => {
    const [a, b] = chancesToBeBest([guess(0.4, 0.1), guess(0.4, 0.1)], none(2), "seed");
    expect(Math.abs(a - 0.5)).toBeLessThan(NEAR);
    expect(a + b).toBe(1);
    expect(chancesToBeBest([guess(0.8, 0.01), guess(0.3, 0.01)], none(2), "seed")).toEqual([1, 0]);
  });

  // P(X > Y) = Φ(1) = .841 where X - Y is normal with mean 1 and variance 1.
  test("follows the variance of the difference, in which a shared error cancels out", () => {
    const one = { logOdds: 1, ownVariance: 0.5 };
    const other = { logOdds: 0, ownVariance: 0.5 };
    for (const shared of [0, 2, 50]) {
      const both = [
        [shared, shared],
        [shared, shared],
      ];
      const [chance] = chancesToBeBest([one, other], both, "seed");
      expect(Math.abs(chance - 0.8413)).toBeLessThan(NEAR);
    }
  });

  test("adds up to 1 and is the same for the same seed, whatever is believed", () => {
    const guesses = fc.array(
      fc.record({
        logOdds: fc.double({ min: -5, max: 5, noNaN: true }),
        ownVariance: fc.double({ min: 0, max: 4, noNaN: true }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(guesses, (all) => {
        const chances = chancesToBeBest(all, none(all.length), "seed");
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
        expect(chancesToBeBest(all, none(all.length), "seed")).toEqual(chances);
      }),
      { seed: 1, numRuns: 15 },
    );
  });

  test("of the first of several that are certain and equal is 1", () => {
    expect(chancesToBeBest([guess(0.5, 0), guess(0.5, 0)], none(2), "seed")).toEqual([1, 0]);
  });
});

describe("shares in log-odds", () => {
  test("there and back", () => {
    for (const share of [0.01, 0.3, 0.5, 0.99])
      expect(logistic(logOdds(share, 1e6))).toBeCloseTo(share, 12);
  });

  test("0 and 1 are half a trial away from the ends", () => {
    expect(logistic(logOdds(0, 50))).toBeCloseTo(0.01, 12);
    expect(logistic(logOdds(1, 50))).toBeCloseTo(0.99, 12);
  });

  // The delta method: variance 1 / (n p (1 - p)).
  test("the variance is that of a binomial share", () => {
    const { mean, lo, hi } = wilson(400, 1000);
    expect(logOddsVariance({ mean, ci: [lo, hi] }, 1000)).toBeCloseTo(1 / (1000 * 0.4 * 0.6), 4);
  });

  test("an interval of variance v reaches 1.96 √v to both sides", () => {
    const [low, high] = shareInterval(0.2, 0.25);
    expect(Math.log(low / (1 - low))).toBeCloseTo(0.2 - 1.96 * 0.5, 4);
    expect(Math.log(high / (1 - high))).toBeCloseTo(0.2 + 1.96 * 0.5, 4);
  });
});

describe("pull", () => {
  test("0 leaves the mean, 1 the rate, a half lies between", () => {
    expect(pulled(0.8, 0.4, 0)).toBe(0.4);
    expect(pulled(0.8, 0.4, 1)).toBeCloseTo(0.8, 15);
    expect(pulled(0.8, 0.4, 0.5)).toBeCloseTo(0.6, 15);
  });

  test.each([
    [1.2, 0.4, 0.5],
    [0.5, Number.NaN, 0.5],
    [0.5, 0.4, -1],
  ])("refuses what is no share: %j, %j, %j", (success, mean, pull) => {
    expect(() => pulled(success, mean, pull)).toThrow(/must be in \[0, 1\]$/);
  });
});
