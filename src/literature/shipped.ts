// Scenarios that ship with Faultline, as studies change them. Each file is read once for all scenarios made of it.
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
  const problems = new Problems();
  const set = applyOverrides(treeOf(path), changes, problems);
  const { scenario } = await complete(nameAfterFile(set, path), problems, METRIC_NAMES);
  if (scenario === undefined) throw new ScenarioError(problems.sorted());
  return scenario;
}

/** @throws ScenarioError as {@link shipped} does */
export async function loadVariant({ file, changes }: Variant): Promise<Scenario> {
  if (typeof changes !== "function") return shipped(file, changes);
  return shipped(file, await changes(await shipped(file)));
}

function treeOf(path: string): MapNode {
  const problems = new Problems();
  const tree = trees.get(path) ?? readWithBases(path, nodeFiles(path), problems).tree;
  if (tree === undefined) throw new ScenarioError(problems.sorted());
  trees.set(path, tree);
  return tree;
}
