// How large a scenario is, told without compiling it.
import { presetEdgeBound } from "../../model/topology.ts";
import { agentFinder, countAgents } from "../agents/references.ts";
import type { Scenario } from "../schema.ts";
import { largestTask } from "../task/claims.ts";

/** Number of edges, as an upper bound; of random presets the mean. What is no agent has none. */
export function edgeBound({ agents, topology }: Pick<Scenario, "agents" | "topology">): number {
  const { preset, degree, among, edges } = topology;
  const find = agentFinder({ agents });
  const size = (reference: string) => find(reference)?.count ?? 0;
  const sizeOf = (references: string | readonly string[]) =>
    [references].flat().reduce((sum, reference) => sum + size(reference), 0);
  const members = among === undefined ? countAgents({ agents }) : sizeOf(among);
  const explicit = edges.reduce(
    (sum, { from, to, both }) => sum + sizeOf(from) * sizeOf(to) * (both ? 2 : 1),
    0,
  );
  return presetEdgeBound(preset, members, degree) + explicit;
}

/** Places in ledgers and edges from which on compiling and single steps take long enough for people to notice. */
const LARGE = 200_000;

/** Whether to compile the scenario, or one step of its protocol, may take a good part of a second. */
export function isLarge(scenario: Scenario): boolean {
  const agents = countAgents(scenario);
  const claims = largestTask(scenario.task.graph);
  return claims > 5000 || agents * (claims + 10) + edgeBound(scenario) > LARGE;
}
