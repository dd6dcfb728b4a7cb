// Scores of predictions against sums made apart from the code.
import { describe, expect, test } from "vitest";
import { KIM2025_SUCCESS, TEAMS } from "../../../../src/literature/kim2025/published.ts";
import { type Case, casesOf } from "../../../../src/literature/kim2025/unseen/cases.ts";
import {
  differencesOf,
  scoreOf,
  type Trial,
} from "../../../../src/literature/kim2025/unseen/scores.ts";
import { average } from "../../../../src/numerics/statistics.ts";

const cases = casesOf();
const trials = (rates: (of: Case) => readonly number[]): Trial[] =>
  cases.map((of) => ({ of, says: { rates: rates(of) }, weight: 1 }));
const perfect = trials(({ teams }) => teams);

/** A case of WorkBench, whose rates are of 100 instances. */
const one = (single: number, ...teams: number[]): Case => {
  return { family: "f", model: "m", benchmark: "workbench", single, teams };
};

test("a case is a model on a benchmark, with the rates of its teams", () => {
  expect(cases).toHaveLength(24);
  for (const { model, benchmark, single, teams } of cases) {
    const rateOf = (architecture: string) =>
      KIM2025_SUCCESS.find(
        (r) => r.model === model && r.benchmark === benchmark && r.architecture === architecture,
      )?.rate;
    expect([single, ...teams]).toEqual(["single", ...TEAMS].map(rateOf));
  }
});

test("cases without one of their rates are refused", () => {
  expect(() => casesOf(KIM2025_SUCCESS.slice(1))).toThrow(RangeError);
});

describe("score", () => {
  test("of the rates themselves is perfect", () => {
    const score = { rSquared: 1, meanAbsoluteError: 0, right: 24, cases: 24, regret: 0 };
    expect(scoreOf(perfect)).toEqual({ ...score, coverage: null, width: null });
  });

  test("of their mean has an R² of 0", () => {
    const mean = average(cases.flatMap(({ teams }) => teams));
    expect(scoreOf(trials(() => TEAMS.map(() => mean))).rSquared).toBeCloseTo(0, 12);
  });

  // One standard error of .5 among 100 is .05.
  test.each([
    ["the best", one(0.2, 0.5, 0.3, 0.3, 0.3), [0.9, 0, 0, 0], 1, 0],
    ["within a standard error", one(0.2, 0.46, 0.5, 0.3, 0.3), [0.9, 0, 0, 0], 1, 0.04],
    ["beyond it", one(0.2, 0.44, 0.5, 0.3, 0.3), [0.9, 0, 0, 0], 0, 0.06],
    ["the single agent at its rate", one(0.4, 0.5, 0.3, 0.3, 0.3), [0.3, 0, 0, 0], 0, 0.1],
    ["the single agent where a team ties", one(0.4, 0.6, 0.3, 0.3, 0.3), [0.4, 0, 0, 0], 0, 0.2],
  ])("a recommendation of %s counts", (_, of, rates, right, regret) => {
    const score = scoreOf([{ of, says: { rates }, weight: 1 }]);
    expect(score.right).toBe(right);
    expect(score.regret).toBeCloseTo(regret, 12);
  });

  test("a rule has a choice and no rates", () => {
    const of = one(0.2, 0.5, 0.3, 0.3, 0.3);
    const score = scoreOf([{ of, says: { choice: TEAMS[1] }, weight: 1 }]);
    expect(score).toMatchObject({ rSquared: null, meanAbsoluteError: null, right: 0 });
    expect(score.regret).toBeCloseTo(0.2, 12);
  });

  test("trials count by their weights, without the team that was measured", () => {
    const of = one(0.2, 0.5, 0.3, 0.3, 0.3);
    const trial = (team: number, error: number): Trial => {
      const rates = of.teams.map((rate, t) => (t === team ? 1 : rate + error));
      return { of, says: { rates }, measured: team, weight: 0.5 };
    };
    const score = scoreOf([trial(0, 0), trial(1, 0.1)]);
    expect(score.cases).toBe(1);
    // Three rates without an error and three with one of .1.
    expect(score.meanAbsoluteError).toBeCloseTo(0.05, 12);
    // The first is measured, and predicted at 1: right. The second is as well, where .3 is not the best.
    expect(score.right).toBe(0.5);
    expect(score.regret).toBeCloseTo(0.1, 12);
  });

  test("counts the rates within their intervals by benchmark, and their width", () => {
    const score = scoreOf(
      perfect.map((trial) => {
        const isWide = trial.of.benchmark === "plancraft";
        const intervals = trial.of.teams.map((rate, t) =>
          isWide || t === 0 ? ([rate - 0.1, rate + 0.1] as const) : ([2, 2.2] as const),
        );
        return { ...trial, intervals };
      }),
    );
    const coverage = { "finance-agent": 0.25, "browsecomp-plus": 0.25, workbench: 0.25 };
    expect(score.coverage).toEqual({ ...coverage, plancraft: 1 });
    expect(score.width).toBeCloseTo(0.2, 12);
  });

  test("of nothing is refused", () => {
    expect(() => scoreOf([])).toThrow(RangeError);
  });
});

describe("differences", () => {
  const shifted = trials(({ teams }) => teams.map((rate) => rate + 0.1));

  test("of predictions to themselves are 0 in every resample", () => {
    const nothing = { mean: 0, ci: [0, 0] };
    expect(differencesOf(shifted, shifted)).toEqual({ rSquared: nothing, regret: nothing });
  });

  test("are above 0 where the first predictor is better for every model, and change sign with the order", () => {
    const { rSquared } = differencesOf(perfect, shifted);
    const back = differencesOf(shifted, perfect).rSquared;
    const gained = 1 - (scoreOf(shifted).rSquared as number);
    expect(rSquared?.mean).toBeCloseTo(gained, 12);
    expect(rSquared?.ci[0]).toBeGreaterThan(0);
    expect(back?.mean).toBeCloseTo(-gained, 12);
    expect(back?.ci[1]).toBeLessThan(0);
  });

  test("of regret are below 0 where less is lost", () => {
    const worst: Trial[] = cases.map((of) => {
      const rates = of.teams.map((rate) => 2 - rate);
      return { of, says: { rates }, weight: 1 };
    });
    const { regret } = differencesOf(perfect, worst);
    expect(regret.mean).toBeCloseTo(-scoreOf(worst).regret, 12);
    expect(regret.ci[1]).toBeLessThan(0);
  });

  test("of R² need rates on both sides", () => {
    const rule: Trial[] = cases.map((of) => ({ of, says: { choice: "single" }, weight: 1 }));
    expect(differencesOf(perfect, rule).rSquared).toBeNull();
    expect(differencesOf(perfect, rule).regret.mean).toBeCloseTo(-scoreOf(rule).regret, 12);
  });
});
