// -2 log L of one target, against the normal density.
import { describe, expect, test } from "vitest";
import { minusTwoLogOf, simulationVariance } from "../../src/calibrate/likelihood.ts";
import { load, ONE } from "./support.ts";

async function targetOf(written: string) {
  const text = ONE.replace("value: 0.8, tolerance: 0.02", written);
  return (await load(text)).calibration.targets[0];
}

describe("the standard error of a target", () => {
  test.each([
    ["value: 0.8, count: 400", 0.02, [0.76, 0.84]],
    ["value: 0.8, error: 0.03", 0.03, [0.74, 0.86]],
    ["value: 0.8, tolerance: 0.02", 0.01, [0.78, 0.82]],
    ["value: 0.8, interval: [0.7, 0.86]", 0.04, [0.7, 0.86]],
    ["value: 0.8, count: 400, tolerance: 0.1", 0.02, [0.7, 0.9]],
    ["value: 0.8, error: 0.03, interval: [0.7, 0.86]", 0.03, [0.7, 0.86]],
    ["atLeast: 0.5, tolerance: 10%", 0.025, [0.5, Number.POSITIVE_INFINITY]],
    ["atMost: 0.5, error: 0.1", 0.1, [Number.NEGATIVE_INFINITY, 0.5]],
  ])("%s", async (written, error, accepted) => {
    const target = await targetOf(written);
    expect(target.error).toBeCloseTo(error, 12);
    expect(target.scale).toBeCloseTo(2 * error, 12);
    for (const end of [0, 1]) expect(target.accepted[end]).toBeCloseTo(accepted[end], 12);
  });
});

describe("-2 log L", () => {
  test("is that of a normal density, but for what an exact simulation has", async () => {
    const target = await targetOf("value: 0.8, error: 0.03");
    const normal = (figure: number, v: number) => (figure - 0.8) ** 2 / v + Math.log(v);
    const exact = Math.log(0.03 ** 2);
    for (const [figure, variance] of [
      [0.8, 0],
      [0.85, 0],
      [0.7, 0.0016],
    ])
      expect(minusTwoLogOf(target, figure, variance)).toBeCloseTo(
        normal(figure, 0.03 ** 2 + variance) - exact,
        10,
      );
    expect(minusTwoLogOf({ ...target, weight: 3 }, 0.85, 0)).toBeCloseTo(3 * (5 / 3) ** 2, 10);
    expect(minusTwoLogOf(target, Number.NaN, 0)).toBeNaN();
  });

  test("of bounds counts what is beyond them", async () => {
    const target = await targetOf("atLeast: 0.5, error: 0.1");
    expect(minusTwoLogOf(target, 0.6, 0.01)).toBe(0);
    expect(minusTwoLogOf(target, 0.3, 0)).toBeCloseTo(4, 10);
    expect(minusTwoLogOf(target, 0.3, 0.03)).toBeCloseTo(1, 10);
  });

  test("takes the simulation's variance from its interval", () => {
    expect(simulationVariance({ mean: 3, ci: [2.8, 3.2] })).toBeCloseTo(0.01, 12);
    expect(simulationVariance({ mean: 3, ci: [2.8, null] })).toBe(9);
    expect(simulationVariance({ mean: null, ci: [null, null] })).toBeNaN();
  });
});
