// The text of measured predictions, made of numbers that are easy to see.

import { expect, test } from "vitest";
import { ENGINE } from "../../src/experiment/result.ts";
import type { PredictionStudy } from "../../src/literature/kim2025/predictions.ts";
import { predictionText } from "../../src/terminal/predictions.ts";
import { colorsIf } from "../../src/terminal/style.ts";

const score = (rSquared: number, right = 20) => ({
  rSquared,
  meanAbsoluteError: 0.1,
  right,
  cases: 24,
  regret: 0.0123,
});
const method = { number: "task.difficulty", pull: 0.5 };
const moments = [0, 1, 2, 3].map(() => [1, 1, 1, 1]);

const STUDY: PredictionStudy = {
  schema: "faultline/predictions@1",
  study: "kim2025",
  seed: "seed",
  replications: 1000,
  engine: ENGINE,
  aims: { rSquared: 0.7, meanAbsoluteError: 0.085, rightShare: 0.85 },
  chosen: { ...method, score: score(0.71) },
  chosenByOthers: score(0.65),
  baselines: [{ name: "guess", description: "whatever comes to mind", score: score(-0.5, 3) }],
  bestLines: score(0.9, 24),
  methods: [
    { ...method, pull: 0, score: score(0.6) },
    { ...method, score: score(0.71) },
  ],
  folds: [
    { model: "one", refitted: true, score: score(0.7), chosenByOthers: method },
    { model: "other", refitted: false, score: score(0.8), chosenByOthers: method },
  ],
  coverage: 0.927,
  cells: [
    {
      model: "one",
      benchmark: "workbench",
      architecture: "hybrid",
      single: 0.5,
      measured: 0.6,
      predicted: 0.5,
      interval: [0.4, 0.6],
    },
  ],
  unreachable: 2,
  experience: {
    known: { ...method, errors: moments },
    unknown: { number: method.number, errors: moments },
    madeWith: "x",
  },
};

test("measured predictions", () => {
  const text = predictionText(STUDY, { colors: colorsIf(false), width: 110 });
  expect(text).toMatchInlineSnapshot(`
    "kim2025: success of 1 team, predicted from the single agents of a model left out
    seed seed · 1,000 replications of each · aims: R² at least .700, error at most .085, right choice in at least
    85 %, and better than every baseline

                                      R²       mean abs. error   right choice   regret
    ──────────────────────────────────────────────────────────────────────────────────
    Simulated, each model left out
      as chosen below               ✓  .710  ✗ .100            ✗ 20 of 24       .012
      chosen by the other models       .650    .100              20 of 24       .012
    To beat
      guess                           -.500    .100              3 of 24        .012
    No prediction: it has seen the rates
      best lines                       .900    .100              24 of 24       .012
    Number that a model owns, and how far its rate is believed
      task.difficulty, 0               .600    .100              20 of 24       .012
      task.difficulty, 0.5 (chosen)    .710    .100              20 of 24       .012
    By model
      one                              .700    .100              20 of 24       .012
      other (not refitted)             .800    .100              20 of 24       .012
    ──────────────────────────────────────────────────────────────────────────────────
    right choice: the recommended architecture is the best, or within one standard error of it; regret: what
    following it loses. The single agent counts with its measured rate, which is known.
    best lines: per team and benchmark, the line in the single agent's rate that fits all models best; no linear
    predictor does better.
    guess: whatever comes to mind.
    not refitted: these are the shipped parameters, which were chosen with all models in view.
    93 % of 1 rate within the 95 % interval, made of the errors with the other models.
    2 rates could not be reached in some way of predicting: the nearest was taken.
    "
  `);
});
