// The text of predictions of unseen models, made of numbers that are easy to see.
import { expect, test } from "vitest";
import { ENGINE } from "../../src/experiment/result.ts";
import type { Difference, Score } from "../../src/literature/kim2025/unseen/scores.ts";
import {
  AIMS,
  CORRECTED,
  MEASURED_AIM,
  type PredictionStudy,
  type Row,
} from "../../src/literature/kim2025/unseen/study.ts";
import { predictionText } from "../../src/terminal/predictions.ts";
import { colorsIf } from "../../src/terminal/style.ts";

const score = (rSquared: number | null, right = 20): Score => ({
  rSquared,
  meanAbsoluteError: rSquared === null ? null : 0.1,
  right,
  cases: 24,
  regret: 0.0123,
  coverage: null,
  width: null,
});
const withIntervals = (rSquared: number, right?: number): Score => ({
  ...score(rSquared, right),
  coverage: { "finance-agent": 0.92, "browsecomp-plus": 0.95, workbench: 0.96, plancraft: 0.98 },
  width: 0.5,
});
const row = (kind: Row["kind"], name: string, of: Score): Row => {
  return { kind, name, description: `all of ${name}`, score: of, against: null, differences: null };
};
const against = (one: Row, other: string, mean: number, ci: Difference["ci"]): Row => {
  const regret: Difference = { mean: 0, ci: [-0.01, 0.01] };
  return { ...one, against: other, differences: { rSquared: { mean, ci }, regret } };
};

/** @param ci 95 % intervals of what the simulation has over its like, before and after a measurement */
function studyWith(...ci: readonly [before: Difference["ci"], after: Difference["ci"]]) {
  const corrected = row("simulation", CORRECTED, withIntervals(0.5, 22));
  const measured = row("measured", MEASURED_AIM, withIntervals(0.75, 19.75));
  const study: PredictionStudy = {
    schema: "faultline/predictions@1",
    study: "kim2025",
    seed: "seed",
    replications: 1024,
    sets: 16,
    engine: ENGINE,
    aims: AIMS,
    rows: [
      against(corrected, "guess", 0.1, ci[0]),
      against(measured, "guess", -0.05, ci[1]),
      row("baseline", "guess", score(0.4)),
      row("baseline", "rule", score(null)),
      row("hindsight", "oracle", score(1, 24)),
    ],
    folds: [
      { model: "one", refitted: true, score: withIntervals(0.5) },
      { model: "other", refitted: false, score: withIntervals(-0.5) },
    ],
    cells: [
      {
        model: "one",
        benchmark: "workbench",
        architecture: "hybrid",
        single: 0.5,
        published: 0.6,
        predicted: 0.5,
        interval: [0.4, 0.6],
      },
    ],
    unreached: 2,
    experience: {
      sets: [1],
      known: {},
      own: {
        stated: { trust: 1, common: 0, relative: 0 },
        guessed: { trust: 1, common: 0, relative: 0 },
      },
    },
  };
  return study;
}

const textOf = (study: PredictionStudy) =>
  predictionText(study, { colors: colorsIf(false), width: 120 });

test("predictions of unseen models", () => {
  expect(textOf(studyWith([-0.05, 0.25], [-0.1, 0.01]))).toMatchInlineSnapshot(`
    "No evidence of skill without a measurement: R² is 0.500 for "corrected" and 0.400 for "guess", a difference of 0.100
    [-.050, .250].
    After one team is measured on 50 instances, a table without simulation is as good: R² is 0.750 for "corrected, 50
    measured" and 0.400 for "guess", a difference of -0.050 [-.100, .010].
    kim2025: success of 1 team, predicted from the single agents of a model left out · seed seed · 1,024 replications of
    each over 16 parameter sets

                               R²        mean abs. error   right choice   regret   coverage     width
    ──────────────────────────────────────────────────────────────────────────────────────────────────
    Simulated, each model left out
      corrected              ✓  0.500    0.100           ✓ 22 of 24     ✗ 0.012  ✓ 92 to 98 % ✗ 0.500
    With one team measured
      corrected, 50 measured ✗  0.750    0.100             19.8 of 24     0.012    92 to 98 %   0.500
    Without simulation
      guess                     0.400    0.100             20 of 24       0.012
      rule                                                 20 of 24       0.012
    No prediction: it has seen the rates
      oracle                    1.000    0.100             24 of 24       0.012
    By model: corrected
      one                       0.500    0.100             20 of 24       0.012    92 to 98 %   0.500
      other (not refitted)     -0.500    0.100             20 of 24       0.012    92 to 98 %   0.500
    ──────────────────────────────────────────────────────────────────────────────────────────────────

                               R² gained
    ───────────────────────────────────────────────
    Simulated, each model left out
      corrected                 0.100 [-.050, .250]
    With one team measured
      corrected, 50 measured   -0.050 [-.100, .010]
    Without simulation
      guess
      rule
    No prediction: it has seen the rates
      oracle
    By model: corrected
      one
      other (not refitted)
    ───────────────────────────────────────────────
    ✓ ✗ aims: R² at least 0.480; R² after one team is measured on 50 instances at least 0.800; right choice at least 22 of
    24; regret at most 0.008; coverage of every benchmark 92 to 98 %; width of the intervals at most 0.450.
    right choice: the recommended architecture is the best, or within one standard error of it; regret: what following it
    loses. The single agent counts with its published rate, which is known.
    coverage: share of the published rates within their 95 % intervals, on the worst and the best benchmark; width: mean of
    these intervals.
    R² gained: over a predictor without simulation that knows as much, with the 95 % interval of a bootstrap over models.
    corrected: all of corrected; R² gained over guess.
    corrected, 50 measured: all of corrected, 50 measured; R² gained over guess.
    guess: all of guess.
    rule: all of rule.
    oracle: all of oracle.
    not refitted: these are the shipped parameters, which were chosen with all models in view.
    In 2 simulations the single agent could not succeed as often as asked: the nearest rate was taken.
    "
  `);
});

test.each([
  [[-0.05, 0.25], /^No evidence of skill without a measurement: R² is 0\.500 for "corrected" and/],
  [[0.05, 0.25], /^Evidence of skill without a measurement: /],
  [[-0.25, -0.05], /^Worse than no simulation without a measurement: /],
] as const)("an interval of %j without a measurement begins the text", (ci, beginning) => {
  expect(textOf(studyWith(ci, [0, 0]))).toMatch(beginning);
});

test.each([
  [[-0.1, 0.01], "a table without simulation is as good"],
  [[0.01, 0.1], "the simulation is better than a table"],
  [[-0.1, -0.01], "a table without simulation is better"],
] as const)("an interval of %j after one says that %s", (ci, told) => {
  const text = textOf(studyWith([0, 0], ci)).replaceAll("\n", " ");
  expect(text).toContain(`After one team is measured on 50 instances, ${told}: R² is`);
});
