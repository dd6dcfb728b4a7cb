// Conditioning of a joint normal distribution.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type JointNormal, observe } from "../../../src/advise/belief/jointNormal.ts";
import { anyBelief } from "./beliefs.ts";

// By hand: the gain is (1, .5) / (1 + 1).
test("one noisy observation moves both of a pair", () => {
  const prior: JointNormal = {
    mean: [0, 3],
    covariance: [
      [1, 0.5],
      [0.5, 1],
    ],
  };
  expect(observe(prior, 0, 2, 1)).toEqual({
    mean: [1, 3.5],
    covariance: [
      [0.5, 0.25],
      [0.25, 0.875],
    ],
  });
});

// The conditional distribution of a bivariate normal: mean m₂ + ρ (x - m₁), variance 1 - ρ².
test("an observation without error conditions on its value", () => {
  const [rho, x] = [0.6, 1.5];
  const prior: JointNormal = {
    mean: [0, -1],
    covariance: [
      [1, rho],
      [rho, 1],
    ],
  };
  const { mean, covariance } = observe(prior, 0, x, 1e-14);
  expect(mean[0]).toBeCloseTo(x, 12);
  expect(mean[1]).toBeCloseTo(-1 + rho * x, 12);
  expect(covariance[0][0]).toBeCloseTo(0, 12);
  expect(covariance[1][1]).toBeCloseTo(1 - rho * rho, 12);
});

const observation = fc.record({
  index: fc.nat(2),
  value: fc.double({ min: -5, max: 5, noNaN: true }),
  variance: fc.double({ min: 1e-3, max: 10, noNaN: true }),
});

test("observations make nothing less certain, in any order, and covariance stays symmetric", () => {
  fc.assert(
    fc.property(anyBelief, observation, observation, (prior, a, b) => {
      const see = (belief: JointNormal, { index, value, variance }: typeof a) =>
        observe(belief, index, value, variance);
      const after = see(see(prior, a), b);
      const reversed = see(see(prior, b), a);
      after.mean.forEach((m, i) => {
        expect(reversed.mean[i]).toBeCloseTo(m, 8);
        expect(after.covariance[i][i]).toBeLessThanOrEqual(prior.covariance[i][i]);
        expect(after.covariance[i][i]).toBeGreaterThanOrEqual(0);
        after.covariance[i].forEach((c, j) => {
          expect(after.covariance[j][i]).toBe(c);
          expect(reversed.covariance[i][j]).toBeCloseTo(c, 8);
        });
      });
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("what is known stays so", () => {
  const prior: JointNormal = {
    mean: [1, 0],
    covariance: [
      [0, 0],
      [0, 1],
    ],
  };
  expect(observe(prior, 0, 5, 0.1)).toEqual(prior);
});
