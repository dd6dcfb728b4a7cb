// Sets single values of a file from outside: `--set agents.worker.count=5`, and the points of a sweep.
import { parse } from "yaml";
import type { z } from "zod";
import { type Problems, Source, type Text } from "../checking/problems.ts";
import { childSchema, isMap, isNamedMap, keysOf, schemaAt } from "../checking/schemaWalk.ts";
import { suggest } from "../checking/suggest.ts";
import * as messages from "./messages.ts";
import {
  FORBIDDEN_KEYS,
  isNull,
  type Location,
  type MapNode,
  type Path,
  type TreeNode,
  toPlain,
  withEntry,
} from "./tree.ts";
import { treeInPlace } from "./values.ts";

type Schema = z.core.$ZodType;

/** Values by dotted path, with list indices as numbers from 0: `{"agents.worker.count": 5}`. */
export type Overrides = Readonly<Record<string, unknown>>;

/** How overrides are called as the place of a problem: each is a line of its own. */
export const OVERRIDES_SOURCE = "(overrides)";

/**
 * Reads PATH=VALUE with a value in YAML; undefined where the text is anything else. An argument has no quotes: where the
 * field is text, 007 is one.
 * @param schema of the file whose value is set
 */
export function parseSetting(
  text: string,
  schema: Schema,
): { path: string; value: unknown } | undefined {
  const equals = text.indexOf("=");
  if (equals < 1) return undefined;
  try {
    const written = text.slice(equals + 1).trim();
    const path = text.slice(0, equals).trim();
    const value: unknown = parse(written, { schema: "core", maxAliasCount: 0 });
    const isWord = typeof value === "number" || typeof value === "boolean";
    return { path, value: isWord && takesText(schema, path, value, written) ? written : value };
  } catch {
    return undefined;
  }
}

function takesText(schema: Schema, path: string, value: unknown, written: string): boolean {
  const field = schemaAt(schema, undefined, keysOfPath(path)) as z.ZodType | undefined;
  return field !== undefined && !field.safeParse(value).success && field.safeParse(written).success;
}

/** The keys of a dotted path, with indices of lists as numbers. */
export const keysOfPath = (path: string): Path =>
  path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));

/**
 * The tree with the overrides set, in order. What cannot be set is added to `problems`.
 * @param schema of the file
 * @param mayAdd whether a map may be set under a name that the file has not, such as that of a further agent
 */
export function setValues(
  tree: MapNode,
  overrides: Overrides,
  schema: Schema,
  problems: Problems,
  mayAdd = false,
): MapNode {
  const lines = Object.entries(overrides).map(([path, value]) => `${path} = ${shown(value)}`);
  problems.addSource(new Source(OVERRIDES_SOURCE, lines.join("\n")));
  return Object.entries(overrides).reduce((result, [path, value], i) => {
    const at = { file: OVERRIDES_SOURCE, line: i + 1, column: path.length + 4 };
    return override(result, path, value, at, schema, problems, mayAdd);
  }, tree);
}

function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
}

/** Keys that have done their work before overrides are set. */
const TOO_LATE = ["extends", "$schema"];

/** The tree with one value set; as it was (and a problem) where that cannot be. */
function override(
  tree: MapNode,
  dotted: string,
  value: unknown,
  at: Location,
  schema: Schema,
  problems: Problems,
  mayAdd: boolean,
): MapNode {
  const keys = dotted.split(".");

  /** Reports a problem with the key at `depth`. */
  const refuse = (depth: number, text: Text): undefined => {
    const before = keys.slice(0, depth).reduce((length, key) => length + key.length + 1, 0);
    const column = depth < keys.length ? before + 1 : at.column;
    problems.error({ ...at, column }, keys.slice(0, depth + 1), text);
  };

  /** `node` with the new value below it, at the keys from `depth` on; undefined (and a problem) if there is no such place. */
  const put = (
    node: TreeNode | undefined,
    depth: number,
    field: Schema | undefined,
  ): TreeNode | undefined => {
    if (depth === keys.length) return set;
    if (node?.kind === "list") return putInList(node.items, depth, field);
    if (node?.kind === "scalar" && !isNull(node))
      return refuse(depth, messages.notInside(keys.slice(0, depth), node.value));
    const key = keys[depth];
    const map: MapNode = node?.kind === "map" ? node : { kind: "map", entries: new Map(), at };
    const isSet = depth === keys.length - 1;
    const isNew = mayAdd && isSet && isMap(value) && isOfNames(field);
    const known = knownKeys(map, field, depth);
    if ((!known.includes(key) && !isNew) || FORBIDDEN_KEYS.includes(key))
      return refuse(
        depth,
        messages.unknownOverride(keys.slice(0, depth + 1), known, suggest(key, known)),
      );
    const below = field && childSchema(field, key, toPlain(map));
    const child = put(map.entries.get(key)?.value, depth + 1, below);
    if (child === undefined) return undefined;
    // A problem with the value itself is one of the argument, also where the key stands in a file.
    if (!isSet) return withEntry(map, key, child);
    return { ...map, entries: new Map(map.entries).set(key, { keyAt: at, value: child }) };
  };

  const putInList = (
    items: readonly TreeNode[],
    depth: number,
    field: Schema | undefined,
  ): TreeNode | undefined => {
    const key = keys[depth];
    const index = /^\d+$/.test(key) ? Number(key) : items.length;
    if (index >= items.length)
      return refuse(depth, messages.noSuchItem(keys.slice(0, depth + 1), items.length));
    const child = put(items[index], depth + 1, field && childSchema(field, index, undefined));
    return child && { kind: "list", items: items.with(index, child), at };
  };

  const set = treeInPlace(value, at);
  const changed = set
    ? put(tree, 0, schema)
    : refuse(keys.length, messages.overrideIsWrong(dotted));
  return (changed as MapNode | undefined) ?? tree;
}

const isOfNames = (field: Schema | undefined) => field !== undefined && isNamedMap(field);

/** Keys that may be set: those of the format, or the names that the file gives. */
function knownKeys(map: MapNode, schema: Schema | undefined, depth: number): readonly string[] {
  const names = [...map.entries].filter(([, { value }]) => !isNull(value)).map(([name]) => name);
  if (schema === undefined || isNamedMap(schema)) return names;
  const keys = keysOf(schema) ?? names;
  return depth === 0 ? keys.filter((key) => !TOO_LATE.includes(key)) : keys;
}
