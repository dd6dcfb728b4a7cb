// Turns a value of JavaScript into the tree that a file with the same content gives. Whatever the value is, nothing is
// thrown: what no file could hold is a problem at its path.
import { Problems, type Text } from "../checking/problems.ts";
import { MAX_DEPTH, MAX_VALUES } from "./parse.ts";
import {
  type Entry,
  FORBIDDEN_KEYS,
  type Location,
  type MapNode,
  type Path,
  type ScalarValue,
  type TreeNode,
} from "./tree.ts";

/** How a value is called as the place of a problem. Lines count its values in their order. */
export const VALUE_SOURCE = "(value)";

const RULE = "values are text, numbers, true, false, null, and lists and plain objects of these";

/** Objects and lists whose tree is known already; undefined stands for one that was not written at all. */
export type KnownParts = Pick<WeakMap<object, TreeNode | undefined>, "has" | "get">;

/**
 * The tree of a plain object; undefined (and problems) where it is none. Keys whose value is undefined are left out.
 * @param problems gets a problem at every part that is no plain value: a function, a loop, a getter that throws
 * @param known parts that are not looked at
 */
export function treeOfValue(
  value: unknown,
  problems: Problems,
  known: KnownParts = new WeakMap(),
): MapNode | undefined {
  const converter = new Converter(problems, known);
  const tree = converter.convert(value, []);
  if (tree === undefined || converter.hasFailed) return undefined;
  if (tree.kind === "map") return tree;
  problems.error(tree.at, [], {
    message: `it is ${kindOf(value)}, not an object`,
    rule: "a scenario is an object with keys such as name, task, models, agents and protocol",
  });
  return undefined;
}

/** The tree of a plain value that is all in one place, such as an argument; undefined where it is none. */
export function treeInPlace(value: unknown, place: Location): TreeNode | undefined {
  const converter = new Converter(new Problems(), new WeakMap(), place);
  const tree = converter.convert(value, []);
  return converter.hasFailed ? undefined : tree;
}

class Converter {
  private readonly problems: Problems;
  private readonly known: KnownParts;
  private readonly place: Location | undefined;
  /** Objects and lists around the value at hand. */
  private readonly open = new Set<object>();
  private values = 0;
  hasFailed = false;

  constructor(problems: Problems, known: KnownParts, place?: Location) {
    this.problems = problems;
    this.known = known;
    this.place = place;
  }

  private get here(): Location {
    return this.place ?? { file: VALUE_SOURCE, line: this.values, column: 1 };
  }

  convert(value: unknown, path: Path): TreeNode | undefined {
    if (++this.values > MAX_VALUES) return this.refuseRest(path);
    const at = this.here;
    if (isScalarValue(value)) return { kind: "scalar", value, at };
    if (typeof value !== "object") return this.refuse(at, path, noValue(value));
    if (this.known.has(value)) return this.known.get(value);
    if (this.open.has(value))
      return this.refuse(at, path, { message: "it contains itself", rule: RULE });
    if (path.length >= MAX_DEPTH)
      return this.refuse(at, path, {
        message: "the values are nested too deep here",
        rule: `objects and lists are nested at most ${MAX_DEPTH} deep`,
      });
    this.open.add(value);
    try {
      return this.convertObject(value, path, at);
    } catch (error) {
      // A proxy can refuse whatever it is asked.
      return this.refuse(at, path, { message: `it cannot be read: ${reasonOf(error)}` });
    } finally {
      this.open.delete(value);
    }
  }

  private convertObject(value: object, path: Path, at: Location): TreeNode | undefined {
    if (Array.isArray(value)) return this.convertList(value, path, at);
    if (!isPlain(value)) return this.refuse(at, path, noValue(value));
    const entries = new Map<string, Entry>();
    for (const key of Reflect.ownKeys(value)) {
      if (this.values > MAX_VALUES) break;
      const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
      if (!descriptor?.enumerable) continue;
      if (typeof key === "symbol" || FORBIDDEN_KEYS.includes(key)) {
        this.refuse(at, [...path, String(key)], {
          message: `the key ${String(key)} is not allowed`,
          rule: "keys are text, but for __proto__, constructor and prototype",
        });
        continue;
      }
      const node = this.convertPart(() => (value as Record<string, unknown>)[key], [...path, key]);
      if (node !== undefined) entries.set(key, { keyAt: node.at, value: node });
    }
    return { kind: "map", entries, at };
  }

  private convertList(list: readonly unknown[], path: Path, at: Location): TreeNode {
    const items: TreeNode[] = [];
    const { length } = list;
    for (let i = 0; i < length && this.values <= MAX_VALUES; i++) {
      const read = () => (list[i] === undefined ? HOLE : list[i]);
      const node = this.convertPart(read, [...path, i]);
      if (node !== undefined) items.push(node);
    }
    return { kind: "list", items, at };
  }

  /** What stands under a key; undefined where it is not set, or (with a problem) no value. */
  private convertPart(read: () => unknown, path: Path): TreeNode | undefined {
    let value: unknown;
    try {
      value = read();
    } catch (error) {
      this.values++;
      return this.refuse(this.here, path, { message: `it cannot be read: ${reasonOf(error)}` });
    }
    return value === undefined ? undefined : this.convert(value, path);
  }

  private refuseRest(path: Path): undefined {
    if (this.values > MAX_VALUES + 1) return undefined;
    return this.refuse(this.here, path, {
      message: "there are too many values; from here on they are not read",
      rule: `a scenario has at most ${MAX_VALUES} values`,
    });
  }

  private refuse(at: Location, path: Path, text: Text): undefined {
    this.hasFailed = true;
    this.problems.error(at, path, text);
    return undefined;
  }
}

const isScalarValue = (value: unknown): value is ScalarValue =>
  value === null || ["string", "number", "boolean"].includes(typeof value);

/** Stands for an item of a list that is not set. */
const HOLE = Symbol("hole");

/** Made by a literal, in whichever realm, or without a prototype. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function noValue(value: unknown): Text {
  const hint =
    typeof value === "bigint" ? { hint: "write it as a number: without the n at its end" } : {};
  return { message: `it is ${kindOf(value)}`, rule: RULE, ...hint };
}

function kindOf(value: unknown): string {
  if (value === HOLE) return "not set";
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "object") return `a ${typeof value}`;
  return isPlain(value) ? "an object" : `an object of ${classOf(value)}`;
}

function classOf(value: object): string {
  const { name } = value.constructor ?? {};
  return typeof name === "string" && name !== "" ? `the class ${name}` : "a class";
}

function reasonOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "what it throws cannot be told";
  }
}
