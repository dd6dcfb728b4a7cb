// Trials and blocks: what they answer, that pairs share their luck, and that nothing is run twice.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openBlocks } from "../../src/decide/blocks.ts";
import { openTrials } from "../../src/decide/trials.ts";
import { variantOf } from "../../src/decide/variant.ts";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import { run } from "../../src/experiment/experiment.ts";
import { readMetric } from "../../src/experiment/result.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { openStore } from "../../src/store/store.ts";
import { SEMANTICS, VERSION } from "../../src/version.ts";

const FILE = "scenarios/templates/single.yaml";
const loaded = await loadScenario(FILE, { files: nodeFiles(FILE) });
const variant = async (overrides: Record<string, unknown>) =>
  (await variantOf(loaded.tree, overrides)).scenario as Scenario;

const folders: string[] = [];
const newFolder = () => {
  folders.push(mkdtempSync(join(tmpdir(), "trials-")));
  return folders[folders.length - 1];
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe("trials", () => {
  test("a trial has the values of a run with the same seed", async () => {
    const scenario = await variant({ repeats: 1 });
    const trials = await openTrials({ metrics: ["success", "latency.p95"], jobs: 1 });
    const [values] = await trials.run([{ scenario, seed: "a", instances: 64 }]);
    const { scenarios } = await run([scenario], { seed: "a", replications: 64 });
    expect(values).toEqual(
      trials.metrics.map((name) => readMetric(scenarios[0].metrics, name)?.mean),
    );
    await trials.close();
  });

  test("without a metric of repeats every instance runs once", async () => {
    const scenario = await variant({ repeats: 8 });
    const spent = async (metrics: string[]) => {
      const trials = await openTrials({ metrics, jobs: 1 });
      await trials.run([{ scenario, seed: "a", instances: 32 }]);
      await trials.close();
      return trials.spent.replications;
    };
    expect(await spent(["success"])).toBe(32);
    expect(await spent(["passHat8"])).toBe(8 * 32);
  });

  test("the number of threads makes no difference", async () => {
    const scenarios = [loaded.scenario, await variant({ "agentDefaults.omission": 0.1 })];
    const answers = [1, 2].map(async (jobs) => {
      const trials = await openTrials({ metrics: ["success", "cost"], jobs });
      const blocks = await openBlocks(trials, scenarios, { seed: "a", instances: 32 });
      const values = await blocks.observe([0, 1], 0, 6);
      await trials.close();
      return values;
    });
    expect(await answers[0]).toEqual(await answers[1]);
  });

  test("what the store has is not run again, in whatever order it was asked for", async () => {
    const folder = newFolder();
    const ask = async (seeds: string[]) => {
      const store = openStore(folder, { mode: "write", semantics: SEMANTICS, version: VERSION });
      const trials = await openTrials({ metrics: ["success"], jobs: 1, store });
      const values = await trials.run(
        seeds.map((seed) => ({ scenario: loaded.scenario, seed, instances: 32 })),
      );
      await trials.close();
      store.close();
      return { values, found: trials.spent.found };
    };
    const first = await ask(["a", "b"]);
    const second = await ask(["c", "b", "a"]);
    expect([first.found, second.found]).toEqual([0, 2]);
    expect([second.values[2], second.values[1]]).toEqual(first.values);
  });
});

describe("blocks", () => {
  test("a scenario and its twin agree in every block, and blocks differ", async () => {
    const trials = await openTrials({ metrics: ["success"], jobs: 1 });
    const twin = await variant({ description: "the same" });
    const blocks = await openBlocks(trials, [loaded.scenario, twin], { seed: "a", instances: 64 });
    const [own, other] = await blocks.observe([0, 1], 0, 8);
    expect(other).toEqual(own);
    expect(new Set(own.map(([value]) => value)).size).toBeGreaterThan(1);
    await trials.close();
  });

  test("each block of an uncertain scenario has a draw of its own", async () => {
    const path = "models.base.errorRate";
    const wide = await variant({ [path]: { uniform: [0, 0.9] } });
    const trials = await openTrials({ metrics: ["errorsAtAggregation"], jobs: 1 });
    const spreadOf = async (scenario: Scenario) => {
      const blocks = await openBlocks(trials, [scenario], { seed: "a", instances: 64 });
      const [values] = await blocks.observe([0], 0, 16);
      const means = values.map(([value]) => value as number);
      return Math.max(...means) - Math.min(...means);
    };
    expect(await spreadOf(wide)).toBeGreaterThan(3 * (await spreadOf(loaded.scenario)));
    await trials.close();
  });
});
