// Measurements that are worth making, against the value of sample information in closed form, by integration, and by making
// them.
import { describe, expect, test } from "vitest";
import { Scatter, standardNormals } from "../../../src/advise/belief/chances.ts";
import { type JointNormal, observe } from "../../../src/advise/belief/jointNormal.ts";
import { samplingVariance } from "../../../src/advise/belief/logOdds.ts";
import { measured } from "../../../src/advise/belief/measurement.ts";
import {
  CLEAR,
  ENOUGH,
  isClear,
  LADDER,
  nextMeasurement,
  prospect,
} from "../../../src/advise/belief/nextMeasurement.ts";
import { normalCdf, normalQuantile } from "../../../src/numerics/distributions.ts";
import { logistic, logit } from "../../../src/numerics/logit.ts";
import { normalMean } from "../../../src/numerics/normalMean.ts";
import { average } from "../../../src/numerics/statistics.ts";
import { Random } from "../../numerics/random.ts";
import { independent } from "./beliefs.ts";

const normals = (n: number) => standardNormals(n, 2000, "seed");

/** A candidate that is known, and one that is not. */
const oneKnown = (known: number, share: number, variance: number) =>
  independent([logit(known), logit(share)], [0, variance]);

/** Three of which the last two are believed to be alike. */
const THREE: JointNormal = {
  mean: [logit(0.45), logit(0.5), logit(0.48)],
  covariance: [
    [0.04, 0, 0],
    [0, 0.5, 0.4],
    [0, 0.4, 0.5],
  ],
};

describe("the gain by a measurement", () => {
  // Success is linear in log-odds near one half, with slope 1/4. Then the gain is that of two actions with linear values:
  // s (φ(d) - d Φ(-d)) / 4, where s² is the variance of the mean after the measurement, and d the difference over s
  // (Raiffa and Schlaifer 1961, the unit normal linear loss). Its error by 32 points and 2,000 draws is about 3 %.
  test.each([
    [0, 50],
    [0.1, 50],
    [-0.2, 200],
  ])("is that of the unit normal loss for a difference of %d and %d tasks", (difference, n) => {
    const variance = 0.04;
    const error = samplingVariance(difference, n);
    const s = variance / Math.sqrt(variance + error);
    const d = Math.abs(difference) / s;
    const density = Math.exp((-d * d) / 2) / Math.sqrt(2 * Math.PI);
    const expected = (s * (density - d * normalCdf(-d))) / 4;
    const { gain } = prospect(independent([0, difference], [0, variance]), 1, n, normals(2));
    expect(Math.abs(gain / expected - 1)).toBeLessThan(0.1);
  });

  test("and the chance of a clear choice are integrals where one candidate is known", () => {
    const [known, share, variance, n] = [0.3, 0.25, 0.7, 30];
    const belief = oneKnown(known, share, variance);
    const error = samplingVariance(logit(share), n);
    const spread = variance / Math.sqrt(variance + error);
    const rest = Math.sqrt((variance * error) / (variance + error));
    const outcomes = Array.from({ length: 1000 }, (_, k) => {
      const mean = logit(share) + spread * normalQuantile((k + 0.5) / 1000);
      const over = (f: (share: number) => number) =>
        normalMean((z) => f(logistic(mean + rest * z)));
      const [success, best] = [over((x) => x), over((x) => Math.max(x, known))];
      return { success, chosen: Math.max(success, known), loss: best - Math.max(success, known) };
    });
    const before = Math.max(known, average(outcomes.map(({ success }) => success)));
    const gain = average(outcomes.map(({ chosen }) => chosen)) - before;
    const chance = average(outcomes.map(({ loss }) => Number(loss <= CLEAR)));
    const held = prospect(belief, 1, n, normals(2));
    expect(Math.abs(held.gain - gain)).toBeLessThan(0.003);
    // Two ends of what is not clear, each right to half of a 32nd, and the error of the draws.
    expect(Math.abs(held.chanceClear - chance)).toBeLessThan(2 / 32);
  });

  test("is none where it could change nothing", () => {
    expect(prospect(oneKnown(0.9, 0.1, 0.01), 1, 200, normals(2)).gain).toBe(0);
    expect(prospect(oneKnown(0.5, 0.5, 1), 0, 200, normals(2)).gain).toBe(0);
  });

  test("and the chance of a clear choice grow with the number of tasks", () => {
    const all = [...LADDER, 1e4, 1e9].map((n) =>
      prospect(oneKnown(0.4, 0.45, 0.6), 1, n, normals(2)),
    );
    for (const key of ["gain", "chanceClear"] as const) {
      const values = all.map((held) => held[key]);
      expect(values).toEqual(values.toSorted((a, b) => a - b));
      expect(values[0]).toBeLessThan(values.at(-1) as number);
    }
    expect(all.at(-1)?.chanceClear).toBe(1);
  });

  test("reaches through what is believed to be alike to candidates that are not measured", () => {
    const eligible = [true, true, false];
    const apart = independent(THREE.mean, [0.04, 0.5, 0.5]);
    expect(prospect(apart, 2, 100, normals(3), eligible).gain).toBe(0);
    expect(prospect(THREE, 2, 100, normals(3), eligible).gain).toBeGreaterThan(0.01);
  });

  // 600 measurements: the chance has a standard error of .02, and the plan is right to about .05 beside.
  test("and the chance of a clear choice are what comes of making it", () => {
    const [index, n, runs] = [1, 100, 600];
    const held = prospect(THREE, index, n, normals(3));
    const random = new Random("made");
    const after = Array.from({ length: runs }, (_, run) => {
      random.enter(run);
      const logOdds =
        THREE.mean[index] + Math.sqrt(THREE.covariance[index][index]) * random.normal();
      let successes = 0;
      for (let i = 0; i < n; i++) if (random.uniform() < logistic(logOdds)) successes++;
      const found = [{ candidate: "b", rate: successes / n, instances: n }];
      const { mean, covariance } = measured(THREE, ["a", "b", "c"], found);
      return new Scatter(covariance, normals(3)).around(mean);
    });
    const before = Math.min(...[0, 1, 2].map((i) => average(after.map(({ losses }) => losses[i]))));
    const gain = before - average(after.map(({ losses, best }) => losses[best]));
    const clear = average(after.map((held) => Number(isClear(held))));
    expect(Math.abs(held.chanceClear - clear)).toBeLessThan(0.12);
    expect(Math.abs(held.gain - gain)).toBeLessThan(0.006);
  });
});

describe("the next measurement", () => {
  const open = {
    belief: oneKnown(0.4, 0.5, 0.5),
    names: ["known", "new"],
    prices: [0.01, 0.5],
    seed: "seed",
  };
  const prospectOf = (index: number, n: number, { belief } = open) =>
    prospect(belief, index, n, normals(belief.mean.length));

  test("is none of a clear choice", () => {
    expect(nextMeasurement({ ...open, belief: oneKnown(0.9, 0.2, 0.1) })).toBeUndefined();
    expect(nextMeasurement({ ...open, eligible: [false, true] })).toBeUndefined();
  });

  test("is the cheapest that probably makes the choice clear", () => {
    const next = nextMeasurement(open);
    expect(next).toMatchObject({ candidate: "new", enough: true });
    const { instances, cost, chanceClear } = next as NonNullable<typeof next>;
    expect(cost).toBe(instances * 0.5);
    expect(chanceClear).toBeGreaterThanOrEqual(ENOUGH);
    const smaller = LADDER.filter((n) => n < instances);
    expect(smaller.length).toBeGreaterThan(0);
    for (const n of smaller) expect(prospectOf(1, n).chanceClear).toBeLessThan(ENOUGH);
  });

  test("is of the cheaper one of two that teach the same", () => {
    const [v, c] = [0.5, 0.5 - 1e-9];
    const belief = {
      mean: [logit(0.4), logit(0.5), logit(0.5)],
      covariance: [
        [0, 0, 0],
        [0, v, c],
        [0, c, v],
      ],
    };
    const names = ["known", "dear", "cheap"];
    const next = (prices: (number | undefined)[]) =>
      nextMeasurement({ belief, names, prices, seed: "seed" })?.candidate;
    expect(next([undefined, 0.5, 0.4])).toBe("cheap");
    expect(next([undefined, 0.5, undefined])).toBe("dear");
  });

  test("is a first step where none is enough: most of the gain at the least cost", () => {
    const belief = independent([0, 0.1, 0.2], [0.3, 0.3, 0.3]);
    const prices = [1, 1.1, undefined];
    const next = nextMeasurement({ ...open, belief, names: ["a", "b", "c"], prices });
    const plans = [1, 1.1].flatMap((price, index) =>
      LADDER.map((n) => ({ cost: price * n, ...prospect(belief, index, n, normals(3)) })),
    );
    expect(Math.max(...plans.map(({ chanceClear }) => chanceClear))).toBeLessThan(ENOUGH);
    const most = 0.8 * Math.max(...plans.map(({ gain }) => gain));
    const cheapest = Math.min(...plans.filter(({ gain }) => gain >= most).map(({ cost }) => cost));
    expect(next).toMatchObject({ cost: cheapest, enough: false });
    expect(cheapest).toBeGreaterThan(Math.min(...plans.map(({ cost }) => cost)));
  });

  test("is none where no candidate can be measured that matters", () => {
    expect(nextMeasurement({ ...open, prices: [0.01, undefined] })).toBeUndefined();
    expect(nextMeasurement({ ...open, prices: [undefined, undefined] })).toBeUndefined();
  });

  test("is the same for the same seed", () => {
    const choice = { ...open, belief: THREE, names: ["a", "b", "c"], prices: [0.1, 0.2, 0.3] };
    expect(nextMeasurement(choice)).toEqual(nextMeasurement(choice));
  });

  // A measured candidate's error shrinks by each step, so that steps end; a dozen would be too many to be of use.
  test("after next leads to a clear choice", () => {
    const truth = [0.45, 0.35, 0.6];
    const names = ["a", "b", "c"];
    let belief = THREE;
    const random = new Random("steps");
    let steps = 0;
    for (; steps < 12; steps++) {
      const next = nextMeasurement({ belief, names, prices: [0.1, 0.2, 0.3], seed: "seed" });
      if (next === undefined) break;
      let successes = 0;
      for (let i = 0; i < next.instances; i++)
        if (random.uniform() < truth[names.indexOf(next.candidate)]) successes++;
      belief = measured(belief, names, [{ ...next, rate: successes / next.instances }]);
    }
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(12);
    const { best } = new Scatter(belief.covariance, normals(3)).around(belief.mean);
    expect(names[best]).toBe("c");
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("has no price of %d", (price) => {
    expect(() => nextMeasurement({ ...open, prices: [price, 1] })).toThrow(
      `Price ${price}: must be finite and >= 0`,
    );
  });
});

test("an observation that was planned is the one that is made", () => {
  // Where success is one half, planned and real sampling variances are the same.
  const prior = independent([0], [0.3]);
  const planned = observe(prior, 0, 0, samplingVariance(0, 40));
  const made = measured(prior, ["a"], [{ candidate: "a", rate: 0.5, instances: 40 }]);
  expect(made.covariance[0][0]).toBeCloseTo(planned.covariance[0][0], 12);
});
