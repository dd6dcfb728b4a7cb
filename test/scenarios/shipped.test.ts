// The shipped scenarios: all are valid, point an editor at the schema, and give the output that stands beside them.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import { run } from "../../src/experiment/experiment.ts";
import { METRIC_NAMES } from "../../src/metrics/definitions.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { scenarioJsonSchema } from "../../src/scenario/schema.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios");
/** What a calibration is made from, and what it yielded without one of the models. */
const isCalibration = (file: string) => /parameters\.yaml$|targets\.yaml$|folds\//.test(file);
const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter(
  (f) => f.endsWith(".yaml") && !isCalibration(f) && !f.startsWith("experiments"),
);
/** Parts of scenarios, which others extend. */
const isPart = (file: string) =>
  /agents\.yaml$|instances\.yaml$|tasks\/|architectures\//.test(file);
const scenarios = files.filter((file) => !isPart(file));
const kim = scenarios.filter((file) => file.startsWith("kim2025"));

/** What is true of a shipped scenario, and is what it is there to show. */
const EXPECTED_WARNINGS: Readonly<Record<string, readonly string[]>> = {
  "cost/team.yaml": ["worker.3 makes c3 without c2, which never reaches worker.3 by then"],
};

async function load(file: string): Promise<Scenario> {
  const path = join(FOLDER, file);
  const { scenario, warnings } = await loadScenario(path, {
    files: nodeFiles(path),
    metricNames: METRIC_NAMES,
  });
  const texts = warnings.map(({ message }) => message);
  expect(texts).toEqual(EXPECTED_WARNINGS[file] ?? []);
  return scenario;
}

test("there are four benchmarks in five architectures, and the patterns", () => {
  expect(kim).toHaveLength(20);
  expect(scenarios.map((f) => basename(f, ".yaml"))).toEqual(
    expect.arrayContaining(["chain", "tree", "voting", "mesh"]),
  );
});

test.each(files)("line 1 of %s points an editor at the schema", (file) => {
  const up = "../".repeat(file.split("/").length - 1);
  const [first] = readFileSync(join(FOLDER, file), "utf8").split("\n");
  expect(first).toBe(`# yaml-language-server: $schema=${up}schema.json`);
});

test("the schema that editors are pointed at is the one that files are held against", () => {
  const shipped = readFileSync(join(FOLDER, "schema.json"), "utf8");
  expect(JSON.parse(shipped)).toEqual(scenarioJsonSchema());
});

/** Replications of a golden run: few, since it is compared byte for byte. */
const replicationsOf = (scenario: Scenario) => (scenario.name === "mesh" ? 8 : 400);

test.each(scenarios)("%s gives its golden output", async (file) => {
  const scenario = await load(file);
  const result = await run([scenario], { replications: replicationsOf(scenario) });
  const golden = join(FOLDER, dirname(file), "golden", `${scenario.name}.json`);
  await expect(`${JSON.stringify(result, null, 2)}\n`).toMatchFileSnapshot(golden);
});

describe("kim2025", () => {
  test("one set of agent parameters serves all architectures and all benchmarks", async () => {
    const sets = new Set<string>();
    for (const file of kim) {
      const { models, agents, budget } = await load(file);
      for (const {
        role: _role,
        count: _count,
        maxTurns: _maxTurns,
        ...parameters
      } of Object.values(agents))
        sets.add(JSON.stringify({ models, budget, parameters }));
    }
    expect(sets.size).toBe(1);
  });

  test("a benchmark's task is the same in all architectures", async () => {
    const tasks = new Map<string, Set<string>>();
    for (const file of kim) {
      const benchmark = basename(file, ".yaml").replace(/-[a-z]+$/, "");
      const known = tasks.get(benchmark) ?? new Set();
      tasks.set(benchmark, known.add(JSON.stringify((await load(file)).task)));
    }
    expect([...tasks.values()].map((set) => set.size)).toEqual([1, 1, 1, 1]);
  });
});
