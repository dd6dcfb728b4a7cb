// Response surfaces of functions that are known.
import { describe, expect, test } from "vitest";
import { Draws, rootKey } from "../../../src/numerics/draws.ts";
import {
  coefficientCount,
  ResponseSurface,
} from "../../../src/numerics/emulating/responseSurface.ts";

const draws = new Draws(rootKey("surface"), 1);
const points = Array.from({ length: 60 }, (_, i) =>
  Float64Array.from({ length: 3 }, (_, d) => draws.uniform(0, i, d, 0)),
);
const weights = points.map((_, i) => 1 + (i % 3));
const quadratic = ([x, y, z]: ArrayLike<number> & Iterable<number>) =>
  2 - x + 3 * y * z + 4 * z * z;

function surfaceOf(...functions: ((point: Float64Array) => number)[]): ResponseSurface {
  return new ResponseSurface({ points, outputs: functions.map((f) => points.map(f)), weights });
}

function predict(surface: ResponseSurface, point: readonly number[], output = 0): number {
  const means = new Float64Array(1);
  surface.predict(point, [output], means);
  return means[0];
}

describe("a response surface", () => {
  test("is a quadratic function with all its terms", () => {
    const surface = surfaceOf(() => 7, quadratic);
    for (const point of [
      [0.1, 0.9, 0.4],
      [1, 0, 1],
    ]) {
      expect(predict(surface, point)).toBeCloseTo(7, 6);
      expect(predict(surface, point, 1)).toBeCloseTo(quadratic(point), 3);
    }
    expect(coefficientCount(3)).toBe(10);
  });

  test("foretells left-out points as fits without them do", () => {
    const wave = ([x, y]: Float64Array) => Math.sin(5 * x) + y;
    const surface = surfaceOf(wave);
    const rest = points.slice(1);
    const without = new ResponseSurface({
      points: rest,
      outputs: [rest.map(wave)],
      weights: weights.slice(1),
    });
    // Points have another mean and deviation without the first one, and the penalty another scale.
    expect(surface.leftOut[0][0]).toBeCloseTo(predict(without, [...points[0]]), 2);
    expect(surface.leftOut[0][0]).not.toBeCloseTo(predict(surface, [...points[0]]), 3);
    const errors = points.map(
      (point, i) => weights[i] * (surface.leftOut[0][i] - wave(point)) ** 2,
    );
    const total = weights.reduce((sum, x) => sum + x);
    expect(surface.errors[0]).toBeCloseTo(errors.reduce((sum, x) => sum + x) / total, 10);
  });

  test("has a leverage that grows away from its points, and sums to the number of coefficients at them", () => {
    const surface = surfaceOf(quadratic);
    const leverage = (point: readonly number[]) => surface.predict(point, [], new Float64Array(0));
    expect(leverage([3, 3, 3])).toBeGreaterThan(100 * leverage([0.5, 0.5, 0.5]));
    const sum = weights.reduce((total, w, i) => total + w * surface.leverages[i], 0);
    expect(sum).toBeCloseTo(coefficientCount(3), 2);
  });

  test("needs a number of every output for every point", () => {
    expect(() => new ResponseSurface({ points: [], outputs: [], weights: [] })).toThrow(
      new RangeError("No points: there must be at least one"),
    );
    expect(() => new ResponseSurface({ points, outputs: [[1, 2]], weights })).toThrow(
      new RangeError("2 numbers for 60 points: must be one per point"),
    );
  });
});
