// Parties: the agents of a plan as the analysis looks at them. Where the team is small each agent is a party; where it is
// large a group is, which may hold whatever one of its members may.
import type { Plan } from "../../model/plan.ts";
import { ascending } from "../../numerics/grouping.ts";
import type { Team } from "../agents/references.ts";

export interface Parties {
  readonly count: number;
  /** Party of each agent, and agents of each party. */
  readonly of: Int32Array;
  readonly members: readonly (readonly number[])[];
  /** Edges of party a: start[a] .. start[a + 1] - 1, by target. */
  readonly start: Int32Array;
  readonly to: Int32Array;
  /** 1 for an edge along which a version can pass. */
  readonly isOpen: Uint8Array;
}

/** Every agent by itself. */
export function agentParties({ agents, topology }: Plan): Parties {
  const of = Int32Array.from({ length: agents.count }, (_, agent) => agent);
  return { ...partiesOf(of, agents.count), ...topology, isOpen: openEdges({ agents, topology }) };
}

/** Every group as one. */
export function groupParties({ agents, topology }: Plan, team: Team): Parties {
  const sizes = Object.values(team.agents).map(({ count }) => count);
  const of = Int32Array.from(sizes.flatMap((size, group) => Array<number>(size).fill(group)));
  return {
    ...partiesOf(of, sizes.length),
    ...edgesBetween(of, sizes.length, { agents, topology }),
  };
}

function partiesOf(of: Int32Array, count: number): Pick<Parties, "count" | "of" | "members"> {
  const members = Array.from({ length: count }, (): number[] => []);
  for (const [agent, party] of of.entries()) members[party].push(agent);
  return { count, of, members };
}

function openEdges({ agents, topology }: Pick<Plan, "agents" | "topology">): Uint8Array {
  const { start, to, weight } = topology;
  const isOpen = new Uint8Array(to.length);
  for (let from = 0; from < agents.count; from++)
    for (let edge = start[from]; edge < start[from + 1]; edge++)
      if (weight[edge] * (1 - agents.omission[from]) > 0) isOpen[edge] = 1;
  return isOpen;
}

function edgesBetween(
  of: Int32Array,
  count: number,
  plan: Pick<Plan, "agents" | "topology">,
): Pick<Parties, "start" | "to" | "isOpen"> {
  const { start, to } = plan.topology;
  const isOpen = openEdges(plan);
  const rows = Array.from({ length: count }, () => new Map<number, number>());
  for (let from = 0; from < plan.agents.count; from++)
    for (let edge = start[from]; edge < start[from + 1]; edge++) {
      const row = rows[of[from]];
      const target = of[to[edge]];
      row.set(target, (row.get(target) ?? 0) | isOpen[edge]);
    }
  const sorted = rows.map((row) => [...row].sort(([a], [b]) => a - b));
  const starts = new Int32Array(count + 1);
  for (const [party, row] of sorted.entries()) starts[party + 1] = starts[party] + row.length;
  return {
    start: starts,
    to: Int32Array.from(sorted.flat(), ([target]) => target),
    isOpen: Uint8Array.from(sorted.flat(), ([, open]) => open),
  };
}

/** The edge between two parties; -1: none. */
export function edgeBetween({ start, to }: Parties, from: number, target: number): number {
  for (let edge = start[from]; edge < start[from + 1]; edge++) if (to[edge] === target) return edge;
  return -1;
}

/** Parties of some agents, ascending and each once. */
export function partiesAmong(parties: Parties, agents: Int32Array): number[] {
  return ascending(agents.map((agent) => parties.of[agent]));
}
