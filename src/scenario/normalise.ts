// The normal form of a scenario: everything said that was left to be understood, keys in a fixed order, so that two
// files which mean the same have the same text. It is what results are filed under and what a manifest holds.
import { asItsKind, kindOf } from "./agents/kinds.ts";
import type { Scenario } from "./schema.ts";

/**
 * Fills in what the schema cannot: the model of a group where there is only one, what the kind of a group fixes, and the family
 * of a model. Sections come in the order of the schema; groups, models, claims and classes in the order of the file, which has a
 * meaning.
 */
export function normalise(scenario: Scenario): Scenario {
  const [onlyModel] = Object.keys(scenario.models);
  return {
    ...scenario,
    models: mapValues(scenario.models, (model, name) => ({ family: name, ...model })),
    agents: mapValues(scenario.agents, (agent) => {
      if (kindOf(agent) !== "model") return asItsKind(agent);
      // The first keys of the schema, so that the model comes in its place.
      const { role, count, model = onlyModel, kind: _, ...rest } = asItsKind(agent);
      return { role, count, model, ...rest };
    }),
  };
}

function mapValues<V>(
  map: Record<string, V>,
  change: (value: V, key: string) => V,
): Record<string, V> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
