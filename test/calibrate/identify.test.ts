// Profile intervals and correlations of linear models, against what can be computed by hand.
import { describe, expect, test } from "vitest";
import { boundOf, identify } from "../../src/calibrate/identify.ts";

const DIGITS = 8;

describe("profile intervals", () => {
  test("of one parameter: the change that moves the miss by 1", () => {
    const { profiles } = identify({ point: [0.4], misses: [0], jacobian: [[10]] });
    expect(profiles[0].interval[0]).toBeCloseTo(0.3, DIGITS);
    expect(profiles[0].interval[1]).toBeCloseTo(0.5, DIGITS);
    expect(profiles[0].verdict).toBe("pinned");
  });

  test("of two that depend on one another: the square roots of the diagonal of (JᵀJ)⁻¹", () => {
    const jacobian = [
      [12, 5],
      [3, -9],
      [4, 7],
    ];
    const [a, b, c] = [12 ** 2 + 3 ** 2 + 4 ** 2, 12 * 5 - 27 + 28, 25 + 81 + 49];
    const determinant = a * c - b * b;
    const { profiles } = identify({ point: [0.5, 0.5], misses: [0, 0, 0], jacobian });
    const half = [Math.sqrt(c / determinant), Math.sqrt(a / determinant)];
    profiles.forEach(({ interval: [low, high] }, i) => {
      expect(0.5 - low).toBeCloseTo(half[i], 6);
      expect(high - 0.5).toBeCloseTo(half[i], 6);
    });
  });

  test("do not leave the range", () => {
    const { profiles } = identify({ point: [0.05, 0.5], misses: [0], jacobian: [[10, 0]] });
    expect(profiles[0].interval[0]).toBe(0);
    expect(profiles[0].interval[1]).toBeCloseTo(0.15, DIGITS);
  });

  test("use how the loss rises on a bound: 2 J m d + J² d² = 1 for m = 1, J = 2", () => {
    const { profiles } = identify({ point: [0], misses: [1], jacobian: [[2]] });
    expect(profiles[0].interval[0]).toBe(0);
    expect(profiles[0].interval[1]).toBeCloseTo((Math.sqrt(2) - 1) / 2, DIGITS);
  });

  test("a parameter that the others can only follow within their ranges", () => {
    // The sum of both is pinned to within 0.1, and the second can give way by 0.2 only.
    const { profiles } = identify({ point: [0.5, 0.2], misses: [0], jacobian: [[10, 10]] });
    expect(profiles[0].interval[0]).toBe(0);
    expect(profiles[0].interval[1]).toBeCloseTo(0.8, DIGITS);
  });

  test.each([
    ["pinned", 10],
    ["weak", 4],
    ["free", 2],
    ["free", 0],
  ] as const)("are %s at a slope of %d", (verdict, slope) => {
    const { profiles } = identify({ point: [0.5], misses: [0], jacobian: [[slope]] });
    expect(profiles[0].verdict).toBe(verdict);
  });
});

describe("correlations", () => {
  test("where only the product counts, logarithms are told apart not at all", () => {
    const { profiles, correlations } = identify({
      point: [0.5, 0.5],
      misses: [0, 0],
      jacobian: [
        [10, 10],
        [3, 3],
      ],
    });
    expect(profiles.map(({ verdict }) => verdict)).toEqual(["free", "free"]);
    expect(correlations).toEqual([{ parameters: [0, 1], r: expect.closeTo(-1, 6) }]);
  });

  test("where only the quotient counts, both can rise together", () => {
    const { correlations } = identify({ point: [0.5, 0.5], misses: [0], jacobian: [[7, -7]] });
    expect(correlations).toEqual([{ parameters: [0, 1], r: expect.closeTo(1, 6) }]);
  });

  test("there are none between parameters that have targets of their own, or no effect", () => {
    const jacobian = [
      [10, 0, 0],
      [0, 5, 0],
    ];
    const point = [0.5, 0.5, 0.5];
    expect(identify({ point, misses: [0, 0], jacobian }).correlations).toEqual([]);
    expect(identify({ point, misses: [0], jacobian: [[0, 0, 0]] }).correlations).toEqual([]);
  });
});

test("a coordinate is on a bound within a thousandth of the range", () => {
  expect([0, 0.0005, 0.002, 0.5, 0.998, 0.9995, 1].map(boundOf)).toEqual([
    "low",
    "low",
    null,
    null,
    null,
    "high",
    "high",
  ]);
});
