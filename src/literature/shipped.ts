// Scenarios that ship with Faultline, as studies change them. Each file is read once for all scenarios made of it.
import { join } from "node:path";
import { Report, ScenarioError } from "../documents/checking/problems.ts";
import { nodeFiles, SHIPPED } from "../documents/reading/nodeFiles.ts";
import { applyOverrides, type Overrides } from "../documents/reading/overrides.ts";
import type { MapNode } from "../documents/reading/tree.ts";
import { METRIC_NAMES } from "../metrics/definitions.ts";
import { complete, nameAfterFile } from "../scenario/load.ts";
import { readWithBases } from "../scenario/reading/extend.ts";
import type { Scenario } from "../scenario/schema.ts";

/** A shipped scenario as a study runs it. */
export interface Variant {
  /** Path within the scenarios folder: `react/react.yaml`. */
  readonly file: string;
  /** Values to set by dotted path; they may depend on the scenario as it ships. */
  readonly changes?: Overrides | ((unchanged: Scenario) => Overrides | Promise<Overrides>);
}

const trees = new Map<string, MapNode>();

/**
 * A shipped scenario, with values set.
 * @param file path within the scenarios folder: `react/react.yaml`
 * @param changes values by dotted path: `{"models.base.errorRate": 0.1, name: "weak"}`
 * @throws ScenarioError when the file cannot be read, or does not make sense with the values
 */
export async function shipped(file: string, changes: Overrides = {}): Promise<Scenario> {
  const path = join(SHIPPED, file);
  const report = new Report();
  const set = applyOverrides(treeOf(path), changes, report);
  const { scenario } = await complete(nameAfterFile(set, path), report, METRIC_NAMES);
  if (scenario === undefined) throw new ScenarioError(report.sorted());
  return scenario;
}

/** @throws ScenarioError as {@link shipped} does */
export async function loadVariant({ file, changes }: Variant): Promise<Scenario> {
  if (typeof changes !== "function") return shipped(file, changes);
  return shipped(file, await changes(await shipped(file)));
}

function treeOf(path: string): MapNode {
  const report = new Report();
  const tree = trees.get(path) ?? readWithBases(path, nodeFiles(path), report).tree;
  if (tree === undefined) throw new ScenarioError(report.sorted());
  trees.set(path, tree);
  return tree;
}
