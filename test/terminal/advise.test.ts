// The text of an advice, made of numbers that are easy to see.

import { expect, test } from "vitest";
import type { Advice } from "../../src/advise/advise.ts";
import type { MetricTree } from "../../src/experiment/result.ts";
import { ENGINE } from "../../src/experiment/result.ts";
import { adviceText, shareText } from "../../src/terminal/advise.ts";
import { colorsIf } from "../../src/terminal/style.ts";

const metrics = (amplification: number, turns: number, cost: number, p95: number): MetricTree => {
  const around = (mean: number) => ({ mean, ci: [mean * 0.9, mean * 1.1] as const });
  return {
    amplification: { propagation: around(amplification) },
    turns: around(turns),
    costPerSuccess: around(cost),
    latency: { p95: around(p95) },
  };
};

const ADVICE: Advice = {
  schema: "faultline/advise@1",
  recommended: "hybrid",
  why: "Claims left undone decide.",
  task: "workbench",
  singleSuccess: 0.4,
  instances: 50,
  number: {
    path: "task.difficulty",
    title: "the difficulty",
    value: 1.2,
    shipped: { value: -0.5, success: 0.6 },
    teams: { value: 0.1, success: 0.55 },
    pull: 0.25,
  },
  intervals: "prediction",
  seed: "seed",
  replications: 4000,
  engine: ENGINE,
  architectures: [
    {
      name: "hybrid",
      success: { mean: 0.6, ci: [0.4, 0.8] },
      probabilityBest: 0.995,
      metrics: metrics(5, 40, 0.2, 150),
    },
    {
      name: "single",
      success: { mean: 0.4, ci: [0.28, 0.54] },
      probabilityBest: 0.005,
      metrics: metrics(1, 8, 0.1, 50),
    },
    {
      name: "independent",
      success: { mean: 0.2, ci: [0.05, 0.4] },
      probabilityBest: 0,
      metrics: metrics(17, 12, 0.3, 33),
    },
  ],
  notes: ["something to know"],
  warnings: [],
};

const report = (advice: Advice) => adviceText(advice, { colors: colorsIf(false), width: 100 });

test("an advice", () => {
  expect(report(ADVICE)).toMatchInlineSnapshot(`
    "workbench, where a single agent succeeds in 40 %
    task.difficulty = 1.2 gives the single agent this success (the mean model: -0.5, 60 %); teams are
    simulated at 0.1 (55 %), since 0.25 of the difference to the mean model is believed for them
    seed seed · 4,000 replications of each · 95 % intervals, of success those of the prediction

    Recommended: hybrid. Claims left undone decide.

                    success           best     amplification   turns       $ per success   p95, s
    ─────────────────────────────────────────────────────────────────────────────────────────────────
    Architecture
      hybrid      ✓ 0.60 ±.20         > 99 %    5.0  ±.5       40   ±4     0.200 ±.020     150   ±15
      single        0.40 ±.14         < 1 %     1.00 ±.10       8.0 ±.8    0.100 ±.010      50   ±5
      independent   0.20 [.05, .40]   0 %      17.0  ±1.7      12.0 ±1.2   0.300 ±.030      33.0 ±3.3
    ─────────────────────────────────────────────────────────────────────────────────────────────────
    ✓ highest predicted success. best: chance of having the highest success. The single agent's interval
    is that of a share of 50 tasks.
    amplification: errors that reach aggregation, against the single agent's on the same tasks.
    note: something to know
    "
  `);
});

test("without a pull nothing is said of it", () => {
  const number = { ...ADVICE.number, teams: ADVICE.number, pull: 1 };
  const text = report({
    ...ADVICE,
    number: { ...number, teams: { value: 1.2, success: 0.4 } },
    intervals: "simulation",
  });
  expect(text).toContain("(the mean model: -0.5, 60 %)\nseed");
  expect(text).toContain("of success those of the simulation");
});

test.each([
  [0.5, "50 %"],
  [0.1234, "12.3 %"],
  [0.001234, "0.123 %"],
  [0, "0 %"],
  [1, "100 %"],
])("a share of %f is %s", (share, text) => {
  expect(shareText(share)).toBe(text);
});
