import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  effectiveSampleSize,
  poissonUpper,
  tInterval,
  wilson,
  wilsonClustered,
} from "../../src/numerics/intervals.ts";
import { coverage } from "./random.ts";

describe("wilson", () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3; Brown, Cai, DasGupta (2001).
  it.each([
    [0, 10, 0, 0.2775],
    [5, 10, 0.2366, 0.7634],
    [10, 10, 0.7225, 1],
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("gives the published interval for %d of %d", (successes, n, lo, hi) => {
    const interval = wilson(successes, n);
    expect(interval.mean).toBe(successes / n);
    expect(interval.lo).toBeCloseTo(lo, 4);
    expect(interval.hi).toBeCloseTo(hi, 4);
  });

  it("is exactly 0 and 1 at the ends", () => {
    for (const n of [1, 3, 10, 1e6]) {
      expect(wilson(0, n).lo).toBe(0);
      expect(wilson(n, n).hi).toBe(1);
    }
  });

  it("holds the share, stays in [0, 1], mirrors, and narrows with n and with a lower level", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat(), (n, seed) => {
        const successes = seed % (n + 1);
        const { mean, lo, hi } = wilson(successes, n);
        expect(0 <= lo && lo <= mean && mean <= hi && hi <= 1).toBe(true);
        const mirrored = wilson(n - successes, n);
        expect(mirrored.lo).toBeCloseTo(1 - hi, 12);
        expect(mirrored.hi).toBeCloseTo(1 - lo, 12);
        const more = wilson(2 * successes, 2 * n);
        expect(more.hi - more.lo).toBeLessThan(hi - lo);
        const lower = wilson(successes, n, 0.9);
        expect(lower.hi - lower.lo).toBeLessThan(hi - lo);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("covers 94.5-96 % on average over all shares, computed exactly for n = 40", () => {
    const n = 40;
    let sum = 0;
    const grid = 999;
    for (let g = 1; g <= grid; g++) {
      const p = g / (grid + 1);
      let probability = (1 - p) ** n;
      for (let k = 0; k <= n; k++) {
        const { lo, hi } = wilson(k, n);
        if (lo <= p && p <= hi) sum += probability;
        probability *= (((n - k) / (k + 1)) * p) / (1 - p);
      }
    }
    expect(sum / grid).toBeGreaterThan(0.945);
    expect(sum / grid).toBeLessThan(0.96);
  });

  it("rejects impossible counts, sizes, shares and levels", () => {
    expect(() => wilson(3, 2)).toThrow(RangeError);
    expect(() => wilson(0, 0)).toThrow(/n > 0/);
    expect(() => wilsonClustered(1.1, 5)).toThrow(/must be in \[0, 1\]/);
    expect(() => wilsonClustered(0.5, -1)).toThrow(/must be >= 0/);
    expect(() => wilson(1, 2, 1)).toThrow(/must be in \(0, 1\)/);
  });
});

describe("effectiveSampleSize", () => {
  it("is the number of clusters when the share is 0 or 1", () => {
    for (const clusters of [1, 2, 10, 2500]) {
      for (const share of [0, 1]) {
        expect(effectiveSampleSize(share, 0, clusters, 8 * clusters)).toBeCloseTo(clusters, 8);
      }
    }
  });

  it("is the number of clusters when repeats always agree, thus n when there are no repeats", () => {
    for (const [successes, clusters] of [
      [1, 5],
      [3, 10],
      [40, 50],
    ]) {
      const share = successes / clusters;
      const squares = clusters * share * (1 - share);
      expect(effectiveSampleSize(share, squares, clusters, 8 * clusters)).toBeCloseTo(clusters, 10);
    }
  });

  it("takes a single cluster as one trial", () => {
    expect(effectiveSampleSize(0.5, 0, 1, 8)).toBe(1);
  });

  it("never exceeds the number of trials", () => {
    expect(effectiveSampleSize(0.5, 0, 100, 800)).toBe(800);
  });

  it("tends to Kish's n / (1 + (r - 1) icc)", () => {
    const [clusters, repeats, share, icc] = [1e6, 8, 0.3, 0.44];
    const deff = 1 + (repeats - 1) * icc;
    const squares = (clusters * share * (1 - share) * deff) / repeats;
    const size = effectiveSampleSize(share, squares, clusters, clusters * repeats);
    expect(size / ((clusters * repeats) / deff)).toBeCloseTo(1, 4);
  });

  it("leaves nothing known without effective trials", () => {
    expect(wilsonClustered(0.3, 0)).toEqual({ mean: 0.3, lo: 0, hi: 1 });
  });
});

describe("tInterval", () => {
  it("gives the interval of Student's sleep data", () => {
    // Student (1908): mean difference 1.58, standard error 0.38896, ten patients.
    const interval = tInterval(1.58, 0.3889587239774, 9);
    expect(interval.lo).toBeCloseTo(0.7001142, 6);
    expect(interval.hi).toBeCloseTo(2.4598858, 6);
  });

  it("bounds nothing below one degree of freedom", () => {
    expect(tInterval(3, 1, 0)).toEqual({
      mean: 3,
      lo: Number.NEGATIVE_INFINITY,
      hi: Number.POSITIVE_INFINITY,
    });
  });

  it("covers 95 % for normal data (2,000 runs, n = 6; false alarms: 5e-5)", () => {
    const n = 6;
    const share = coverage("t", 2000, 0, (random) => {
      const x = Array.from({ length: n }, () => random.normal());
      const mean = x.reduce((a, b) => a + b, 0) / n;
      const squares = x.reduce((sum, y) => sum + (y - mean) ** 2, 0);
      return tInterval(mean, Math.sqrt(squares / (n - 1) / n), n - 1);
    });
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.97);
  });
});

describe("poissonUpper", () => {
  it("is the mean at which zero events have probability (1 - level) / 2", () => {
    expect(poissonUpper()).toBeCloseTo(3.688879, 6);
    expect(poissonUpper(0.9)).toBeCloseTo(2.995732, 6);
    expect(Math.exp(-poissonUpper(0.99))).toBeCloseTo(0.005, 12);
  });
});
