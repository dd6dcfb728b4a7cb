// Measured predictions: scores against sums made apart from the code, and a small study from end to end.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  BASELINES,
  bestLines,
  type Case,
  casesOf,
  scoreOf,
  shiftedMean,
} from "../../../src/literature/kim2025/predictionScores.ts";
import {
  leaveOneOut,
  type PredictionStudy,
  PULLS,
  reaches,
} from "../../../src/literature/kim2025/predictions.ts";
import { BENCHMARKS, KIM2025_SUCCESS, TEAMS } from "../../../src/literature/kim2025/published.ts";
import { average } from "../../../src/numerics/statistics.ts";

const cases = casesOf();
const scored = (predict: (cases: readonly Case[]) => readonly (readonly number[])[]) =>
  scoreOf(cases, predict(cases));

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

describe("score", () => {
  test("of the rates themselves is perfect", () => {
    expect(scored((all) => all.map(({ teams }) => teams))).toEqual({
      rSquared: 1,
      meanAbsoluteError: 0,
      right: 24,
      cases: 24,
      regret: 0,
    });
  });

  test("of their mean has an R² of 0", () => {
    const mean = average(cases.flatMap(({ teams }) => teams));
    expect(scored((all) => all.map(() => TEAMS.map(() => mean))).rSquared).toBeCloseTo(0, 12);
  });

  const one = (single: number, ...teams: number[]): Case => ({
    model: "m",
    benchmark: "workbench",
    single,
    teams,
  });

  // One standard error of .5 among 100 is .05.
  test.each([
    ["the best", one(0.2, 0.5, 0.3, 0.3, 0.3), [0.9, 0, 0, 0], 1, 0],
    ["within a standard error", one(0.2, 0.46, 0.5, 0.3, 0.3), [0.9, 0, 0, 0], 1, 0.04],
    ["beyond it", one(0.2, 0.44, 0.5, 0.3, 0.3), [0.9, 0, 0, 0], 0, 0.06],
    ["the single agent at its measured rate", one(0.4, 0.5, 0.3, 0.3, 0.3), [0.3, 0, 0, 0], 0, 0.1],
    ["the single agent where a team ties", one(0.4, 0.6, 0.3, 0.3, 0.3), [0.4, 0, 0, 0], 0, 0.2],
  ])("a recommendation of %s counts", (_, onlyCase, predicted, right, regret) => {
    const score = scoreOf([onlyCase], [predicted]);
    expect(score.right).toBe(right);
    expect(score.regret).toBeCloseTo(regret, 12);
  });

  test("refuses missing predictions", () => {
    expect(() => scoreOf(cases, [])).toThrow(/must be one for every rate$/);
    expect(() => scoreOf([], [])).toThrow(/must be one for every rate$/);
  });
});

// Computed apart from the code, to three digits.
describe("predictors without a mechanism", () => {
  const rounded = ({ rSquared, meanAbsoluteError }: ReturnType<typeof scored>) => [
    rSquared.toFixed(3),
    meanAbsoluteError.toFixed(3),
  ];

  test("mean of the other models, the single agent's rate", () => {
    expect(rounded(scored(BASELINES[0].predict))).toEqual(["0.452", "0.119"]);
    expect(rounded(scored(BASELINES[1].predict))).toEqual(["-0.384", "0.177"]);
  });

  test("the mean shifted by .3 of the single agents' difference", () => {
    expect(rounded(scored(shiftedMean(0.3)))).toEqual(["0.486", "0.117"]);
  });

  test("the best lines, which have seen the rates", () => {
    expect(rounded(scored(bestLines))).toEqual(["0.694", "0.083"]);
  });

  test("no shift of the mean is better than the best lines", () => {
    for (let share = 0; share <= 1; share += 0.05)
      expect(scored(shiftedMean(share)).rSquared).toBeLessThan(scored(bestLines).rSquared);
  });
});

describe("leaving one model out", async () => {
  let progress = 0;
  const study: PredictionStudy = await leaveOneOut({
    replications: 40,
    numbers: ["task.difficulty"],
    onProgress: (share) => {
      progress = share;
    },
  });

  test("predicts every team of every model, with every pull", () => {
    expect(study.cells).toHaveLength(96);
    expect(study.methods.map(({ pull }) => pull)).toEqual(PULLS);
    expect(study.folds).toHaveLength(6);
    expect(progress).toBe(1);
    for (const { predicted, interval } of study.cells) {
      expect(predicted).toBeGreaterThanOrEqual(0);
      expect(predicted).toBeLessThanOrEqual(1);
      expect(interval[0]).toBeLessThan(interval[1]);
    }
  });

  test("chooses the least regret where squared errors are alike, and scores the cells that it prints", () => {
    const best = Math.max(...study.methods.map(({ score }) => score.rSquared));
    const { rSquared, regret } = study.chosen.score;
    expect(1 - rSquared).toBeLessThanOrEqual(1.05 * (1 - best) + 1e-12);
    for (const { score } of study.methods)
      if (1 - score.rSquared < 1.05 * (1 - best) - 1e-12)
        expect(regret).toBeLessThanOrEqual(score.regret);
    const errors = study.cells.map(({ measured, predicted }) => Math.abs(measured - predicted));
    expect(average(errors)).toBeCloseTo(study.chosen.score.meanAbsoluteError, 12);
    expect(study.chosenByOthers.rSquared).toBeLessThanOrEqual(best);
  });

  test("keeps what advise needs: moments of the errors, larger where more is missed", () => {
    const { known, unknown } = study.experience;
    const { number, pull } = study.chosen;
    expect(known).toMatchObject({ number, pull });
    expect(unknown.number).toBe("task.difficulty");
    for (const moments of [known.errors, unknown.errors])
      moments.forEach((row, i) => {
        row.forEach((c, j) => {
          expect(c).toBeCloseTo(moments[j][i], 12);
        });
        expect(row[i]).toBeGreaterThan(0);
      });
  });

  test("an aborted signal rejects with its reason", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(leaveOneOut({ signal })).rejects.toThrow("enough");
  });

  test("reaches the aims only where all are met and every baseline is beaten", () => {
    const good = { rSquared: 0.75, meanAbsoluteError: 0.08, right: 21, cases: 24, regret: 0 };
    const withScore = (score: typeof good, baseline = 0.4) =>
      reaches({
        ...study,
        chosen: { ...study.chosen, score },
        baselines: [
          {
            name: "",
            description: "",
            score: { ...good, rSquared: baseline, meanAbsoluteError: 0.1 },
          },
        ],
      });
    expect(withScore(good)).toBe(true);
    expect(withScore(good, 0.8)).toBe(false);
    expect(withScore({ ...good, rSquared: 0.69 })).toBe(false);
    expect(withScore({ ...good, meanAbsoluteError: 0.09 })).toBe(false);
    expect(withScore({ ...good, right: 20 })).toBe(false);
  });
});

// A fold whose agents always fail, whatever number is solved for: its teams never succeed, those of the others do.
test("parameters that were fitted without a model are used for that model alone", async () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-"));
  const fold = join(folder, "gpt-5");
  mkdirSync(join(fold, "tasks"), { recursive: true });
  const agents =
    "models: { base: { errorRate: 1, latency: { distribution: constant, mean: 1 } } }\n";
  writeFileSync(join(fold, "agents.yaml"), agents);
  for (const benchmark of BENCHMARKS)
    writeFileSync(
      join(fold, "tasks", `${benchmark}.yaml`),
      "task: { graph: { shape: chain, size: 1 } }\n",
    );
  const study = await leaveOneOut({
    replications: 8,
    numbers: ["models.base.pace"],
    folds: folder,
  });
  rmSync(folder, { recursive: true });
  const refitted = study.folds.filter((one) => one.refitted).map(({ model }) => model);
  expect(refitted).toEqual(["gpt-5"]);
  const share = (isGpt5: boolean) =>
    average(study.cells.flatMap((c) => ((c.model === "gpt-5") === isGpt5 ? [c.predicted] : [])));
  expect(share(true)).toBe(0);
  expect(share(false)).toBeGreaterThan(0);
  expect(study.unreachable).toBeGreaterThanOrEqual(BENCHMARKS.length * PULLS.length);
});
