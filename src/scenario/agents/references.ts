// Agents by name: a group stands for all its members, `worker.2` for one of them, counted from 1. Agents are numbered
// from 0 in the order in which the groups are written, members in order.
import { ascending } from "../../numerics/grouping.ts";

/** The part of a scenario that says which agents there are. */
export interface Team {
  readonly agents: Readonly<Record<string, { readonly count: number }>>;
}

/** Agents `first` .. `first + count - 1`. */
export interface AgentRange {
  readonly first: number;
  readonly count: number;
}

/** Number of agents of a team. */
export function countAgents({ agents }: Team): number {
  return Object.values(agents).reduce((sum, { count }) => sum + count, 0);
}

/** The agent in the middle of a topology that names none: the first orchestrator, else the first agent. */
export function defaultHub(team: {
  readonly agents: Readonly<Record<string, { readonly count: number; readonly role: string }>>;
}): number {
  let first = 0;
  for (const { count, role } of Object.values(team.agents)) {
    if (role === "orchestrator" && count > 0) return first;
    first += count;
  }
  return 0;
}

/** Names of all agents: the group's name where it has one member, else name and number (`worker.1`). */
export function agentNames({ agents }: Team): string[] {
  return Object.entries(agents).flatMap(([group, { count }]) =>
    count === 1 ? [group] : Array.from({ length: count }, (_, i) => `${group}.${i + 1}`),
  );
}

/** Parts of a reference: group, and member counted from 1 if it names one. */
export function splitReference(reference: string): { group: string; member: number | undefined } {
  const [group, member] = reference.split(".");
  return { group, member: member === undefined ? undefined : Number(member) };
}

/** A function that finds the agents of a reference; undefined for a group or member that is not there. */
export function agentFinder({ agents }: Team): (reference: string) => AgentRange | undefined {
  const groups = new Map<string, AgentRange>();
  let first = 0;
  for (const [group, { count }] of Object.entries(agents)) {
    groups.set(group, { first, count });
    first += count;
  }
  return (reference) => {
    const { group, member } = splitReference(reference);
    const range = groups.get(group);
    if (range === undefined || member === undefined) return range;
    return member >= 1 && member <= range.count
      ? { first: range.first + member - 1, count: 1 }
      : undefined;
  };
}

/**
 * A function that resolves references to agent numbers, ascending and each once.
 * It throws a RangeError for a reference to a group or member that is not there.
 */
export function agentResolver(team: Team): (references: readonly string[]) => number[] {
  const find = agentFinder(team);
  const membersOf = (reference: string) => {
    const range = find(reference);
    if (range) return Array.from({ length: range.count }, (_, i) => range.first + i);
    throw new RangeError(`no agent is called ${reference}: a reference names a group or a member`);
  };
  return (references) => ascending(references.flatMap(membersOf));
}
