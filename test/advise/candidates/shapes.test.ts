// The shape of a task: what counts as stated, and what benchmarks put in place of the rest.
import { describe, expect, test } from "vitest";
import { Candidates, shippedBenchmarks } from "../../../src/advise/candidates/candidates.ts";
import { drawsOf } from "../../../src/advise/candidates/draws.ts";
import { parameterSets } from "../../../src/advise/candidates/members.ts";
import { loadOwnTeam } from "../../../src/advise/candidates/ownTeam.ts";
import { type KnownShape, knownShape, shapeOf } from "../../../src/advise/candidates/shapes.ts";
import { memoryFiles } from "../../../src/documents/reading/files.ts";
import type { Task } from "../../../src/scenario/task/schema.ts";
import { candidates, parts, TEAM } from "../support.ts";

const knownOf = (task: string, overrides = {}) => knownShape(candidates(`${task}\n`), overrides);

const ALL = [
  "task.graph.size",
  "task.graph.sequentiality",
  "task.graph.spread",
  "task.difficultySpread",
] as const;

describe("what a task states of its shape", () => {
  test("is nothing where it has no graph", async () => {
    expect(await knownOf("task: { tools: 3 }")).toEqual({ unstated: ALL, hasGraph: false });
  });

  test("is what is written, not what is the default", async () => {
    const { unstated, size, limit } = await knownOf(
      "task: { graph: { shape: generated, size: 9 }, difficultySpread: 0 }",
    );
    expect(unstated).toEqual(["task.graph.sequentiality", "task.graph.spread"]);
    expect([size, limit]).toEqual([9, undefined]);
  });

  test("may be formulas", async () => {
    const known = await knownOf(
      "parameters: { n: 4 }\ntask: { graph: { shape: generated, limit: '= 3 * n', sequentiality: '= n / 8' } }",
    );
    expect(known).toEqual({
      unstated: ["task.graph.size", "task.graph.spread", "task.difficultySpread"],
      hasGraph: true,
      limit: 12,
    });
  });

  test.each([
    "{ shape: chain, size: 3 }",
    "{ shape: layers, layers: [2, 2] }",
    "{ shape: graph, claims: { a: [], b: [a] } }",
  ])("is all of its graph where that is %s", async (graph) => {
    expect((await knownOf(`task: { graph: ${graph} }`)).unstated).toEqual([
      "task.difficultySpread",
    ]);
  });

  test("may stand in a file that it extends, or be set from outside; a null leaves it open", async () => {
    const files = memoryFiles({
      "below.yaml":
        "task: { graph: { shape: generated, size: 3, spread: 1 }, difficultySpread: 2 }",
      "mine.yaml": "extends: below.yaml\ntask: { difficultySpread: null }",
    });
    const mine = new Candidates({ ...parts(), task: { file: "mine.yaml", files } });
    const { unstated } = await knownShape(mine);
    expect(unstated).toEqual(["task.graph.sequentiality", "task.difficultySpread"]);
    const set = { "task.graph.sequentiality": 0.5, "task.graph.size": 6 };
    const known = await knownShape(mine, set);
    expect(known).toMatchObject({ unstated: ["task.difficultySpread"], size: 6 });
  });
});

const graph = { shape: "generated", size: 8, spread: 4, limit: 20, sequentiality: 0.3 } as const;
const MODEL = { graph, difficultySpread: 2 } as Task;
const NONE: KnownShape = { unstated: ALL, hasGraph: true };

describe("what a benchmark puts in place of the rest", () => {
  test("are its own values; the limit of the size goes with its spread", () => {
    expect(shapeOf(MODEL, NONE)).toEqual({
      "task.graph.size": 8,
      "task.graph.sequentiality": 0.3,
      "task.graph.spread": 4,
      "task.graph.limit": 20,
      "task.difficultySpread": 2,
    });
    expect(shapeOf(MODEL, { ...NONE, unstated: ["task.difficultySpread"] })).toEqual({
      "task.difficultySpread": 2,
    });
  });

  test("is a spread relative to the size that is stated", () => {
    const known = { unstated: ["task.graph.spread"], hasGraph: true, size: 12 } as const;
    expect(shapeOf(MODEL, known)).toEqual({ "task.graph.spread": 6, "task.graph.limit": 30 });
    expect(shapeOf(MODEL, { ...known, limit: 15 })).toEqual({ "task.graph.spread": 6 });
  });

  test("is no size beyond the limit that is stated", () => {
    expect(shapeOf(MODEL, { ...NONE, limit: 4 })).toMatchObject({
      "task.graph.size": 4,
      "task.graph.spread": 2,
    });
  });
});

describe("draws", () => {
  const sets = parameterSets(6);

  test("take turns among the benchmarks, and make a task of any file a valid one", async () => {
    for (const text of [
      "task: {tools: 3}",
      "task: {graph: {shape: generated, limit: 3}}",
      "task: {graph: {shape: generated, size: 60}}",
      "task: {graph: {shape: chain, size: 3}}",
    ]) {
      const mine = candidates(`${text}\n`);
      const draws = await drawsOf(mine, sets, await knownShape(mine));
      const names = shippedBenchmarks();
      expect(draws.map(({ set }) => set)).toEqual(sets.map(({ id }) => id));
      expect(draws.map(({ benchmark }) => benchmark)).toEqual(
        sets.map((_, i) => names[i % names.length]),
      );
      for (const { taskOverrides } of draws) {
        const { task } = await mine.scenario("single", taskOverrides);
        expect(task.difficultySpread).toBe(taskOverrides["task.difficultySpread"]);
      }
    }
  });

  test("leave a task that states its shape as it is", async () => {
    const stated = candidates("task: { graph: { shape: chain, size: 3 }, difficultySpread: 1 }\n");
    for (const draw of await drawsOf(stated, sets, await knownShape(stated))) {
      expect(draw.taskOverrides).toEqual({});
      expect(draw).not.toHaveProperty("benchmark");
    }
  });

  test("give a team of one's own the same task as all others", async () => {
    const task = await loadOwnTeam("mine.yaml", memoryFiles({ "mine.yaml": TEAM }));
    const all = new Candidates({ ...parts(), task });
    const [draw] = await drawsOf(all, sets, await knownShape(all));
    const tasks = [];
    for (const name of all.names) tasks.push((await all.scenario(name, draw.taskOverrides)).task);
    expect(tasks[0].difficultySpread).toBeGreaterThan(0);
    for (const one of tasks) expect(one).toEqual(tasks[0]);
  });
});
