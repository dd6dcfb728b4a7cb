// Calibration to outcomes and the certificate. Seeds are fixed.
import { describe, expect, test } from "vitest";
import { calibrated } from "../../src/estimate/calibrating.ts";
import { foldsOf } from "../../src/estimate/certificate.ts";
import type { OutcomeEstimates } from "../../src/estimate/estimates.ts";
import { estimateTeam } from "../../src/estimate/estimateTeam.ts";
import { estimateOutcomes } from "../../src/estimate/outcomes.ts";
import type { Draft, Stated } from "../../src/estimate/team/draft.ts";
import { shippedPriors } from "../../src/estimate/team/priors.ts";
import { fitDifficulty } from "../../src/literature/taubench/difficulty.ts";
import { logistic } from "../../src/numerics/logit.ts";
import { outcomeRuns, simulatedRuns } from "./teamSupport.ts";

const OPTIONS = { name: "team", path: "out/team.yaml", replications: 1024 };

/** One claim per run. */
const SINGLE: Draft = {
  tree: {
    name: "team",
    task: { graph: { shape: "chain", size: 1 }, difficultySpread: 1 },
    models: { model: { errorRate: 0.1 } },
    agents: { solver: {} },
    protocol: [{ work: { who: "solver" } }, { aggregate: { how: "first", from: "solver" } }],
  },
  numbers: new Map(),
  remarks: new Map(),
};

async function calibratedTo(successes: readonly number[], trials: number) {
  const outcome = estimateOutcomes(outcomeRuns(successes, trials)) as OutcomeEstimates;
  const found = await calibrated(
    SINGLE,
    { path: "team.yaml" },
    {
      priors: shippedPriors(),
      outcome,
      errorRates: ["models.model.errorRate"],
      isSpreadFree: true,
      seed: "test",
    },
  );
  const [rate, spread] = ["models.model.errorRate", "task.difficultySpread"].map((path) =>
    found?.get(path),
  );
  return { rate: rate as Stated, spread: spread as Stated };
}

describe("calibration to outcomes", () => {
  test("finds the logit-normal difficulty that gives pass^1 and pass^2, which has a closed form", async () => {
    const successes = Array.from({ length: 400 }, (_, i) => [0, 0, 1, 2, 2, 2, 3, 4, 4, 2][i % 10]);
    const pass1 = successes.reduce((sum, c) => sum + c / 4, 0) / 400;
    const pass2 = successes.reduce((sum, c) => sum + (c * (c - 1)) / 12, 0) / 400;
    const exact = fitDifficulty(pass1, pass2);
    const { rate, spread } = await calibratedTo(successes, 4);
    expect(rate).toMatchObject({ origin: "calibrated" });
    expect(rate.note).toContain("several explanations fit");
    expect(Math.abs(rate.value - logistic(exact.level))).toBeLessThan(0.05);
    expect(spread.value / exact.spread).toBeGreaterThan(0.75);
    expect(spread.value / exact.spread).toBeLessThan(1.4);
    expect(spread.uncertain).toHaveProperty("interval");
    const [low, high] = Object.values(spread.uncertain ?? {})[1] as [number, number];
    expect(low).toBeLessThan(exact.spread);
    expect(high).toBeGreaterThan(exact.spread);
  });

  test("no success at all leaves an interval, not a certainty", async () => {
    const { rate } = await calibratedTo(Array(20).fill(0), 2);
    expect(rate.value).toBeGreaterThan(0.5);
    expect(rate.value).toBeLessThan(1);
  });

  test("of outcomes alone a run is one claim of one agent", async () => {
    const runs = outcomeRuns([2, 1, 0, 2], 2).map((one) => ({ ...one, turns: [] }));
    const { draft, certificate } = await estimateTeam(runs, OPTIONS);
    expect(draft.tree).toMatchObject({ task: { graph: { size: 1 } } });
    expect(draft.numbers.has("models.model.failure")).toBe(false);
    expect(certificate.rows.map(({ figure }) => figure)).toEqual(["success", "pass^2"]);
    await expect(estimateTeam([], OPTIONS)).rejects.toThrow(RangeError);
  });

  test("without outcomes numbers have priors, and are said to", async () => {
    const runs = outcomeRuns([1, 0, 1], 1).map(({ success: _, ...one }) => one);
    const { draft, certificate } = await estimateTeam(runs, OPTIONS);
    expect(draft.numbers.get("models.model.errorRate")).toMatchObject({ origin: "prior" });
    expect(certificate.rows.map(({ figure }) => figure)).toEqual(["turns"]);
  });
});

describe("the certificate", () => {
  test("all runs of a task are in one fold; few tasks are not divided", () => {
    const runs = outcomeRuns(Array(40).fill(1), 3);
    const folds = foldsOf(runs);
    expect(folds.length).toBe(5);
    const tasks = folds.map((fold) => new Set(fold.map(({ task }) => task)));
    expect(tasks.reduce((sum, { size }) => sum + size, 0)).toBe(40);
    expect(foldsOf(outcomeRuns([1, 1, 1], 5))).toHaveLength(1);
  });

  test("a simulated single agent is reproduced: success, turns, tokens and latency", async () => {
    // Each figure is outside of its band with 5 % at most; the seed is one of those where all are within.
    const single = `
task: { graph: { shape: generated, size: 5, spread: 2, sequentiality: 1 }, difficultySpread: 1 }
models: { base: { errorRate: 0.1, prompt: 300, thinking: 200, latency: { distribution: gamma, mean: 3s, cv: 0.4 } } }
agents: { solver: { checks: { self: { recall: 0.5, falseAlarm: 0.05 } } } }
topology: { versionTokens: 0 }
protocol: [{ work: { who: solver } }, { aggregate: { how: first, from: solver } }]
repeats: 4
seed: second
`;
    const { draft, certificate } = await estimateTeam(await simulatedRuns(single, 400), OPTIONS);
    expect(draft.numbers.get("models.base.errorRate")).toMatchObject({ origin: "measured" });
    expect(certificate.isHeldOut).toBe(true);
    const figures = certificate.rows.map(({ figure }) => figure);
    expect(figures).toContain("success");
    expect(figures).toContain("latency.p95");
    expect(certificate.rows.filter(({ isWithin }) => !isWithin)).toEqual([]);
  });
});
