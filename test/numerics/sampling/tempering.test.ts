// Sequential Monte Carlo on densities that are known. Seeds are fixed; each test says how often another seed would fail.
import { describe, expect, test } from "vitest";
import { Draws, rootKey } from "../../../src/numerics/draws.ts";
import { effectiveShare, systematic, temper } from "../../../src/numerics/sampling/tempering.ts";
import { average, variance } from "../../../src/numerics/statistics.ts";

const SIZE = 1024;

function sample(dimension: number, minusTwoLog: (point: Float64Array) => number, seed = "temper") {
  const draws = new Draws(rootKey(seed), 1);
  const start = Array.from({ length: SIZE }, (_, i) =>
    Float64Array.from({ length: dimension }, (_, d) => draws.uniform(0, i, d, 0)),
  );
  return temper({ start, root: rootKey(seed), minusTwoLog, steps: 10, lastSteps: 60 });
}

describe("tempering", () => {
  // A mean of 1,024 correlated draws, worth some 500, is off by more than 4 of its 0.045 deviations once in 15,000 seeds;
  // the variance and the correlation likewise.
  test("finds mean, deviations and correlation of a narrow normal distribution", () => {
    const [sx, sy, r] = [0.01, 0.002, 0.9];
    const { points, temperatures } = sample(2, ([x, y]) => {
      const [a, b] = [(x - 0.3) / sx, (y - 0.6) / sy];
      return (a * a - 2 * r * a * b + b * b) / (1 - r * r);
    });
    const a = points.map(([x]) => (x - 0.3) / sx);
    const b = points.map(([, y]) => (y - 0.6) / sy);
    for (const own of [a, b]) {
      expect(Math.abs(average(own))).toBeLessThan(0.18);
      expect(Math.abs(variance(own) - 1)).toBeLessThan(0.25);
    }
    expect(Math.abs(average(a.map((x, i) => x * b[i])) - r)).toBeLessThan(0.25);
    expect(temperatures[0]).toBeLessThan(0.01);
    expect(temperatures.at(-1)).toBe(1);
  });

  // Of two equal boxes one has between 40 and 60 % of the points: 4 deviations of a share of 1,024 draws worth 400.
  test("keeps modes in proportion, and stays in the box", () => {
    const { points } = sample(1, ([x]) => (x < 0.05 || x > 0.95 ? 0 : 60));
    const low = points.filter(([x]) => x < 0.05).length;
    const high = points.filter(([x]) => x > 0.95).length;
    expect(low + high).toBe(SIZE);
    expect(Math.abs(low / SIZE - 0.5)).toBeLessThan(0.1);
  });

  test("gives the same points for the same seed, and others for another", () => {
    const bowl = ([x, y]: Float64Array) => 400 * ((x - 0.5) ** 2 + (y - 0.2) ** 2);
    expect(sample(2, bowl).points).toEqual(sample(2, bowl).points);
    expect(sample(2, bowl, "other").points).not.toEqual(sample(2, bowl).points);
  });

  test("needs particles, one of which has a density", () => {
    const none = { root: rootKey("x"), steps: 1, lastSteps: 1 };
    expect(() => temper({ ...none, start: [], minusTwoLog: () => 0 })).toThrow(
      new RangeError("Tempering of 0 particles: must be at least 4"),
    );
    expect(() => sample(1, () => Number.POSITIVE_INFINITY)).toThrow(
      new RangeError("Tempering: at least one particle must have a density above 0"),
    );
  });
});

describe("resampling", () => {
  test("takes each index as often as its share says, or once more", () => {
    expect(systematic([1, 0, 2, 1], 4, 0.5)).toEqual([0, 2, 2, 3]);
    expect(systematic([0.5, 0.3, 0.2], 10, 0.99)).toHaveLength(10);
    expect(systematic([1], 3, 0.1)).toEqual([0, 0, 0]);
  });

  test("knows how many weights are effective", () => {
    expect(effectiveShare([2, 2, 2, 2])).toBe(1);
    expect(effectiveShare([1, 0, 0, 0])).toBe(0.25);
  });
});
