// Scenarios with other values in place of their uncertain numbers.
import { Problems } from "../../documents/checking/problems.ts";
import { type NumberRange, rangeOfNumbers, schemaAt } from "../../documents/checking/schemaWalk.ts";
import { keysOfPath } from "../../documents/reading/overrides.ts";
import { type MapNode, replaceAt, type ScalarNode } from "../../documents/reading/tree.ts";
import { treeOfValue } from "../../documents/reading/values.ts";
import { type Scenario, scenarioSchema } from "../schema.ts";
import type { Uncertain } from "./schema.ts";

/** Values of uncertain numbers by the path that calls them. */
export type Values = ReadonlyMap<string, number>;

/** A function that gives the tree of the scenario with these values, and with formulas in their places. */
export function substituting({ uncertain, ...known }: Scenario): (values: Values) => MapNode {
  const plain = treeOfValue(known, new Problems()) as MapNode;
  const put = (tree: MapNode, place: string, value: number | string) =>
    replaceAt(
      tree,
      keysOfPath(place),
      ({ at }): ScalarNode => ({ kind: "scalar", value, at }),
    ) as MapNode;
  const withFormulas = Object.entries(uncertain?.formulas ?? {}).reduce(
    (tree, [place, formula]) => put(tree, place, formula),
    plain,
  );
  return (values) =>
    [...values].reduce(
      (tree, [path, value]) =>
        placesOf(uncertain, path).reduce((below, place) => put(below, place, value), tree),
      withFormulas,
    );
}

/** Where the number of that path stands in the scenario. */
export const placesOf = (uncertain: Uncertain | undefined, path: string): readonly string[] =>
  uncertain?.places?.[path] ?? [path];

/** The range of the number of that path. */
export function rangeAt(scenario: Scenario, path: string): NumberRange {
  const [place] = placesOf(scenario.uncertain, path);
  const field = schemaAt(scenarioSchema, scenario, keysOfPath(place));
  return (field && rangeOfNumbers(field)) ?? { isWhole: false };
}
