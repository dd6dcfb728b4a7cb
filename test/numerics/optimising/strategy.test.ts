import { describe, expect, it } from "vitest";
import { defaultPopulation, strategyFor } from "../../../src/numerics/optimising/strategy.ts";

describe("the strategy parameters of CMA-ES", () => {
  it("have the tutorial's default population", () => {
    expect([1, 2, 5, 10, 20, 100].map(defaultPopulation)).toEqual([4, 6, 8, 10, 12, 17]);
  });

  it("have the weights of four points in closed form", () => {
    const { weights, muEff } = strategyFor(3, 4);
    const [a, b] = [Math.log(2.5), Math.log(1.25)];
    expect(weights[0]).toBeCloseTo(a / (a + b), 14);
    expect(weights[1]).toBeCloseTo(b / (a + b), 14);
    expect(muEff).toBeCloseTo((a + b) ** 2 / (a * a + b * b), 14);
  });

  it("have falling weights and learning rates that keep C definite, in any size", () => {
    for (const n of [1, 2, 5, 10, 40])
      for (const lambda of [4, 5, 10, 41, 1000]) {
        const { weights, mu, c1, cMu, cSigma, cc } = strategyFor(n, lambda);
        const positive = weights.subarray(0, mu).reduce((sum, w) => sum + w, 0);
        const negative = weights.subarray(mu).reduce((sum, w) => sum + w, 0);
        expect(positive).toBeCloseTo(1, 12);
        expect([...weights]).toEqual([...weights].sort((a, b) => b - a));
        expect(negative).toBeLessThanOrEqual(0);
        expect(n * cMu * -negative).toBeLessThanOrEqual(1 - c1 - cMu + 1e-12);
        for (const rate of [c1, cSigma, cc]) expect(rate > 0 && rate < 1).toBe(true);
        expect(cMu >= 0 && c1 + cMu <= 1).toBe(true);
      }
  });
});
