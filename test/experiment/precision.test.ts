// Running until estimates are precise: what is read, when it ends, and that intervals still cover the truth.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCellPool, runCell } from "../../src/experiment/cell.ts";
import { compare, type ExperimentOptions, run } from "../../src/experiment/experiment.ts";
import { halfWidthText, parseHalfWidth, parsePrecision } from "../../src/experiment/halfWidth.ts";
import { chunksAfterNextBatch } from "../../src/experiment/precision.ts";
import { type MetricValue, type PrecisionResult, readMetric } from "../../src/experiment/result.ts";
import { team } from "../support/scenarios.ts";

const ERROR_RATE = 0.3;
const faulty = { base: { errorRate: ERROR_RATE, latency: { distribution: "constant", mean: 1 } } };
const single = team(1, { name: "one", models: faulty });
const trio = team(3, { name: "three", models: faulty });

const absolute = (metric: string, width: number) => ({ metric, halfWidth: { absolute: width } });
const relative = (metric: string, width: number) => ({ metric, halfWidth: { relative: width } });

describe("a half-width as text", () => {
  test.each([
    ["1%", { relative: 0.01 }],
    [" 2.5 % ", { relative: 0.025 }],
    ["±1%", { relative: 0.01 }],
    ["0.01", { absolute: 0.01 }],
    ["±0.01", { absolute: 0.01 }],
    ["+-.5", { absolute: 0.5 }],
    ["+/- 1e-3", { absolute: 0.001 }],
    ["0", undefined],
    ["0%", undefined],
    ["-1", undefined],
    ["", undefined],
    ["%", undefined],
    ["1%%", undefined],
    ["1e999", undefined],
    ["many", undefined],
  ])("%j", (text, halfWidth) => {
    expect(parseHalfWidth(text)).toEqual(halfWidth);
  });

  test("survives being written and read again", () => {
    const width = fc.integer({ min: 1, max: 99_999 }).map((n) => n / 1000);
    fc.assert(
      fc.property(width, fc.boolean(), (x, isRelative) => {
        const halfWidth = parseHalfWidth(isRelative ? `${x}%` : `${x}`);
        expect(halfWidth && parseHalfWidth(halfWidthText(halfWidth))).toEqual(halfWidth);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("belongs to a metric", () => {
    expect(parsePrecision("blastRadius.p95=±2")).toEqual(absolute("blastRadius.p95", 2));
    for (const text of ["success", "=1%", "success=", "success=x"])
      expect(parsePrecision(text)).toBeUndefined();
  });
});

describe("the next batch", () => {
  const result = (halfWidth: number | null, reached = false): PrecisionResult => ({
    scenario: "s",
    metric: "m",
    target: { absolute: 0.1 },
    halfWidth,
    reached,
  });

  test.each<[string, PrecisionResult[], number]>([
    ["doubles until the square-root law is met", [result(0.15)], 400],
    ["is for the target that needs most", [result(0.12), result(0.15)], 400],
    ["leaves out what is reached", [result(0.9, true), result(0.14)], 200],
    ["doubles at least", [result(0.1000001)], 200],
    ["quadruples at most", [result(100)], 400],
    ["quadruples where there is no half-width", [result(null)], 400],
  ])("%s", (_, results, chunks) => {
    expect(chunksAfterNextBatch(100, results)).toBe(chunks);
  });
});

describe("a precise run", () => {
  const precise = async (options: ExperimentOptions) => {
    const result = await run([single], { seed: "s", ...options });
    return { result, precision: result.precision ?? [] };
  };

  test("ends when the half-width is reached, and equals a run of as many replications", async () => {
    const { result, precision } = await precise({ precision: [absolute("success", 0.02)] });
    const [{ replications, metrics }] = result.scenarios;
    const { mean, ci } = readMetric(metrics, "success") as { mean: number; ci: [number, number] };
    const halfWidth = Math.max(mean - ci[0], ci[1] - mean);
    expect(precision).toEqual([
      { scenario: "one", ...absolute0("success", 0.02), halfWidth, reached: true },
    ]);
    expect(halfWidth).toBeLessThanOrEqual(0.02);
    expect(result.replications).toBe(replications);
    const { precision: _, ...rest } = result;
    expect(rest).toEqual(await run([single], { seed: "s", replications }));
  });

  test("needs as many replications as a closed form says if they are independent, and fewer in nets", async () => {
    const needed = async (sampling: string) => {
      const of = team(1, { name: "one", models: faulty, sampling });
      const precision = [absolute("success", 0.02)];
      return (await run([of], { seed: "s", precision })).replications;
    };
    // t² · .21 / .02² = 2,184; a batch that brings more than 1.4 times as many would be waste.
    const independent = await needed("independent");
    expect(independent).toBeGreaterThan(1850);
    expect(independent).toBeLessThan(3050);
    // Success is one draw here, which has hardly any variance from 32 points a net on.
    expect(await needed("nets")).toBeLessThanOrEqual(1024 * 1.2);
  });

  test("ends at the cap and says that it is not reached", async () => {
    const { result, precision } = await precise({
      precision: [relative("success", 1e-6)],
      cap: 1001,
    });
    expect(result.replications).toBe(1001);
    expect(precision).toMatchObject([{ target: { relative: 1e-6 }, reached: false }]);
    const { mean, ci } = readMetric(result.scenarios[0].metrics, "success") as {
      mean: number;
      ci: [number, number];
    };
    expect(precision[0].halfWidth).toBe(Math.max(mean - ci[0], ci[1] - mean) / mean);
    const { scenarios } = await run([single], { seed: "s", replications: 1001 });
    expect(result.scenarios).toEqual(scenarios);
  });

  test.each([
    ["a metric without a value", "passHat2"],
    ["an estimate of 0, to which nothing is relative", "messages"],
  ])("does not reach %s", async (_, metric) => {
    const { precision } = await precise({ precision: [relative(metric, 0.5)], cap: 500 });
    expect(precision).toMatchObject([{ metric, halfWidth: null, reached: false }]);
  });

  test("needs as many as the hardest target, in scenarios that are run by themselves each its own", async () => {
    const targets = [absolute("turns", 0.5), absolute("success", 0.02)];
    const both = await run([single, trio], { seed: "s", precision: targets });
    const alone = await precise({ precision: [absolute("success", 0.02)] });
    expect(both.scenarios[0]).toEqual(alone.result.scenarios[0]);
    expect(both.precision?.map(({ scenario, metric }) => `${scenario} ${metric}`)).toEqual([
      "one turns",
      "one success",
      "three turns",
      "three success",
    ]);
    expect(both.precision?.every(({ reached }) => reached)).toBe(true);
    expect(both.replications).toBe(Math.max(...both.scenarios.map((s) => s.replications)));
  });

  test("compares until all scenarios are precise", async () => {
    const precision = [relative("amplification.propagation", 0.1)];
    const result = await compare([single, trio], "one", { seed: "s", precision });
    expect(new Set(result.scenarios.map((s) => s.replications))).toEqual(
      new Set([result.replications]),
    );
    // A baseline's ratio to itself is known at once.
    expect(result.precision).toMatchObject([
      { scenario: "one", halfWidth: 0, reached: true },
      { scenario: "three", reached: true },
    ]);
  });

  test.each<[string, ExperimentOptions]>([
    ["there is no metric sucess; did you mean success?", { precision: [absolute("sucess", 1)] }],
    [
      "amplification.task compares with a baseline: it needs compare",
      { precision: [absolute("amplification.task", 1)] },
    ],
    ["no metric is to be precise", { precision: [] }],
    ["must be above 0", { precision: [absolute("success", 0)] }],
    ["must be one of them", { precision: [absolute("success", 1)], replications: 9 }],
    ["must come with it", { cap: 9 }],
  ])("refuses: %s", async (message, options) => {
    await expect(run([single], options)).rejects.toThrow(message);
  });
});

const absolute0 = (metric: string, width: number) => ({ metric, target: { absolute: width } });

// 1,000 seeds. If coverage is exactly 95 %, 93-97 % is left by one set of seeds in 250.
test("intervals cover the truth in 93 to 97 % of 1,000 runs that stop when they are precise", async () => {
  const pool = await openCellPool({ jobs: 1 });
  const sampling = { precision: [absolute("success", 0.05)], cap: 10_000 };
  let covered = 0;
  for (let i = 0; i < 1000; i++) {
    const inputs = { scenarios: [single], baseline: -1, seed: `coverage ${i}`, sampling };
    const { scenarios } = await runCell(pool, inputs);
    const { ci } = readMetric(scenarios[0].metrics, "success") as MetricValue;
    const [lo, hi] = ci as [number, number];
    if (lo <= 1 - ERROR_RATE && 1 - ERROR_RATE <= hi) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(930);
  expect(covered).toBeLessThanOrEqual(970);
});
