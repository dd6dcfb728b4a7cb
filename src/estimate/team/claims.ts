// The claims of a team: one per turn, rounded, each with its owner and with what it builds on.
import { clamp } from "../../numerics/statistics.ts";
import { plainName } from "./names.ts";
import type { Structure, TeamAgent } from "./structure.ts";

export interface TeamClaim {
  readonly name: string;
  readonly owner: string;
  readonly needs: readonly string[];
  /** Whether it is of those at which a reviewer looks that does not look at all. */
  readonly isCritical: boolean;
}

/** Most claims of one agent: more make a task that nobody can read. */
export const MOST_CLAIMS = 200;

/** What an agent makes in one of its visits. */
interface Block {
  readonly owner: string;
  readonly claims: readonly string[];
  /** Whether each builds on the one before: a group makes them side by side. */
  readonly isChain: boolean;
}

/**
 * The claims in an order in which they can be made.
 * @param isGroup whether an agent has several members
 */
export function claimsOf(
  structure: Structure,
  isGroup: (agent: string) => boolean,
): readonly TeamClaim[] {
  const { claims: named, selection } = structure;
  if (named === undefined) return chained(roundsOf(structure, isGroup), structure);
  const names = namesOf(named.map(({ name }) => name));
  const critical = new Set(names.filter((_, i) => selection?.sees.includes(named[i].name)));
  const isStated = named.some(({ needs }) => needs !== undefined && needs.length > 0);
  if (!isStated) {
    const owned = (agent: TeamAgent) =>
      named.flatMap(({ owner }, i) => (owner === agent.name ? [names[i]] : []));
    return chained(roundsOf(structure, isGroup, owned), structure, critical);
  }
  return named.map(({ owner, needs = [] }, i) => ({
    name: names[i],
    owner,
    isCritical: critical.has(names[i]),
    // A later one would close a circle.
    needs: named.slice(0, i).flatMap((one, j) => (needs.includes(one.name) ? [names[j]] : [])),
  }));
}

/** Names that claims can have, all different. */
function namesOf(logged: readonly string[]): string[] {
  const taken = new Set<string>();
  return logged.map((text, i) => {
    const plain = plainName(text, `claim-${i + 1}`);
    const name = taken.has(plain) ? `${plain.slice(0, 50)}-${i + 1}` : plain;
    taken.add(name);
    return name;
  });
}

/** What is made in every round, stage by stage. Each agent spreads its claims evenly over its visits. */
function roundsOf(
  { agents, stages }: Structure,
  isGroup: (agent: string) => boolean,
  owned: (agent: TeamAgent) => readonly string[] = numbered,
): Block[][] {
  const byName = new Map(
    agents.map((agent) => {
      const claims = owned(agent);
      return [agent.name, { claims, visits: clamp(agent.visits, 1, Math.max(1, claims.length)) }];
    }),
  );
  const rounds = Math.max(...[...byName.values()].map(({ visits }) => visits));
  return Array.from({ length: rounds }, (_, round) =>
    stages.map((stage) =>
      stage.flatMap((owner): Block[] => {
        const { claims = [], visits = 1 } = byName.get(owner) ?? {};
        const own = claims.filter((_, i) => Math.floor((i * visits) / claims.length) === round);
        return own.length === 0 ? [] : [{ owner, claims: own, isChain: !isGroup(owner) }];
      }),
    ),
  ).flat();
}

/** `writer-1`, `writer-2`, …, as many as the agent makes per run. */
function numbered({ name, made }: TeamAgent): string[] {
  const count = Math.min(MOST_CLAIMS, Math.round(made.mean));
  const stem = name.slice(0, 58);
  return Array.from({ length: count }, (_, i) => `${stem}-${i + 1}`);
}

/** Each stage builds on the one before it, or on what the logs say of its agents. */
function chained(
  stages: readonly (readonly Block[])[],
  { buildsOn }: Structure,
  critical: ReadonlySet<string> = new Set(),
): TeamClaim[] {
  const claims: TeamClaim[] = [];
  /** What was made last, by its owner. */
  const latest = new Map<string, readonly string[]>();
  let before: readonly string[] = [];
  for (const stage of stages.filter((blocks) => blocks.length > 0)) {
    const ends = stage.map(({ owner, claims: own, isChain }) => {
      const used = buildsOn?.get(owner);
      const first =
        used === undefined
          ? before
          : [...latest].flatMap(([agent, made]) => (used.has(agent) ? made : []));
      for (const [i, name] of own.entries())
        claims.push({
          name,
          owner,
          needs: i === 0 || !isChain ? first : [own[i - 1]],
          isCritical: critical.has(name),
        });
      return { owner, made: isChain ? own.slice(-1) : own };
    });
    for (const { owner, made } of ends) latest.set(owner, made);
    before = ends.flatMap(({ made }) => made);
  }
  return claims;
}
