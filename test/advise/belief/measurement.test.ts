// The belief after measurements, against Bayes' rule.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { observe } from "../../../src/advise/belief/jointNormal.ts";
import { samplingVariance } from "../../../src/advise/belief/logOdds.ts";
import { type Measurement, measured } from "../../../src/advise/belief/measurement.ts";
import { logistic, logit } from "../../../src/numerics/logit.ts";
import { anyBelief, independent, NAMES } from "./beliefs.ts";

const anyMeasurement = fc.record({
  candidate: fc.constantFrom(...NAMES),
  rate: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  instances: fc.integer({ min: 1, max: 100_000 }),
});
const anyMeasurements = fc.array(anyMeasurement, { minLength: 1, maxLength: 4 });

/** Mean and variance of log-odds after x of n successes, by summing prior times likelihood over a fine grid. */
function byBayes(mean: number, variance: number, x: number, n: number) {
  const grid = Array.from({ length: 8001 }, (_, i) => mean + Math.sqrt(variance) * (i / 400 - 10));
  const logs = grid.map(
    (t) =>
      x * Math.log(logistic(t)) + (n - x) * Math.log(logistic(-t)) - (t - mean) ** 2 / variance / 2,
  );
  const top = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const moment = (f: (t: number) => number) =>
    grid.reduce((sum, t, i) => sum + weights[i] * f(t), 0) / total;
  const middle = moment((t) => t);
  return { mean: middle, variance: moment((t) => (t - middle) ** 2) };
}

describe("one measurement", () => {
  // The mode in place of the mean costs less than a point of success, also where all tasks or none succeed.
  test.each([
    [0, 0.36, 0, 100],
    [0, 0.36, 1, 100],
    [0, 0.7, 20, 20],
    [0, 0.7, 10, 20],
    [-2, 0.5, 5, 10],
    [1, 0.1, 0, 30],
  ])("from %d ± √%d to %d of %d comes near to Bayes' rule", (mean, variance, x, n) => {
    const exact = byBayes(mean, variance, x, n);
    const { mean: mode, covariance } = measured(
      independent([mean], [variance]),
      ["a"],
      [{ candidate: "a", rate: x / n, instances: n }],
    );
    expect(Math.abs(logistic(mode[0]) - logistic(exact.mean))).toBeLessThan(0.01);
    expect(Math.abs(covariance[0][0] / exact.variance - 1)).toBeLessThan(0.05);
  });

  test("of many tasks is an observation of normal log-odds", () => {
    const prior = independent([-0.3], [0.001]);
    const [rate, instances] = [0.4, 1e6];
    const { mean, covariance } = measured(prior, ["a"], [{ candidate: "a", rate, instances }]);
    const expected = observe(prior, 0, logit(rate), samplingVariance(logit(rate), instances));
    expect(mean[0]).toBeCloseTo(expected.mean[0], 5);
    expect(covariance[0][0]).toBeCloseTo(expected.covariance[0][0], 8);
  });

  test("of very many leaves nothing open", () => {
    const found = [{ candidate: "a", rate: 0.7, instances: 1e12 }];
    const { mean, covariance } = measured(independent([-2], [1]), ["a"], found);
    expect(logistic(mean[0])).toBeCloseTo(0.7, 9);
    expect(covariance[0][0]).toBeCloseTo(0, 9);
  });

  test("moves a correlated candidate by the regression on the measured one", () => {
    const prior = {
      mean: [0, 1],
      covariance: [
        [0.5, 0.3],
        [0.3, 0.4],
      ],
    };
    const found = [{ candidate: "a", rate: 0.2, instances: 50 }];
    const { mean } = measured(prior, ["a", "b"], found);
    expect(mean[0]).toBeLessThan(-0.5);
    expect(mean[1] - 1).toBeCloseTo((0.3 / 0.5) * mean[0], 12);
  });
});

describe("any measurements", () => {
  // Where the slope of the log-posterior is 0: mode - prior mean = covariance · (successes - expected successes).
  test("lead to the mode of the posterior distribution", () => {
    fc.assert(
      fc.property(anyBelief, anyMeasurements, (prior, all) => {
        const { mean } = measured(prior, NAMES, all);
        mean.forEach((mode, i) => {
          let shift = 0;
          let scale = 1;
          for (const { candidate, rate, instances } of all) {
            const j = NAMES.indexOf(candidate);
            shift += prior.covariance[i][j] * instances * (rate - logistic(mean[j]));
            scale += Math.abs(prior.covariance[i][j]) * instances;
          }
          expect(Math.abs(mode - prior.mean[i] - shift) / scale).toBeLessThan(1e-9);
        });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("lead to the same belief in any order, and in parts", () => {
    const halved = (all: readonly Measurement[]) =>
      all.flatMap((m) => [m, m].map((half) => ({ ...half, instances: m.instances / 2 })));
    fc.assert(
      fc.property(anyBelief, anyMeasurements, (prior, all) => {
        const after = measured(prior, NAMES, all);
        for (const others of [all.toReversed(), halved(all)]) {
          const other = measured(prior, NAMES, others);
          after.mean.forEach((m, i) => {
            expect(other.mean[i]).toBeCloseTo(m, 7);
            after.covariance[i].forEach((c, j) => {
              expect(other.covariance[i][j]).toBeCloseTo(c, 7);
            });
          });
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("come to an end where a vague belief meets millions of tasks that contradict each other", () => {
    const found = [1, 0.9, 0].map((rate) => ({ candidate: "a", rate, instances: 1e7 }));
    const prior = {
      mean: [5, 3],
      covariance: [
        [5000, 4000],
        [4000, 5000],
      ],
    };
    const both = [...found, { candidate: "b", rate: 0, instances: 1e7 }];
    const { mean } = measured(prior, ["a", "b"], both);
    expect(logistic(mean[0])).toBeCloseTo(1.9 / 3, 3);
    expect(logistic(mean[1])).toBeCloseTo(0, 3);
  });

  test("none leave the belief as it is", () => {
    const prior = independent([0.1, 0.2], [1, 2]);
    expect(measured(prior, ["a", "b"], [])).toEqual(prior);
  });
});

test.each([
  [{ candidate: "d", rate: 0.5, instances: 10 }, "Measurement of d: must be one of a, b, c"],
  [{ candidate: "a", rate: 1.5, instances: 10 }, "Rate 1.5: must be in [0, 1]"],
  [{ candidate: "a", rate: Number.NaN, instances: 10 }, "Rate NaN: must be in [0, 1]"],
  [{ candidate: "a", rate: 0.5, instances: 0 }, "Instances 0: must be finite and > 0"],
])("%j is refused", (wrong, message) => {
  expect(() => measured(independent([0, 0, 0], [1, 1, 1]), NAMES, [wrong])).toThrow(message);
});
