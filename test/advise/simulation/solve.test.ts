// Solving for a number: functions whose inverse is known.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SuccessCurve, TOLERANCE, UnreachableError } from "../../../src/advise/simulation/solve.ts";

const parameter = { name: "task.difficulty", low: -9, high: 7, scale: "linear" } as const;
const falling = (x: number) => 1 / (1 + Math.exp(x));

/** A curve, and how often it was computed. */
function curveOf(
  success: (x: number) => number,
  range = parameter as { low: number; high: number },
) {
  const asked: number[] = [];
  const curve = new SuccessCurve({ ...parameter, ...range }, async (x) => {
    asked.push(x);
    return success(x);
  });
  return { curve, asked };
}

describe("a smooth curve", () => {
  test("is inverted, whether it falls or rises, in a dozen steps", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0.003, max: 0.99, noNaN: true }), async (target) => {
        for (const success of [falling, (x: number) => falling(-x)]) {
          const { curve, asked } = curveOf(success);
          const found = await curve.solve(target);
          expect(Math.abs(found.success - target)).toBeLessThanOrEqual(TOLERANCE);
          expect(found.success).toBe(success(found.value));
          expect(asked.length).toBeLessThan(20);
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test("is computed once at each value, also for several targets", async () => {
    const { curve, asked } = curveOf(falling);
    for (const target of [0.2, 0.5, 0.2, 0.8]) await curve.solve(target);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test("has a value that people can type", async () => {
    const { value } = await curveOf(falling).curve.solve(0.3);
    expect(value).toBe(Number(value.toPrecision(5)));
  });
});

describe("what a curve cannot give", () => {
  test("a rate beyond its ends is refused with the range that can be reached", async () => {
    const { curve } = curveOf((x) => (x < 0 ? 0.6 : 0.1));
    await expect(curve.solve(0.7)).rejects.toThrow(UnreachableError);
    await expect(curve.solve(0.05)).rejects.toMatchObject({
      numbers: ["task.difficulty"],
      target: 0.05,
      reachable: [0.1, 0.6],
    });
  });

  test("a rate that it jumps over is met as near as can be", async () => {
    const { curve } = curveOf((x) => (x < 1 ? 0.6 : 0.1));
    const { value, success } = await curve.solve(0.3);
    expect(success).toBe(0.1);
    expect(value).toBeCloseTo(1, 2);
  });

  test("an end that is as near as the tolerance counts as reached", async () => {
    const { curve } = curveOf((x) => (x < 0 ? 0.6 : 0.1));
    expect((await curve.solve(0.6 + TOLERANCE / 2)).success).toBe(0.6);
  });
});

test("a curve that does not fall throughout is still solved", async () => {
  const wobbly = (x: number) => falling(x) + 0.02 * Math.sin(20 * x);
  const { curve } = curveOf(wobbly, { low: -5, high: 5 });
  const { success } = await curve.solve(0.5);
  expect(Math.abs(success - 0.5)).toBeLessThanOrEqual(TOLERANCE);
});
