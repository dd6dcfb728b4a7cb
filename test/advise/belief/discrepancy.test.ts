// What simulations miss: closed forms of balanced layouts, and variances that are found again.
import { describe, expect, test } from "vitest";
import {
  corrected,
  type Discrepancy,
  discrepancyOf,
  familyShift,
  relativeVariance,
  spreadOver,
  WEIGHTS,
} from "../../../src/advise/belief/discrepancy.ts";
import { Draws, rootKey } from "../../../src/numerics/draws.ts";

const MEAN = 0.3;
const MODELS = [-0.6, -0.2, 0.3, 0.5];
const TEAMS = [0.4, -0.4];
/** Has no mean over models or teams. */
const INTERACTION = [1, -1, 1, -1].map((sign) => [sign, -sign]);

/** Residuals of one set: a mean, a part of each model, one of each team, and so much interaction. */
const layout = (size: number, mean = MEAN) => [
  MODELS.map((model, m) => TEAMS.map((team, t) => mean + model + team + size * INTERACTION[m][t])),
];
/** Sum of squares of MODELS over 3. */
const BETWEEN = 0.74 / 3;
/** How much more uncertain a new model is than those that were seen: 1 + 1/4, and Student's t with 3 degrees of freedom. */
const NEW = 1.25 * 3;

describe("variances of a new model", () => {
  test("without interaction: what the models have in common, and nothing relative", () => {
    expect(discrepancyOf(layout(0), 0).common).toBeCloseTo(NEW * BETWEEN, 12);
    expect(relativeVariance([{ residuals: layout(0), sampling: 0.01 }])).toBe(0);
  });

  // The interaction has 8 squares of .1 and 3 degrees of freedom.
  test("with interaction: beyond what sampling explains", () => {
    const within = 0.08 / 3;
    expect(discrepancyOf(layout(0.1), 0).common).toBeCloseTo(NEW * (BETWEEN - within / 2), 12);
    const one = { residuals: layout(0.1), sampling: 0.01 };
    expect(relativeVariance([one])).toBeCloseTo(NEW * (within - 0.01), 12);
    // Of two benchmarks it is the mean, with twice the degrees of freedom.
    const other = { residuals: layout(0.2), sampling: 0.02 };
    const mean = (5 * within - 0.03) / 2;
    expect(relativeVariance([one, other])).toBeCloseTo(1.25 * 1.5 * mean, 12);
  });

  test("are never below 0", () => {
    const noise = [INTERACTION.map((teams) => [...teams])];
    expect(discrepancyOf(noise, 0).common).toBe(0);
    expect(relativeVariance([{ residuals: noise, sampling: 100 }])).toBe(0);
  });

  // 400 models of 4 teams. Standard errors: of the common variance (.5 + .3 / 4) √(2 / 399), of the relative one .3 √(2 / 1197).
  // Five of them are exceeded by fewer than 1 seed in 500,000.
  test("are found again in normal residuals", () => {
    const draws = new Draws(rootKey("discrepancy"), 1);
    const residuals = Array.from({ length: 400 }, (_, m) => {
      const shared = Math.sqrt(0.5) * normal(draws, m, 0);
      return [1, 2, 3, 4].map((t) => shared + Math.sqrt(0.3) * normal(draws, m, t));
    });
    const { common } = discrepancyOf([residuals], 0);
    const relative = relativeVariance([{ residuals: [residuals], sampling: 0.1 }]);
    const few = (1 + 1 / 400) * (399 / 397);
    expect(Math.abs(common / few - 0.5)).toBeLessThan(5 * 0.575 * Math.sqrt(2 / 399));
    expect(Math.abs(relative - 0.2)).toBeLessThan(5 * 0.3 * Math.sqrt(2 / 1197));
  });

  test.each([
    ["three models", [[[0], [0], [0]].map(() => [0, 0])]],
    ["one team", [[[0], [0], [0], [0]]]],
    ["no model", [[]]],
  ])("of %s are refused", (_, residuals) => {
    expect(() => discrepancyOf(residuals, 0)).toThrow(RangeError);
    expect(() => relativeVariance([{ residuals, sampling: 0 }])).toThrow(RangeError);
  });
});

/** By Box and Muller. */
function normal(draws: Draws, model: number, team: number): number {
  const [u, v] = [0, 1].map((k) => draws.uniform(0, model, team, k));
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
}

describe("corrections", () => {
  test("believe a share of what all teams share, and another of the rest", () => {
    const { corrections } = discrepancyOf(layout(0.1), 0.01);
    TEAMS.forEach((team, t) => {
      expect(corrections[0][t]).toBeCloseTo(WEIGHTS.common * MEAN + WEIGHTS.relative * team, 12);
    });
  });

  test("with weights of 1 are the mean over the models", () => {
    const { corrections } = discrepancyOf(layout(0.1), 0.01, { common: 1, relative: 1 });
    TEAMS.forEach((team, t) => {
      expect(corrections[0][t]).toBeCloseTo(MEAN + team, 12);
    });
  });

  test("are of each parameter set by itself", () => {
    const [first] = layout(0);
    const [second] = layout(0, MEAN + 1);
    const { corrections, common } = discrepancyOf([first, second], 0.01);
    expect(corrections[1][0] - corrections[0][0]).toBeCloseTo(WEIGHTS.common, 12);
    expect(common).toBeCloseTo(NEW * BETWEEN, 12);
  });
});

test("a family adds a share of what it has in common over the mean of all models", () => {
  const isOfFamily = [true, false, false, true];
  // Its mean part is (-.6 + .5) / 2.
  expect(familyShift(layout(0.1), isOfFamily)).toBeCloseTo(WEIGHTS.common * -0.05, 12);
  expect(familyShift(layout(0), [true, true, true, true])).toBeCloseTo(0, 12);
});

describe("a corrected simulation", () => {
  const discrepancy: Discrepancy = { corrections: [[0.1, 0.2]], common: 0.5, relative: 0.25 };

  test("of one set is as uncertain as a new model", () => {
    const { mean, covariance } = corrected([[1, 2]], discrepancy);
    expect(mean).toEqual([1.1, 2.2]);
    expect(covariance).toEqual([
      [0.75, 0.5],
      [0.5, 0.75],
    ]);
  });

  test("is moved by a shift, and more uncertain by its square", () => {
    const { mean, covariance } = corrected([[1, 2]], discrepancy, -0.5);
    expect(mean[0]).toBeCloseTo(0.6, 12);
    expect(covariance[0][1]).toBeCloseTo(0.5 + 0.25, 12);
  });

  // The second team follows the first by twice as much: variances 2 and 8, covariance 4.
  test("of two sets has their spread as well", () => {
    const { mean, covariance } = spreadOver(
      [
        [0, 1],
        [2, 5],
      ],
      { common: 0.5, relative: 0.25 },
    );
    expect(mean).toEqual([1, 3]);
    expect(covariance).toEqual([
      [2.75, 4.5],
      [4.5, 8.75],
    ]);
  });
});
