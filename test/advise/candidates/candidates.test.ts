// Candidate scenarios: what counts of a task file, what can be set, and where problems are said to stand.
import { describe, expect, test } from "vitest";
import { ARCHITECTURES } from "../../../src/advise/candidates/architectures.ts";
import {
  Candidates,
  shippedBenchmarks,
  shippedParts,
} from "../../../src/advise/candidates/candidates.ts";
import type { ScenarioError } from "../../../src/documents/checking/problems.ts";
import { memoryFiles } from "../../../src/documents/reading/files.ts";
import { candidates, parts, TASK } from "../support.ts";

const own = (text: string) =>
  new Candidates(shippedParts({ file: "mine.yaml", files: memoryFiles({ "mine.yaml": text }) }));

const problemOf = async (act: () => unknown) => {
  try {
    await act();
  } catch (error) {
    return (error as ScenarioError).problems[0];
  }
  throw new Error("nothing is wrong");
};

describe("shipped candidates", () => {
  test("every benchmark has all architectures, which are called so", async () => {
    expect(shippedBenchmarks()).toEqual([
      "browsecomp-plus",
      "finance-agent",
      "plancraft",
      "workbench",
    ]);
    for (const benchmark of shippedBenchmarks()) {
      const shipped = new Candidates(shippedParts(benchmark));
      expect(shipped.ignored).toEqual([]);
      for (const name of ARCHITECTURES) expect((await shipped.scenario(name)).name).toBe(name);
      expect(shipped.warnings).toEqual([]);
    }
  });

  test("one set of agents serves all", async () => {
    const shipped = new Candidates(shippedParts("workbench"));
    const [single, ...teams] = await Promise.all(
      ARCHITECTURES.map((name) => shipped.scenario(name)),
    );
    for (const team of teams) {
      expect(team.models).toEqual(single.models);
      expect(team.task).toEqual(single.task);
      expect(team.budget).toEqual(single.budget);
    }
  });
});

describe("a task of one's own", () => {
  test("takes the place of the shipped one", async () => {
    const { task } = await own(TASK).scenario("hybrid");
    expect(task.graph).toEqual({ shape: "chain", size: 1 });
  });

  test("counts alone where the file is a whole scenario, and what does not count is known", async () => {
    const whole = `${TASK}name: mine\nagents: { worker: { count: 9 }, clerk: {} }\nprotocol: []\n`;
    const mine = own(whole);
    expect(mine.ignored).toEqual(["agents", "protocol"]);
    const scenario = await mine.scenario("independent");
    expect(scenario.name).toBe("independent");
    expect(Object.keys(scenario.agents)).toEqual(["worker"]);
    expect(scenario.agents.worker.count).toBe(3);
  });

  test("may have formulas, with parameters of its own", async () => {
    const { task } = await own(
      "parameters: { n: 4 }\ntask: { graph: { shape: chain, size: '= 2 * n' } }\n",
    ).scenario("single");
    expect(task.graph).toMatchObject({ size: 8 });
  });

  test("has its problems where they are written", async () => {
    const text = "task:\n  graph: { shape: chain, size: -2 }\n";
    const problem = await problemOf(() => own(text).scenario("single"));
    expect(problem).toMatchObject({ file: "mine.yaml", line: 2, path: "task.graph.size" });
  });

  test.each([
    ["missing", {}, /there is no file mine\.yaml/],
    ["no YAML", { "mine.yaml": "task: [" }, /./],
    ["without a task", { "mine.yaml": "name: mine\n" }, /there is no task/],
  ])("is refused where it is %s", async (_, contents, message) => {
    const task = { file: "mine.yaml", files: memoryFiles(contents) };
    const problem = await problemOf(() => new Candidates(shippedParts(task)));
    expect(problem.file).toBe("mine.yaml");
    expect(problem.message).toMatch(message);
  });
});

describe("values from outside", () => {
  test("later ones win, and the files stay as they are", async () => {
    const all = candidates();
    const set = await all.scenario("single", { "task.difficulty": 1 }, { "task.difficulty": 2 });
    expect(set.task.difficulty).toBe(2);
    expect((await all.scenario("single")).task.difficulty).toBe(0);
  });

  test("that do not fit are a problem", async () => {
    const all = new Candidates(parts());
    const problem = await problemOf(() => all.scenario("single", { "task.dificulty": 1 }));
    expect(problem.message).toContain("task.dificulty");
  });
});
