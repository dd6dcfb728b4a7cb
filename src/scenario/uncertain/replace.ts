// Takes out of the section `uncertain` what has been set from outside: a number that somebody sets is known.
import { isMap } from "../../documents/checking/schemaWalk.ts";
import {
  type Entry,
  isNull,
  type MapNode,
  nodeAt,
  type TreeNode,
  toPlain,
  withEntry,
} from "../../documents/reading/tree.ts";

const SECTION = "uncertain";

/** The tree in which the section, where it has one, says nothing of what stands at or below the paths. */
export function withoutUncertain(tree: MapNode, paths: readonly string[]): MapNode {
  const section = nodeAt(tree, [SECTION]);
  if (section?.kind !== "map" || paths.length === 0) return tree;
  const isSet = (place: string) =>
    paths.some((path) => `${place}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${place}.`));
  return withEntry(tree, SECTION, stripped(section, isSet));
}

function stripped(section: MapNode, isSet: (place: string) => boolean): MapNode {
  const written = nodeAt(section, ["places"]);
  const places = written === undefined ? {} : toPlain(written);
  // A number that stands in several places is known only where it is set.
  const isGone = (path: string) => {
    const own = isMap(places) ? places[path] : undefined;
    return Array.isArray(own) ? own.every((place) => isSet(String(place))) : isSet(path);
  };
  const change: Readonly<Record<string, (node: TreeNode) => TreeNode>> = {
    numbers: (node) => withoutKeys(node, isGone),
    formulas: (node) => withoutKeys(node, isSet),
    places: (node) => mapValues(node, (list) => withoutItems(list, isSet)),
    rows: (node) =>
      mapValues(node, (list, key) => (key === "columns" ? nulled(list, isGone) : list)),
  };
  return mapValues(section, (node, key) => change[key]?.(node) ?? node) as MapNode;
}

function withoutKeys(node: TreeNode, isGone: (key: string) => boolean): TreeNode {
  if (node.kind !== "map") return node;
  return { ...node, entries: new Map([...node.entries].filter(([key]) => !isGone(key))) };
}

function mapValues(node: TreeNode, change: (value: TreeNode, key: string) => TreeNode): TreeNode {
  if (node.kind !== "map") return node;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of node.entries)
    entries.set(key, { ...entry, value: change(entry.value, key) });
  return { ...node, entries };
}

function withoutItems(node: TreeNode, isGone: (text: string) => boolean): TreeNode {
  if (node.kind !== "list") return node;
  return { ...node, items: node.items.filter((item) => !isGone(String(toPlain(item)))) };
}

/** The columns with null for those that are gone: the rows keep their lengths. */
function nulled(node: TreeNode, isGone: (text: string) => boolean): TreeNode {
  if (node.kind !== "list") return node;
  const items = node.items.map((item) =>
    item.kind === "scalar" && !isNull(item) && isGone(String(item.value))
      ? { ...item, value: null }
      : item,
  );
  return { ...node, items };
}
