// Event logs as charts see them: agents, tool tips, and what a picture cannot show.
import type { StaffedAgent, TraceEvent } from "../experiment/trace/document.ts";
import type { TraceLog } from "../results/results.ts";
import { count } from "../wording/text.ts";

/** Agents up to which a picture can show them all. */
export const MOST_AGENTS = 60;

export const replicationNote = ({
  replication,
  seed,
}: {
  readonly replication: number;
  readonly seed: string;
}) => `Replication ${replication}, seed ${seed}.`;

type Kind<E extends TraceEvent["event"]> = Extract<TraceEvent, { event: E }>;

export function eventsOf<E extends TraceEvent["event"]>({ events }: TraceLog, kind: E): Kind<E>[] {
  return events.filter((one): one is Kind<E> => one.event === kind);
}

/** Agents in the order in which they first do something. */
export function agentsOf({ events }: TraceLog): string[] {
  const names = new Set<string>();
  for (const one of events) {
    if (one.event === "sent") names.add(one.from).add(one.to);
    else if (one.event !== "missing" && "agent" in one) names.add(one.agent);
  }
  return [...names];
}

/** What the log tells of an agent beside its name. */
export function dutyIn(log: TraceLog): (agent: string) => Omit<StaffedAgent, "name"> {
  const told = eventsOf(log, "began").flatMap(({ agents = [] }) => agents);
  const byName = new Map(told.map(({ name, ...duty }) => [name, duty]));
  return (agent) => byName.get(agent) ?? {};
}

/** Why agents cannot be drawn; undefined where they can. */
export function whyNot(agents: readonly string[]): string | undefined {
  if (agents.length === 0) return "No agent does anything in this replication.";
  if (agents.length <= MOST_AGENTS) return undefined;
  return `It has ${count(agents.length, "agent")}: more than the ${MOST_AGENTS} that this picture can show.`;
}
