// Gaussian processes recover functions that are known, and know how far.
import { describe, expect, test } from "vitest";
import { normalQuantile } from "../../../src/numerics/distributions.ts";
import { Draws, rootKey } from "../../../src/numerics/draws.ts";
import {
  expectedImprovement,
  fitGaussianProcess,
  GaussianProcess,
  type NoisyValues,
} from "../../../src/numerics/emulating/gaussianProcess.ts";

const draws = new Draws(rootKey("process"), 9);
const SD = 0.1;

/** Noisy values of a function at random points. */
function observed(
  f: (x: readonly number[]) => number,
  count: number,
  dimension: number,
  replication = 0,
): NoisyValues {
  draws.enter(replication);
  const points = Array.from({ length: count }, (_, i) =>
    Array.from({ length: dimension }, (_, k) => draws.uniform(0, i, k, 0)),
  );
  const values = points.map((p, i) => f(p) + SD * normalQuantile(draws.uniform(1, i, 0, 0)));
  return { points, values, noise: points.map(() => SD * SD) };
}

const wave = ([x, y]: readonly number[]) => Math.sin(5 * x) + 2 * (y - 0.5) ** 2;

describe("a Gaussian process", () => {
  test("recovers a function of two coordinates better than its values do", () => {
    const process = fitGaussianProcess(observed(wave, 60, 2));
    const fresh = observed(wave, 200, 2, 1).points;
    const errors = fresh.map((p) => (process.predict(p).mean - wave(p)) ** 2);
    const rootMeanSquare = Math.sqrt(errors.reduce((sum, x) => sum + x, 0) / errors.length);
    expect(rootMeanSquare).toBeLessThan(SD);
  });

  // 95 % of the points; the seed is fixed, and errors at points that are close go together.
  test("knows how far it is off", () => {
    const process = fitGaussianProcess(observed(wave, 60, 2, 2));
    const fresh = observed(wave, 200, 2, 3).points;
    const held = fresh.filter((p) => {
      const { mean, variance } = process.predict(p);
      return Math.abs(mean - wave(p)) <= 1.96 * Math.sqrt(variance);
    });
    expect(held.length).toBeGreaterThan(165);
  });

  test("gives a coordinate that does nothing a great length", () => {
    const { hyperparameters } = fitGaussianProcess(observed(([x]) => Math.sin(6 * x), 50, 2));
    expect(hyperparameters.lengths[1]).toBeGreaterThan(2 * hyperparameters.lengths[0]);
  });

  test("without noise it goes through the values, and is certain there", () => {
    const points = [[0.1], [0.5], [0.8]];
    const process = new GaussianProcess(
      { points, values: [1, 3, 2], noise: [0, 0, 0] },
      { lengths: [0.3], variance: 1 },
    );
    expect(points.map((p) => process.predict(p).mean)).toEqual(
      [1, 3, 2].map((y) => expect.closeTo(y, 5)),
    );
    expect(process.predict([0.5]).variance).toBeLessThan(1e-6);
    expect(process.predict([0.3]).variance).toBeGreaterThan(1e-3);
  });

  test("far from all points it believes the mean with the whole variance", () => {
    const values = { points: [[0], [0.01]], values: [4, 4], noise: [0, 0] };
    const { mean, variance } = new GaussianProcess(values, {
      lengths: [0.01],
      variance: 2,
    }).predict([1]);
    expect([mean, variance]).toEqual([expect.closeTo(4, 6), expect.closeTo(2, 6)]);
  });

  test("refuses values that do not fit the points", () => {
    const odd = { points: [[0], [1]], values: [1], noise: [0, 0] };
    expect(() => new GaussianProcess(odd, { lengths: [1], variance: 1 })).toThrow(RangeError);
  });
});

describe("expected improvement", () => {
  test("is the mean of what is gained: over its own mean the deviation / √(2π)", () => {
    expect(expectedImprovement({ mean: 2, variance: 9 }, 2)).toBeCloseTo(
      3 / Math.sqrt(2 * Math.PI),
      12,
    );
  });

  test("without variance it is what is certain", () => {
    expect(expectedImprovement({ mean: 3, variance: 0 }, 1)).toBe(2);
    expect(expectedImprovement({ mean: 1, variance: 0 }, 3)).toBe(0);
  });
});
