// The library as somebody uses it who has installed it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as faultline from "../../src/api/index.ts";
import {
  compare,
  formatProblem,
  loadScenario,
  memoryFiles,
  readMetric as metricValue,
  nodeFiles,
  ScenarioError,
  trace,
} from "../../src/api/index.ts";

const SINGLE = `
task: { graph: { shape: chain, size: 4 } }
models: { base: { errorRate: 0.1 } }
agents: { worker: { checks: { self: { recall: 0.9 } } } }
protocol:
  - work: { who: worker }
  - aggregate: { how: first, from: worker }
`;
const TEAM =
  "extends: single.yaml\nagents: { worker: { count: 3, checks: { self: { recall: 0 } } } }\n";

test("loads two files, compares them, reads a metric", async () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-"));
  writeFileSync(join(folder, "single.yaml"), SINGLE);
  writeFileSync(join(folder, "team.yaml"), TEAM);

  const paths = ["single.yaml", "team.yaml"].map((name) => join(folder, name));
  const loaded = await Promise.all(
    paths.map((path) => loadScenario(path, { files: nodeFiles(path) })),
  );
  const scenarios = loaded.map(({ scenario }) => scenario);
  const result = await compare(scenarios, "single", { replications: 400, seed: "first" });
  const [single, team] = result.scenarios;
  const amplification = metricValue(team.metrics, "amplification.propagation");

  rmSync(folder, { recursive: true });
  expect([single.name, team.name]).toEqual(["single", "team"]);
  // Nine in ten errors are caught in one and none in the other: far apart at any seed.
  expect(amplification?.mean).toBeGreaterThan(1);
  expect(amplification?.ci[0]).toBeGreaterThan(1);
});

test("tells what is wrong with a scenario", async () => {
  const files = memoryFiles({ "a.yaml": SINGLE.replace("0.1", "7") });
  const error = await loadScenario("a.yaml", { files }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ScenarioError);
  const [problem] = (error as ScenarioError).problems;
  expect(formatProblem(problem)).toMatch(/^a\.yaml:3:\d+: error: /);
});

test("follows one replication", async () => {
  const files = memoryFiles({ "a.yaml": SINGLE });
  const { scenario } = await loadScenario("a.yaml", { files });
  const events: string[] = [];
  const { outcome } = trace(scenario, { onEvent: ({ event }) => events.push(event) });
  expect(events.filter((event) => event === "turnEnded")).toHaveLength(outcome.turns);
});

test("shows what it promises", () => {
  expect(Object.keys(faultline).sort()).toEqual([
    "Addresses",
    "DesignTooLargeError",
    "Engine",
    "FIELD",
    "FIND_KINDS",
    "FileError",
    "KIM2025",
    "KIM2025_SUCCESS",
    "METRICS",
    "METRIC_NAMES",
    "NoFitError",
    "OUTCOME_FIELDS",
    "OptionError",
    "PairingError",
    "PrecisionError",
    "SEMANTICS",
    "STUDIES",
    "ScenarioError",
    "StoreError",
    "TABLE_FORMATS",
    "UnreachableError",
    "VERSION",
    "advise",
    "allCells",
    "calibrate",
    "canonicalJson",
    "cellColumns",
    "compare",
    "compile",
    "conduct",
    "experimentJsonSchema",
    "factorsOf",
    "findReplication",
    "formatProblem",
    "formatProblems",
    "isProblem",
    "leaveOneOut",
    "loadCalibration",
    "loadExperiment",
    "loadScenario",
    "memoryFiles",
    "metric",
    "nodeFiles",
    "openCellPool",
    "openStore",
    "openTable",
    "parsePrecision",
    "readMetric",
    "replicationColumns",
    "reproduce",
    "reproduceAll",
    "rootKey",
    "rowOf",
    "rowsOf",
    "run",
    "runCell",
    "scenarioJsonSchema",
    "sweepOf",
    "targetsJsonSchema",
    "trace",
    "tuneForEngine",
  ]);
});
