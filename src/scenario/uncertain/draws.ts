// Draws of uncertain numbers: for every draw the scenarios of a comparison with values in their places.
//
// Every number has a coordinate of its own, from 0 to 1, that all scenarios have in common: where two have the number under
// the same path, even with different distributions, it is high or low in both. The coordinates of the draws are the points of a
// scrambled Sobol' sequence; each coordinate is scrambled by the seed and the path alone.
import { Problems, ScenarioError } from "../../documents/checking/problems.ts";
import type { MapNode } from "../../documents/reading/tree.ts";
import { rootKey } from "../../numerics/draws.ts";
import { latinHypercube } from "../../numerics/latinHypercube.ts";
import { ScrambledSobol } from "../../numerics/scrambledSobol.ts";
import { MAX_DIMENSIONS } from "../../numerics/sobol.ts";
import { complete } from "../load.ts";
import type { Scenario } from "../schema.ts";
import { quantileOf } from "./distribution.ts";
import * as messages from "./messages.ts";
import { DEFAULT_DRAWS } from "./schema.ts";
import { rangeAt, substituting, type Values } from "./substitute.ts";

/** Whether some number of the scenario is not known exactly. */
export const isUncertain = ({ uncertain }: Scenario): boolean => uncertain !== undefined;

/** How many draws the scenarios of a comparison take: the most that one of them asks for. */
export function drawCountOf(scenarios: readonly Scenario[]): number {
  const asked = scenarios.flatMap(({ uncertain }) => uncertain?.draws ?? []);
  return asked.length === 0 ? DEFAULT_DRAWS : Math.max(...asked);
}

/** Paths of the numbers that are uncertain in some of the scenarios, sorted. */
export function uncertainPaths(scenarios: readonly Scenario[]): readonly string[] {
  const paths = scenarios.flatMap(({ uncertain }) => [
    ...Object.keys(uncertain?.numbers ?? {}),
    ...(uncertain?.rows?.columns ?? []),
  ]);
  return [...new Set(paths)].sort();
}

/**
 * The values of the uncertain numbers: `drawnValues(scenarios, seed, draws)[draw][scenario]`, by path.
 *
 * Of `draws` draws, each coordinate has exactly one in each of as many equal intervals where `draws` is a power of two. The
 * Sobol' sequence has 40 dimensions, given to the paths in sorted order; numbers beyond these are spread as evenly one by one, by
 * a Latin hypercube, but not jointly with others.
 */
export function drawnValues(
  scenarios: readonly Scenario[],
  seed: string,
  draws: number,
): readonly (readonly Values[])[] {
  const coordinates = coordinatesOf(scenarios, seed, draws);
  const samplers = scenarios.map((scenario) => samplerOf(scenario, coordinates));
  return Array.from({ length: draws }, (_, draw) => samplers.map((valuesAt) => valuesAt(draw)));
}

/**
 * The scenarios with drawn values: `drawnScenarios(scenarios, seed, draws)[draw][scenario]`. They have no section `uncertain`, and
 * are valid as if their files had these numbers; a scenario in which nothing is uncertain stays the same object.
 * @throws ScenarioError where a draw is no valid scenario
 */
export async function drawnScenarios(
  scenarios: readonly Scenario[],
  seed: string,
  draws: number,
): Promise<(readonly Scenario[])[]> {
  const substituted = scenarios.map(substituting);
  const drawn: (readonly Scenario[])[] = [];
  for (const [draw, values] of drawnValues(scenarios, seed, draws).entries()) {
    const made: Scenario[] = [];
    for (const [i, scenario] of scenarios.entries())
      made.push(
        isUncertain(scenario)
          ? await validDraw(substituted[i](values[i]), scenario, `draw ${draw + 1}`, values[i])
          : scenario,
      );
    drawn.push(made);
  }
  return drawn;
}

/**
 * The scenario that a tree with drawn values makes.
 * @param which draw it is, for a message
 * @throws ScenarioError where it is no valid scenario
 */
export async function validDraw(
  tree: MapNode,
  { name }: Scenario,
  which: string,
  values: Values,
): Promise<Scenario> {
  const problems = new Problems();
  const { scenario } = await complete(tree, problems);
  if (scenario !== undefined) return scenario;
  const stated = [...values].map(([path, value]) => `${path} = ${value}`);
  const what = `${which} of ${name} (${stated.join(", ")})`;
  throw new ScenarioError(
    problems.sorted().map((problem) => ({
      ...problem,
      ...messages.impossibleDraw(what, problem),
      file: name,
      line: 0,
      column: 0,
    })),
  );
}

// ---------------------------------------------------------------- coordinates

/** The coordinate in (0, 1) of a draw. */
type Coordinate = (draw: number) => number;

/** What the coordinate of the rows is called; no path is empty. */
const ROWS = "";

function coordinatesOf(
  scenarios: readonly Scenario[],
  seed: string,
  draws: number,
): ReadonlyMap<string, Coordinate> {
  const inTables = new Set(scenarios.flatMap(({ uncertain }) => uncertain?.rows?.columns ?? []));
  const alone = scenarios.flatMap(({ uncertain }) => Object.keys(uncertain?.numbers ?? {}));
  const names = [...new Set([...(inTables.size > 0 ? [ROWS] : []), ...alone])].sort();
  return new Map(names.map((name, i) => [name, coordinateOf(name, i, seed, draws)]));
}

function coordinateOf(name: string, dimension: number, seed: string, draws: number): Coordinate {
  const root = rootKey(`${seed}/parameters/${name}`);
  if (dimension >= MAX_DIMENSIONS) {
    const sample = latinHypercube(1, draws, root);
    return (draw) => sample(draw, 0);
  }
  const points = new ScrambledSobol(root, dimension + 1);
  return (draw) => {
    points.enter(0, draw);
    return points.coordinate(dimension);
  };
}

/** A function that gives the values of a draw. */
function samplerOf(
  scenario: Scenario,
  coordinates: ReadonlyMap<string, Coordinate>,
): (draw: number) => Values {
  const { numbers = {}, rows } = scenario.uncertain ?? {};
  const quantiles = Object.entries(numbers).map(
    ([path, number]) => [path, quantileOf(number, rangeAt(scenario, path))] as const,
  );
  const at = (name: string, draw: number) => (coordinates.get(name) as Coordinate)(draw);
  const isWhole = rows?.columns.map((path) => rangeAt(scenario, path).isWhole) ?? [];
  return (draw) => {
    const values = new Map(quantiles.map(([path, quantile]) => [path, quantile(at(path, draw))]));
    if (rows === undefined) return values;
    const row = rows.values[Math.floor(at(ROWS, draw) * rows.values.length)];
    for (const [i, path] of rows.columns.entries())
      values.set(path, isWhole[i] ? Math.round(row[i]) : row[i]);
    return values;
  };
}
