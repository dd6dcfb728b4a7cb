// The report on results that are made up, so that every case can be had.
import { describe, expect, test } from "vitest";
import type {
  Difference,
  ExperimentResult,
  MetricValue,
  PrecisionResult,
  ScenarioResult,
} from "../../src/experiment/result.ts";
import { METRIC_NAMES, metric } from "../../src/metrics/definitions.ts";
import { experimentText } from "../../src/terminal/experiment.ts";
import { colorsIf } from "../../src/terminal/style.ts";
import { metricCell } from "../../src/wording/experiment.ts";
import { selectMetrics } from "../../src/wording/selection.ts";

const value = (mean: number, half: number): MetricValue => ({
  mean,
  ci: [mean - half, mean + half],
});

const difference = (mean: number, half: number, pairing: number | null = null): Difference => ({
  ...value(mean, half),
  pairing,
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
  experimentText(of, { colors: colorsIf(false), width, all: false });

describe("marks", () => {
  const withDifference = (name: string, mean: number, half: number) =>
    markOf(name, { [name]: difference(mean, half) });
  const markOf = (name: string, differences: Readonly<Record<string, Difference>>) =>
    metricCell(metric(name), scenario("x", { differences }), "base").mark;

  test.each([
    ["success", 0.1, 0.05, "▲"],
    ["success", -0.1, 0.05, "▼"],
    ["success", 0.1, 0.15, undefined],
    ["turns", 0.1, 0.05, "▼"],
    ["turns", -0.1, 0.05, "▲"],
    ["messages", 5, 1, undefined],
  ])("%s %d ±%d is marked %s", (name, mean, half, mark) => {
    expect(withDifference(name, mean, half)).toBe(mark);
  });

  test("need a difference", () => {
    expect(markOf("success", {})).toBeUndefined();
    const unbounded = { mean: 1, ci: [null, null], pairing: null } as const;
    expect(markOf("success", { success: unbounded })).toBeUndefined();
  });

  test("stand before the value, and are explained", () => {
    const text = report(
      result(
        [scenario("t-b", { differences: { success: difference(0.1, 0.05) } }), scenario("t-a")],
        {
          baseline: "t-a",
        },
      ),
    );
    expect(text).toMatch(/Success, share +0\.500 ±\.010 +▲ 0\.500 ±\.010\n/);
    expect(text).toContain("▲ better, ▼ worse than a: the 95 % interval");
  });
});

describe("the gain by pairing", () => {
  const paired = result(
    [
      scenario("t-a", { differences: { success: difference(0, 0), turns: difference(0, 0) } }),
      scenario("t-b", {
        differences: { success: difference(0.1, 0.05, 2.04), turns: difference(1, 1, 0.96) },
      }),
    ],
    { baseline: "t-a" },
  );

  test("is shown for every metric when all are asked for, and is explained", () => {
    const text = experimentText(paired, { colors: colorsIf(false), width: 100, all: true });
    expect(text).toMatch(/\nGain by pairing\n {2}Success +×2\.0\s*\n {2}Turns +×1\.0\s*\n/);
    expect(text).toMatch(/\nGain by pairing: how many times more replications/);
  });

  test("is not shown otherwise", () => {
    expect(report(paired)).not.toContain("pairing");
  });

  test("is not mentioned where there is none", () => {
    const { baseline: _, ...unpaired } = paired;
    const all = (of: ExperimentResult) =>
      experimentText(of, { colors: colorsIf(false), width: 100, all: true });
    expect(all({ ...unpaired, scenarios: [scenario("a")] })).not.toContain("pairing");
    expect(all({ ...paired, scenarios: [paired.scenarios[0]] })).not.toContain("pairing");
  });
});

describe("precision", () => {
  const precise = (...precision: PrecisionResult[]) =>
    report(result([scenario("a", { replications: 48_000 })], { precision, replications: 48_000 }));
  const target = (width: object, halfWidth: number | null, reached: boolean) =>
    ({ scenario: "a", metric: "success", target: width, halfWidth, reached }) as PrecisionResult;

  test("says how many replications were needed", () => {
    const text = precise(target({ relative: 0.01 }, 0.009_871, true));
    expect(text).toContain("· needed 48,000 replications of 10 instances ·");
    expect(text).toContain(
      "\nreached      a: success ±1 %, is ±0.988 % after 48,000 replications\n",
    );
  });

  test("says what is not reached, and never makes it look reached", () => {
    const text = precise(
      target({ absolute: 0.01 }, 0.010_000_1, false),
      target({ relative: 0.01 }, null, false),
    );
    expect(text).toContain(
      "\nnot reached  a: success ±0.01, is ±0.0101 after 48,000 replications\n",
    );
    expect(text).toContain("\nnot reached  a: success ±1 %, is without a half-width after 48,000");
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

test("the page of a warning is told once, however many scenarios share it", () => {
  const used = "3 % of the tasks used up all rounds before the condition of the loop was met";
  const stuck = "success is stuck at 1: it cannot tell scenarios apart here";
  const text = report(
    result([scenario("a", { warnings: [stuck, used] }), scenario("b", { warnings: [used] })]),
  );
  expect(text.split("\n").slice(-7)).toEqual([
    "",
    `warning  a: ${stuck}`,
    `warning  a: ${used}`,
    `warning  b: ${used}`,
    "page     docs/reference/troubleshooting.md#success-is-stuck",
    "page     docs/reference/troubleshooting.md#rounds-used-up",
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
  // What only some scenarios state comes on top.
  const isGeneral = (name: string) => metric(name).about === undefined;
  const main = selectMetrics(isGeneral, false).flatMap((group) => group.metrics);
  expect(main.length).toBeGreaterThan(10);
  expect(main.length).toBeLessThan(20);
  const one = selectMetrics((name) => name === "turns", false);
  expect(one.map((group) => group.title)).toEqual(["Coordination"]);
});

test.each([60, 80, 120, 200])("no line is wider than %i", (width) => {
  const names = ["single", "independent", "centralized", "decentralized", "hybrid"];
  const text = report(
    result(
      names.map((name) =>
        scenario(`team-${name}`, {
          warnings: ["so many words ".repeat(20)],
          thresholds: [{ threshold: `success >= 0.${"4".repeat(20)}`, verdict: "pass" }],
        }),
      ),
      { baseline: "team-single" },
    ),
    width,
  );
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
});

describe("small figures", () => {
  const latency = { p50: value(10, 1), p95: value(20, 1), p99: value(40, 1) };
  const reliability = Object.fromEntries(
    ["passAt1", ...[2, 3, 4, 5, 6, 7, 8].map((k) => `passHat${k}`)].map((name, i) => [
      name,
      value(0.95 - 0.12 * i, 0.01),
    ]),
  );
  const metrics = {
    success: value(0.5, 0.2),
    amplification: { propagation: value(10, 0.1) },
    turns: value(8, 0.2),
    latency,
    ...reliability,
  };
  const drawn = (width: number, graphics = true) =>
    experimentText(result([scenario("a", { metrics })]), {
      colors: colorsIf(false),
      width,
      all: false,
      graphics,
    });

  test("stand beside shares, ratios and series, and are explained", () => {
    const text = drawn(100);
    expect(text).toMatch(/Success, share +0\.50 +±\.20 +████──\n/);
    expect(text).toMatch(/Propagation, ratio +10\.00 +±\.10 +████████\n/);
    expect(text).toMatch(/Turns +8\.00 +±\.20\n/);
    expect(text).toMatch(/Latency p50, s +10\.0 +±1\.0 +▃▅█\n/);
    expect(text).toMatch(/pass\^8, share +\.?0\.110 ±\.010 +█▇▆▅▄▃▂▁\n/);
    expect(text).toContain("Bars: shares from 0 to 1, amplification from 1 to 10 on a logarithmic");
  });

  test("are the first to go where there is little room, their words with them", () => {
    expect(drawn(40)).toBe(drawn(40, false));
    expect(drawn(100)).not.toBe(drawn(100, false));
  });

  test("are none unless they are asked for", () => {
    expect(drawn(100, false)).not.toMatch(/[▁-█]/);
  });
});
