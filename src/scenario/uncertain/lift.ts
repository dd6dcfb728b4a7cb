// Lifts uncertain numbers out of a scenario: each is replaced in the tree by its central value. What the section `uncertain` of a
// normal form says of numbers and formulas is put back in their places first, so that both ways of writing are one.
//
// Numbers are known again by their nodes, which are shared by all places in which one has come to stand: one of agentDefaults
// is one number, however many groups have it.
import type { z } from "zod";
import { Examined } from "../../documents/checking/examined.ts";
import { Problems, type Text } from "../../documents/checking/problems.ts";
import {
  acceptsNumber,
  childSchema,
  isMap,
  rangeOfNumbers,
  schemaAt,
} from "../../documents/checking/schemaWalk.ts";
import { isFormula } from "../../documents/formulas/language.ts";
import { quote } from "../../documents/quoting.ts";
import { keysOfPath, setValues } from "../../documents/reading/overrides.ts";
import {
  type Entry,
  isNull,
  type MapNode,
  nodeAt,
  type Path,
  pathText,
  replaceAt,
  type ScalarNode,
  type TreeNode,
  toPlain,
  withEntry,
  without,
} from "../../documents/reading/tree.ts";
import { average } from "../../numerics/statistics.ts";
import { scenarioFileSchema } from "../schema.ts";
import { centralOf } from "./distribution.ts";
import { readForm } from "./forms.ts";
import * as messages from "./messages.ts";
import { uncertain } from "./schema.ts";
import type { UncertainNumber } from "./uncertainNumber.ts";

const SECTION = "uncertain";

/** Sections of numbers that somebody chooses. */
const CHOSEN: readonly unknown[] = ["replications", "repeats", "sampling", "limits", "thresholds"];

/** A number under the path by which it is called: where it was written. */
export interface Named<T> {
  readonly path: string;
  readonly number: T;
}

export interface Lifted {
  /** With plain numbers. */
  readonly tree: MapNode;
  /** By the node that stands in the tree for the number. */
  readonly numbers: ReadonlyMap<TreeNode, Named<UncertainNumber>>;
  /** The same for numbers of a table: the index of the column. */
  readonly columns: ReadonlyMap<TreeNode, Named<number>>;
}

/** @param root with plain amounts; what is wrong is added to `problems` */
export function liftUncertain(root: MapNode, problems: Problems): Lifted {
  const putting = new Putting(root, problems);
  const lifting = new Lifting(putting.tree, putting.names, problems);
  return { tree: lifting.lift(), numbers: lifting.numbers, columns: putting.columns };
}

// ---------------------------------------------------------------- from the section to the places

class Putting {
  tree: MapNode;
  /** Of forms that the section holds: what they are called. */
  readonly names = new Map<TreeNode, string>();
  readonly columns = new Map<TreeNode, Named<number>>();
  private readonly problems: Problems;
  private readonly places: Readonly<Record<string, unknown>>;

  constructor(root: MapNode, problems: Problems) {
    this.tree = root;
    this.problems = problems;
    const section = nodeAt(root, [SECTION]);
    const places = section && nodeAt(section, ["places"]);
    this.places = (places?.kind === "map" ? toPlain(places) : {}) as Record<string, unknown>;
    if (section?.kind === "map") this.putAll(section);
  }

  private putAll(section: MapNode): void {
    for (const [path, entry] of entriesOf(section, "numbers")) {
      this.names.set(entry.value, path);
      if (entry.value.kind === "map") this.put(path, entry.value, "uncertain.numbers", entry);
      else
        this.fail(
          entry,
          ["numbers", path],
          messages.noForm([SECTION, "numbers", path], toPlain(entry.value)),
        );
    }
    for (const [path, entry] of entriesOf(section, "formulas")) {
      const value = toPlain(entry.value);
      if (isFormula(value)) this.put(path, entry.value, "uncertain.formulas", entry);
      else this.fail(entry, ["formulas", path], notAFormula(path, value));
    }
    const rows = this.putRows(section);
    const rest = without(section, "numbers", "formulas", "places");
    this.tree = withEntry(this.tree, SECTION, rows ? withEntry(rest, "rows", rows) : rest);
  }

  /** Puts the means of columns in their places; the rows of the columns that are left. */
  private putRows(section: MapNode): MapNode | undefined {
    const rows = nodeAt(section, ["rows"]);
    const columns = nodeAt(section, ["rows", "columns"]);
    const values = nodeAt(section, ["rows", "values"]);
    if (rows?.kind !== "map" || columns?.kind !== "list" || values?.kind !== "list")
      return undefined;
    // One whose number has been set from outside is taken out by a null.
    const left = columns.items.flatMap((item, i) => (isNull(item) ? [] : [i]));
    const kept = withEntry(
      withEntry(rows, "columns", { ...columns, items: left.map((i) => columns.items[i]) }),
      "values",
      {
        ...values,
        items: values.items.map((row) =>
          row.kind === "list" && row.items.length === columns.items.length
            ? { ...row, items: left.map((i) => row.items[i]) }
            : row,
        ),
      },
    );
    const { data } = uncertain.shape.rows.safeParse(toPlain(kept));
    if (data === undefined) return kept;
    for (const [i, row] of data.values.entries())
      if (row.length !== data.columns.length) {
        const path = [SECTION, "rows", "values", i];
        new Examined(this.tree, this.problems).error(
          path,
          wrongRow(row.length, data.columns.length),
        );
        return kept;
      }
    for (const [i, path] of data.columns.entries()) {
      const { at } = columns.items[left[i]] as ScalarNode;
      const mean = average(data.values.map((row) => row[i]));
      const node: ScalarNode = { kind: "scalar", value: this.rounded(path, mean), at };
      this.columns.set(node, { path, number: i });
      this.put(path, node, "the table", { keyAt: at, value: node });
    }
    return kept;
  }

  private rounded(path: string, mean: number): number {
    const field = schemaAt(scenarioFileSchema, toPlain(this.tree), keysOfPath(path));
    return field && rangeOfNumbers(field)?.isWhole ? Math.round(mean) : mean;
  }

  /** Puts a node wherever the number of that name stands. */
  private put(name: string, node: TreeNode, what: string, entry: Entry): void {
    const places = this.places[name];
    for (const place of Array.isArray(places) ? places : [name])
      this.putAt(String(place), node, what, entry);
  }

  private putAt(place: string, node: TreeNode, what: string, { keyAt }: Entry): undefined {
    const path = keysOfPath(place);
    const refuse = (text: Text): undefined => {
      this.problems.error(keyAt, [SECTION], text);
    };
    const field = schemaAt(scenarioFileSchema, toPlain(this.tree), path);
    if (field && !acceptsNumber(field)) return refuse(messages.noNumber(what, place));
    if (CHOSEN.includes(path[0])) return refuse(messages.chosen(path));
    if (nodeAt(this.tree, path) === undefined) {
      // One that is left to its default has a place as well; setting it tells which paths there are.
      const scratch = new Problems();
      this.tree = setValues(this.tree, { [place]: 0 }, scenarioFileSchema, scratch);
      const [problem] = scratch.sorted();
      if (problem !== undefined) return refuse(messages.noSuchNumber(what, place, problem));
    }
    this.tree = replaceAt(this.tree, path, () => node) as MapNode;
  }

  private fail({ keyAt }: Entry, path: Path, text: Text): void {
    this.problems.error(keyAt, [SECTION, ...path], text);
  }
}

function entriesOf(section: MapNode, key: string): Iterable<[string, Entry]> {
  const map = nodeAt(section, [key]);
  return map?.kind === "map" ? [...map.entries].filter(([, { value }]) => !isNull(value)) : [];
}

const notAFormula = (path: string, value: unknown): Text => ({
  message: `${path} is ${quote(value)}`,
  rule: 'a formula is a text that begins with =, such as "= 0.02 * tools"',
});

const wrongRow = (length: number, columns: number): Text => ({
  message: `the row has ${length} values`,
  rule: `a row has one for each of the ${columns} columns`,
});

// ---------------------------------------------------------------- from the places to central values

class Lifting {
  readonly numbers = new Map<TreeNode, Named<UncertainNumber>>();
  /** What stands for forms that were met, since one may stand in several places. */
  private readonly central = new Map<TreeNode, ScalarNode>();
  private readonly root: MapNode;
  private readonly names: ReadonlyMap<TreeNode, string>;
  private readonly found: Examined;

  constructor(root: MapNode, names: ReadonlyMap<TreeNode, string>, problems: Problems) {
    this.root = root;
    this.names = names;
    this.found = new Examined(root, problems);
  }

  lift(): MapNode {
    return this.walk(this.root, [], scenarioFileSchema, toPlain(this.root)) as MapNode;
  }

  /** The node with central values; the node itself where nothing in it is uncertain. */
  private walk(
    node: TreeNode,
    path: Path,
    schema: z.core.$ZodType | undefined,
    plain: unknown,
  ): TreeNode {
    if (node.kind === "scalar" || schema === undefined || path[0] === SECTION) return node;
    if (node.kind === "map" && acceptsNumber(schema)) return this.centralNode(node, path, schema);
    const walkChild = (child: TreeNode, key: string | number) =>
      this.walk(child, [...path, key], childSchema(schema, key, plain), childOf(plain, key));
    if (node.kind === "list") {
      const items = node.items.map(walkChild);
      return items.every((item, i) => item === node.items[i]) ? node : { ...node, items };
    }
    let entries: Map<string, Entry> | undefined;
    for (const [key, entry] of node.entries) {
      const value = walkChild(entry.value, key);
      if (value === entry.value) continue;
      entries ??= new Map(node.entries);
      entries.set(key, { ...entry, value });
    }
    return entries === undefined ? node : { ...node, entries };
  }

  private centralNode(form: MapNode, path: Path, field: z.core.$ZodType): ScalarNode {
    const known = this.central.get(form);
    if (known !== undefined) return known;
    const node: ScalarNode = {
      kind: "scalar",
      value: this.valueOf(form, path, field),
      at: form.at,
    };
    this.central.set(form, node);
    const number = this.read;
    if (number !== undefined)
      this.numbers.set(node, {
        path: this.names.get(form) ?? pathText(this.found.written(path)),
        number,
      });
    return node;
  }

  /** What was read last. */
  private read: UncertainNumber | undefined;

  private valueOf(form: MapNode, path: Path, field: z.core.$ZodType): number {
    const range = rangeOfNumbers(field) ?? { isWhole: false };
    this.read = readForm(form, path, field, this.found);
    if (CHOSEN.includes(path[0])) this.found.error(path, messages.chosen(this.found.written(path)));
    // Of one that is none the problem is told: any number of the field keeps the checks that follow quiet.
    return this.read === undefined ? (range.min ?? 0) : centralOf(this.read, range);
  }
}

const childOf = (plain: unknown, key: string | number): unknown =>
  isMap(plain) || Array.isArray(plain)
    ? (plain as Record<string | number, unknown>)[key]
    : undefined;
