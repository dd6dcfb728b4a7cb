// A model on a task of one claim: success alone is 1 - p, that of a majority of three 1 - p³ - 3 p² (1 - p).
import { describe, expect, test } from "vitest";
import { ARCHITECTURES } from "../../../src/advise/candidates/architectures.ts";
import { Candidates } from "../../../src/advise/candidates/candidates.ts";
import { loadOwnTeam } from "../../../src/advise/candidates/ownTeam.ts";
import {
  firstToReach,
  ModelOnTask,
  type Settings,
} from "../../../src/advise/simulation/modelOnTask.ts";
import { NUMBERS } from "../../../src/advise/simulation/numbers.ts";
import { TOLERANCE, UnreachableError } from "../../../src/advise/simulation/solve.ts";
import { memoryFiles } from "../../../src/documents/reading/files.ts";
import { type MetricValue, readMetric } from "../../../src/experiment/result.ts";
import { ARCHITECTURE_FILES, candidates, parts, TASK } from "../support.ts";

const SIMULATION = { replications: 2000, seed: "test" };
const [DIFFICULTY, PACE, SIZE] = NUMBERS;

const modelOf = async (number = DIFFICULTY, task?: string, agents?: string) =>
  (await ModelOnTask.of(candidates(task, agents), number, {}, SIMULATION)) as ModelOnTask;

const success = (metrics: Map<string, Parameters<typeof readMetric>[0]>, name: string) =>
  (readMetric(metrics.get(name) ?? {}, "success") as MetricValue).mean as number;

describe("one claim, no checks", () => {
  // Standard error of 2,000 replications: at most .0112; four of them are a false alarm in 16,000 seeds.
  test.each([0.1, 0.35, 0.8])(
    "success alone of %f means an error rate of 1 - that",
    async (rate) => {
      const { value, success } = await (await modelOf()).solve(rate);
      expect(Math.abs(success - rate)).toBeLessThanOrEqual(TOLERANCE);
      // The model's own error rate is a half, so that the difficulty is the log-odds of an error.
      expect(Math.abs(1 / (1 + Math.exp(-value)) - (1 - rate))).toBeLessThan(0.045);
    },
  );

  test("the mean model is the one of the files", async () => {
    const model = await modelOf();
    expect(model.shippedValue).toBe(0);
    expect(Math.abs((await model.shippedSuccess()) - 0.5)).toBeLessThan(0.045);
  });

  test("a majority of three succeeds with p = .2 in .896, the first answer in .8", async () => {
    const model = await modelOf();
    const { value } = await model.solve(0.8);
    const metrics = await model.metrics(value);
    expect(success(metrics, "single")).toBeCloseTo(0.8, 2);
    expect(Math.abs(success(metrics, "decentralized") - 0.896)).toBeLessThan(0.036);
    expect(Math.abs(success(metrics, "independent") - 0.8)).toBeLessThan(0.036);
  });

  test("what holds for teams alone leaves the single agent as it is", async () => {
    const settings = { teamOverrides: { "agents.worker.count": 1 } };
    const model = await ModelOnTask.of(candidates(), DIFFICULTY, settings, SIMULATION);
    const metrics = await (model as ModelOnTask).metrics(-1);
    expect(success(metrics, "decentralized")).toBe(success(metrics, "single"));
  });
});

describe("a team of one's own", () => {
  /** The decentralized architecture, written as a scenario. */
  const twin = `${TASK}models: { gpt: { errorRate: 0.5, latency: { distribution: constant, mean: 1 } } }\n${ARCHITECTURE_FILES.decentralized}`;
  const modelWith = async (settings: Settings) => {
    const task = await loadOwnTeam("twin.yaml", memoryFiles({ "twin.yaml": twin }));
    const all = new Candidates({ ...parts(), task });
    return (await ModelOnTask.of(all, PACE, settings, SIMULATION)) as ModelOnTask;
  };

  test("is simulated among the others, on the same instances with the same random numbers", async () => {
    const metrics = await (await modelWith({ overrides: { "task.difficulty": -1 } })).metrics(0.8);
    expect([...metrics.keys()]).toEqual([...ARCHITECTURES, "twin"]);
    expect(metrics.get("twin")).toEqual(metrics.get("decentralized"));
    expect(metrics.get("twin")).not.toEqual(metrics.get("independent"));
  });

  test("has no part in what holds for generic architectures or for their teams", async () => {
    const plain = await (await modelWith({})).metrics(0.8);
    const genericOverrides = { "agents.worker.maxTurns": 1 };
    const teamOverrides = { "agents.worker.count": 1 };
    const set = await (await modelWith({ genericOverrides, teamOverrides })).metrics(0.8);
    expect(success(set, "twin")).toBe(success(plain, "twin"));
    for (const name of ["single", "decentralized"])
      expect(success(set, name), name).toBeLessThan(success(plain, name));
  });
});

test("values for all win over those for generic architectures", async () => {
  const settings = {
    genericOverrides: { "models.base.errorRate": 1, "task.difficulty": 3 },
    overrides: { "models.base.errorRate": 0 },
  };
  const model = (await ModelOnTask.of(
    candidates(),
    DIFFICULTY,
    settings,
    SIMULATION,
  )) as ModelOnTask;
  expect(model.shippedValue).toBe(3);
  expect(success(await model.metrics(0), "single")).toBe(1);
});

describe("numbers", () => {
  test("a task of a fixed shape has no size to solve for", async () => {
    expect(await ModelOnTask.of(candidates(), SIZE, {}, SIMULATION)).toBeUndefined();
    const generated = "task: { graph: { shape: generated, size: 3 } }\n";
    expect((await modelOf(SIZE, generated)).shippedValue).toBe(3);
  });

  test("more claims to a task, the less often all of them are right: p = 1 - success^(1/size)", async () => {
    const generated = "task: { graph: { shape: generated, size: 3, limit: 40 } }\n";
    const agents =
      "models: { base: { errorRate: 0.1, latency: { distribution: constant, mean: 1 } } }\n";
    const { value } = await (await modelOf(SIZE, generated, agents)).solve(0.9 ** 10);
    // One claim more or less moves the success by three standard errors.
    expect(Math.abs(Math.round(value) - 10)).toBeLessThanOrEqual(1);
  });
});

describe("the first number that reaches a success", () => {
  /** Never wrong, but out of turns: the difficulty changes nothing, the pace does. */
  const agents =
    "models: { base: { errorRate: 0, latency: { distribution: constant, mean: 1 } } }\nagentDefaults: { maxTurns: 4 }\n";
  const chain = "task: { graph: { shape: chain, size: 4 } }\n";

  async function* models() {
    for (const number of [DIFFICULTY, PACE]) yield await modelOf(number, chain, agents);
  }

  test("is taken", async () => {
    const model = await firstToReach(models(), 0.4);
    expect(model.number).toBe(PACE);
    expect(Math.abs((await model.solve(0.4)).success - 0.4)).toBeLessThanOrEqual(TOLERANCE);
  });

  test("or the range of all is told", async () => {
    const one = "task: { graph: { shape: chain, size: 1 } }\n";
    async function* hopeless() {
      yield await modelOf(DIFFICULTY, one, agents);
    }
    await expect(firstToReach(hopeless(), 0.4)).rejects.toThrow(UnreachableError);
    await expect(firstToReach(hopeless(), 0.4)).rejects.toMatchObject({ reachable: [1, 1] });
  });
});

test("an aborted signal ends the work with its reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  const simulation = { ...SIMULATION, signal };
  const model = await ModelOnTask.of(candidates(), DIFFICULTY, {}, simulation);
  await expect((model as ModelOnTask).solve(0.4)).rejects.toThrow("enough");
});
