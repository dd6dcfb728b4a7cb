// Error rates from judged steps: what counts as a step and a premise, and how often intervals hold the truth.
import { describe, expect, test } from "vitest";
import { estimateSteps } from "../../src/estimate/steps.ts";
import type { LoggedTurn } from "../../src/logs/run.ts";
import { logistic, logit } from "../../src/numerics/logit.ts";
import { Random } from "../numerics/random.ts";
import { run, turn } from "./runs.ts";

const step = (isCorrect: boolean, more: Partial<LoggedTurn> = {}) => turn({ isCorrect, ...more });
/** Runs of one task each, over and over, so that numbers are known well. */
const repeated = (turns: readonly (readonly LoggedTurn[])[], times: number) =>
  Array.from({ length: times }, (_, i) =>
    turns.map((own, j) => run(`${i}/${j}`, { turns: own })),
  ).flat();

const solver = (runs: Parameters<typeof estimateSteps>[0]) =>
  estimateSteps(runs).agents.get("solver");

describe("steps", () => {
  test("alone in their tasks give the share of errors, half an error and half a success added, and no spread", () => {
    const runs = repeated([[step(false)], [step(true)], [step(true)], [step(true)]], 25);
    const found = estimateSteps(runs);
    expect(found.difficultySpread).toBeUndefined();
    const rate = found.agents.get("solver")?.errorRate;
    expect(rate).toMatchObject({ count: 100, of: "judged steps" });
    expect(rate?.value).toBeCloseTo(25.5 / 101, 4);
    expect(found.agents.get("solver")?.propagation).toBeUndefined();
  });

  test("hand errors on: wrong with 1 - (1 - e)(1 - q)^w", () => {
    // e = .2 on right premises; on a wrong one .6 of them are wrong: q = 1 - .4 / .8 = .5.
    const first = (isCorrect: boolean) => step(isCorrect, { agent: "writer" });
    const onRight = [false, true, true, true, true].map((x) => [first(true), step(x)]);
    const onWrong = [false, false, false, true, true].map((x) => [first(false), step(x)]);
    // All of one task, so that no difference of difficulty explains what is handed on.
    const runs = repeated([...onRight, ...onWrong], 60).map((one) => ({ ...one, task: "all" }));
    const found = solver(runs);
    expect(found?.errorRate.value).toBeCloseTo(0.2, 1);
    expect(found?.propagation?.value).toBeCloseTo(0.5, 1);
    expect(found?.propagation?.count).toBe(300);
  });

  test("build on what the log names, else on the last version of each result before", () => {
    const named = [
      step(false, { makes: "a" }),
      step(true, { makes: "b" }),
      step(true, { buildsOn: [1] }),
    ];
    expect(solver(repeated([named], 10))?.propagation?.count).toBe(10);
    const mended = [step(false, { makes: "a" }), step(true, { makes: "a" }), step(true)];
    expect(solver(repeated([mended], 10))?.propagation).toBeUndefined();
  });

  test("on premises that nobody judged are left out, as are reviews and failed calls", () => {
    const turns = [
      turn({ makes: "a" }),
      step(true, { buildsOn: [0] }),
      step(true, { reviews: [] }),
      step(true, { failure: "error" }),
      step(true, { buildsOn: [] }),
    ];
    expect(solver(repeated([turns], 10))?.errorRate.count).toBe(10);
  });

  test("without an error have a rate near 0 whose interval begins below .001", () => {
    const rate = solver(repeated([[step(true), step(true)]], 50))?.errorRate;
    expect(rate?.value).toBeLessThan(0.01);
    expect(rate?.interval[0]).toBeLessThan(0.001);
    expect(rate?.interval[1]).toBeLessThan(0.06);
  });

  test("of tasks of different difficulty: intervals hold the truth in 90 % or more of 100 samples", () => {
    // 30 tasks of 4 steps, log-odds ± 1. At a coverage of .95 each of the three fails at one seed in 90.
    const random = new Random("judged steps");
    const truth = { rate: 0.2, propagation: 0.5, spread: 1 };
    const within = [0, 0, 0];
    for (let sample = 0; sample < 100; sample++) {
      random.enter(sample);
      const runs = Array.from({ length: 30 }, (_, i) => {
        const e = logistic(logit(truth.rate) + truth.spread * random.normal());
        const turns: LoggedTurn[] = [];
        for (let k = 0; k < 4; k++) {
          const wrong = turns.filter(({ isCorrect }) => isCorrect === false).length;
          let isCorrect = random.uniform() >= e;
          for (let w = 0; w < wrong; w++)
            if (random.uniform() < truth.propagation) isCorrect = false;
          turns.push(step(isCorrect));
        }
        return run(`${i}`, { turns });
      });
      const { agents, difficultySpread } = estimateSteps(runs);
      const found = agents.get("solver");
      const intervals = [found?.errorRate, found?.propagation, difficultySpread];
      for (const [i, value] of [truth.rate, truth.propagation, truth.spread].entries()) {
        const [low, high] = intervals[i]?.interval ?? [1, 0];
        if (low <= value && value <= high) within[i]++;
      }
    }
    for (const hits of within) expect(hits).toBeGreaterThanOrEqual(90);
  });
});
