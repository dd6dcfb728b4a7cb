// The tree of a file before validation: values that know where they were written. Nodes are never changed,
// so that they can be shared between files, groups and sweeps.
import { FORM_KEYS, isUncertain } from "../uncertain.ts";

/** A place in a source. Lines and columns count from 1; line 0 stands for the file as a whole. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a value stands: keys of maps and indices of lists, from the top. */
export type Path = readonly (string | number)[];

export type ScalarValue = string | number | boolean | null;

export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: ScalarValue;
  readonly at: Location;
  /** Of a number, true or false: the text as it was written, such as 007 or 1e3. */
  readonly written?: string;
  /** Whether a text stands in quotes. */
  readonly isQuoted?: boolean;
}
export interface ListNode {
  readonly kind: "list";
  readonly items: readonly TreeNode[];
  readonly at: Location;
}
export interface MapNode {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Entry>;
  readonly at: Location;
}
export type TreeNode = ScalarNode | ListNode | MapNode;

export interface Entry {
  readonly keyAt: Location;
  readonly value: TreeNode;
  /** The path under which the entry was written, where it has been moved from there. */
  readonly writtenAt?: Path;
}

/** Keys that JavaScript objects give a meaning of their own: they are refused wherever a tree is made. */
export const FORBIDDEN_KEYS: readonly string[] = ["__proto__", "constructor", "prototype"];

/** Maps that come in several kinds, and the key that says which. */
const KIND_KEYS = new Map([
  ["graph", "shape"],
  ["latency", "distribution"],
  ["workload", "arrivals"],
]);

/** Whether a value is written as null: absent, whatever was inherited or is the default. */
export function isNull(node: TreeNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** The node at a path, or undefined. A null stands for nothing and is not found. */
export function nodeAt(root: TreeNode, path: Path): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  for (const key of path) {
    if (node === undefined) return undefined;
    node = childOf(node, key);
  }
  return node && isNull(node) ? undefined : node;
}

/** Whether there is a key at the end of the path, with null as its value. */
export function hasNull(root: TreeNode, path: Path): boolean {
  const map = nodeAt(root, path.slice(0, -1));
  const child = map && childOf(map, path.at(-1) as string | number);
  return child !== undefined && isNull(child);
}

/** What stands under a key or index; undefined where there is nothing. */
export function childOf(node: TreeNode, key: string | number): TreeNode | undefined {
  if (node.kind === "map") return node.entries.get(String(key))?.value;
  return node.kind === "list" ? node.items[Number(key)] : undefined;
}

/**
 * Lays one tree over another: maps merge key by key, everything else replaces. A map that names another kind of
 * task graph, latency or workload replaces as a whole, since the keys of one kind mean nothing to another. So does an
 * uncertain number, or what is laid over one.
 */
export function merge(base: TreeNode, over: TreeNode, name = ""): TreeNode {
  if (base.kind !== "map" || over.kind !== "map" || namesAnotherKind(base, over, name)) return over;
  if (isForm(base) || isForm(over)) return over;
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const inherited = entries.get(key);
    const value = inherited ? merge(inherited.value, entry.value, key) : entry.value;
    entries.set(key, { ...entry, value });
  }
  return { kind: "map", entries, at: over.at };
}

/** Whether a map is an uncertain number; of any other its keys are looked at only. */
export const isForm = (map: MapNode): boolean =>
  [...map.entries.keys()].every((key) => FORM_KEYS.includes(key)) && isUncertain(toPlain(map));

function namesAnotherKind(base: MapNode, over: MapNode, name: string): boolean {
  const key = KIND_KEYS.get(name);
  if (key === undefined) return false;
  const [inherited, own] = [base, over].map((map) => nodeAt(map, [key]));
  return inherited?.kind === "scalar" && own?.kind === "scalar" && inherited.value !== own.value;
}

/** The map without some keys. */
export function without(map: MapNode, ...keys: readonly string[]): MapNode {
  return { ...map, entries: new Map([...map.entries].filter(([key]) => !keys.includes(key))) };
}

/** The map with a key set to a value; a new key is said to stand where its value does. */
export function withEntry(map: MapNode, key: string, value: TreeNode): MapNode {
  const entry = map.entries.get(key) ?? { keyAt: value.at };
  return { ...map, entries: new Map(map.entries).set(key, { ...entry, value }) };
}

/** Calls `visit` with every scalar and its path. */
export function eachScalar(
  node: TreeNode,
  visit: (scalar: ScalarNode, path: Path) => void,
  path: Path = [],
): void {
  if (node.kind === "scalar") {
    visit(node, path);
  } else if (node.kind === "list") {
    for (const [i, item] of node.items.entries()) eachScalar(item, visit, [...path, i]);
  } else {
    for (const [key, { value }] of node.entries) eachScalar(value, visit, [...path, key]);
  }
}

/** The tree with the node at a path replaced; as it is where there is none. */
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
  const child = childOf(node, key);
  if (node.kind !== "map" || child === undefined) return node;
  return withEntry(node, String(key), replaceAt(child, rest, replace));
}

/** Replaces scalars: `replace` gets every scalar with its path, and returns the scalar itself to keep it. */
export function mapScalars(
  node: TreeNode,
  replace: (scalar: ScalarNode, path: Path) => ScalarNode,
  path: Path = [],
): TreeNode {
  if (node.kind === "scalar") return replace(node, path);
  if (node.kind === "list")
    return { ...node, items: node.items.map((item, i) => mapScalars(item, replace, [...path, i])) };
  const entries = new Map<string, Entry>();
  for (const [key, entry] of node.entries)
    entries.set(key, { ...entry, value: mapScalars(entry.value, replace, [...path, key]) });
  return { ...node, entries };
}

/** The plain value of a tree. Keys whose value is null are left out. */
export function toPlain(node: TreeNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(toPlain);
  const plain: Record<string, unknown> = {};
  for (const [key, { value }] of node.entries) if (!isNull(value)) plain[key] = toPlain(value);
  return plain;
}

/**
 * Where the value at a path was written: a scalar itself, the key of a map or list. What is not there is
 * located at the nearest thing around it.
 */
export function locate(root: TreeNode, path: Path): Location {
  let node = root;
  let at = root.at;
  for (const key of path) {
    const entry = node.kind === "map" ? node.entries.get(String(key)) : undefined;
    const child = childOf(node, key);
    if (child === undefined) return at;
    at = entry && child.kind !== "scalar" ? entry.keyAt : child.at;
    node = child;
  }
  return at;
}

/** Where the key at the end of a path was written, or the nearest thing around it. */
export function locateKey(root: TreeNode, path: Path): Location {
  const map = nodeAt(root, path.slice(0, -1));
  const entry = map?.kind === "map" ? map.entries.get(String(path.at(-1))) : undefined;
  return entry?.keyAt ?? locate(root, path);
}

/** The path under which the value at a path was written. */
export function writtenPath(root: TreeNode, path: Path): Path {
  let node: TreeNode | undefined = root;
  for (const [depth, key] of path.entries()) {
    const entry = node?.kind === "map" ? node.entries.get(String(key)) : undefined;
    if (entry?.writtenAt) return [...entry.writtenAt, ...path.slice(depth + 1)];
    node = node && childOf(node, key);
  }
  return path;
}

/** A path in the notation of overrides: `protocol.0.work.who`. */
export function pathText(path: Path): string {
  return path.join(".");
}
