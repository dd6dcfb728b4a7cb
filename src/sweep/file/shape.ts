// Holds the tree of an experiment against its schema. What is valid by itself is handed on whatever is wrong elsewhere,
// so that all problems are found at once.
import type { z } from "zod";
import { Explainer, type Format } from "../../documents/checking/explain.ts";
import type { Report } from "../../documents/checking/problems.ts";
import { isMap } from "../../documents/checking/schemaWalk.ts";
import type { Entry, MapNode } from "../../documents/reading/tree.ts";
import { toPlain, withEntry } from "../../documents/reading/tree.ts";
import { RULES } from "./messages.ts";
import {
  type ExperimentFile,
  experimentSchema,
  factorSchema,
  type WrittenFactor,
} from "./schema.ts";

const EXPERIMENTS: Format = { schema: experimentSchema, rules: RULES };

/** What of an experiment is valid by itself. */
export interface ShapedExperiment {
  /** Valid fields, with defaults. */
  readonly fields: Partial<Omit<ExperimentFile, "factors">>;
  /** Every factor by name, in order; undefined for those that are not valid. */
  readonly factors: ReadonlyMap<string, WrittenFactor | undefined>;
}

/**
 * The valid parts of an experiment; problems go to the report.
 * @param tree with every factor spelled out
 */
export function shape(tree: MapNode, report: Report): ShapedExperiment {
  const plain = toPlain(tree) as Record<string, unknown>;
  const explainer = new Explainer(EXPERIMENTS, tree, plain, report);
  explainer.explainAll(experimentSchema.safeParse(plain).error?.issues ?? []);
  const fields: Record<string, unknown> = {};
  const { factors: _, ...others } = experimentSchema.shape;
  for (const [key, field] of Object.entries(others)) {
    const { success, data } = (field as z.ZodType).safeParse(plain[key]);
    if (success) fields[key] = data;
  }
  const factors = new Map<string, WrittenFactor | undefined>();
  for (const [name, factor] of Object.entries(isMap(plain.factors) ? plain.factors : {}))
    factors.set(name, factorSchema.safeParse(factor).data);
  return { fields, factors };
}

/** The tree with the short form of factors, a list of values, spelled out. */
export function spellOutFactors(tree: MapNode): MapNode {
  const factors = tree.entries.get("factors")?.value;
  if (factors?.kind !== "map") return tree;
  const entries = new Map<string, Entry>();
  for (const [name, entry] of factors.entries) {
    const { keyAt, value } = entry;
    const spelledOut = new Map([["values", { keyAt, value }]]);
    const isShort = value.kind === "list";
    entries.set(
      name,
      isShort ? { keyAt, value: { kind: "map", entries: spelledOut, at: value.at } } : entry,
    );
  }
  return withEntry(tree, "factors", { ...factors, entries });
}
