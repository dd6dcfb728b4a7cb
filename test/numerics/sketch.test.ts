import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RELATIVE_ERROR, Sketch } from "../../src/numerics/sketch.ts";
import { coverage } from "./random.ts";

function sketchOf(numbers: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const x of numbers) sketch.add(x);
  return sketch;
}

/** Inverse of the empirical distribution: the smallest number >= a share q of all. */
function exactQuantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.find((_, i) => (i + 1) / sorted.length >= q - 1e-12)!;
}

const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const share = fc.integer({ min: 0, max: 1000 }).map((x) => x / 1000);
const sizes = { minLength: 1, maxLength: 80 };
const positive = fc.double({ min: 1e-15, max: 1e15, noNaN: true });
const reals = fc.array(fc.oneof(positive, fc.constant(0)), sizes);

describe("Sketch", () => {
  it("keeps every quantile within the relative error", () => {
    fc.assert(
      fc.property(reals, share, (numbers, q) => {
        const exact = exactQuantile(numbers, q);
        const error = Math.abs(sketchOf(numbers).quantile(q)! - exact);
        expect(error).toBeLessThanOrEqual(RELATIVE_ERROR * exact);
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(RELATIVE_ERROR).toBeLessThan(0.005);
  });

  it("is exact for integers up to 256, and within the error beyond", () => {
    const integers = fc.array(fc.integer({ min: 0, max: 600 }), sizes);
    fc.assert(
      fc.property(integers, share, (numbers, q) => {
        const exact = exactQuantile(numbers, q);
        const estimate = sketchOf(numbers).quantile(q)!;
        expect(Number.isInteger(estimate)).toBe(true);
        if (exact <= 256) expect(estimate).toBe(exact);
        expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(RELATIVE_ERROR * exact);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it("keeps extremes and zeros exact", () => {
    const sketch = sketchOf([0, 0.1234, 0, 777.77, 3]);
    expect([sketch.count, sketch.min, sketch.max]).toEqual([5, 0, 777.77]);
    expect([0, 0.4, 1].map((q) => sketch.quantile(q))).toEqual([0, 0, 777.77]);
    expect(sketch.countAtMost(0)).toBe(2);
    expect(sketch.countAtMost(3)).toBe(4);
    expect(sketch.countAtMost(1e9)).toBe(5);
  });

  it("holds the whole range of doubles", () => {
    const numbers = [2 ** -1022, 1e-300, 1.0067, 1e300, Number.MAX_VALUE];
    for (const q of [0.1, 0.3, 0.5, 0.7, 1]) {
      const exact = exactQuantile(numbers, q);
      const relative = sketchOf(numbers).quantile(q)! / exact;
      expect(Math.abs(relative - 1)).toBeLessThanOrEqual(RELATIVE_ERROR);
    }
    expect(sketchOf([Number.MIN_VALUE, 1]).quantile(0.5)).toBe(Number.MIN_VALUE);
  });

  it("takes the rank q · n as exact where rounding would lift it", () => {
    // 0.07 * 100 is 7.000000000000001 in floating point.
    expect(sketchOf(oneTo(100)).quantile(0.07)).toBe(7);
    expect(sketchOf(oneTo(100)).quantile(0.95)).toBe(95);
  });

  it("merges to the same bytes in any order, also from other threads", () => {
    fc.assert(
      fc.property(reals, reals, reals, (a, b, c) => {
        const whole = JSON.stringify(sketchOf([...a, ...b, ...c]).pack());
        for (const order of [
          [a, b, c],
          [c, a, b],
          [b, c, a],
        ]) {
          const merged = new Sketch();
          for (const part of order) {
            merged.mergePacked(structuredClone(sketchOf(part).pack()));
          }
          expect(JSON.stringify(merged.pack())).toBe(whole);
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("is neutral to an empty sketch, which has no quantiles", () => {
    const empty = new Sketch();
    expect(empty.quantile(0.5)).toBeUndefined();
    expect(empty.quantileInterval(0.5)).toBeUndefined();
    const sketch = new Sketch();
    sketch.mergePacked(structuredClone(empty.pack()));
    sketch.merge(empty);
    sketch.merge(sketchOf([3]));
    expect(sketch.pack()).toEqual(sketchOf([3]).pack());
  });

  it("rejects numbers that it cannot hold, and stays as it was", () => {
    const sketch = sketchOf([1]);
    for (const x of [-1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => sketch.add(x)).toThrow(/must be (>= 0|finite)/);
    }
    expect(sketch.pack()).toEqual(sketchOf([1]).pack());
    expect(() => sketch.quantile(1.1)).toThrow(/must be in \[0, 1\]/);
    expect(() => sketch.quantileInterval(0)).toThrow(/must be in \(0, 1\)/);
    expect(() => sketch.quantileInterval(0.5, -1)).toThrow(/must be >= 0/);
  });
});

describe("quantileInterval", () => {
  // Ranks of the 95 % interval of the median: Conover, "Practical Nonparametric Statistics".
  it.each([
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
    [100, 40, 61],
  ])("lies between the tabulated order statistics for the median of %d", (n, lo, hi) => {
    const interval = sketchOf(oneTo(n)).quantileInterval(0.5)!;
    expect(interval).toEqual({ mean: n / 2, lo, hi });
  });

  it("is unbounded where the sample cannot bound the quantile", () => {
    expect(sketchOf(oneTo(5)).quantileInterval(0.5)).toEqual({
      mean: 3,
      lo: 0,
      hi: Number.POSITIVE_INFINITY,
    });
    // 0.95^71 = 0.0262 and 0.95^72 = 0.0249.
    expect(sketchOf(oneTo(71)).quantileInterval(0.95)!.hi).toBe(Number.POSITIVE_INFINITY);
    expect(sketchOf(oneTo(72)).quantileInterval(0.95)!.hi).toBe(72);
  });

  it("takes its ranks from the effective number, and the numbers from all", () => {
    const eightfold = oneTo(100).flatMap((x) => Array<number>(8).fill(x));
    expect(sketchOf(eightfold).quantileInterval(0.5, 100)).toEqual({ mean: 50, lo: 40, hi: 61 });
    expect(sketchOf(eightfold).quantileInterval(0.5, 0.4)!.hi).toBe(Number.POSITIVE_INFINITY);
  });

  it("holds the quantile and widens with the level and with fewer effective numbers", () => {
    fc.assert(
      fc.property(reals, fc.double({ min: 0.01, max: 0.99, noNaN: true }), share, (xs, q, part) => {
        const sketch = sketchOf(xs);
        const { mean, lo, hi } = sketch.quantileInterval(q)!;
        expect(lo <= mean && mean <= hi).toBe(true);
        const wider = sketch.quantileInterval(q, part * xs.length, 0.99)!;
        expect(wider.lo <= mean && mean <= wider.hi).toBe(true);
        const higher = sketch.quantileInterval(q, xs.length, 0.99)!;
        expect(higher.lo <= lo && hi <= higher.hi).toBe(true);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  // Coverage .957 and .962: ranks are integers, rounded outwards. False alarms: 1e-4 a case.
  it.each([0.5, 0.95])("has coverage .95 of exponential quantiles (q = %d, 2,000 runs)", (q) => {
    const share = coverage(`quantile ${q}`, 2000, -Math.log(1 - q), (random) => {
      const sketch = new Sketch();
      for (let i = 0; i < 500; i++) sketch.add(-Math.log(random.uniform()));
      return sketch.quantileInterval(q);
    });
    expect(share).toBeGreaterThan(0.94);
    expect(share).toBeLessThan(0.98);
  });
});
