// The report on a calibration that is made up, so that every case can be had.

import { describe, expect, test } from "vitest";
import type { CalibrationResult, ParameterResult, TargetFit } from "../../src/calibrate/result.ts";
import { ENGINE } from "../../src/experiment/result.ts";
import { calibrationText } from "../../src/terminal/calibrate.ts";
import { colorsIf } from "../../src/terminal/style.ts";

const target = (id: string, more: Partial<TargetFit> = {}): TargetFit => ({
  id,
  metric: "turns",
  of: ["a"],
  source: "us",
  weight: 1,
  published: 8,
  tolerance: 0.5,
  scale: 0.5,
  error: 0.25,
  mean: "arithmetic",
  start: { mean: 6, ci: [5.9, 6.1] },
  simulated: { mean: 8.2, ci: [8.1, 8.3] },
  miss: 0.4,
  pass: true,
  ...more,
});

const parameter = (path: string, more: Partial<ParameterResult> = {}): ParameterResult => ({
  path,
  scale: "linear",
  range: [0, 1],
  start: 0.5,
  fitted: 0.25,
  unit: { start: 0.5, fitted: 0.25 },
  atBound: null,
  profile: { interval: [0.125, 0.375], unit: [0.125, 0.375], verdict: "pinned" },
  ...more,
});

const RESULT: CalibrationResult = {
  schema: "faultline/calibrate@1",
  name: "made-up",
  seed: "s",
  engine: ENGINE,
  interrupted: false,
  replications: 8000,
  loss: { start: 16, fitted: 0.16 },
  parameters: [
    parameter("models.base.errorRate", { in: "agents.yaml" }),
    parameter("budget.exponent"),
  ],
  correlations: [],
  targets: [target("one")],
  search: {
    levels: [{ replications: 400, evaluations: 2000 }],
    descent: 400,
    polish: 300,
    beyond: 0,
    prior: 0,
    evaluations: 2300,
    stopped: "converged",
    loss: 0.12,
    pull: 0,
    replications: 400,
  },
  warnings: [],
};

const report = (more: Partial<CalibrationResult> = {}) =>
  calibrationText({ ...RESULT, ...more }, { colors: colorsIf(false), width: 140 });

test("says what was fitted to what, and in which circumstances", () => {
  const [heading, circumstances] = report().split("\n");
  expect(heading).toBe("made-up: 2 parameters fitted to 1 figure");
  expect(circumstances).toBe(
    "seed s · 2,300 evaluations · figures from 8,000 fresh replications per scenario · 95 % intervals",
  );
  expect(report()).toContain(
    "1 of 1 in range · loss 0.16 (start 16), the weighted mean of squared misses\nsearch: loss 0.12 at 400 replications, converged\n",
  );
});

test("tells the pull apart where there is one", () => {
  const { search } = RESULT;
  expect(report({ search: { ...search, prior: 0.1, pull: 0.03 } })).toContain(
    "search: loss 0.12, of which the pull is 0.03, at 400 replications, converged",
  );
});

describe("a figure", () => {
  const lineOf = (more: Partial<TargetFit>) =>
    report({ targets: [target("one", more)] })
      .split("\n")
      .find((line) => line.startsWith("  one"))
      ?.trim()
      .split(/ {2,}/);

  test("stands beside its fit, with its miss and a verdict", () => {
    expect(lineOf({})).toEqual(["one", "8", "6.00 ±.10", "8.20 ±.10", "±0.5", "+0.40 ✓ in range"]);
  });

  test("may be off, not fitted, or without a value", () => {
    expect(lineOf({ pass: false, miss: -2 })?.at(-1)).toBe("-2.00 ✗ off");
    expect(lineOf({ weight: 0 })?.at(-1)).toBe("+0.40 ✓ in range, not fitted");
    const none = { mean: null, ci: [null, null], undefined: "no success" } as const;
    expect(lineOf({ simulated: none, miss: null, pass: null })?.slice(3)).toEqual([
      "undefined",
      "±0.5",
      "no value",
    ]);
  });

  test("is measured in its interval where there is no tolerance", () => {
    expect(lineOf({ tolerance: undefined, interval: [7, 9] } as never)).toContain("7 to 9");
  });
});

describe("a parameter", () => {
  const lineOf = (more: Partial<ParameterResult>) =>
    report({ parameters: [parameter("p", more)] })
      .split("\n")
      .find((line) => line.startsWith("  p "))
      ?.trim()
      .split(/ {2,}/);

  test("stands under its file, with its interval in its range", () => {
    expect(report()).toMatch(/\nagents\.yaml\n {2}models.*\nevery scenario\n {2}budget/);
    expect(lineOf({})).toEqual([
      "p",
      "0.5",
      "0.25",
      "yes",
      "0.125 to 0.375",
      "0 ··━━●━━·········· 1",
    ]);
  });

  test("may be pinned down weakly or not, and on a bound", () => {
    const profile = { interval: [0, 1], unit: [0, 1], verdict: "free" } as const;
    expect(lineOf({ profile })?.slice(3)).toEqual(["no", "0 to 1", "0 ━━━━●━━━━━━━━━━━━ 1"]);
    expect(lineOf({ atBound: "low", unit: { start: 0.5, fitted: 0 } })?.[3]).toBe(
      "yes, at the low end",
    );
  });

  test("has no interval where the calibration was interrupted", () => {
    expect(lineOf({ profile: null })).toEqual(["p", "0.5", "0.25", "0 ····●············ 1"]);
  });
});

test("tells correlations and warnings", () => {
  const text = report({
    correlations: [{ parameters: ["a", "b"], r: -0.97 }],
    warnings: ["the targets do not pin down a"],
  });
  expect(text).toContain(
    "a and b are told apart badly (r = -0.97): one can rise as the other falls",
  );
  expect(text).toContain(
    "warning: the targets do not pin down a\npage: docs/reference/troubleshooting.md#parameters-not-pinned-down\n",
  );
});

test("an interrupted calibration says so", () => {
  const text = report({ interrupted: true, replications: 400, loss: { start: null, fitted: 0.2 } });
  expect(text).toContain("interrupted: the best point so far");
  expect(text).toContain("figures of the search, 400 replications per scenario");
  expect(text).toContain("loss 0.2, the");
});
