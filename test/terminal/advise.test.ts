// The text of an advice, made of numbers that are easy to see.

import { describe, expect, test } from "vitest";
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
  sure: { probabilityBest: 0.83, expectedLoss: 0.0123, clear: false },
  next: {
    candidate: "independent",
    instances: 30,
    cost: 1.234,
    chanceClear: 0.82,
    gain: 0.011,
    enough: true,
  },
  why: "Claims left undone decide.",
  task: "workbench",
  singleSuccess: 0.4,
  instances: 50,
  measured: [{ candidate: "hybrid", rate: 0.6, instances: 20 }],
  family: null,
  constraints: ["cost <= 0.5"],
  number: {
    path: "task.difficulty",
    title: "the difficulty",
    value: 1.2,
    shipped: { value: -0.5, success: 0.6 },
    teams: { value: 0.1, success: 0.55 },
    pull: 0.25,
  },
  basis: "benchmark",
  seed: "seed",
  replications: 4000,
  sets: 16,
  engine: ENGINE,
  architectures: [
    {
      name: "hybrid",
      success: { mean: 0.6, ci: [0.4, 0.8] },
      probabilityBest: 0.995,
      expectedLoss: 0.0123,
      meets: [true],
      metrics: metrics(5, 40, 0.2, 150),
    },
    {
      name: "single",
      success: { mean: 0.4, ci: [0.28, 0.54] },
      probabilityBest: 0.005,
      expectedLoss: 0.2,
      meets: [true],
      metrics: metrics(1, 8, 0.1, 50),
    },
    {
      name: "independent",
      success: { mean: 0.2, ci: [0.05, 0.4] },
      probabilityBest: 0,
      expectedLoss: 0.4,
      meets: [false],
      metrics: metrics(17, 12, 0.3, 33),
    },
  ],
  notes: ["something to know"],
  warnings: [],
};

const report = (advice: Advice) => adviceText(advice, { colors: colorsIf(false), width: 100 });

test("an advice", () => {
  expect(report(ADVICE)).toMatchInlineSnapshot(`
    "Recommended: hybrid, with a chance of 83 % to be the best of those with cost <= 0.5 and an expected
    loss of 1.2 points of success. The choice is open; 30 tasks with independent (about $1.2) would
    decide it with a chance of 82 %.
    Tell the result with --measured independent=RATE:30.
    Claims left undone decide.

    workbench, where a single agent succeeds in 40 % of 50 tasks · measured: hybrid 60 % of 20
    task.difficulty = 1.2 gives the single agent this success (the mean model: -0.5, 60 %); teams are
    simulated at 0.1 (55 %), since 0.25 of the difference to the mean model is believed for them
    seed seed · 4,000 replications of each · success over 16 parameter sets, corrected by what
    simulations miss of published models on the benchmark · 95 % intervals

                    success           best     amplification   turns       $ per success   p95, s
    ─────────────────────────────────────────────────────────────────────────────────────────────────
    Candidate
      hybrid      ✓ 0.60 ±.20         > 99 %    5.0  ±.5       40   ±4     0.200 ±.020     150   ±15
      single        0.40 ±.14         < 1 %     1.00 ±.10       8.0 ±.8    0.100 ±.010      50   ±5
      independent ✗ 0.20 [.05, .40]   0 %      17.0  ±1.7      12.0 ±1.2   0.300 ±.030      33.0 ±3.3
    ─────────────────────────────────────────────────────────────────────────────────────────────────
    ✓ recommended. success: predicted. best: chance of having the highest success. The single agent's
    interval is that of a share of 50 tasks.
    amplification: errors that reach aggregation, against the single agent's on the same tasks.
    ✗ cost <= 0.5 is not met by independent.
    note: something to know
    "
  `);
});

test("without a pull nothing is said of it, and on a task of one's own nothing of a mean model", () => {
  const number = { ...ADVICE.number, teams: { value: 1.2, success: 0.4 }, pull: 1 };
  const simulated = report({ ...ADVICE, number, basis: "simulation" });
  expect(simulated).toContain("(the mean model: -0.5, 60 %)\nseed");
  expect(simulated).toContain("as simulated");
  const own = report({ ...ADVICE, number, basis: "guessed" });
  expect(own).toContain("gives the single agent this success\nseed");
});

describe("what would make the choice surer", () => {
  const told = (change: Partial<Advice>) => report({ ...ADVICE, ...change }).replace(/\s+/g, " ");

  test("a measurement that decides", () => {
    expect(told({})).toContain(
      "30 tasks with independent (about $1.2) would decide it with a chance of 82 %. Tell the result with --measured independent=RATE:30.",
    );
  });

  test("a first step where none does", () => {
    const next = { ...(ADVICE.next as NonNullable<Advice["next"]>), enough: false };
    expect(told({ next })).toContain(
      "as a first step, 30 tasks with independent (about $1.2) are expected to gain 1.1 points.",
    );
  });

  test("none where the choice is clear, or no measurement helps", () => {
    expect(told({ next: null })).toContain("no measurement of one candidate would decide it");
    const sure = { ...ADVICE.sure, expectedLoss: 0.0002, clear: true };
    const clear = told({ next: null, sure });
    expect(clear).toContain(
      "an expected loss of less than 0.1 points of success. The choice is clear.",
    );
    expect(clear).not.toContain("--measured");
  });
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
