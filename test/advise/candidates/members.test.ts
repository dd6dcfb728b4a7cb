// Parameter sets: which members are taken, and which of their numbers count on which task.
import { describe, expect, test } from "vitest";
import {
  Candidates,
  type PartFile,
  shippedBenchmarks,
  shippedParts,
} from "../../../src/advise/candidates/candidates.ts";
import { parameterSets } from "../../../src/advise/candidates/members.ts";
import { loadOwnTeam } from "../../../src/advise/candidates/ownTeam.ts";
import { type FileOverrides, readEnsemble } from "../../../src/calibrate/ensemble/file.ts";
import { memoryFiles } from "../../../src/documents/reading/files.ts";
import { parts, TEAM } from "../support.ts";

const TABLE = `member,minusTwoLogL,agents.yaml:agentDefaults.guess
${Array.from({ length: 10 }, (_, i) => `${i + 1},0,${i / 10}`).join("\n")}
`;

const AGENTS =
  "models: { base: { errorRate: 0.5 } }\nagentDefaults: { guess: 0.9, handoff: 0.1 }\n";

const STUDY: Record<string, string> = {
  "instances.yaml": "task: { graph: { spread: 3 }, difficultySpread: 2 }\n",
  "tasks/plain.yaml":
    "extends: ../instances.yaml\ntask: { graph: { shape: generated, size: 4 } }\n",
  "tasks/special.yaml":
    "extends: ../instances.yaml\ntask: { graph: { shape: generated, size: 5, spread: 1 } }\n",
};

/** Candidates of a study in memory, whose agents are in agents.yaml. */
const study = (file: string, more: Record<string, string> = {}) => {
  const task: PartFile = { file, files: memoryFiles({ ...STUDY, ...more }) };
  return new Candidates({ ...parts(undefined, AGENTS), task });
};

const SET: FileOverrides[] = [
  { in: "tasks/plain.yaml", overrides: { "task.graph.size": 6 } },
  { in: "tasks/special.yaml", overrides: { "task.graph.size": 7, "task.graph.spread": 8 } },
  { in: "instances.yaml", overrides: { "task.graph.spread": 9, "task.difficultySpread": 10 } },
  { in: "agents.yaml", overrides: { "agentDefaults.guess": 0.2, "agentDefaults.omission": 0.3 } },
];

describe("the members that are taken", () => {
  const ids = (count: number) =>
    parameterSets(count, readEnsemble(TABLE, "ensemble.csv")).map(({ id }) => id);

  test("are evenly spaced over the ensemble", () => {
    expect(ids(1)).toEqual([6]);
    expect(ids(5)).toEqual([2, 4, 6, 8, 10]);
    expect(ids(10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test("are all of them where there are no more", () => {
    expect(ids(11)).toEqual(ids(10));
  });

  test("have their values", () => {
    const [{ values }] = parameterSets(1, readEnsemble(TABLE, "ensemble.csv"));
    expect(values).toEqual([{ in: "agents.yaml", overrides: { "agentDefaults.guess": 0.5 } }]);
  });

  test.each([0, 1.5, -1, Number.NaN])("are not %f", (count) => {
    expect(() => ids(count)).toThrow(/must be a whole number from 1/);
  });
});

describe("the values of a set", () => {
  test("are those of the agents, of the benchmark, and of all instances", () => {
    expect(study("tasks/plain.yaml").valuesOf(SET)).toEqual({
      "agentDefaults.guess": 0.2,
      "task.graph.size": 6,
      "task.graph.spread": 9,
      "task.difficultySpread": 10,
    });
  });

  test("that are of all instances give way to what the benchmark states itself", () => {
    expect(study("tasks/special.yaml").valuesOf(SET)).toMatchObject({ "task.graph.spread": 8 });
    const without = SET.filter((values) => values.in !== "tasks/special.yaml");
    expect(study("tasks/special.yaml").valuesOf(without)).not.toHaveProperty(["task.graph.spread"]);
  });

  test("are those of the agents alone on a task of one's own, though it extends a benchmark", () => {
    const mine = { "mine.yaml": "extends: tasks/plain.yaml\n" };
    expect(study("mine.yaml", mine).valuesOf(SET)).toEqual({ "agentDefaults.guess": 0.2 });
  });

  test("leave what a scenario of one's own says of agents", async () => {
    const of = async (text: string) => {
      const task = await loadOwnTeam("mine.yaml", memoryFiles({ "mine.yaml": text }));
      return new Candidates({ ...parts(undefined, AGENTS), task }).valuesOf(SET);
    };
    expect(await of(TEAM)).toEqual({ "agentDefaults.guess": 0.2 });
    expect(await of(`${TEAM}agentDefaults: { guess: 0 }\n`)).toEqual({});
  });

  test("are valid scenarios with the shipped ensemble, of which all columns are used", async () => {
    const [set] = parameterSets(1);
    const used = new Set<string>();
    for (const benchmark of shippedBenchmarks()) {
      const shipped = new Candidates(shippedParts(benchmark));
      const values = shipped.valuesOf(set.values);
      await shipped.scenario("hybrid", values);
      const own = set.values.filter(
        ({ in: file }) => !file?.startsWith("tasks/") || file === `tasks/${benchmark}.yaml`,
      );
      for (const { in: file, overrides } of own)
        for (const [path, value] of Object.entries(overrides))
          if (values[path] === value) used.add(`${file}:${path}`);
    }
    const all = set.values.flatMap(({ in: file, overrides }) =>
      Object.keys(overrides).map((path) => `${file}:${path}`),
    );
    expect([...used].sort()).toEqual(all.sort());
  });
});
