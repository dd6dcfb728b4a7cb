// The networks of the shipped contagion scenarios as matrices, for what is computed without simulation.
import { compile } from "../../scenario/compiling/compile.ts";
import type { Scenario } from "../../scenario/schema.ts";
import type { Adjacency } from "./recursion.ts";

/** Edges among the agents of the team, which stand first in the scenario, 1 where there is one. */
export function adjacencyOf(scenario: Scenario): Adjacency {
  const { topology } = compile(scenario);
  const { count } = scenario.agents.agent;
  const rows = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let from = 0; from < count; from++)
    for (let edge = topology.start[from]; edge < topology.start[from + 1]; edge++)
      rows[from][topology.to[edge]] = 1;
  return rows;
}
