import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundedMinimum } from "../../../src/numerics/optimising/boundedQuadratic.ts";

const minimum = (hessian: number[], gradient: number[], low: number[], high: number[]) =>
  boundedMinimum(Float64Array.from(hessian), Float64Array.from(gradient), { low, high });

describe("the minimum of a quadratic function in a box", () => {
  it("is the free one where the box has it", () => {
    // (2, -1; -1, 2) d = (1, 0) at (2/3, 1/3).
    const [x, y] = minimum([2, -1, -1, 2], [-1, 0], [-1, -1], [1, 1]);
    expect(x).toBeCloseTo(2 / 3, 14);
    expect(y).toBeCloseTo(1 / 3, 14);
  });

  it("is on a bound where the slope presses, with the others adapted to it", () => {
    // With x = 0.2 held, 2y = x.
    expect([...minimum([2, -1, -1, 2], [-1, 0], [-1, -1], [0.2, 1])]).toEqual([0.2, 0.1]);
  });

  it("leaves a bound that it met on the way", () => {
    // The free minimum (-1, 3) lies beyond both; the way there meets y = 0.5 first, and x then wants to turn round.
    const at = minimum([1, 0.6, 0.6, 1], [-0.8, -2.4], [-1, 0], [1, 0.5]);
    expect(at[0]).toBeCloseTo(0.5, 14);
    expect(at[1]).toBe(0.5);
  });

  it("meets the conditions of Karush, Kuhn and Tucker, whatever the function and the box", () => {
    const entry = fc.double({ min: -1, max: 1, noNaN: true });
    const width = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1, noNaN: true }));
    const problem = fc.integer({ min: 1, max: 8 }).chain((n) => {
      const vector = (of: fc.Arbitrary<number>, length = n) =>
        fc.array(of, { minLength: length, maxLength: length });
      return fc.record({
        factor: vector(entry, n * n),
        gradient: vector(entry),
        low: vector(width),
        high: vector(width),
      });
    });
    fc.assert(
      fc.property(problem, ({ factor, gradient, low, high }) => {
        const n = gradient.length;
        const indices = gradient.map((_, i) => i);
        const hessian = indices.flatMap((i) =>
          indices.map((j) =>
            indices.reduce(
              (sum, k) => sum + factor[i * n + k] * factor[j * n + k],
              i === j ? 0.01 : 0,
            ),
          ),
        );
        const lows = low.map((x) => -x);
        const at = minimum(hessian, gradient, lows, high);
        for (const i of indices) {
          expect(at[i]).toBeGreaterThanOrEqual(lows[i]);
          expect(at[i]).toBeLessThanOrEqual(high[i]);
          const slope = indices.reduce((sum, j) => sum + hessian[i * n + j] * at[j], gradient[i]);
          if (at[i] > lows[i]) expect(slope).toBeLessThan(1e-9);
          if (at[i] < high[i]) expect(slope).toBeGreaterThan(-1e-9);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("refuses a function that is not convex", () => {
    expect(() => minimum([1, 2, 2, 1], [1, 1], [-1, -1], [1, 1])).toThrow(
      /must be positive definite$/,
    );
  });
});
