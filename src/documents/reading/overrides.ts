// Sets single values of a file from outside: `--set agents.worker.count=5`, and the points of a sweep.
import { parse } from "yaml";
import type { z } from "zod";
import { type Problems, Source, type Text } from "../checking/problems.ts";
import { childSchema, isMap, isNamedMap, keysOf, schemaAt } from "../checking/schemaWalk.ts";
import { suggest } from "../checking/suggest.ts";
import * as messages from "./messages.ts";
import { MAX_DEPTH } from "./parse.ts";
import {
  type Entry,
  FORBIDDEN_KEYS,
  isNull,
  type Location,
  type MapNode,
  type Path,
  type TreeNode,
  toPlain,
  withEntry,
} from "./tree.ts";

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
 */
export function setValues(
  tree: MapNode,
  overrides: Overrides,
  schema: Schema,
  problems: Problems,
): MapNode {
  const lines = Object.entries(overrides).map(([path, value]) => `${path} = ${shown(value)}`);
  problems.addSource(new Source(OVERRIDES_SOURCE, lines.join("\n")));
  return Object.entries(overrides).reduce((result, [path, value], i) => {
    const at = { file: OVERRIDES_SOURCE, line: i + 1, column: path.length + 4 };
    return new Override(path, at, schema, problems).apply(result, value);
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

class Override {
  private readonly keys: readonly string[];
  private readonly at: Location;
  private readonly schema: Schema;
  private readonly problems: Problems;

  constructor(path: string, at: Location, schema: Schema, problems: Problems) {
    this.keys = path.split(".");
    this.at = at;
    this.schema = schema;
    this.problems = problems;
  }

  apply(tree: MapNode, value: unknown): MapNode {
    const node = fromPlain(value, this.at);
    if (node === undefined)
      return this.refuse(this.keys.length, messages.overrideIsWrong(this.keys.join("."))) ?? tree;
    return (this.put(tree, 0, this.schema, node) as MapNode | undefined) ?? tree;
  }

  /** `node` with the new value below it, at the keys from `depth` on; undefined (and a problem) if there is no such place. */
  private put(
    node: TreeNode | undefined,
    depth: number,
    schema: Schema | undefined,
    value: TreeNode,
  ): TreeNode | undefined {
    if (depth === this.keys.length) return value;
    if (node?.kind === "list") return this.putInList(node.items, depth, schema, value);
    if (node?.kind === "scalar" && !isNull(node))
      return this.refuse(depth, messages.notInside(this.keys.slice(0, depth), node.value));
    const key = this.keys[depth];
    const map: MapNode =
      node?.kind === "map" ? node : { kind: "map", entries: new Map(), at: this.at };
    const known = knownKeys(map, schema, depth);
    if (!known.includes(key) || FORBIDDEN_KEYS.includes(key)) {
      const path: Path = this.keys.slice(0, depth + 1);
      return this.refuse(depth, messages.unknownOverride(path, known, suggest(key, known)));
    }
    const below = schema && childSchema(schema, key, toPlain(map));
    const child = this.put(map.entries.get(key)?.value, depth + 1, below, value);
    if (child === undefined) return undefined;
    // A problem with the value itself is one of the argument, also where the key stands in a file.
    const isSet = depth === this.keys.length - 1;
    const changed = withEntry(map, key, child);
    if (!isSet) return changed;
    return { ...map, entries: new Map(map.entries).set(key, { keyAt: this.at, value: child }) };
  }

  private putInList(
    items: readonly TreeNode[],
    depth: number,
    schema: Schema | undefined,
    value: TreeNode,
  ): TreeNode | undefined {
    const key = this.keys[depth];
    const index = /^\d+$/.test(key) ? Number(key) : items.length;
    if (index >= items.length)
      return this.refuse(depth, messages.noSuchItem(this.keys.slice(0, depth + 1), items.length));
    const below = schema && childSchema(schema, index, undefined);
    const child = this.put(items[index], depth + 1, below, value);
    return child && { kind: "list", items: items.with(index, child), at: this.at };
  }

  /** Reports a problem with the key at `depth`. */
  private refuse(depth: number, text: Text): undefined {
    const before = this.keys.slice(0, depth).reduce((length, key) => length + key.length + 1, 0);
    const column = depth < this.keys.length ? before + 1 : this.at.column;
    this.problems.error({ ...this.at, column }, this.keys.slice(0, depth + 1), text);
  }
}

/** Keys that may be set: those of the format, or the names that the file gives. */
function knownKeys(map: MapNode, schema: Schema | undefined, depth: number): readonly string[] {
  const names = [...map.entries].filter(([, { value }]) => !isNull(value)).map(([name]) => name);
  if (schema === undefined || isNamedMap(schema)) return names;
  const keys = keysOf(schema) ?? names;
  return depth === 0 ? keys.filter((key) => !TOO_LATE.includes(key)) : keys;
}

/** A tree of a plain value, all of it at one place; undefined where it is no such value. */
function fromPlain(value: unknown, at: Location, depth = 0): TreeNode | undefined {
  if (value === null || ["string", "number", "boolean"].includes(typeof value))
    return { kind: "scalar", value: value as string | number | boolean | null, at };
  if (depth >= MAX_DEPTH) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => fromPlain(item, at, depth + 1));
    return items.includes(undefined) ? undefined : { kind: "list", items: items as TreeNode[], at };
  }
  if (!isMap(value)) return undefined;
  const entries = new Map<string, Entry>();
  for (const [key, item] of Object.entries(value)) {
    const node = fromPlain(item, at, depth + 1);
    if (node === undefined || FORBIDDEN_KEYS.includes(key)) return undefined;
    entries.set(key, { keyAt: at, value: node });
  }
  return { kind: "map", entries, at };
}
