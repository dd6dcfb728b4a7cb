// The report on results that are made up, so that every case can be had.
import { describe, expect, test } from "vitest";
import type { ExperimentResult, MetricValue, ScenarioResult } from "../../src/experiment/result.ts";
import { METRIC_NAMES, metric } from "../../src/metrics/definitions.ts";
import { changeOf, experimentReport } from "../../src/report/experiment.ts";
import { selectMetrics } from "../../src/report/selection.ts";
import { colorsIf } from "../../src/report/style.ts";

const value = (mean: number, half: number): MetricValue => ({
  mean,
  ci: [mean - half, mean + half],
});

function scenario(name: string, more: Partial<ScenarioResult> = {}): ScenarioResult {
  return {
    name,
    replications: 80,
    instances: 10,
    metrics: { success: value(0.5, 0.01), turns: value(8, 0.2) },
    thresholds: [],
    warnings: [],
    events: 0,
    ...more,
  };
}

function result(
  scenarios: ScenarioResult[],
  more: Partial<ExperimentResult> = {},
): ExperimentResult {
  return {
    schema: "faultline/compare@1",
    seed: "s",
    replications: 80,
    engine: { version: "0", semantics: 0 },
    interrupted: false,
    scenarios,
    ...more,
  };
}

const report = (of: ExperimentResult, width = 100) =>
  experimentReport(of, { colors: colorsIf(false), width, all: false });

describe("marks", () => {
  const withDifference = (name: string, mean: number, half: number) =>
    changeOf(metric(name), scenario("x", { differences: { [name]: value(mean, half) } }));

  test.each([
    ["success", 0.1, 0.05, "better"],
    ["success", -0.1, 0.05, "worse"],
    ["success", 0.1, 0.15, undefined],
    ["turns", 0.1, 0.05, "worse"],
    ["turns", -0.1, 0.05, "better"],
    ["messages", 5, 1, undefined],
  ])("%s %d ±%d is %s", (name, mean, half, change) => {
    expect(withDifference(name, mean, half)).toBe(change);
  });

  test("need a difference", () => {
    expect(changeOf(metric("success"), scenario("x"))).toBeUndefined();
    const unbounded = { mean: 1, ci: [null, null] } as const;
    expect(
      changeOf(metric("success"), scenario("x", { differences: { success: unbounded } })),
    ).toBeUndefined();
  });

  test("stand before the value, and are explained", () => {
    const text = report(
      result([scenario("t-b", { differences: { success: value(0.1, 0.05) } }), scenario("t-a")], {
        baseline: "t-a",
      }),
    );
    expect(text).toMatch(/Success, share +0\.500 ±\.010 +▲ 0\.500 ±\.010\n/);
    expect(text).toContain("▲ better, ▼ worse than a: the 95 % interval");
  });
});

test("an undefined value has its reason below the table, once", () => {
  const nothing = (reason: string): MetricValue => ({
    mean: null,
    ci: [null, null],
    undefined: reason,
  });
  const metrics = {
    success: value(0.5, 0.01),
    amplification: { propagation: nothing("no errors"), task: nothing("no failures") },
  };
  const text = report(result([scenario("a", { metrics }), scenario("b", { metrics })]));
  expect(text).toMatch(/Propagation, ratio +undefined ¹ +undefined ¹\n/);
  expect(text).toMatch(/Task, ratio +undefined ² +undefined ²\n/);
  expect(text).toMatch(/\n¹ no errors\n² no failures\n/);
});

test("large numbers are shown in thousands", () => {
  const metrics = { success: value(0.5, 0.01), tokens: value(33_188, 1368) };
  expect(report(result([scenario("a", { metrics })]))).toMatch(/Tokens, thousand +33\.2 +±1\.4\n/);
});

test("warnings and thresholds come last, with names and values", () => {
  const text = report(
    result([
      scenario("a", {
        warnings: ["success is stuck"],
        thresholds: [
          { threshold: "success >= 0.4", verdict: "pass" },
          { threshold: "turns < 5", verdict: "fail" },
          { threshold: "cost < 5", verdict: "not-evaluated" },
        ],
      }),
    ]),
  );
  expect(text.split("\n").slice(-7)).toEqual([
    "",
    "warning  a: success is stuck",
    "",
    "pass           a: success >= 0.4, is 0.500 ±.010",
    "fail           a: turns < 5, is 8.00 ±.20",
    "not evaluated  a: cost < 5",
    "",
  ]);
});

test("every metric belongs to one group of the full table", () => {
  const names = selectMetrics(() => true, true).flatMap((group) =>
    group.metrics.map((m) => m.name),
  );
  expect([...names].sort()).toEqual([...METRIC_NAMES].sort());
  expect(new Set(names).size).toBe(names.length);
});

test("the main table is short, and only shows what the result has", () => {
  const main = selectMetrics(() => true, false).flatMap((group) => group.metrics);
  expect(main.length).toBeGreaterThan(10);
  expect(main.length).toBeLessThan(20);
  const one = selectMetrics((name) => name === "turns", false);
  expect(one.map((group) => group.title)).toEqual(["Coordination"]);
});

test.each([60, 80, 120, 200])("no line is wider than %i", (width) => {
  const names = ["single", "independent", "centralized", "decentralized", "hybrid"];
  const text = report(
    result(
      names.map((name) => scenario(`team-${name}`, { warnings: ["so many words ".repeat(20)] })),
      { baseline: "team-single" },
    ),
    width,
  );
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
});
