// Advice: what it is made of, on shipped tasks and on tasks of one claim. Nothing here depends on the values of the
// shipped parameters.
import { describe, expect, test } from "vitest";
import { type Advice, advise, UnmetError } from "../../src/advise/advise.ts";
import type { Experience } from "../../src/advise/belief/experience.ts";
import { ARCHITECTURES } from "../../src/advise/candidates/architectures.ts";
import { loadOwnTeam } from "../../src/advise/candidates/ownTeam.ts";
import { type AdviseOptions, OptionError } from "../../src/advise/options.ts";
import { UnreachableError } from "../../src/advise/simulation/solve.ts";
import { ConstraintError } from "../../src/decide/constraints.ts";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import { type MetricValue, readMetric } from "../../src/experiment/result.ts";
import { wilson } from "../../src/numerics/intervals.ts";
import { logit } from "../../src/numerics/logit.ts";

const FEW = { replications: 128, seed: "test" };
const workbench = (options: Partial<AdviseOptions> = {}) =>
  advise({ task: "workbench", singleSuccess: 0.5, experience: null, ...FEW, ...options });

const SETS = [5, 25, 45, 60];
const spread = (variance: number) => ({ common: variance, relative: variance / 10 });
/** Nothing is corrected but what is said here, in log-odds. */
const experience = (
  variance: number,
  { correction = [0, 0, 0, 0], trust = 1 }: { correction?: number[]; trust?: number } = {},
): Experience => ({
  sets: SETS,
  known: {
    workbench: {
      corrections: SETS.map(() => correction),
      ...spread(variance),
      families: { acme: 1, other: -1 },
    },
  },
  own: {
    stated: { trust, ...spread(variance) },
    guessed: { trust: trust / 2, ...spread(2 * variance) },
  },
});

const of = ({ architectures }: Advice, name: string) =>
  architectures.find((a) => a.name === name) as Advice["architectures"][number];
const metricOf = (advice: Advice, name: string, metric: string) =>
  readMetric(of(advice, name).metrics, metric) as MetricValue;
const width = ({ success: { ci } }: Advice["architectures"][number]) => ci[1] - ci[0];
const TEAMS = ARCHITECTURES.slice(1);

describe("advice", () => {
  test("ranks all architectures by predicted success; chances add up to 1", async () => {
    const advice = await workbench();
    const { architectures, recommended, sure } = advice;
    expect(architectures.map(({ name }) => name).sort()).toEqual([...ARCHITECTURES].sort());
    const means = architectures.map(({ success }) => success.mean);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(architectures.reduce((sum, a) => sum + a.probabilityBest, 0)).toBeCloseTo(1, 12);
    for (const { success, expectedLoss } of architectures) {
      expect(success.ci[0]).toBeLessThanOrEqual(success.mean);
      expect(success.ci[1]).toBeGreaterThanOrEqual(success.mean);
      expect(expectedLoss).toBeGreaterThanOrEqual(sure.expectedLoss);
    }
    expect(sure.probabilityBest).toBe(of(advice, recommended).probabilityBest);
    expect(advice.why).toMatch(/^[A-Z].+\.$/);
  });

  test("the single agent has the success that it is said to have, measured on so many tasks", async () => {
    const advice = await workbench({ instances: 60 });
    const { lo, hi } = wilson(30, 60);
    expect(of(advice, "single").success).toEqual({ mean: 0.5, ci: [lo, hi] });
    const simulated = metricOf(advice, "single", "success").mean as number;
    expect(Math.abs(simulated - 0.5)).toBeLessThan(0.01);
    expect(advice.number.teams.value).toBe(advice.number.value);
  });

  test("is the same twice, and another with another seed", async () => {
    const first = await workbench();
    expect(await workbench()).toEqual(first);
    expect(await workbench({ seed: "x" })).not.toEqual(first);
  });

  test("the more often the single agent succeeds, the more often the teams do", async () => {
    const [low, high] = [
      await workbench({ singleSuccess: 0.2 }),
      await workbench({ singleSuccess: 0.6 }),
    ];
    for (const name of ARCHITECTURES)
      expect(of(high, name).success.mean).toBeGreaterThan(of(low, name).success.mean);
  });

  test("is open or clear, and names a measurement where it is open", async () => {
    const open = await workbench({ experience: experience(0.5) });
    expect(open.sure.clear).toBe(false);
    expect(open.next).toMatchObject({
      candidate: expect.any(String),
      instances: expect.any(Number),
    });
    const { candidate, instances, cost } = open.next as NonNullable<Advice["next"]>;
    expect(cost).toBeCloseTo(instances * (metricOf(open, candidate, "cost").mean as number), 12);
    // Everything else is all but certain to fail.
    const correction = [-9, 9, -9, -9];
    const clear = await workbench({ experience: experience(0.01, { correction }) });
    expect(clear).toMatchObject({
      recommended: "decentralized",
      next: null,
      sure: { clear: true },
    });
  });
});

describe("experience of a benchmark", () => {
  test("teams are simulated half way to the mean model, the single agent as it is", async () => {
    const { number, basis } = await workbench({ experience: experience(0.1), singleSuccess: 0.2 });
    expect([basis, number.pull]).toEqual(["benchmark", 0.5]);
    const middle = (0.2 + number.shipped.success) / 2;
    expect(Math.abs(number.teams.success - middle)).toBeLessThan(0.01);
  });

  test("corrections move the teams on the log-odds scale, and nothing else", async () => {
    const plain = await workbench({ experience: experience(0) });
    const moved = await workbench({ experience: experience(0, { correction: [1, 1, 1, -1] }) });
    const median = ({ success: { ci } }: Advice["architectures"][number]) =>
      (logit(ci[0]) + logit(ci[1])) / 2;
    for (const [i, name] of TEAMS.entries())
      expect(median(of(moved, name)) - median(of(plain, name))).toBeCloseTo(i < 3 ? 1 : -1, 9);
    expect(of(moved, "single").success).toEqual(of(plain, "single").success);
    expect(of(moved, "hybrid").metrics).toEqual(of(plain, "hybrid").metrics);
  });

  test("intervals of the teams include how far predictions missed", async () => {
    const [narrow, wide] = [
      await workbench({ experience: experience(0) }),
      await workbench({ experience: experience(0.5) }),
    ];
    for (const name of TEAMS)
      expect(width(of(wide, name))).toBeGreaterThan(width(of(narrow, name)));
    const without = await workbench();
    expect(without.basis).toBe("simulation");
    expect(without.notes.join()).toContain("no errors of predictions are known");
  });

  test("a family moves all teams, and widens their intervals", async () => {
    const plain = await workbench({ experience: experience(0.1) });
    const acme = await workbench({ experience: experience(0.1), family: "acme" });
    for (const name of TEAMS) {
      expect(of(acme, name).success.mean).toBeGreaterThan(of(plain, name).success.mean);
      const ends = (advice: Advice) => of(advice, name).success.ci.map(logit);
      const [a, b] = [ends(acme), ends(plain)];
      expect(a[1] - a[0]).toBeGreaterThan(b[1] - b[0]);
    }
  });

  test("of other circumstances is told to be", async () => {
    const others = { ...experience(1), madeWith: "others" };
    const { notes } = await workbench({ experience: others, agents: 4 });
    expect(notes.join()).toContain("with other parameters than those that ship now");
    expect(notes.join()).toContain("with the shipped teams and budget");
  });
});

describe("measurements", () => {
  test("move the team that was measured, and the others by what they share", async () => {
    const known = experience(1);
    const before = await workbench({ experience: known });
    const found = { candidate: "hybrid", rate: 0.95, instances: 200 };
    const after = await workbench({ experience: known, measured: [found] });
    expect(Math.abs(of(after, "hybrid").success.mean - 0.95)).toBeLessThan(0.02);
    for (const name of TEAMS) {
      expect(of(after, name).success.mean).toBeGreaterThan(of(before, name).success.mean);
      expect(width(of(after, name))).toBeLessThan(width(of(before, name)));
    }
    expect(of(after, "single").success).toEqual(of(before, "single").success);
    expect(after.measured).toEqual([found]);
  });

  test("of the single agent count with its success", async () => {
    const found = { candidate: "single", rate: 0.9, instances: 100 };
    const { success } = of(await workbench({ measured: [found] }), "single");
    expect(Math.abs(success.mean - 0.7)).toBeLessThan(0.03);
  });

  test("that contradict each other, or all that was expected, are told with the odds", async () => {
    const twice = [0.1, 0.9].map((rate) => ({ candidate: "hybrid", rate, instances: 50 }));
    const { notes } = await workbench({ experience: experience(1), measured: twice });
    expect(notes.join("\n")).toMatch(
      /measurements of hybrid contradict each other beyond chance \((about|less than) 1 in /,
    );
    const odd = await workbench({ experience: experience(0.01), measured: [twice[0]] });
    expect(odd.notes.join("\n")).toMatch(
      /measured of hybrid is beyond what was expected \((about|less than) 1 in /,
    );
  });
});

describe("constraints", () => {
  test("keep a candidate from being recommended", async () => {
    const correction = [-3, 3, 0, 0];
    const known = experience(0.1, { correction });
    const free = await workbench({ experience: known });
    expect(free.recommended).toBe("decentralized");
    const cost = metricOf(free, "decentralized", "cost").mean as number;
    const cheap = await workbench({
      experience: known,
      constraints: [`cost < ${(0.99 * cost).toFixed(9)}`],
    });
    expect(cheap.recommended).not.toBe("decentralized");
    expect(cheap.why).toContain("constraints decide: the decentralized team would succeed more");
    expect(of(cheap, "decentralized")).toMatchObject({ probabilityBest: 0, meets: [false] });
    expect(of(cheap, cheap.recommended).meets).toEqual([true]);
  });

  test("that nothing meets are an error, with what candidates come to", async () => {
    const act = workbench({ constraints: ["cost < 0", "turns < 1e9"] });
    await expect(act).rejects.toThrow(UnmetError);
    const error = (await act.catch((e: unknown) => e)) as UnmetError;
    expect(error.found).toHaveLength(5);
    expect(error.found[0].values).toEqual([expect.any(Number), expect.any(Number)]);
  });

  test("that are none are refused", async () => {
    await expect(workbench({ constraints: ["cots < 1"] })).rejects.toThrow(ConstraintError);
  });
});

const CLAIM = "task: { graph: { shape: chain, size: 1 }, difficultySpread: 0 }\n";
const mine = (text: string, singleSuccess = 0.5) => ({
  task: { file: "mine.yaml", files: memoryFiles({ "mine.yaml": text }) },
  singleSuccess,
  ...FEW,
});

describe("a task of one's own", () => {
  test("has no mean model: the rate is not pulled", async () => {
    const advice = await advise({ ...mine(CLAIM), experience: experience(0.25) });
    expect([advice.task, advice.basis, advice.number.pull]).toEqual(["mine.yaml", "stated", 1]);
    expect(advice.number.teams.value).toBe(advice.number.value);
    expect(advice.notes.join()).toContain("none of the published ones");
  });

  test("is drawn to the success of the single agent where nothing is believed", async () => {
    const advice = await advise({ ...mine(CLAIM, 0.3), experience: experience(0, { trust: 0 }) });
    for (const name of TEAMS) expect(of(advice, name).success.mean).toBeCloseTo(0.3, 9);
  });

  // A chain of equal instances: teams hardly ever succeed in it. Unlike instances leave them some that are easy.
  test("what it does not say of its shape is filled in, and widens the intervals", async () => {
    const chain = "task: { graph: { shape: chain, size: 4 }";
    const stated = await advise({
      ...mine(`${chain}, difficultySpread: 0 }\n`),
      experience: experience(0.1),
    });
    const open = await advise({ ...mine(`${chain} }\n`), experience: experience(0.1) });
    expect([stated.basis, open.basis]).toEqual(["stated", "guessed"]);
    expect(of(open, "centralized").success.mean).toBeGreaterThan(
      of(stated, "centralized").success.mean,
    );
    expect(open.notes.join()).toContain("the task does not say task.difficultySpread");
  });

  test("is told to count alone", async () => {
    const { notes } = await advise({
      ...mine(`${CLAIM}budget: { tokens: 5 }\n`),
      experience: null,
    });
    expect(notes.join()).toContain("of the task file only the task counts, not budget");
  });
});

test("a team of one's own is a candidate beside the architectures", async () => {
  const text = `${CLAIM}models: { base: { errorRate: 0.2 } }
agents: { worker: { count: 3 } }
protocol:
  - work: { who: worker }
  - aggregate: { how: majority, from: worker }
`;
  const task = await loadOwnTeam("vote.yaml", memoryFiles({ "vote.yaml": text }));
  const found = { candidate: "vote", rate: 0.9, instances: 100 };
  const advice = await advise({
    ...{ task, singleSuccess: 0.5, ...FEW },
    experience: experience(1),
    measured: [found],
  });
  expect(advice.architectures.map(({ name }) => name).sort()).toEqual(
    [...ARCHITECTURES, "vote"].sort(),
  );
  expect(Math.abs(of(advice, "vote").success.mean - 0.9)).toBeLessThan(0.05);
  expect(advice.task).toBe("vote.yaml");
  expect(metricOf(advice, "vote", "turns").mean).toBeGreaterThan(0);
});

describe("settings", () => {
  test("agents are for teams alone; prices and budget for all", async () => {
    const plain = await workbench();
    const more = await workbench({ agents: 6 });
    expect(of(more, "single").metrics).toEqual(of(plain, "single").metrics);
    const turns = (advice: Advice) => metricOf(advice, "independent", "turns").mean as number;
    expect(turns(more)).toBeGreaterThan(1.5 * turns(plain));

    // Costs are linear in the price.
    const free = await workbench({ priceInput: 0, priceOutput: 0 });
    const dear = await workbench({ priceInput: 2.5, priceOutput: 20 });
    for (const name of ARCHITECTURES) {
      expect(metricOf(free, name, "cost").mean).toBe(0);
      expect(of(free, name).success).toEqual(of(plain, name).success);
      expect(metricOf(dear, name, "cost").mean).toBeGreaterThan(0);
    }
  });

  test("repeats can be had, for pass^k", async () => {
    expect(metricOf(await workbench(), "hybrid", "passHat2").mean).toBeNull();
    const repeated = await workbench({ overrides: { repeats: 2 } });
    expect(metricOf(repeated, "hybrid", "passHat2").mean).not.toBeNull();
  });

  test("a number that cannot give the success gives way to the next one", async () => {
    // One claim in one turn: with no doubt about it, only less work per turn makes the agent fail.
    const overrides = { "agents.worker.checks.self.recall": 0, "task.alternatives": 1 };
    const advice = await advise({ ...mine(CLAIM, 0.5), experience: null, overrides });
    expect(advice.number.path).toBe("task.difficulty");
  });

  test.each([
    [{ singleSuccess: 0 }, /must be in \(0, 1\)$/],
    [{ singleSuccess: 1 }, /must be in \(0, 1\)$/],
    [{ singleSuccess: Number.NaN }, /must be in \(0, 1\)$/],
    [{ agents: 1 }, /must be a whole number from 2$/],
    [{ instances: 0.5 }, /must be a whole number from 1$/],
    [{ overrides: { "agents.worker.count": 4 } }, /is for teams alone: set it by agents$/],
    [{ overrides: { "task.difficulty": 1 } }, /is what is solved for: it cannot be set$/],
    [
      { measured: [{ candidate: "hybird", rate: 0.5, instances: 9 }] },
      /no such candidate; did you mean hybrid\?$/,
    ],
    [{ measured: [{ candidate: "hybrid", rate: 1.5, instances: 9 }] }, /must be in \[0, 1\]$/],
    [{ measured: [{ candidate: "hybrid", rate: 1, instances: 0 }] }, /whole number from 1$/],
    [{ experience: experience(1), family: "acne" }, /no family acne; did you mean acme\?$/],
    [{ ...mine(CLAIM), family: "acme" }, /is for a published benchmark/],
  ])("%j is refused", async (options, message) => {
    const act = workbench(options);
    await expect(act).rejects.toThrow(OptionError);
    await expect(act).rejects.toThrow(message);
  });

  // One turn yields four claims at most, whatever is solved for.
  test("a success that no number gives is refused with the range of those that can be", async () => {
    const chain = "task: { graph: { shape: chain, size: 60 } }\n";
    const overrides = { "agents.worker.maxTurns": 1 };
    const act = advise({ ...mine(chain, 0.9), experience: null, overrides });
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
