// The exact bootstrap against resamples that are counted by hand, and against one that draws.
import { describe, expect, test } from "vitest";
import { bootstrapInterval } from "../../src/numerics/bootstrap.ts";
import { Draws, rootKey } from "../../src/numerics/draws.ts";

const meanOf = (values: readonly number[]) => (counts: readonly number[]) =>
  counts.reduce((sum, count, i) => sum + count * values[i], 0) / values.length;

describe("exact bootstrap", () => {
  // Of the four resamples of 0 and 1 a quarter is all 0 and a quarter all 1.
  test("of two items reaches both", () => {
    expect(bootstrapInterval(2, meanOf([0, 1]))).toEqual([0, 1]);
  });

  // Of 6^6 = 46,656 resamples of five times 0 and a 1, 5^6 = 15,625 have no 1 (33 %), and k of them with chance
  // C(6,k) 5^(6-k) / 6^6: up to two 93.8 %, up to three 99.1 %.
  test("has the quantiles of a binomial where one item differs", () => {
    const [low, high] = bootstrapInterval(6, meanOf([0, 0, 1, 0, 0, 0]));
    expect([6 * low, 6 * high]).toEqual([0, 3]);
  });

  test("looks at every resample once, with all of its ways", () => {
    const seen = new Set<string>();
    bootstrapInterval(6, (counts) => {
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6);
      seen.add(counts.join());
      return 0;
    });
    expect(seen.size).toBe(462);
  });

  // The ends of 20,000 drawn resamples are within two neighbouring values of the exact ones at any seed but one in a million.
  test("agrees with resamples that are drawn", () => {
    const values = [0.3, 0.28, 0.1, 0.58, 0.62, 0.24];
    const draws = new Draws(rootKey("bootstrap"), 1);
    const means = Array.from({ length: 20_000 }, (_, resample) => {
      let sum = 0;
      for (let i = 0; i < 6; i++) sum += values[Math.floor(6 * draws.uniform(0, resample, i, 0))];
      return sum / 6;
    }).sort((a, b) => a - b);
    const [low, high] = bootstrapInterval(6, meanOf(values));
    expect(Math.abs(means[500] - low)).toBeLessThan(0.007);
    expect(Math.abs(means[19_500] - high)).toBeLessThan(0.007);
  });

  test.each([1, 9, 2.5])("of %f items is refused", (items) => {
    expect(() => bootstrapInterval(items, () => 0)).toThrow("must be an integer from 2 to 8");
  });
});
