// Conditions on the deliverable, which several phases have.
import type { Examined } from "../../documents/checking/examined.ts";
import type { Path } from "../../documents/reading/tree.ts";
import type { AggregateHow } from "../../model/steps.ts";

/** Conditions on the deliverable, and what they ask for. */
export const CONDITIONS = ["complete", "consensus", "ahead"] as const;
export const CONDITION_TEXT =
  "`complete`: the ledgers that are aggregated hold every claim. `consensus`: they also agree. `ahead`: for every claim an answer leads by the aggregator's k.";

/** A lead is defined only where the aggregator asks for one. */
export function checkCondition(
  key: "until" | "unless",
  condition: string,
  at: Path,
  how: AggregateHow | undefined,
  found: Examined,
): void {
  if (condition === "ahead" && how !== undefined && how !== "ahead")
    found.error([...at, key], {
      message: `${key}: ahead asks for a lead, but the deliverable is built by ${how}`,
      rule: "ahead goes with aggregate how: ahead, whose k is the lead",
    });
}
