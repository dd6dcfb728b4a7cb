// Misses, losses and the intervals of means over several scenarios.
import { describe, expect, test } from "vitest";
import type { Part, Target } from "../../src/calibrate/calibration.ts";
import {
  lossOf,
  missOf,
  passes,
  pullOn,
  residualsBeyond,
  residualsOf,
  simulatedValue,
} from "../../src/calibrate/fit.ts";
import type { MetricValue } from "../../src/experiment/result.ts";

const target = (published: number, scale: number, weight = 1): Target => ({
  id: "x",
  metric: "turns",
  of: ["a"],
  published,
  scale,
  error: scale / 2,
  mean: "arithmetic",
  tolerance: scale,
  accepted: [published - scale, published + scale],
  weight,
  effort: 1,
  source: "us",
  parts: [],
});

describe("the loss", () => {
  test("is the weighted mean of squared misses in tolerances", () => {
    const targets = [target(10, 2), target(5, 1, 3)];
    expect(missOf(targets[0], 13)).toBe(1.5);
    expect(lossOf(targets, [13, 3])).toBeCloseTo((1.5 ** 2 + 3 * 2 ** 2) / 4);
  });

  test("draws towards the value within the tolerance", () => {
    expect(lossOf([target(10, 2)], [10.5])).toBeGreaterThan(lossOf([target(10, 2)], [10.1]));
  });

  test("is infinite where a target has no value, unless it has no weight", () => {
    expect(lossOf([target(10, 2), target(5, 1)], [10, Number.NaN])).toBe(Number.POSITIVE_INFINITY);
    expect(lossOf([target(10, 2), target(5, 1, 0)], [12, Number.NaN])).toBe(1);
  });
});

describe("bounds", () => {
  const bounded = (accepted: readonly [number, number]): Target => {
    const { published: _, ...others } = target(0, 0.5);
    return { ...others, accepted };
  };

  test("miss by what is beyond them, and by nothing within", () => {
    const atMost = bounded([Number.NEGATIVE_INFINITY, 2]);
    expect([1, 2, 3, Number.NaN].map((x) => missOf(atMost, x))).toEqual([0, 0, 2, Number.NaN]);
    const between = bounded([1, 2]);
    expect([0.5, 1.5, 2.25].map((x) => missOf(between, x))).toEqual([-1, 0, 0.5]);
  });

  test("count no second time beyond their edge", () => {
    expect(residualsBeyond([bounded([1, 2])], [9], 4)).toEqual([0]);
  });
});

test("beyond the edge, at four fifths of the way, a miss counts once more", () => {
  const targets = [target(10, 2), target(5, 1, 3)];
  expect(residualsBeyond(targets, [11.6, 5], 4)).toEqual([0, 0]);
  expect(residualsBeyond(targets, [13, 4], 4)).toEqual([
    expect.closeTo(2 * 0.5 * 0.7),
    expect.closeTo(-2 * Math.sqrt(3 / 4) * 0.2),
  ]);
});

describe("residuals", () => {
  test("have the loss as the sum of their squares, one a target that counts", () => {
    const targets = [target(10, 2), target(5, 1, 3), target(7, 1, 0)];
    const residuals = residualsOf(targets, [13, 3, Number.NaN]);
    expect(residuals).toEqual([expect.closeTo(1.5 / 2), expect.closeTo(-2 * Math.sqrt(3 / 4))]);
    expect(residuals.reduce((sum, r) => sum + r * r, 0)).toBeCloseTo(
      lossOf(targets, [13, 3, Number.NaN]),
    );
  });

  test("of the pull are those of targets in the middle, half a range wide", () => {
    const targets = [target(10, 2), target(5, 1, 3)];
    const pull = pullOn(Float64Array.of(0, 0.5, 0.75), 0.16, targets);
    expect(pull).toEqual([-0.2, 0, 0.1]);
  });
});

test("bounds are near enough; without a value nobody knows", () => {
  const value = (mean: number | null): MetricValue => ({ mean, ci: [null, null] });
  expect([7.9, 8, 12, 12.1, null].map((x) => passes(target(10, 2), value(x)))).toEqual([
    false,
    true,
    true,
    false,
    null,
  ]);
});

describe("a mean over scenarios", () => {
  const values: MetricValue[][] = [
    [
      { mean: 1, ci: [0.4, 1.3] },
      { mean: 3, ci: [2.2, 3.4] },
    ],
    [{ mean: 5, ci: [4, null] }],
    [{ mean: null, ci: [null, null], undefined: "no success" }],
  ];
  const of = (...parts: [group: number, wanted: number][]) => ({
    parts: parts.map(([group, wanted]) => ({ group, wanted })),
    mean: "arithmetic" as const,
  });
  const valueIn = ({ group, wanted }: Part) => values[group][wanted];

  test("is the geometric one where that is asked for, with its interval on the scale of logarithms", () => {
    const ratios = { parts: of([0, 0], [1, 0]).parts, mean: "geometric" } as const;
    const [a, b] = [2, 8].map((mean) => ({ mean, ci: [mean / 1.5, mean * 1.5] }) as const);
    const { mean, ci } = simulatedValue(ratios, ({ group }) => [a, b][group]);
    expect(mean).toBeCloseTo(4, 10);
    const factor = 1.5 ** Math.SQRT1_2;
    expect(ci[0]).toBeCloseTo(4 / factor, 10);
    expect(ci[1]).toBeCloseTo(4 * factor, 10);
    const zero: MetricValue = { mean: 0, ci: [0, 1] };
    expect(simulatedValue(ratios, () => zero)).toMatchObject({ mean: null });
  });

  test("of one group adds half-widths", () => {
    const { mean, ci } = simulatedValue(of([0, 0], [0, 1]), valueIn);
    expect(mean).toBe(2);
    expect(ci[0]).toBeCloseTo(2 - (0.6 + 0.8) / 2);
    expect(ci[1]).toBeCloseTo(2 + (0.3 + 0.4) / 2);
  });

  test("of several groups adds them in squares, and an open end stays open", () => {
    const { mean, ci } = simulatedValue(of([0, 0], [1, 0]), valueIn);
    expect(mean).toBe(3);
    expect(ci[0]).toBeCloseTo(3 - Math.hypot(0.6, 1) / 2);
    expect(ci[1]).toBeNull();
  });

  test("has no value where a part has none", () => {
    expect(simulatedValue(of([0, 0], [2, 0]), valueIn)).toEqual({
      mean: null,
      ci: [null, null],
      undefined: "no success",
    });
  });
});
