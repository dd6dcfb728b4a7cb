// Measurements that beliefs, or each other, make unlikely.
import { describe, expect, test } from "vitest";
import type { JointNormal } from "../../../src/advise/belief/jointNormal.ts";
import { samplingVariance } from "../../../src/advise/belief/logOdds.ts";
import { surprises } from "../../../src/advise/belief/surprise.ts";
import { logistic } from "../../../src/numerics/logit.ts";
import { chiSquaredTail } from "../../../src/numerics/quantiles.ts";
import { Random } from "../../numerics/random.ts";
import { independent } from "./beliefs.ts";

const PAIR: JointNormal = {
  mean: [0, -0.5],
  covariance: [
    [0.5, 0.4],
    [0.4, 0.6],
  ],
};

describe("a belief and what was found", () => {
  // With a million tasks both are normal: the distance is that of the findings under the sum of both variances.
  test("differ by Mahalanobis's distance where all is normal", () => {
    const [x, y] = [0.004, -0.003];
    const found = [x, y].map(logistic);
    const [a, b, c] = [3e-6, 2e-6, 4e-6];
    const prior = {
      mean: [0, 0],
      covariance: [
        [a, b],
        [b, c],
      ],
    };
    const error = samplingVariance(0, 1e6);
    const determinant = (a + error) * (c + error) - b * b;
    const distance = ((c + error) * x * x - 2 * b * x * y + (a + error) * y * y) / determinant;
    const measurements = found.map((rate, i) => ({ candidate: "ab"[i], rate, instances: 1e6 }));
    const [{ from, p, measurements: about }] = surprises(prior, ["a", "b"], measurements);
    expect(p / chiSquaredTail(distance, 2)).toBeCloseTo(1, 3);
    expect([from, about]).toEqual(["belief", [0, 1]]);
  });

  test("agree fully where just that was believed", () => {
    const found = [{ candidate: "a", rate: 0.5, instances: 40 }];
    expect(surprises(independent([0], [1]), ["a"], found)[0].p).toBe(1);
  });

  test("differ the more the surer the belief, also at a share of 0", () => {
    const found = [{ candidate: "a", rate: 0, instances: 100 }];
    const chances = [9, 1, 0.36, 0.1].map(
      (v) => surprises(independent([0], [v]), ["a"], found)[0].p,
    );
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    expect(chances[0]).toBeGreaterThan(0.01);
    expect(chances[3]).toBeLessThan(1e-9);
  });

  test("differ where two that are believed to be alike are not", () => {
    const alike = {
      mean: [0, 0],
      covariance: [
        [0.5, 0.45],
        [0.45, 0.5],
      ],
    };
    const found = [
      { candidate: "a", rate: 0.7, instances: 100 },
      { candidate: "b", rate: 0.3, instances: 100 },
    ];
    for (const one of found) expect(surprises(alike, ["a", "b"], [one])[0].p).toBeGreaterThan(0.2);
    expect(surprises(alike, ["a", "b"], found)[0].p).toBeLessThan(0.001);
  });
});

describe("measurements of one candidate", () => {
  const found = [
    { candidate: "a", rate: 0.1, instances: 100 },
    { candidate: "b", rate: 0.4, instances: 50 },
    { candidate: "a", rate: 0.5, instances: 80 },
  ];

  test("contradict each other whatever is believed, and are named", () => {
    const all = [-3, 0, 3].map((m) => surprises(independent([m, m], [2, 2]), ["a", "b"], found));
    for (const [own, together] of all) {
      expect(own).toEqual({ from: "each other", p: all[0][0].p, measurements: [0, 2] });
      expect(together.measurements).toEqual([0, 1, 2]);
    }
    expect(all[0][0].p).toBeLessThan(1e-8);
  });

  // Pearson's statistic of the two-by-two table, which the likelihood ratio nears: 2.0202, p = .155.
  test("that hardly differ are near to Pearson's test", () => {
    const near = [0.5, 0.6].map((rate) => ({ candidate: "a", rate, instances: 100 }));
    const [{ p }] = surprises(independent([0], [1]), ["a"], near);
    expect(p).toBeCloseTo(0.155, 2);
  });

  test("that are alike are no surprise, at 0 and 1 as well", () => {
    for (const rate of [0, 0.3, 1]) {
      const alike = [10, 70].map((instances) => ({ candidate: "a", rate, instances }));
      expect(surprises(independent([0], [1]), ["a"], alike)[0].p).toBeCloseTo(1, 5);
    }
  });

  test("count once against the belief: in parts they say the same of it", () => {
    const pooled = { candidate: "a", rate: 0.3, instances: 60 };
    const parts = [0.2, 0.4].map((rate) => ({ candidate: "a", rate, instances: 30 }));
    const [, together] = surprises(PAIR, ["a", "b"], parts);
    expect(together.p).toBeCloseTo(surprises(PAIR, ["a", "b"], [pooled])[0].p, 12);
  });
});

test("nothing was found, nothing surprises", () => {
  expect(surprises(PAIR, ["a", "b"], [])).toEqual([]);
});

// Shares of successes in n tasks are discrete, so that chances come near to what they say and no nearer: over 20,000 runs
// .055 and .048 at the level .05, and .0095 and .011 at .01. Over 2,000 runs these shares have standard deviations of .005
// and .0023: the bounds are 4 of them away, a false alarm at one seed in 10,000.
test("surprises are as rare as they say, where belief and measurements are right", () => {
  const random = new Random("surprise");
  const bounds = [
    [0.05, 0.03, 0.075],
    [0.01, 0, 0.02],
  ];
  const runs = 2000;
  const seen = { belief: [0, 0], "each other": [0, 0] };
  const share = (p: number, n: number) => {
    let successes = 0;
    for (let i = 0; i < n; i++) if (random.uniform() < p) successes++;
    return successes / n;
  };
  for (let run = 0; run < runs; run++) {
    random.enter(run);
    const [x, y] = [random.normal(), random.normal()];
    // Cholesky's factor of the covariance.
    const a = logistic(PAIR.mean[0] + Math.sqrt(0.5) * x);
    const b = logistic(PAIR.mean[1] + (0.4 * x) / Math.sqrt(0.5) + Math.sqrt(0.6 - 0.16 / 0.5) * y);
    const found = [
      { candidate: "a", rate: share(a, 40), instances: 40 },
      { candidate: "a", rate: share(a, 60), instances: 60 },
      { candidate: "b", rate: share(b, 30), instances: 30 },
    ];
    for (const { from, p } of surprises(PAIR, ["a", "b"], found))
      bounds.forEach(([level], i) => {
        if (p < level) seen[from][i]++;
      });
  }
  for (const counts of Object.values(seen))
    bounds.forEach(([, low, high], i) => {
      expect(counts[i] / runs).toBeGreaterThan(low);
      expect(counts[i] / runs).toBeLessThan(high);
    });
});
