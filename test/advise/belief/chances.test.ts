// Chances to be best, expected losses and mean success against closed forms and integrals.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outlook, shareInterval } from "../../../src/advise/belief/chances.ts";
import { logOdds, samplingVariance, shareMean } from "../../../src/advise/belief/logOdds.ts";
import { pulled } from "../../../src/advise/simulation/pull.ts";
import { logistic, logit } from "../../../src/numerics/logit.ts";
import { normalMean } from "../../../src/numerics/normalMean.ts";
import { anyBelief, independent } from "./beliefs.ts";

const shares = (means: readonly number[], variances: readonly number[]) =>
  independent(means.map(logit), variances);

// 20,000 draws: the standard error is at most .0035; four of them are a false alarm in 16,000 seeds.
const NEAR = 0.015;

describe("chance to be best", () => {
  test("is a half for two equals, and near 1 for a clear one", () => {
    const { chances } = outlook(shares([0.4, 0.4], [0.1, 0.1]), "seed");
    expect(Math.abs(chances[0] - 0.5)).toBeLessThan(NEAR);
    expect(chances[0] + chances[1]).toBe(1);
    expect(outlook(shares([0.8, 0.3], [0.01, 0.01]), "seed").chances).toEqual([1, 0]);
  });

  // P(X > Y) = Φ(1) = .841 where X - Y is normal with mean 1 and variance 1.
  test("follows the variance of the difference, in which a shared error cancels out", () => {
    for (const shared of [0, 2, 50]) {
      const covariance = [
        [shared + 0.5, shared],
        [shared, shared + 0.5],
      ];
      const [chance] = outlook({ mean: [1, 0], covariance }, "seed").chances;
      expect(Math.abs(chance - 0.8413)).toBeLessThan(NEAR);
    }
  });

  test("of the first of several that are certain and equal is 1", () => {
    expect(outlook(shares([0.5, 0.5], [0, 0]), "seed").chances).toEqual([1, 0]);
  });
});

// Standard deviations of success are at most .2 here: four standard errors over 20,000 draws are .0057.
const CLOSE = 0.006;

describe("mean success and expected loss", () => {
  test("of one that is known and one that is not are integrals over the latter", () => {
    const [known, mean, variance] = [0.45, -0.4, 0.8];
    const { means, losses, best } = outlook(independent([logit(known), mean], [0, variance]), "s");
    const over = (f: (share: number) => number) =>
      normalMean((z) => f(logistic(mean + Math.sqrt(variance) * z)));
    expect(means[0]).toBeCloseTo(known, 12);
    expect(Math.abs(means[1] - over((share) => share))).toBeLessThan(CLOSE);
    expect(Math.abs(losses[0] - over((share) => Math.max(0, share - known)))).toBeLessThan(CLOSE);
    expect(Math.abs(losses[1] - over((share) => Math.max(0, known - share)))).toBeLessThan(CLOSE);
    expect(best).toBe(0);
  });

  test("the best has the highest mean, which is not always the highest median", () => {
    const { means, losses, best } = outlook(shares([0.1, 0.098], [0, 1]), "seed");
    expect(best).toBe(1);
    expect(means[1]).toBeGreaterThan(means[0]);
    expect(losses[1]).toBeLessThan(losses[0]);
  });

  test("is 0 of the only candidate", () => {
    expect(outlook(shares([0.3], [1]), "seed").losses).toEqual([0]);
  });
});

describe("a candidate that may not be chosen", () => {
  const belief = shares([0.9, 0.5, 0.4], [0.01, 0.3, 0.3]);

  test("wins nothing and is no alternative: the others are as without it", () => {
    const { chances, losses, means, best } = outlook(belief, "seed", [false, true, true]);
    const others = outlook(shares([0.5, 0.4], [0.3, 0.3]), "seed");
    expect(chances[0]).toBe(0);
    expect(best).toBe(1);
    // Not the same draws: four standard errors of a difference.
    expect(Math.abs(chances[1] - others.chances[0])).toBeLessThan(NEAR * Math.SQRT2);
    expect(Math.abs(losses[1] - others.losses[0])).toBeLessThan(CLOSE * Math.SQRT2);
    expect(losses[0]).toBeCloseTo(losses[1] + means[1] - means[0], 12);
    expect(losses[0]).toBeLessThan(-0.3);
  });

  test("must not be the only one", () => {
    expect(() => outlook(belief, "seed", [false, false, false])).toThrow(
      "No candidate is eligible: at least one must be",
    );
  });
});

test("whatever is believed, chances add up to 1, losses are none below 0, and a seed decides", () => {
  fc.assert(
    fc.property(anyBelief, (belief) => {
      const held = outlook(belief, "seed");
      expect(held.chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...held.losses)).toBeGreaterThanOrEqual(-1e-12);
      expect(held.losses[held.best]).toBe(Math.min(...held.losses));
      expect(outlook(belief, "seed")).toEqual(held);
    }),
    { seed: 1, numRuns: 15 },
  );
});

describe("shares in log-odds", () => {
  test("there and back", () => {
    for (const share of [0.01, 0.3, 0.5, 0.99])
      expect(logistic(logOdds(share, 1e6))).toBeCloseTo(share, 12);
  });

  test("0 and 1 are half a trial away from the ends", () => {
    expect(logistic(logOdds(0, 50))).toBeCloseTo(0.01, 12);
    expect(logistic(logOdds(1, 50))).toBeCloseTo(0.99, 12);
  });

  test("the variance of n trials is 1 / (n p (1 - p)), by the delta method", () => {
    expect(samplingVariance(logOdds(0.4, 1000), 1000)).toBeCloseTo(1 / (1000 * 0.4 * 0.6), 12);
  });

  test("the mean of a share is nearer to one half than its median, and its median without variance", () => {
    expect(shareMean(-2, 0)).toBeCloseTo(logistic(-2), 12);
    expect(shareMean(-2, 1)).toBeGreaterThan(logistic(-2) + 0.01);
    expect(shareMean(-2, 1) + shareMean(2, 1)).toBeCloseTo(1, 12);
  });

  test("an interval of variance v reaches 1.96 √v to both sides", () => {
    const [low, high] = shareInterval(0.2, 0.25);
    expect(Math.log(low / (1 - low))).toBeCloseTo(0.2 - 1.96 * 0.5, 4);
    expect(Math.log(high / (1 - high))).toBeCloseTo(0.2 + 1.96 * 0.5, 4);
  });
});

describe("pull", () => {
  test("0 leaves the mean, 1 the rate, a half lies between", () => {
    expect(pulled(0.8, 0.4, 0)).toBe(0.4);
    expect(pulled(0.8, 0.4, 1)).toBeCloseTo(0.8, 15);
    expect(pulled(0.8, 0.4, 0.5)).toBeCloseTo(0.6, 15);
  });

  test.each([
    [1.2, 0.4, 0.5],
    [0.5, Number.NaN, 0.5],
    [0.5, 0.4, -1],
  ])("refuses what is no share: %j, %j, %j", (success, mean, pull) => {
    expect(() => pulled(success, mean, pull)).toThrow(/must be in \[0, 1\]$/);
  });
});
