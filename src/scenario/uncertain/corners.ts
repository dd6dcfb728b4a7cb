// Tries the ends of every uncertain number alone, so that a number which makes no valid scenario is told when a file is loaded
// and not in the midst of a run.
import type { Examined } from "../../documents/checking/examined.ts";
import { Problems } from "../../documents/checking/problems.ts";
import { keysOfPath } from "../../documents/reading/overrides.ts";
import type { MapNode } from "../../documents/reading/tree.ts";
import type { Scenario } from "../schema.ts";
import { quantileOf } from "./distribution.ts";
import * as messages from "./messages.ts";
import type { Uncertain } from "./schema.ts";
import { placesOf, rangeAt, substituting, type Values } from "./substitute.ts";

/** Quantiles that are tried. */
const ENDS = [0.001, 0.999];

/**
 * Reports values of uncertain numbers that make no valid scenario, the first problem of each number.
 * @param found to say where a number stands
 * @param complete makes a scenario of a tree; what is wrong is added to the problems
 */
export function checkCorners(
  scenario: Scenario,
  found: Examined,
  complete: (tree: MapNode, problems: Problems) => void,
): void {
  if (scenario.uncertain === undefined) return;
  const substituted = substituting(scenario);
  const faultOf = (values: Values) => {
    const problems = new Problems();
    complete(substituted(values), problems);
    return problems.sorted().find(({ severity }) => severity === "error");
  };
  const { numbers, rows } = scenario.uncertain;
  for (const [path, number] of Object.entries(numbers)) {
    const quantile = quantileOf(number, rangeAt(scenario, path));
    for (const value of new Set(ENDS.map(quantile))) {
      const fault = faultOf(new Map([[path, value]]));
      if (fault === undefined) continue;
      const [place] = placesOf(scenario.uncertain, path);
      found.error(keysOfPath(place), messages.impossibleDraw(`${path} = ${shortly(value)}`, fault));
      break;
    }
  }
  for (const row of extremeRows(rows)) {
    const { columns, values } = rows as Rows;
    const fault = faultOf(new Map(columns.map((path, i) => [path, values[row][i]])));
    if (fault !== undefined)
      found.error(
        ["uncertain", "rows"],
        messages.impossibleDraw(`row ${row + 1} of the table`, fault),
      );
  }
}

/** Of a value in a message: enough digits to know it by. */
const shortly = (value: number) => String(Number(value.toPrecision(4)));

type Rows = NonNullable<Uncertain["rows"]>;

/** Indices of the rows in which some column is the least or the most. */
function extremeRows(rows: Rows | undefined): readonly number[] {
  if (rows === undefined) return [];
  const { columns, values } = rows;
  const extremes = new Set<number>();
  for (const i of columns.keys()) {
    const column = values.map((row) => row[i]);
    extremes.add(column.indexOf(column.reduce((a, b) => Math.min(a, b))));
    extremes.add(column.indexOf(column.reduce((a, b) => Math.max(a, b))));
  }
  return [...extremes].sort((a, b) => a - b);
}
