// Holds the tree of an experiment against its schema.
import type { Examined } from "../../documents/checking/examined.ts";
import { isMap } from "../../documents/checking/schemaWalk.ts";
import { holdAgainst, partsOf } from "../../documents/checking/validate.ts";
import type { Entry, MapNode } from "../../documents/reading/tree.ts";
import { withEntry } from "../../documents/reading/tree.ts";
import { RULES } from "./messages.ts";
import {
  type ExperimentFile,
  experimentSchema,
  factorSchema,
  type WrittenFactor,
} from "./schema.ts";

/** What of an experiment is valid by itself. */
export interface ShapedExperiment {
  /** Valid fields, with defaults. */
  readonly fields: Partial<Omit<ExperimentFile, "factors">>;
  /** Every factor by name, in order; undefined for those that are not valid. */
  readonly factors: ReadonlyMap<string, WrittenFactor | undefined>;
}

/**
 * The valid parts of an experiment; what is wrong is told to `examined`.
 * @param examined with every factor spelled out
 */
export function shape(examined: Examined): ShapedExperiment {
  const plain = holdAgainst({ schema: experimentSchema, rules: RULES }, examined);
  const factors = Object.entries(isMap(plain.factors) ? plain.factors : {});
  return {
    fields: partsOf(experimentSchema.omit({ factors: true }), plain).fields,
    factors: new Map(factors.map(([name, factor]) => [name, factorSchema.safeParse(factor).data])),
  };
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
