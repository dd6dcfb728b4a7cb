// Holds the tree of a targets file against its schema. What is valid by itself is handed on whatever is wrong elsewhere,
// so that all problems are found at once.
import type { z } from "zod";
import { Explainer, type Format } from "../../documents/checking/explain.ts";
import type { Report } from "../../documents/checking/problems.ts";
import { isMap } from "../../documents/checking/schemaWalk.ts";
import type { MapNode } from "../../documents/reading/tree.ts";
import { toPlain } from "../../documents/reading/tree.ts";
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

const TARGETS: Format = { schema: targetsSchema, rules: RULES };

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
  const explainer = new Explainer(TARGETS, tree, plain, report);
  explainer.explainAll(targetsSchema.safeParse(plain).error?.issues ?? []);
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
