// Advice: what it is made of, on shipped tasks and on tasks of one claim. Nothing here depends on the values of the
// shipped parameters.
import { describe, expect, test } from "vitest";
import { type Advice, type AdviseOptions, advise, OptionError } from "../../src/advise/advise.ts";
import type { Experience } from "../../src/advise/belief/experience.ts";
import { ARCHITECTURES, type Architecture } from "../../src/advise/candidates/architectures.ts";
import { ranked } from "../../src/advise/ranking.ts";
import { UnreachableError } from "../../src/advise/simulation/solve.ts";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import { type MetricTree, type MetricValue, readMetric } from "../../src/experiment/result.ts";
import { wilson } from "../../src/numerics/intervals.ts";

const FEW = { replications: 400, seed: "test" };
const workbench = (options: Partial<AdviseOptions> = {}) =>
  advise({ task: "workbench", singleSuccess: 0.5, ...FEW, ...options });

const diagonal = (variance: number) =>
  [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? variance : 0)));
const experience = (pull: number, number = "task.difficulty"): Experience => ({
  known: { number, pull, errors: diagonal(0.25) },
  unknown: { number, errors: diagonal(1) },
});

const of = ({ architectures }: Advice, name: string) =>
  architectures.find((a) => a.name === name) as Advice["architectures"][number];
const metricOf = (advice: Advice, name: string, metric: string) =>
  readMetric(of(advice, name).metrics, metric) as MetricValue;
const width = ({ success: { ci } }: Advice["architectures"][number]) => ci[1] - ci[0];

describe("advice", () => {
  test("ranks all architectures by predicted success; chances add up to 1", async () => {
    const advice = await workbench({ experience: null });
    const { architectures, recommended } = advice;
    expect(architectures.map(({ name }) => name).sort()).toEqual([...ARCHITECTURES].sort());
    const means = architectures.map(({ success }) => success.mean);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(recommended).toBe(architectures[0].name);
    expect(architectures.reduce((sum, a) => sum + a.probabilityBest, 0)).toBeCloseTo(1, 12);
    for (const { success } of architectures) {
      expect(success.ci[0]).toBeLessThanOrEqual(success.mean);
      expect(success.ci[1]).toBeGreaterThanOrEqual(success.mean);
    }
    expect(advice.why).toMatch(/^[A-Z].+\.$/);
  });

  test("the single agent has the success that it is said to have, measured on so many tasks", async () => {
    const advice = await workbench({ experience: null, instances: 60 });
    const { lo, hi } = wilson(30, 60);
    expect(of(advice, "single").success).toEqual({ mean: 0.5, ci: [lo, hi] });
    const simulated = metricOf(advice, "single", "success").mean as number;
    expect(Math.abs(simulated - 0.5)).toBeLessThan(0.01);
    expect(advice.number.teams.value).toBe(advice.number.value);
  });

  test("is the same twice, and another with another seed", async () => {
    const first = await workbench({ experience: null });
    expect(await workbench({ experience: null })).toEqual(first);
    expect(await workbench({ experience: null, seed: "x" })).not.toEqual(first);
  });

  test("the more often the single agent succeeds, the more often the teams do", async () => {
    const [low, high] = [
      await workbench({ experience: null, singleSuccess: 0.2 }),
      await workbench({ experience: null, singleSuccess: 0.6 }),
    ];
    for (const name of ARCHITECTURES)
      expect(of(high, name).success.mean).toBeGreaterThan(of(low, name).success.mean);
  });
});

describe("experience", () => {
  test("a pull of 0 predicts teams at the mean model, whatever the single agent does", async () => {
    const [low, high] = [
      await workbench({ experience: experience(0), singleSuccess: 0.2 }),
      await workbench({ experience: experience(0), singleSuccess: 0.6 }),
    ];
    expect(low.number.teams).toEqual(low.number.shipped);
    for (const name of ARCHITECTURES.slice(1))
      expect(of(low, name).success).toEqual(of(high, name).success);
    expect(metricOf(low, "single", "success").mean).toBeLessThan(0.25);
  });

  test("intervals of the teams include how far predictions missed", async () => {
    const [without, wide] = [
      await workbench({ experience: null }),
      await workbench({ experience: experience(1) }),
    ];
    expect([without.intervals, wide.intervals]).toEqual(["simulation", "prediction"]);
    for (const name of ARCHITECTURES.slice(1)) {
      expect(of(wide, name).success.mean).toBe(of(without, name).success.mean);
      expect(width(of(wide, name))).toBeGreaterThan(width(of(without, name)));
    }
    expect(of(wide, "single")).toMatchObject({ success: of(without, "single").success });
    expect(without.notes.join()).toContain("no errors of predictions are known");
  });

  test("of another number is used", async () => {
    const { number } = await workbench({ experience: experience(1, "task.graph.size") });
    expect(number.path).toBe("task.graph.size");
  });

  test("of a number that cannot give the success gives way to the next one", async () => {
    // The pace changes nothing where turns do not run out.
    const overrides = { "agents.worker.maxTurns": 1000, "agents.worker.checks.self.recall": 0 };
    const number = "models.base.pace";
    const advice = await advise({
      ...own(CLAIM),
      ...FEW,
      overrides,
      experience: experience(1, number),
    });
    expect(advice.number.path).toBe("task.difficulty");
    expect(advice.notes.join()).toContain("models.base.pace cannot give the single agent");
  });

  test("never changes the size of a task of one's own", async () => {
    const sized = "task: { graph: { shape: generated, size: 3 } }\n";
    const number = "task.graph.size";
    const advice = await advise({ ...own(sized), ...FEW, experience: experience(1, number) });
    expect(advice.number.path).not.toBe(number);
  });
});

test("a record made with other parameters is told to be", async () => {
  const { notes } = await workbench({ experience: { ...experience(1), madeWith: "others" } });
  expect(notes.join()).toContain("with other parameters than those that ship now");
});

const CLAIM = "task: { graph: { shape: chain, size: 1 } }\n";
const own = (text: string, singleSuccess = 0.5) => ({
  task: { file: "mine.yaml", files: memoryFiles({ "mine.yaml": text }) },
  singleSuccess,
});

describe("a task of one's own", () => {
  test("has no mean model: the rate is not pulled, and intervals are those of unknown tasks", async () => {
    const advice = await advise({ ...own(CLAIM), ...FEW, experience: experience(0.25) });
    expect(advice.task).toBe("mine.yaml");
    expect(advice.number.pull).toBe(1);
    expect(advice.number.teams.value).toBe(advice.number.value);
    const known = await advise({
      ...own(CLAIM),
      ...FEW,
      experience: {
        ...experience(1),
        unknown: { number: "task.difficulty", errors: diagonal(0.25) },
      },
    });
    expect(width(of(advice, "hybrid"))).toBeGreaterThan(width(of(known, "hybrid")));
    expect(advice.notes.join()).toContain("no mean model is known");
  });

  test("is told to count alone", async () => {
    const { notes } = await advise({
      ...own(`${CLAIM}budget: { tokens: 5 }\n`),
      ...FEW,
      experience: null,
    });
    expect(notes.join()).toContain("of the task file only the task counts, not budget");
  });
});

describe("settings", () => {
  test("agents are for teams alone; prices and budget for all", async () => {
    const plain = await workbench({ experience: null });
    const more = await workbench({ experience: null, agents: 6 });
    expect(of(more, "single").metrics).toEqual(of(plain, "single").metrics);
    const turns = (advice: Advice) => metricOf(advice, "independent", "turns").mean as number;
    expect(turns(more)).toBeGreaterThan(1.5 * turns(plain));

    // Costs are linear in the price.
    const free = await workbench({ experience: null, priceInput: 0, priceOutput: 0 });
    const dear = await workbench({ experience: null, priceInput: 2.5, priceOutput: 20 });
    for (const name of ARCHITECTURES) {
      expect(metricOf(free, name, "cost").mean).toBe(0);
      expect(of(free, name).success).toEqual(of(plain, name).success);
      expect(metricOf(dear, name, "cost").mean).toBeGreaterThan(0);
    }
  });

  test("repeats can be had, for pass^k", async () => {
    const plain = await workbench({ experience: null });
    expect(metricOf(plain, "hybrid", "passHat2").mean).toBeNull();
    const repeated = await workbench({ experience: null, overrides: { repeats: 2 } });
    expect(metricOf(repeated, "hybrid", "passHat2").mean).not.toBeNull();
  });

  test.each([
    [{ singleSuccess: 0 }, /must be in \(0, 1\)$/],
    [{ singleSuccess: 1 }, /must be in \(0, 1\)$/],
    [{ singleSuccess: Number.NaN }, /must be in \(0, 1\)$/],
    [{ agents: 1 }, /must be a whole number from 2$/],
    [{ instances: 0.5 }, /must be a whole number from 1$/],
    [{ overrides: { "agents.worker.count": 4 } }, /is for teams alone: set it by agents$/],
    [{ overrides: { "task.difficulty": 1 } }, /is what is solved for: it cannot be set$/],
  ])("%j is refused", async (options, message) => {
    const act = workbench({ experience: null, ...options });
    await expect(act).rejects.toThrow(OptionError);
    await expect(act).rejects.toThrow(message);
  });

  // One turn yields four claims at most, whatever is solved for.
  test("a success that no number gives is refused with the range of those that can be", async () => {
    const chain = "task: { graph: { shape: chain, size: 60 } }\n";
    const overrides = { "agents.worker.maxTurns": 1 };
    const act = advise({ ...own(chain, 0.9), ...FEW, experience: null, overrides });
    await expect(act).rejects.toThrow(UnreachableError);
    await expect(act).rejects.toMatchObject({
      numbers: ["task.difficulty", "models.base.pace"],
      reachable: [0, 0],
    });
  });

  test("an aborted signal rejects with its reason", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(workbench({ signal })).rejects.toThrow("enough");
  });
});

describe("ranking", () => {
  const tree = (mean: number): MetricTree => {
    const { lo, hi } = wilson(mean * 1000, 1000);
    return { success: { mean, ci: [lo, hi] } };
  };
  const circumstances = { singleSuccess: 0.5, instances: 100, replications: 1000, seed: "test" };
  const rank = (rates: readonly number[], errors?: number[][]) =>
    ranked(
      circumstances,
      new Map(ARCHITECTURES.map((name, i): [Architecture, MetricTree] => [name, tree(rates[i])])),
      errors,
    );

  test("a clear team is best for certain; two alike share the chance", () => {
    const clear = rank([0.5, 0.1, 0.9, 0.1, 0.1]);
    expect(clear[0]).toMatchObject({ name: "decentralized", probabilityBest: 1 });
    const alike = rank([0.5, 0.1, 0.9, 0.9, 0.1]);
    expect(Math.abs(alike[0].probabilityBest - 0.5)).toBeLessThan(0.015);
  });

  test("errors of prediction make a choice less certain", () => {
    const sure = rank([0.5, 0.5, 0.6, 0.5, 0.5]);
    const unsure = rank([0.5, 0.5, 0.6, 0.5, 0.5], diagonal(1));
    expect(sure[0].probabilityBest).toBeGreaterThan(unsure[0].probabilityBest + 0.1);
  });

  test("the single agent comes first among equals", () => {
    expect(rank([0.5, 0.5, 0.5, 0.5, 0.5])[0].name).toBe("single");
  });
});
