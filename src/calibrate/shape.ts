// Holds the tree of a targets file against its schema, and says in words what is wrong. What is valid by itself is
// handed on whatever is wrong elsewhere, so that all problems are found at once.
import type { z } from "zod";
import { hintFor, ruleOf } from "../scenario/checking/describe.ts";
import * as messages from "../scenario/checking/messages.ts";
import type { Report, Text } from "../scenario/checking/problems.ts";
import {
  infoOf,
  isMap,
  keysOf,
  placesOf,
  rangeOf,
  schemaAt,
  valueAt,
} from "../scenario/checking/schemaWalk.ts";
import { suggest } from "../scenario/checking/suggest.ts";
import type { MapNode, Path } from "../scenario/reading/tree.ts";
import { hasNull, locate, locateKey, toPlain } from "../scenario/reading/tree.ts";
import { RULES } from "./messages.ts";
import {
  parameterSchema,
  searchSchema,
  type TargetsFile,
  targetSchema,
  targetsSchema,
  type WrittenParameter,
  type WrittenTarget,
} from "./schema.ts";

/** What of a targets file is valid by itself. */
export interface ShapedTargets {
  readonly name: string | undefined;
  readonly seed: string | undefined;
  /** Scenario files by label. */
  readonly scenarios: Readonly<Record<string, string>>;
  readonly parameters: readonly Item<WrittenParameter>[];
  readonly targets: readonly Item<WrittenTarget>[];
  readonly search: Item<TargetsFile["search"]>;
}

/** An item of a list, as far as it is valid. */
export interface Item<T> {
  /** The whole item, if all of it is valid. */
  readonly whole: T | undefined;
  /** Its valid fields, with defaults. */
  readonly fields: Partial<T>;
  /** Fields that are there and not valid. */
  readonly broken: ReadonlySet<string>;
}

/** The valid parts of the file; problems go to the report. */
export function shape(tree: MapNode, report: Report): ShapedTargets {
  const plain = toPlain(tree) as Record<string, unknown>;
  const explainer = new Explainer(tree, plain, report);
  for (const issue of targetsSchema.safeParse(plain).error?.issues ?? []) explainer.explain(issue);
  const { name, seed, scenarios } = targetsSchema.shape;
  return {
    name: name.safeParse(plain.name).data,
    seed: seed.safeParse(plain.seed).data,
    scenarios: scenarios.safeParse(plain.scenarios).data ?? {},
    parameters: itemsOf(parameterSchema, plain.parameters),
    targets: itemsOf(targetSchema, plain.targets),
    search: itemOf(searchSchema, plain.search ?? {}),
  };
}

function itemsOf<S extends z.ZodObject>(schema: S, items: unknown): Item<z.output<S>>[] {
  return Array.isArray(items) ? items.map((item) => itemOf(schema, item)) : [];
}

function itemOf<S extends z.ZodObject>(schema: S, item: unknown): Item<z.output<S>> {
  const fields: Record<string, unknown> = {};
  const broken = new Set<string>();
  const plain = isMap(item) ? item : {};
  for (const [key, field] of Object.entries(schema.shape)) {
    const { success, data } = (field as z.ZodType).safeParse(plain[key]);
    if (success) fields[key] = data;
    else if (plain[key] !== undefined) broken.add(key);
  }
  const whole = schema.safeParse(item).data;
  return { whole, fields: fields as Partial<z.output<S>>, broken };
}

class Explainer {
  private readonly tree: MapNode;
  private readonly plain: unknown;
  private readonly report: Report;

  constructor(tree: MapNode, plain: unknown, report: Report) {
    this.tree = tree;
    this.plain = plain;
    this.report = report;
  }

  explain(issue: z.core.$ZodIssue): void {
    const path = issue.path as Path;
    const value = valueAt(this.plain, path);
    const schema = schemaAt(targetsSchema, this.plain, path);
    if (issue.code === "unrecognized_keys")
      for (const key of issue.keys) this.explainUnknownKey([...path, key]);
    else if (issue.code === "invalid_key")
      this.report.error(locateKey(this.tree, path), path, messages.wrongName(path));
    else if (schema === undefined) this.atValue(path, messages.otherIssue(path, issue.message));
    else if (value === undefined) this.explainMissing(path, ownRule(schema));
    else this.atValue(path, describe(issue, path, value, schema));
  }

  private explainUnknownKey(path: Path): void {
    const known = this.keysAt(path.slice(0, -1));
    const near = suggest(String(path.at(-1)), known);
    const places = near === undefined ? placesOf(targetsSchema, String(path.at(-1))) : [];
    const at = locateKey(this.tree, path);
    this.report.error(at, path, messages.unknownKey(path, known, near, places));
  }

  private explainMissing(path: Path, rule: string): void {
    if (hasNull(this.tree, path)) {
      this.report.error(locateKey(this.tree, path), path, messages.emptyKey(path, rule));
      return;
    }
    const above = path.slice(0, -1);
    // A misspelt key is reported as unknown: this is the same problem.
    const known = this.keysAt(above);
    const map = valueAt(this.plain, above);
    const strangers = isMap(map) ? Object.keys(map).filter((key) => !known.includes(key)) : [];
    if (strangers.some((key) => suggest(key, known) === path.at(-1))) return;
    this.report.error(locate(this.tree, above), path, messages.missingKey(path, rule));
  }

  private keysAt(path: Path): readonly string[] {
    const schema = schemaAt(targetsSchema, this.plain, path);
    return (schema && keysOf(schema)) ?? [];
  }

  private atValue(path: Path, text: Text): void {
    this.report.error(locate(this.tree, path), path, text);
  }
}

type Schema = z.core.$ZodType;

function ownRule(schema: Schema): string {
  return RULES[infoOf(schema)?.unit ?? ""] ?? ruleOf(schema);
}

function describe(issue: z.core.$ZodIssue, path: Path, value: unknown, schema: Schema): Text {
  const rule = ownRule(schema);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return messages.notFinite(path, value, rule);
    const { min, max, isWhole = false } = rangeOf(schema) ?? {};
    if (max !== undefined && value > max)
      return messages.outOfRange(path, value, "above", max, rule);
    if (min !== undefined && value < min)
      return messages.outOfRange(path, value, "below", min, rule);
    if (isWhole && !Number.isInteger(value)) return messages.notWhole(path, value, rule);
  }
  const isLength = issue.code === "too_big" || issue.code === "too_small";
  if (isLength && RULES[infoOf(schema)?.unit ?? ""] === undefined) {
    const isAbove = issue.code === "too_big";
    const bound = Number(isAbove ? issue.maximum : issue.minimum);
    return messages.wrongLength(path, issue.origin, isAbove ? "above" : "below", bound);
  }
  return messages.wrongValue(path, value, rule, hintFor(schema, value));
}
