// Scenarios at a point: the tree of a scenario with the values of the parameters in their places, and from there the
// same phases as for any scenario that is loaded.

import type { Problems } from "../documents/checking/problems.ts";
import type { Location, Path, TreeNode } from "../documents/reading/tree.ts";
import { replaceAt, toPlain } from "../documents/reading/tree.ts";
import { isUncertain } from "../documents/uncertain.ts";
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

/**
 * Paths of the numbers that were written at a place, known or uncertain: one, or several where an alias repeats it, or none.
 */
export function pathsWrittenAt(tree: TreeNode, place: Place, path: Path = []): Path[] {
  const isHere = ({ file, line, column }: Location) =>
    file === place.file && line === place.line && column === place.column;
  if (isHere(tree.at) && (tree.kind === "scalar" || isUncertain(toPlain(tree)))) return [path];
  if (tree.kind === "scalar") return [];
  const children =
    tree.kind === "list"
      ? [...tree.items.entries()]
      : [...tree.entries].map(([key, { value }]) => [key, value] as const);
  return children.flatMap(([key, child]) => pathsWrittenAt(child, place, [...path, key]));
}
