// The networks of the shipped contagion scenarios as matrices, for what is computed without simulation.
import { compile } from "../../scenario/compiling/compile.ts";
import type { Scenario } from "../../scenario/schema.ts";
import type { Adjacency } from "./recursion.ts";

/** Edges among the agents of the team, which stand first in the scenario, 1 where there is one. */
export function adjacencyOf(scenario: Scenario): Adjacency {
  return matrixOf(scenario, scenario.agents.agent.count, () => 1);
}

/** How much each agent of a scenario believes each other, in units of what an agent believes itself by default. */
export function trustOf(scenario: Scenario): Adjacency {
  const count = Object.values(scenario.agents).reduce((sum, group) => sum + group.count, 0);
  return matrixOf(scenario, count, (trust) => trust);
}

/** Values of the edges among the first agents of a scenario, in rows by who sends; 0 where there is none. */
function matrixOf(scenario: Scenario, count: number, of: (trust: number) => number) {
  const { start, to, trust } = compile(scenario).topology;
  const rows = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let from = 0; from < count; from++)
    for (let edge = start[from]; edge < start[from + 1]; edge++)
      rows[from][to[edge]] = of(trust[edge]);
  return rows;
}
