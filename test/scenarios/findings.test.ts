// What must come out of the mechanism on the shipped scenarios, with one set of agent parameters: judged by 95 %
// intervals at the scenarios' own seed (so that each comparison has a false-alarm rate below 2.5 %; at a fixed seed
// the answer is always the same).
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import type { Overrides } from "../../src/documents/reading/overrides.ts";
import { compare } from "../../src/experiment/experiment.ts";
import {
  type ExperimentResult,
  type MetricValue,
  readMetric,
} from "../../src/experiment/result.ts";
import { loadScenario } from "../../src/scenario/load.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios", "kim2025");
const TEAMS = ["independent", "centralized", "decentralized", "hybrid"] as const;

const load = (benchmark: string, architectures: readonly string[], overrides: Overrides = {}) =>
  Promise.all(
    architectures.map(async (architecture) => {
      const file = join(FOLDER, `${benchmark}-${architecture}.yaml`);
      return (await loadScenario(file, { files: nodeFiles(file), overrides })).scenario;
    }),
  );

async function compareAll(benchmark: string): Promise<ExperimentResult> {
  const scenarios = await load(benchmark, ["single", ...TEAMS]);
  return compare(scenarios, `${benchmark}-single`, { replications: 8000 });
}

describe.each(["finance-agent", "plancraft", "workbench"])("%s", (benchmark) => {
  let result: ExperimentResult;
  const of = (architecture: string) =>
    result.scenarios.find(
      (s) => s.name === `${benchmark}-${architecture}`,
    ) as ExperimentResult["scenarios"][number];
  const metric = (architecture: string, name: string) =>
    readMetric(of(architecture).metrics, name) as MetricValue;
  const bounds = (value: MetricValue | undefined) => value?.ci as [number, number];

  beforeAll(async () => {
    result = await compareAll(benchmark);
  });

  // Paired with the independent team, on as many instances as replications: errors of each team against its errors.
  test("independent agents amplify errors most, an orchestrator clearly less", async () => {
    const scenarios = await load(benchmark, TEAMS, { repeats: 1 });
    const paired = await compare(scenarios, `${benchmark}-independent`, { replications: 32_768 });
    for (const { name, metrics } of paired.scenarios.slice(1)) {
      const [, highest] = bounds(readMetric(metrics, "amplification.propagation") as MetricValue);
      expect(highest, name).toBeLessThan(name === `${benchmark}-centralized` ? 1 / 1.5 : 1);
    }
  });

  test("every team takes more turns than a single agent", () => {
    for (const team of TEAMS) expect(bounds(metric(team, "overhead"))[0]).toBeGreaterThan(0);
  });

  if (benchmark === "finance-agent")
    test("an orchestrated team beats the single agent where work decomposes", () => {
      expect(bounds(of("centralized").differences?.success)[0]).toBeGreaterThan(0);
    });

  if (benchmark === "plancraft")
    test("every team loses to the single agent where work is sequential", () => {
      for (const team of TEAMS)
        expect(bounds(of(team).differences?.success)[1], team).toBeLessThan(0);
    });
});
