// The section `uncertain` of a scenario in normal form: all that is uncertain by dotted path, and the formulas that may depend
// on it.
import { valueAt } from "../../documents/checking/schemaWalk.ts";
import { findFormulas } from "../../documents/formulas/formulas.ts";
import { keysOfPath } from "../../documents/reading/overrides.ts";
import { eachScalar, type MapNode, pathText, type TreeNode } from "../../documents/reading/tree.ts";
import { type Scenario, scenarioSchema } from "../schema.ts";
import type { Lifted, Named } from "./lift.ts";
import type { Uncertain } from "./schema.ts";

/**
 * The scenario with its section `uncertain`, or without one where nothing is uncertain.
 * @param tree with agentDefaults spread and formulas as they were written
 */
export function withUncertain(scenario: Scenario, lifted: Lifted, tree: MapNode): Scenario {
  const { uncertain: section, ...known } = scenario;
  const isNumber = (place: string) => typeof valueAt(scenario, keysOfPath(place)) === "number";
  const places = placesIn(tree, lifted);
  const stands = (node: TreeNode) => (places.get(node) ?? []).filter(isNumber);
  const kept = <T>(named: ReadonlyMap<TreeNode, Named<T>>) =>
    [...named].filter(([node]) => stands(node).length > 0).sort(byPath);
  const numbers = kept(lifted.numbers);
  const columns = kept(lifted.columns);
  if (numbers.length + columns.length === 0) return known;

  const elsewhere = [...numbers, ...columns]
    .map(([node, { path }]) => [path, stands(node)] as const)
    .filter(([path, places]) => places.length > 1 || places[0] !== path);
  const formulas = [...findFormulas(tree, scenarioSchema)]
    .filter(([place]) => isNumber(place))
    .map(([place, { value }]) => [place, String(value)] as const);
  const rows = section?.rows;
  return {
    ...known,
    uncertain: {
      numbers: Object.fromEntries(
        numbers.map(([, { path, number }]) => [path, number]),
      ) as Uncertain["numbers"],
      ...(elsewhere.length > 0 && { places: Object.fromEntries(elsewhere) }),
      formulas: Object.fromEntries(formulas),
      ...(rows && columns.length > 0 && { rows: rowsOf(rows, columns) }),
      ...(section?.draws !== undefined && { draws: section.draws }),
    },
  };
}

function placesIn(tree: MapNode, { numbers, columns }: Lifted): ReadonlyMap<TreeNode, string[]> {
  const places = new Map<TreeNode, string[]>();
  if (numbers.size + columns.size === 0) return places;
  eachScalar(tree, (scalar, path) => {
    if (!numbers.has(scalar) && !columns.has(scalar)) return;
    const known = places.get(scalar) ?? [];
    places.set(scalar, [...known, pathText(path)]);
  });
  return places;
}

function byPath([, a]: [TreeNode, Named<unknown>], [, b]: [TreeNode, Named<unknown>]): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

const rowsOf = (
  { values }: NonNullable<Uncertain["rows"]>,
  columns: readonly [TreeNode, Named<number>][],
): NonNullable<Uncertain["rows"]> => ({
  columns: columns.map(([, { path }]) => path),
  values: values.map((row) => columns.map(([, { number }]) => row[number])),
});
