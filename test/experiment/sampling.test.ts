// What sampling in nets must not change. A replication depends neither on the thread that runs it nor on the number of
// replications, and each estimate means the same as with independent instances.
import { describe, expect, test } from "vitest";
import { type CellPool, openCellPool, runCell } from "../../src/experiment/cell.ts";
import { ChunkRunner } from "../../src/experiment/chunk.ts";
import { atOnce } from "../../src/experiment/inThread.ts";
import { type MetricValue, readMetric } from "../../src/experiment/result.ts";
import { samplesOf } from "../../src/metrics/sample.ts";
import { Tally } from "../../src/metrics/tally.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { agrees, scenario, team, type Written } from "../support/scenarios.ts";

const faulty = (errorRate: number) => ({
  base: { errorRate, latency: { distribution: "constant", mean: 1 } },
});

/** A team whose instances differ in class, size, difficulty and policy: all that an instance draws. */
const varied: Written = {
  task: {
    graph: { shape: "generated", size: 6, spread: 3, limit: 20, sequentiality: 0.5 },
    difficultySpread: 1.2,
    policyCritical: 0.3,
    classes: {
      easy: { share: 0.6, difficulty: -1, sizeFactor: 0.5 },
      hard: { share: 0.4, difficulty: 1, sizeFactor: 1.5 },
    },
  },
  models: faulty(0.15),
  agents: { worker: { count: 3, propagation: 0.5, guess: 0.4, checks: { self: { recall: 0.5 } } } },
  topology: { preset: "complete" },
  protocol: [
    { work: { who: "worker" } },
    { send: { from: "worker", to: "worker" } },
    { check: { by: "worker" } },
    { aggregate: { how: "majority", from: "worker" } },
  ],
  repeats: 4,
};

const SCENARIOS: Record<string, Written> = {
  "classes with factors of size": varied,
  "a fixed size": {
    ...varied,
    task: { graph: { shape: "layers", layers: [3, 2] }, difficultySpread: 1, policyCritical: 0.5 },
  },
  "a single agent without repeats": {
    task: { graph: { shape: "chain", size: 4 }, difficultySpread: 2 },
    models: faulty(0.2),
    repeats: 1,
  },
  "exponential latencies and failing calls": {
    ...varied,
    models: {
      base: {
        errorRate: 0.1,
        failure: 0.2,
        retries: 1,
        latency: { distribution: "exponential", mean: 2 },
      },
    },
  },
};

const here = (): Promise<CellPool> => openCellPool({ jobs: 1 });

/** Outcome rows of all replications, as text. */
async function rowsOf(of: Scenario, replications: number): Promise<string[]> {
  const rows: string[] = [];
  const inputs = { scenarios: [of], baseline: -1, seed: "rows", sampling: { replications } };
  await runCell(await here(), inputs, {
    onReplication: (_, __, outcome) => rows.push(outcome.join(" ")),
  });
  return rows;
}

describe("a longer run", () => {
  test.each(["nets", "independent"])("goes on where a shorter one ended: %s", async (sampling) => {
    const of = team(1, { ...varied, sampling });
    // 150 replications are 38 instances, of which the last is cut short.
    const short = await rowsOf(of, 150);
    expect((await rowsOf(of, 300)).slice(0, 150)).toEqual(short);
    expect(new Set(short).size).toBeGreaterThan(50);
  });

  test("of a stream does so too", async () => {
    const of = team(1, {
      models: faulty(0.3),
      workload: { arrivals: "poisson", interval: 1, tasks: 5 },
    });
    const short = await rowsOf(of, 70);
    expect((await rowsOf(of, 140)).slice(0, 70)).toEqual(short);
  });
});

test("any cutting of chunks into jobs, in threads of any number, gives the same sample", () => {
  const plans = [team(1, varied), team(2, { ...varied, name: "two" })].map(compile);
  const design = { plans, root: rootKey("cut"), replications: 900 };
  const content = (cuts: readonly number[]) => {
    const tallies = plans.map(() => new Tally());
    let chunk = 0;
    for (const size of cuts) {
      // Each job on an engine of its own, as if in another thread.
      const { parts } = atOnce(new ChunkRunner(design).run(chunk, chunk + size, false));
      chunk += size;
      parts.forEach((part, plan) => {
        tallies[plan].take(structuredClone(part));
      });
    }
    return JSON.stringify(
      samplesOf(tallies, 0).map(({ sums, tally }) => [
        sums.instances,
        Array.from({ length: 10 }, (_, i) => [sums.mean(i), sums.covariance(i, 1)]),
        tally.reliability.estimate(2),
        tally.latency.pack(),
        tally.radius.pack(),
        [...tally.squares],
        tally.events,
      ]),
    );
  };
  // 900 replications of 4 repeats are 225 instances: eight chunks.
  const whole = content([8]);
  for (const cuts of [Array<number>(8).fill(1), [3, 4, 1], [1, 2, 5]])
    expect(content(cuts)).toBe(whole);
});

// 0.9999366 of a normal variable lie within four standard deviations: with 4 scenarios × 10 metrics one set of seeds in 400
// gives a false alarm.
describe.each(Object.entries(SCENARIOS))(
  "nets agree with independent instances: %s",
  (_, written) => {
    const NAMES = [
      "success",
      "turns",
      "messages",
      "errorsAtAggregation",
      "tokens",
      "latency.mean",
      "policy.actions",
      "policy.violations",
      "passHat2",
      "passHat4",
    ];

    /** Means over experiments with seeds of their own, and the variances of these means, by name. */
    async function over(sampling: string, experiments: number) {
      const of = scenario({ ...team(1), ...written, name: "one", sampling });
      const pool = await here();
      const values = new Map<string, number[]>();
      for (let i = 0; i < experiments; i++) {
        const inputs = {
          scenarios: [of],
          baseline: -1,
          seed: `${sampling} ${i}`,
          // 32 instances and 8 more, so that nets are unequal.
          sampling: { replications: 40 * of.repeats },
        };
        const { scenarios } = await runCell(pool, inputs);
        for (const name of NAMES) {
          const value = readMetric(scenarios[0].metrics, name) as MetricValue | undefined;
          if (value?.mean == null) continue;
          values.set(name, [...(values.get(name) ?? []), value.mean]);
        }
      }
      return values;
    }

    test("within four standard errors", async () => {
      const nets = await over("nets", 150);
      const independent = await over("independent", 150);
      const far = [...nets].flatMap(([name, a]) => {
        const b = independent.get(name) as number[];
        const [one, other] = [summary(a), summary(b)];
        const error = Math.sqrt(one.squaredError + other.squaredError);
        const apart = Math.abs(one.mean - other.mean);
        return apart > 4 * error + 1e-12 ? [{ name, one, other }] : [];
      });
      expect(far).toEqual([]);
      expect(nets.size).toBeGreaterThanOrEqual(NAMES.length - 2);
    });
  },
);

function summary(values: readonly number[]) {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, squaredError: squares / (n - 1) / n };
}

describe("pass^k in nets is unbiased", () => {
  const ks = [1, 2, 4, 8];

  /** pass^k of one claim made by one agent. */
  async function passes(p: number, difficultySpread: number): Promise<MetricValue[]> {
    const of = team(1, {
      task: { graph: { shape: "chain", size: 1 }, difficultySpread },
      models: faulty(p),
      repeats: 8,
    });
    const inputs = {
      scenarios: [of],
      baseline: -1,
      seed: "pass",
      sampling: { replications: 40_000 },
    };
    const { scenarios } = await runCell(await here(), inputs);
    return ks.map(
      (k) => readMetric(scenarios[0].metrics, k === 1 ? "passAt1" : `passHat${k}`) as MetricValue,
    );
  }

  // 99.9 % intervals, as with all closed forms.
  test("(1 - p)^k where instances are alike", async () => {
    const values = await passes(0.1, 0);
    for (const [i, k] of ks.entries()) expect([k, agrees(values[i], 0.9 ** k)]).toEqual([k, true]);
  });

  test("the mean of (1 - p(x))^k over a normal difficulty x", async () => {
    const [p, spread] = [0.1, 1.5];
    const values = await passes(p, spread);
    for (const [i, k] of ks.entries()) {
      const expected = normalMean((x) => (1 + (p / (1 - p)) * Math.exp(spread * x)) ** -k);
      expect([k, agrees(values[i], expected)]).toEqual([k, true]);
    }
  });
});

/** Mean of f of a standard normal variable, by the trapezoidal rule. */
function normalMean(f: (x: number) => number): number {
  const step = 0.01;
  let sum = 0;
  for (let x = -9; x <= 9; x += step) sum += f(x) * Math.exp((-x * x) / 2);
  return (sum * step) / Math.sqrt(2 * Math.PI);
}
