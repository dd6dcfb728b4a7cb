// Fields that several phases have, and the topology as well: references to agents, and conditions on the deliverable.
import { z } from "zod";
import type { Findings } from "../../documents/checking/findings.ts";
import type { Path } from "../../documents/reading/tree.ts";
import type { AggregateHow } from "../../model/plan.ts";
import { RULES } from "../checking/messages.ts";

/** An agent reference: a group, or one member of it counted from 1 (`worker.2`). */
const REFERENCE_PATTERN = /^\p{L}[\p{L}\p{M}\p{N}_-]{0,63}(\.[1-9]\d{0,5})?$/u;

export const reference = z.string().regex(REFERENCE_PATTERN, { error: RULES.reference }).meta({
  title: "Agents",
  description: "A group, or one member of it (worker.2).",
  unit: "reference",
});

/** One agent or group, in the role that the title names. */
export const one = (title: string, description: string) =>
  reference.meta({ title, description, unit: "reference" });

const references = z
  .union([reference, z.array(reference).min(1).max(1000)])
  .transform((value) => (typeof value === "string" ? [value] : value));

/** Agents or groups, in the role that the title names. */
export const several = (title: string, description: string) =>
  references.meta({ title, description, unit: "references" });

/** A reference with its place, and whether it has to be one agent. */
export interface Reference {
  readonly reference: string;
  readonly path: Path;
  readonly isOne: boolean;
}

/** The reference in a field that names one agent. */
export function toOne(reference: string | undefined, path: Path): Reference[] {
  return reference === undefined ? [] : [{ reference, path, isOne: true }];
}

/** The references in a field that names agents or groups. */
export function toSeveral(references: readonly string[] | undefined, path: Path): Reference[] {
  return (references ?? []).map((reference, i) => ({
    reference,
    path: [...path, i],
    isOne: false,
  }));
}

/** Conditions on the deliverable, and what they ask for. */
export const CONDITIONS = ["complete", "consensus", "ahead"] as const;
export const CONDITION_TEXT =
  "complete: the ledgers to be aggregated hold every claim; consensus: and they agree; ahead: an answer leads by the aggregator's k.";

/** A lead is defined only where the aggregator asks for one. */
export function checkCondition(
  key: "until" | "unless",
  condition: string,
  at: Path,
  how: AggregateHow | undefined,
  found: Findings,
): void {
  if (condition === "ahead" && how !== undefined && how !== "ahead")
    found.error([...at, key], {
      message: `${key}: ahead asks for a lead, but the deliverable is built by ${how}`,
      rule: "ahead goes with aggregate how: ahead, whose k is the lead",
    });
}
