// What a program does with scenarios: the same documents as the command line prints, with names that are known.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chartsFor, makeChart, writeChart } from "../../src/api/charts.ts";
import {
  advise,
  calibrate,
  compare,
  defineScenario,
  findReplication,
  loadScenario,
  type MetricName,
  type ReplicationRow,
  reproduce,
  run,
  sweep,
  trace,
} from "../../src/api/index.ts";
import { makeReport, writeReport } from "../../src/api/report.ts";
import { reproduceSeeds } from "../../src/api/studies.ts";
import * as experiment from "../../src/experiment/experiment.ts";
import * as traces from "../../src/experiment/trace/trace.ts";
import { METRIC_NAMES } from "../../src/metrics/definitions.ts";

const single = defineScenario({
  name: "single",
  task: { graph: { shape: "chain", size: 4 } },
  models: { base: { errorRate: 0.1 } },
  agents: { worker: {} },
  protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
  replications: 400,
});
const team = defineScenario({ ...single, name: "team", agents: { worker: { count: 3 } } });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "faultline-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("run and compare", () => {
  test("give the documents of the laboratory, also when they are written as JSON", async () => {
    const inner = await experiment.compare([single, team], "single", { replications: 400 });
    const result = await compare([single, team], { baseline: "single" });
    expect(JSON.stringify(result)).toBe(JSON.stringify(inner));
    expect(Object.keys(result)).toEqual(Object.keys(inner));
    const alone = await run(team, { jobs: 1 });
    expect(JSON.stringify(alone)).toBe(JSON.stringify(await experiment.run([team])));
  });

  test("read metrics by name, and say what was meant by a wrong one", async () => {
    const result = await compare([single, { ...team }], { replications: 80 });
    expect(result.metric("team", "success")).toBe(result.scenarios[1].metrics.success);
    expect(result.metric("team", "amplification.task").mean).toBeGreaterThan(0);
    // @ts-expect-error there is no such metric
    expect(() => result.metric("team", "sucess")).toThrow("did you mean success?");
    expect(() => result.metric("tem", "success")).toThrow("did you mean team?");
    const alone = await run(team, { replications: 80 });
    expect(() => alone.metric("team", "gain")).toThrow("it needs compare");
    for (const name of METRIC_NAMES)
      expect(result.metric("team", name as MetricName)).toBeDefined();
  });

  test("take precision as text, and say what is none", async () => {
    const result = await run(team, { precision: { success: "10%", turns: 5 } });
    expect(result.precision?.map(({ metric, reached }) => [metric, reached])).toEqual([
      ["success", true],
      ["turns", true],
    ]);
    await expect(run(team, { precision: { success: "much" } })).rejects.toThrow("half-width");
    await expect(run([])).rejects.toThrow(RangeError);
  });

  test("tell rows by name", async () => {
    const rows: ReplicationRow[] = [];
    const result = await run(team, { replications: 64, onReplication: (row) => rows.push(row) });
    expect(rows).toHaveLength(64);
    expect(rows[9]).toMatchObject({ scenario: "team", replication: 9, instance: 1 });
    const successes = rows.reduce((sum, { success }) => sum + success, 0);
    expect(successes / 64).toBe(result.metric("team", "success").mean);
  });

  test("end early by a signal, with what is complete, and tell their progress", async () => {
    const shares: number[] = [];
    const ending = new AbortController();
    const onProgress = (share: number) => {
      shares.push(share);
      ending.abort();
    };
    const result = await run(team, {
      replications: 1_000_000,
      jobs: 1,
      signal: ending.signal,
      onProgress,
    });
    expect(result.interrupted).toBe(true);
    expect(result.scenarios[0].replications).toBeLessThan(1_000_000);
    expect(shares[0]).toBeGreaterThanOrEqual(0);
  });
});

describe("sweep", () => {
  const factors = {
    agents: { path: "agents.worker.count", values: [1, 3] },
    "models.base.errorRate": [0.05, 0.1],
  };

  test("gives for every cell what run gives", async () => {
    const result = await sweep(team, { factors, replications: 160 });
    expect(result.schema).toBe("faultline/sweep@1");
    expect(result.rows).toHaveLength(4);
    const alone = await run(defineScenario({ ...team }), { replications: 160 });
    const at = { agents: 3, "models.base.errorRate": 0.1 };
    expect(result.metric("team", "success", at)).toEqual(alone.metric("team", "success"));
    expect(() => result.metric("team", "success", { agents: 3 })).toThrow("2 rows");
    expect(() => result.metric("team", "success", { agent: 3 })).toThrow("did you mean agents?");
    expect(() => result.metric("single", "success", at)).toThrow("there is no scenario single");
  });

  test("varies what formulas use", async () => {
    const tools = defineScenario({
      ...team,
      task: { ...team.task, tools: 1 },
      models: { base: { errorRate: "= 0.1 * tools" } },
    });
    const result = await sweep(tools, { factors: { "task.tools": [0, 5] }, replications: 160 });
    expect(result.metric("team", "success", { "task.tools": 0 }).mean).toBe(1);
    expect(result.metric("team", "success", { "task.tools": 5 }).mean).toBeLessThan(0.5);
  });

  test("keeps cells where it is told to, and pairs with a baseline", async () => {
    const store = join(folder, "store");
    const options = { factors, baseline: "single", replications: 80, store };
    const first = await sweep([single, team], options);
    const again = await sweep([single, team], options);
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    expect(readdirSync(store)).toContain("store.json");
    expect(first.rows.filter(({ baseline }) => baseline === "single")).toHaveLength(8);
  });

  test("tells all that is wrong with what is varied", async () => {
    const wrong = {
      factors: { "agents.worker.cont": [1], rate: { path: "models.base.errorRate" } },
    };
    await expect(sweep(team, wrong)).rejects.toMatchObject({ name: "ScenarioError" });
    const odd = { factors: { "task.tools": [1n] } } as never;
    await expect(sweep(team, odd)).rejects.toThrow("it is a bigint");
  });

  test("reads an experiment file", async () => {
    writeFileSync(join(folder, "single.yaml"), JSON.stringify(single));
    const file = join(folder, "tools.json");
    const experiment = { scenarios: { single: "single.yaml" }, factors: { "task.tools": [0, 1] } };
    writeFileSync(file, JSON.stringify(experiment));
    const result = await sweep(file, { replications: 80 });
    expect(result.rows.map(({ factors }) => factors["task.tools"])).toEqual([0, 1]);
  });
});

describe("trace", () => {
  test("follows one replication, and puts faults in by name", async () => {
    const replication = (await findReplication(team, "escaped")) as number;
    const lineage = await trace(team, { replication });
    expect(lineage).toEqual(traces.trace(team, { replication }));
    expect(lineage.tasks[0].errors.some(({ fate }) => fate === "delivered")).toBe(true);
    const { fault } = await trace(team, { fault: { agent: "worker.2", claim: "c2" } });
    expect(fault).toEqual({ agent: "worker.2", claim: "c2" });
    await expect(trace(team, { fault: { agent: "worker" } })).rejects.toThrow("is 3 agents");
    await expect(trace(team, { fault: { agent: "wrker.2" } })).rejects.toThrow("worker.2");
    await expect(trace(team, { fault: { agent: "worker.2", claim: "c9" } })).rejects.toThrow("c9");
    await expect(findReplication(team, "odd" as never)).rejects.toThrow("there is no kind odd");
  });
});

describe("from figures", () => {
  test("calibrate fits scenarios that are objects", async () => {
    const result = await calibrate(
      {
        name: "rate",
        scenarios: { single },
        parameters: [{ path: "models.base.errorRate", range: [0.01, 0.4], scale: "log" }],
        targets: [
          { id: "s", metric: "success", of: "single", value: 0.5, tolerance: 0.05, source: "logs" },
        ],
        search: {
          levels: [{ replications: 160, evaluations: 12 }],
          descent: 0,
          polish: 12,
          final: 320,
        },
      },
      { jobs: 1 },
    );
    expect(result?.targets[0].simulated.mean).toBeCloseTo(0.5, 0);
    const wrong = { name: "x", scenarios: {}, parameters: [], targets: [] };
    await expect(calibrate(wrong)).rejects.toMatchObject({ name: "ScenarioError" });
  });

  test("advise gives the printed document; warnings are beside it", async () => {
    const advice = await advise({ task: "plancraft", singleSuccess: 0.57, replications: 80 });
    expect(Object.keys(advice)).not.toContain("warnings");
    expect(advice.warnings).toEqual([]);
    await expect(advise({ task: "plancraft", singleSuccess: 2 })).rejects.toThrow(RangeError);
  });

  test("reproduce says which studies there are", async () => {
    await expect(reproduce("kim2024")).rejects.toThrow("did you mean kim2025?");
    const asked = reproduceSeeds("kim2024", { seeds: 2 });
    await expect(asked).rejects.toThrow("did you mean kim2025?");
  });

  test("reproduceSeeds gives the printed document, with each seed by its name", async () => {
    const few = { seeds: 2, replications: 16, jobs: 1 };
    const { schema, seeds, targets } = await reproduceSeeds("relay", few);
    expect(schema).toBe("faultline/reproduce-seeds@1");
    expect(seeds.map(({ seed }) => seed)).toEqual(["relay/1", "relay/2"]);
    expect(targets.map(({ means }) => means.length)).toEqual([2]);
    await expect(reproduceSeeds("relay", { seeds: 0 })).rejects.toThrow(RangeError);
  });
});

describe("pictures and pages", () => {
  test("take results as they are and as JSON", async () => {
    const result = await compare([single, team], { replications: 160 });
    const document = JSON.parse(JSON.stringify(result));
    expect(makeChart(result)).toEqual(makeChart(document));
    expect(chartsFor(result)).toContain("success");
    await writeChart(result, join(folder, "charts", "a.svg"));
    await writeReport([result, document], join(folder, "pages", "b.md"), { title: "Twice" });
    expect(readdirSync(join(folder, "charts"))).toEqual(["a.svg"]);
    expect(await makeReport(result, { format: "md" })).toContain("team");
    await expect(writeChart(result, "a.gif")).rejects.toThrow(".svg, .png");
    await expect(writeChart(result, "a.svg", { chart: "pie" })).rejects.toThrow("no chart pie");
  });
});

test("a scenario file is loaded by its path, once", async () => {
  const file = join(folder, "five.yaml");
  writeFileSync(file, "{ extends: one.json, agents: { worker: { count: 5 } } }");
  writeFileSync(join(folder, "one.json"), JSON.stringify(single));
  const five = await loadScenario(file, { set: { replications: 80 } });
  expect([five.name, five.agents.worker.count, five.replications]).toEqual(["single", 5, 80]);
  await expect(loadScenario(join(folder, "none.yaml"))).rejects.toMatchObject({
    name: "ScenarioError",
  });
});
