import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Quantile, sample, tabulate } from "../../src/numerics/quantileTable.ts";

const functions: Record<string, Quantile> = {
  "a constant": () => 7.3,
  "nought throughout": () => 0,
  "a straight line": (u) => 3 + 4 * u,
  "a long tail on either side": (u) => (u / (1 - u)) ** 0.9,
  "so steep that no cubic follows": (u) => u ** 100,
  "a step": (u) => (u < 0.7 ? 1 : 2),
};

describe("a table of a quantile function", () => {
  const unit = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((bits) => (bits + 0.5) / 2 ** 32);

  for (const [name, quantile] of Object.entries(functions)) {
    const table = tabulate(quantile);

    it(`is within a millionth of the function: ${name}`, () => {
      fc.assert(
        fc.property(unit, (u) => {
          const exact = quantile(u);
          expect(Math.abs(sample(table, u) - exact)).toBeLessThanOrEqual(1e-6 * exact);
        }),
        { seed: 1, numRuns: 5000 },
      );
    });

    it(`never falls: ${name}`, () => {
      fc.assert(
        fc.property(unit, unit, (u, v) => {
          const [low, high] = [Math.min(u, v), Math.max(u, v)];
          expect(sample(table, high)).toBeGreaterThanOrEqual(sample(table, low));
        }),
        { seed: 1, numRuns: 2000 },
      );
    });
  }

  it("gives a constant as it is", () => {
    const table = tabulate(() => 7.3);
    for (const u of [2 ** -33, 0.1, 0.5, 0.9, 1 - 2 ** -33]) expect(sample(table, u)).toBe(7.3);
  });

  it("asks the function in the tails alone", () => {
    let asked = 0;
    const table = tabulate((u) => {
      asked++;
      return -Math.log(1 - u);
    });
    asked = 0;
    const draws = 1000;
    for (let i = 0; i < draws; i++) sample(table, (i + 0.5) / draws);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(0.05 * draws);
  });
});
