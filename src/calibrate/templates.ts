// Scenarios at a point: the tree of a scenario with the values of the parameters in their places, and from there the
// same phases as for any scenario that is loaded.

import type { Problems } from "../documents/checking/problems.ts";
import type { Path, TreeNode } from "../documents/reading/tree.ts";
import { eachScalar, withEntry } from "../documents/reading/tree.ts";
import { METRIC_NAMES } from "../metrics/definitions.ts";
import { complete } from "../scenario/load.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Place, Template } from "./calibration.ts";

/**
 * The scenario with the parameters at these values; undefined (and `problems` says why) where that is no valid one.
 * @param problems without errors so far, or the answer is undefined
 */
export async function instantiate(
  { tree, slots }: Template,
  values: ArrayLike<number>,
  problems: Problems,
): Promise<Scenario | undefined> {
  const set = slots.reduce<TreeNode>(
    (node, { parameter, path }) =>
      replaceAt(node, path, ({ at }) => ({ kind: "scalar", value: values[parameter], at })),
    tree,
  );
  return (await complete(set as typeof tree, problems, METRIC_NAMES)).scenario;
}

/** The tree with the node at a path replaced, if there is one. */
export function replaceAt(
  node: TreeNode,
  path: Path,
  replace: (node: TreeNode) => TreeNode,
): TreeNode {
  const [key, ...rest] = path;
  if (key === undefined) return replace(node);
  if (node.kind === "list") {
    const items = node.items.map((item, i) =>
      i === Number(key) ? replaceAt(item, rest, replace) : item,
    );
    return { ...node, items };
  }
  const child = node.kind === "map" ? node.entries.get(String(key)) : undefined;
  if (node.kind !== "map" || child === undefined) return node;
  return withEntry(node, String(key), replaceAt(child.value, rest, replace));
}

/** Paths of the scalars that were written at a place: one, or several where an alias repeats it, or none. */
export function pathsWrittenAt(tree: TreeNode, { file, line, column }: Place): Path[] {
  const found: Path[] = [];
  eachScalar(tree, ({ at }, path) => {
    if (at.file === file && at.line === line && at.column === column) found.push(path);
  });
  return found;
}
