import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../src/numerics/distributions.ts";
import {
  effectiveSampleSize,
  perInstance,
  poissonUpper,
  rarer,
  tInterval,
  unseen,
  wilson,
  wilsonClustered,
} from "../../src/numerics/intervals.ts";
import { studentQuantile } from "../../src/numerics/quantiles.ts";
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
  /** By how much sizes are smaller since the variance of so many nets is known only about. */
  const caution = (nets: number) => (normalQuantile(0.975) / studentQuantile(0.975, nets - 1)) ** 2;
  const size = (nets: number, instances: number, trials: number) => ({ nets, instances, trials });

  it("is about the number of instances when the share is 0 or 1", () => {
    for (const [nets, instances] of [
      [2, 2],
      [10, 10],
      [32, 32],
      [32, 2500],
    ])
      for (const share of [0, 1])
        expect(
          effectiveSampleSize(share, 0, size(nets, instances, 8 * instances)) / caution(nets),
        ).toBeCloseTo((instances * (instances + 0.5)) / (instances + 1), 8);
  });

  it("tends to Kish's n / (1 + (r - 1) icc) where instances are independent", () => {
    const [nets, instances, repeats, share, icc] = [32, 32e5, 8, 0.3, 0.44];
    const deff = 1 + (repeats - 1) * icc;
    // The share of a net varies by p q deff over its trials.
    const variance = (share * (1 - share) * deff) / ((instances / nets) * repeats);
    const trials = instances * repeats;
    const worth = effectiveSampleSize(share, (nets - 1) * variance, size(nets, instances, trials));
    expect(worth / ((caution(nets) * trials) / deff)).toBeCloseTo(1, 4);
  });

  it("is inverse to the variance between nets, whatever the number of trials", () => {
    const worth = (squares: number) => effectiveSampleSize(0.4, squares, size(32, 3200, 25_600));
    expect(worth(1e-3) / worth(2e-3)).toBeCloseTo(2, 2);
    expect(worth(1e-6)).toBeGreaterThan(25_600);
  });

  it("ends where nothing was seen to vary", () => {
    const worth = (trials: number) => effectiveSampleSize(0.5, 0, size(32, 100, trials));
    expect(worth(800)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(worth(1600)).toBeGreaterThan(worth(800));
  });

  it("is smaller for few nets, and for a higher level", () => {
    const worth = (nets: number, level?: number) =>
      effectiveSampleSize(0.5, 0.01 * (nets - 1), size(nets, nets, 8 * nets), level) / nets;
    expect(worth(5)).toBeLessThan(worth(20));
    expect(worth(20, 0.999)).toBeLessThan(worth(20));
  });

  it("takes a single net as one trial, and none as none", () => {
    expect(effectiveSampleSize(0.5, 0, size(1, 1, 8))).toBe(1);
    expect(effectiveSampleSize(0.5, 0, size(0, 0, 0))).toBe(0);
  });

  it("does not depend on which is called success", () => {
    const of = size(32, 64, 512);
    expect(effectiveSampleSize(0.2, 0.3, of)).toBeCloseTo(effectiveSampleSize(0.8, 0.3, of), 8);
  });

  it("leaves nothing known without effective trials", () => {
    expect(wilsonClustered(0.3, 0)).toEqual({ mean: 0.3, lo: 0, hi: 1 });
  });
});

describe("perInstance", () => {
  it("leaves the squares of instances that are their own nets", () => {
    expect(perInstance(3.5, { nets: 20, instances: 20 })).toBe(3.5);
  });

  it("gives the mean the variance that it has over nets", () => {
    const [nets, instances, squares] = [32, 3200, 0.7];
    const overNets = squares / (nets * (nets - 1));
    const overInstances = perInstance(squares, { nets, instances }) / (instances * (instances - 1));
    expect(overInstances / overNets).toBeCloseTo(1, 12);
  });
});

describe("unseen", () => {
  it("is one half where no event was seen, and vanishes as they are seen", () => {
    expect(unseen(0)).toBe(0.5);
    expect(unseen(1)).toBe(0.25);
    expect(unseen(1e6)).toBeLessThan(1e-6);
  });

  it("is told the rarer of successes and failures", () => {
    const of = { nets: 32, instances: 100, trials: 800 };
    expect(rarer(0.25, of)).toBe(200);
    expect(rarer(0.75, of)).toBe(200);
    expect(rarer(1, of)).toBe(0);
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
