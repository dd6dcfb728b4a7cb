// Predictors without a mechanism, against figures that were computed apart from the code.
import { describe, expect, test } from "vitest";
import {
  BASELINES,
  type Baseline,
  bestLines,
  FAIR,
  FAMILY,
  shiftedMean,
} from "../../../../src/literature/kim2025/unseen/baselines.ts";
import { casesOf } from "../../../../src/literature/kim2025/unseen/cases.ts";
import { scoreOf } from "../../../../src/literature/kim2025/unseen/scores.ts";

const cases = casesOf();
const scored = (predict: Baseline["predict"]) => scoreOf(predict(cases));
const named = (name: string) => {
  const found = BASELINES.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`There is no baseline ${name}`);
  return found.predict;
};

test.each([
  ["mean", named("mean"), "0.452", "0.119"],
  ["mean, shifted by .25", named(FAIR), "0.486", "0.117"],
  ["mean, shifted by .3", shiftedMean(0.3), "0.486", "0.117"],
  ["lines", named("lines"), "0.411", "0.122"],
  ["family mean", named(FAMILY), "0.680", "0.099"],
  ["single", named("single"), "-0.384", "0.177"],
  ["best lines", bestLines, "0.694", "0.083"],
])("%s", (_, predict, rSquared, error) => {
  const score = scored(predict);
  expect([score.rSquared?.toFixed(3), score.meanAbsoluteError?.toFixed(3)]).toEqual([
    rSquared,
    error,
  ]);
});

test("the fixed rule is right in 21 cases, and predicts no rates", () => {
  const { rSquared, right, regret } = scored(named("fixed rule"));
  expect([rSquared, right]).toEqual([null, 21]);
  expect(regret).toBeCloseTo(0.0142, 4);
});

test("no shift of the mean is better than the best lines", () => {
  const best = scored(bestLines).rSquared;
  for (let share = 0; share <= 1; share += 0.05)
    expect(scored(shiftedMean(share)).rSquared).toBeLessThan(best as number);
});

describe("what a baseline says of a model", () => {
  // A model's own teams have no part in what is said of it.
  test.each(BASELINES)("$name: is the same whatever its own teams do", ({ predict }) => {
    const { model } = cases[0];
    const changed = cases.map((one) =>
      one.model === model ? { ...one, teams: one.teams.map((rate) => 1 - rate) } : one,
    );
    const saidOf = (all: typeof cases) =>
      predict(all).flatMap(({ of, says }) => (of.model === model ? [says] : []));
    expect(saidOf(changed)).toEqual(saidOf(cases));
  });

  test("changes with the others' teams, unless it is a rule", () => {
    const { model } = cases[0];
    const changed = cases.map((one) =>
      one.model === model ? one : { ...one, teams: one.teams.map((rate) => rate / 2) },
    );
    const isTheSame = BASELINES.filter(({ predict }) => {
      const [before, after] = [cases, changed].map((all) => predict(all)[0].says);
      return JSON.stringify(before) === JSON.stringify(after);
    });
    expect(isTheSame.map(({ name }) => name)).toEqual(["fixed rule", "single"]);
  });
});
