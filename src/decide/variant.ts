// Variants: a scenario with other values in some places, made the same way as if its file said so.
import { type Problem, Problems } from "../documents/checking/problems.ts";
import type { Overrides } from "../documents/reading/overrides.ts";
import type { MapNode } from "../documents/reading/tree.ts";
import { KNOWN_METRICS } from "../metrics/naming.ts";
import { complete } from "../scenario/load.ts";
import { applyOverrides } from "../scenario/overrides.ts";
import type { Scenario } from "../scenario/schema.ts";

/** A variant, or the errors that keep it from being a valid scenario. */
export type Variant =
  | { readonly scenario: Scenario; readonly problems?: undefined }
  | { readonly scenario?: undefined; readonly problems: readonly Problem[] };

/** @param tree of a scenario that is valid, as `loadScenario` gives it */
export async function variantOf(tree: MapNode, overrides: Overrides): Promise<Variant> {
  const problems = new Problems();
  const set = applyOverrides(tree, overrides, problems);
  const { scenario } = await complete(set, problems, KNOWN_METRICS);
  const errors = problems.sorted().filter(({ severity }) => severity === "error");
  return scenario !== undefined && errors.length === 0 ? { scenario } : { problems: errors };
}
