// Scenarios with uncertain numbers: each draw is a run of its own, and results say what simulation and what the numbers add.
import { describe, expect, test } from "vitest";
import { openCellPool, runCell } from "../../src/experiment/cell.ts";
import { compare, type ExperimentOptions, run } from "../../src/experiment/experiment.ts";
import { PrecisionError } from "../../src/experiment/precision.ts";
import {
  type Difference,
  type MetricValue,
  readMetric,
  type ScenarioResult,
} from "../../src/experiment/result.ts";
import { seedOfDraw } from "../../src/experiment/uncertain/cell.ts";
import { average, variance } from "../../src/numerics/statistics.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { askedFor } from "../../src/scenario/uncertain/asked.ts";
import { drawnScenarios, drawnValues } from "../../src/scenario/uncertain/draws.ts";
import { team, type Written } from "../support/scenarios.ts";

const ERROR_RATE = "models.base.errorRate";

/** A worker that makes `size` claims, each wrong with a chance e between 0.05 and 0.25: success is (1 - e)^size. */
function uncertain(size: number, written: Written = {}): Scenario {
  return team(1, {
    name: `claims-${size}`,
    task: {
      graph: {
        shape: "graph",
        claims: Object.fromEntries(Array.from({ length: size }, (_, i) => [`c${i}`, []])),
      },
    },
    models: { base: { errorRate: 0.15, latency: { distribution: "constant", mean: 1 } } },
    uncertain: { numbers: { [ERROR_RATE]: { uniform: [0.05, 0.25] } } },
    ...written,
  });
}

const metricOf = ({ metrics }: ScenarioResult, name: string) =>
  readMetric(metrics, name) as Required<MetricValue>;

const halfOf = ([low, high]: MetricValue["ci"]) => ((high as number) - (low as number)) / 2;

/** Moment of (1 - e)^n for e between 0.05 and 0.25, all equally likely. */
const power = (n: number) => (0.95 ** (n + 1) - 0.75 ** (n + 1)) / (0.2 * (n + 1));

describe("the parts of the variance", () => {
  test.each([1, 3])("of (1 - e)^%i with e uniform: closed form", async (size) => {
    const replications = 32_768;
    const { scenarios } = await run([uncertain(size)], { replications, seed: "parts" });
    const { mean, simulation, parameters } = metricOf(scenarios[0], "success");
    // Half-widths of simulation, below .004, are twice its standard error: 3 of them miss once in a hundred million.
    const half = halfOf(simulation.ci);
    expect(half).toBeLessThan(0.004);
    expect(Math.abs((mean as number) - power(size))).toBeLessThan(3 * half);
    const variance = power(2 * size) - power(size) ** 2;
    const noise = (half / 1.96) ** 2;
    expect(parameters.share).toBeCloseTo(variance / (variance + noise), 2);
    // The middle 95 % of e: from .055 to .245.
    const [low, high] = parameters.ci as [number, number];
    expect(low).toBeCloseTo(0.755 ** size, 1);
    expect(high).toBeCloseTo(0.945 ** size, 1);
    expect((simulation.share as number) + (parameters.share as number)).toBeCloseTo(1, 12);
  });

  test("of (1 - a)(1 - b) with a and b of two agents: closed form", async () => {
    const agents = ["one", "two"];
    const each = (value: (agent: string) => object) =>
      Object.fromEntries(agents.map((agent) => [agent, value(agent)]));
    const latency = { distribution: "constant", mean: 1 };
    const scenario = team(1, {
      task: { graph: { shape: "graph", claims: each((owner) => ({ owner })) } },
      models: each(() => ({ errorRate: 0.15, latency })),
      agents: each((model) => ({ model })),
      protocol: [
        { assign: { mode: "owners" } },
        { work: { who: agents } },
        { aggregate: { how: "concatenate", from: agents } },
      ],
      uncertain: {
        numbers: Object.fromEntries(
          agents.map((agent) => [`models.${agent}.errorRate`, { uniform: [0.05, 0.25] }]),
        ),
      },
    });
    const { scenarios } = await run([scenario], { replications: 32_768, seed: "two" });
    const { mean, simulation, parameters } = metricOf(scenarios[0], "success");
    const half = halfOf(simulation.ci);
    expect(Math.abs((mean as number) - power(1) ** 2)).toBeLessThan(3 * half);
    const variance = power(2) ** 2 - power(1) ** 4;
    const noise = (half / 1.96) ** 2;
    expect(parameters.share).toBeCloseTo(variance / (variance + noise), 2);
  });

  test("of a difference: what the scenarios have in common cancels out", async () => {
    const same = uncertain(1, { name: "same" });
    const slow = { errorRate: 0.15, latency: { distribution: "constant", mean: 2 } };
    const other = uncertain(1, { name: "slower", models: { base: slow } });
    const { scenarios } = await compare([same, other], "same", { replications: 8192 });
    const difference = scenarios[1].differences?.success as Required<MetricValue>;
    expect(difference).toMatchObject({ mean: 0, parameters: { ci: [0, 0], share: 0 } });
    expect(metricOf(scenarios[1], "success").parameters.share).toBeGreaterThan(0.9);
  });

  test("of a difference: closed form", async () => {
    const settings = { replications: 16_384, seed: "difference" };
    const { scenarios } = await compare([uncertain(1), uncertain(2)], "claims-1", settings);
    const { differences = {} } = scenarios[1];
    const { mean, simulation, parameters, pairing } = differences.success as Required<Difference>;
    // (1 - e)² - (1 - e) = -e (1 - e) lies between -.1875 and -.0475.
    expect(Math.abs((mean as number) - (power(2) - power(1)))).toBeLessThan(
      3 * halfOf(simulation.ci),
    );
    const [low, high] = parameters.ci as [number, number];
    expect(low).toBeCloseTo(-0.245 * 0.755, 1);
    expect(high).toBeCloseTo(-0.055 * 0.945, 1);
    expect(pairing).toBeNull();
  });

  test("are all simulation in a scenario without uncertain numbers, whatever it is compared with", async () => {
    const known = askedFor(uncertain(1, { name: "known" }), { fixed: true });
    const { scenarios } = await compare([known, uncertain(1)], "known", { replications: 8192 });
    expect(metricOf(scenarios[0], "success").parameters.share).toBe(0);
    expect(metricOf(scenarios[1], "success").parameters.share).toBeGreaterThan(0.5);
    expect(scenarios[1].differences?.success.parameters?.share).toBeGreaterThan(0.5);
  });
});

describe("draws", () => {
  test("are plain runs with seeds of their own, and the mean is theirs", async () => {
    const scenario = uncertain(1, { uncertain: { ...uncertain(1).uncertain, draws: 8 } });
    const { scenarios, replications } = await run([scenario], { replications: 1, seed: "a" });
    expect(replications).toBe(8 * 128);
    expect(scenarios[0]).toMatchObject({ draws: 8, replications: 8 * 128, instances: 8 * 128 });
    const drawn = await drawnScenarios([scenario], "a", 8);
    const means: number[] = [];
    for (const [k, [one]] of drawn.entries()) {
      const alone = await run([one], { replications: 128, seed: seedOfDraw("a", k) });
      means.push(metricOf(alone.scenarios[0], "success").mean as number);
    }
    expect(metricOf(scenarios[0], "success").mean).toBe(average(means));
  });

  test("tell a threshold's chance: the share of them with which it holds", async () => {
    // 1 - e is at least .8 with three quarters of the draws.
    const thresholds = ["success >= 0.8", "success >= 0.5", "success < 0.5", "gain > 0"];
    const scenario = uncertain(1, { thresholds });
    const { scenarios } = await run([scenario], { replications: 16_384 });
    const [open, sure, never, other] = scenarios[0].thresholds;
    expect(open.verdict).toBe("inconclusive");
    expect(open.chance).toBeCloseTo(0.75, 1);
    expect(sure).toMatchObject({ verdict: "pass", chance: 1 });
    expect(never).toMatchObject({ verdict: "fail", chance: 0 });
    expect(other).toMatchObject({ verdict: "not-evaluated", chance: null });
  });

  test("without a value leave none, and say in how many draws", async () => {
    // Without success there is no price of one: with e up to 1 in some draws all is wrong.
    const numbers = { [ERROR_RATE]: { uniform: [0.2, 1] } };
    const scenario = uncertain(4, { uncertain: { numbers, draws: 8 } });
    const { scenarios } = await run([scenario], { replications: 1 });
    const { mean, ci, undefined: reason } = metricOf(scenarios[0], "costPerSuccess");
    expect([mean, ...ci]).toEqual([null, null, null]);
    expect(reason).toMatch(/^there is no success.* \(in \d of 8 draws\)$/);
    expect(scenarios[0].warnings).toEqual([
      expect.stringMatching(/^success is stuck at 0.* \(in \d of 8 draws\)$/),
    ]);
  });

  test("without a value are left out where they are few, and a warning says of what", async () => {
    // Above an error rate of .7 hardly any of 128 instances has all four claims right.
    const numbers = { [ERROR_RATE]: { uniform: [0.05, 0.7] } };
    const thresholds = ["costPerSuccess >= 0"];
    const scenario = uncertain(4, { uncertain: { numbers }, thresholds });
    const { scenarios } = await run([scenario], { replications: 1 });
    expect(metricOf(scenarios[0], "costPerSuccess").mean).not.toBeNull();
    const [, missing] = scenarios[0].warnings
      .map((text) =>
        /^there is no success \(in (\d) of 64 draws\): .* of costPerSuccess/.exec(text),
      )
      .find((match) => match !== null) as RegExpExecArray;
    expect(Number(missing)).toBeLessThanOrEqual(3);
    expect(scenarios[0].thresholds[0].chance).toBe(1 - Number(missing) / 64);
  });

  test("can be had by the values alone: as a scenario of these values, byte for byte", async () => {
    const fixed = askedFor(uncertain(2), { fixed: true });
    const { uncertain: _, ...plain } = uncertain(2);
    const settings = { replications: 500, seed: "fixed" };
    expect(JSON.stringify(await run([fixed], settings))).toBe(
      JSON.stringify(await run([plain as Scenario], settings)),
    );
  });
});

describe("the same bytes", () => {
  const few = (size: number) =>
    ({
      ...uncertain(size),
      uncertain: { ...(uncertain(size).uncertain as object), draws: 8 },
    }) as Scenario;
  const works = {
    run: (options: ExperimentOptions) => run([few(1), few(2)], options),
    compare: (options: ExperimentOptions) => compare([few(1), few(2)], "claims-2", options),
    "run until precise": (options: ExperimentOptions) =>
      run([few(1)], {
        ...options,
        precision: [{ metric: "success", halfWidth: { absolute: 0.01 } }],
      }),
  };

  test.each(Object.entries(works))("for any number of threads: %s", async (_, work) => {
    const one = await work({ jobs: 1 });
    const rows: string[] = [];
    const onReplication = (plan: number, replication: number) =>
      rows.push(`${plan} ${replication}`);
    expect(JSON.stringify(await work({ jobs: 1, onReplication }))).toBe(JSON.stringify(one));
    expect(JSON.stringify(await work({ jobs: 2 }))).toBe(JSON.stringify(one));
    // Rows come in the order of the draws, each replication once.
    const counts = one.scenarios.map(({ replications }) => replications);
    expect(rows.length).toBe(counts.reduce((a, b) => a + b));
    for (const [plan, count] of counts.entries())
      expect(rows.filter((row) => row.startsWith(`${plan} `))).toEqual(
        Array.from({ length: count }, (_, k) => `${plan} ${k}`),
      );
  });
});

describe("a precision", () => {
  test("is that of the simulation", async () => {
    const target = { metric: "success", halfWidth: { absolute: 0.004 } };
    const result = await run([uncertain(1)], { precision: [target] });
    const { simulation, ci } = metricOf(result.scenarios[0], "success");
    expect(result.precision?.[0]).toMatchObject({ reached: true });
    expect(halfOf(simulation.ci)).toBeLessThan(0.004);
    expect(halfOf(ci)).toBeGreaterThan(0.05);
  });

  test("needs a cap that all draws fit into", async () => {
    const precision = [{ metric: "success", halfWidth: { absolute: 0.004 } }];
    const work = run([uncertain(1)], { precision, cap: 1000 });
    await expect(work).rejects.toThrow(PrecisionError);
    await expect(work).rejects.toThrow("64 draws of the uncertain numbers take 8192 replications");
  });
});

describe("an interrupted cell", () => {
  async function interruptedAfter(share: number) {
    const interrupt = new AbortController();
    const pool = await openCellPool({ jobs: 1, signal: interrupt.signal });
    try {
      const inputs = { scenarios: [uncertain(1)], baseline: -1, seed: "s" };
      return await runCell(
        pool,
        { ...inputs, sampling: { replications: 8192 } },
        {
          onProgress: (done) => {
            if (done >= share) interrupt.abort();
          },
        },
      );
    } finally {
      await pool.close();
    }
  }

  test("has the draws that were complete", async () => {
    const { scenarios, interrupted, replications } = await interruptedAfter(0.5);
    expect({ interrupted, replications }).toEqual({ interrupted: true, replications: 8192 });
    const draws = scenarios[0].draws as number;
    expect(draws).toBeGreaterThanOrEqual(8);
    expect(draws).toBeLessThan(64);
    expect(scenarios[0].replications).toBe(128 * draws);
  });

  test("has nothing of a few", async () => {
    const { scenarios, interrupted } = await interruptedAfter(0.03);
    expect(interrupted).toBe(true);
    expect(scenarios[0].replications).toBe(0);
    expect(metricOf(scenarios[0], "success").mean).toBeNull();
    expect(scenarios[0].warnings).toEqual([expect.stringContaining("fewer than 8 draws")]);
  });
});

test("draws of common numbers are common to all scenarios", () => {
  const values = drawnValues([uncertain(1), uncertain(2)], "s", 16);
  for (const [a, b] of values) expect(a.get(ERROR_RATE)).toBe(b.get(ERROR_RATE));
  expect(variance(values.map(([a]) => a.get(ERROR_RATE) as number))).toBeCloseTo(0.04 / 12, 3);
});
