// What decides the outcomes of a scenario, and nothing else.
import type { Scenario } from "./schema.ts";

/** A scenario without its description and its improvements, and without the seed and the replications that its caller gives. */
export function decisive({
  description: _,
  seed: __,
  replications: ___,
  improvements: ____,
  ...rest
}: Scenario): Omit<Scenario, "description" | "seed" | "replications" | "improvements"> {
  return rest;
}
