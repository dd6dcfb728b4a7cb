// What decides the outcomes of a scenario, and nothing else.
import type { Scenario } from "./schema.ts";

/** A scenario without its description, and without the seed and the replications that its caller gives. */
export function decisive({
  description: _,
  seed: __,
  replications: ___,
  ...rest
}: Scenario): Omit<Scenario, "description" | "seed" | "replications"> {
  return rest;
}
