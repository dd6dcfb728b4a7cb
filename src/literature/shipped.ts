// Scenarios that ship with Faultline, as studies change them. Each file is read once, for all scenarios that are made of
// it.
import { join } from "node:path";
import { Problems, ScenarioError } from "../documents/checking/problems.ts";
import { nameAfterFile } from "../documents/names.ts";
import { readWithBases } from "../documents/reading/extend.ts";
import { nodeFiles, SHIPPED } from "../documents/reading/nodeFiles.ts";
import type { Overrides } from "../documents/reading/overrides.ts";
import type { MapNode } from "../documents/reading/tree.ts";
import { METRIC_NAMES } from "../metrics/definitions.ts";
import { complete } from "../scenario/load.ts";
import { applyOverrides } from "../scenario/overrides.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { BenchmarkStudy, Series } from "./kim2025/benchmarkStudy.ts";

const trees = new Map<string, MapNode>();

/**
 * A shipped scenario, with values set.
 * @param file path within the scenarios folder: `react/react.yaml`
 * @param changes values by dotted path: `{"models.base.errorRate": 0.1, name: "weak"}`
 * @throws ScenarioError when the file cannot be read, or does not make sense with the values
 */
export async function shipped(file: string, changes: Overrides = {}): Promise<Scenario> {
  const path = join(SHIPPED, file);
  const problems = new Problems();
  const set = applyOverrides(treeOf(path), changes, problems);
  const { scenario } = await complete(nameAfterFile(set, path), problems, METRIC_NAMES);
  if (scenario === undefined) throw new ScenarioError(problems.sorted());
  return scenario;
}

function treeOf(path: string): MapNode {
  const problems = new Problems();
  const tree = trees.get(path) ?? readWithBases(path, nodeFiles(path), problems).tree;
  if (tree === undefined) throw new ScenarioError(problems.sorted());
  trees.set(path, tree);
  return tree;
}

/** Scenarios of one benchmark of a study, in the order of its architectures. */
export function shippedScenarios(study: BenchmarkStudy, benchmark: string): Promise<Scenario[]> {
  return Promise.all(study.architectures.map((one) => benchmarkScenario(study, benchmark, one)));
}

/** Scenarios of a series, each called after its variant. */
export function seriesScenarios(study: BenchmarkStudy, { variants }: Series): Promise<Scenario[]> {
  return Promise.all(
    variants.map(async ({ name, benchmark, architecture, change }) => {
      const unchanged = await benchmarkScenario(study, benchmark, architecture);
      return benchmarkScenario(study, benchmark, architecture, { ...change(unchanged), name });
    }),
  );
}

function benchmarkScenario(
  { name, repeats }: BenchmarkStudy,
  benchmark: string,
  architecture: string,
  changes: Overrides = {},
): Promise<Scenario> {
  return shipped(join(name, `${benchmark}-${architecture}.yaml`), { repeats, ...changes });
}
