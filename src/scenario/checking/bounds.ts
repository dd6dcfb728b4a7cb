// Checks that a scenario asks for no more work and memory than a machine has: loops in one another, messages, tasks.

import type { Examined } from "../../documents/checking/examined.ts";
import type { Text, Warning } from "../../documents/checking/problems.ts";
import { grouped } from "../../documents/quoting.ts";
import type { Path } from "../../documents/reading/tree.ts";
import { agentResolver } from "../agents/references.ts";
import { MAX_ROUNDS } from "../limits.ts";
import type { SizeMeaning } from "../protocol/definition.ts";
import { type Phase, partOf } from "../protocol/phases.ts";
import type { Scenario } from "../schema.ts";
import { edgeBound } from "./size.ts";

const product = (factors: readonly number[]) => factors.reduce((all, one) => all * one, 1);

/** Whether loops in one another are bounded: an inner one has the rounds of all loops around it, multiplied. */
export function areRoundsBounded(
  phases: readonly Phase[],
  found: Examined,
  path: Path = ["protocol"],
  around: readonly number[] = [],
): boolean {
  return phases
    .map((phase, i) => {
      const { kind, definition, value, inside } = partOf(phase);
      const own = definition.encloses?.rounds?.(value);
      const rounds = own === undefined ? around : [...around, own];
      const at = [...path, i, kind];
      if (product(rounds) <= MAX_ROUNDS)
        return areRoundsBounded(inside, found, [...at, "phases"], rounds);
      found.error([...at, "rounds"], tooManyRounds(rounds, MAX_ROUNDS));
      return false;
    })
    .every(Boolean);
}

/**
 * Checks the messages of each send phase, and the events that a task has in any case. References and loops are sound.
 * @param claims of the largest instance
 */
export function checkEvents(
  protocol: readonly Phase[],
  scenario: Pick<Scenario, "agents" | "topology" | "workload" | "limits">,
  claims: number,
  found: Examined,
): void {
  const { workload, limits } = scenario;
  const size = { found, resolve: agentResolver(scenario), edges: edgeBound(scenario), claims };
  const events = eventsOf(protocol, ["protocol"], 1, size, { most: limits.events, isTold: false });
  if (workload.arrivals === "one" || events > limits.events) return;
  // A task arrives, and at least one turn is taken for it.
  const all = workload.tasks * (events + 2);
  if (all > limits.events)
    found.warning(["workload", "tasks"], willBeCutOff("these tasks", all, limits.events));
}

/**
 * Events of phases that come about in every round, unless the round before changed nothing.
 * @param rounds how often the phases are gone through in any case
 * @param limit the most events, and whether a loop was told to have more
 */
function eventsOf(
  phases: readonly Phase[],
  path: Path,
  rounds: number,
  size: SizeMeaning,
  limit: { readonly most: number; isTold: boolean },
): number {
  let events = 0;
  for (const [i, phase] of phases.entries()) {
    const { kind, definition, value, inside } = partOf(phase);
    const at = [...path, i, kind];
    const certain = definition.encloses?.certainRounds(value);
    const within = eventsOf(inside, [...at, "phases"], rounds * (certain ?? 1), size, limit);
    // Told once, of loops in one another at the innermost one that is too much.
    if (within > limit.most && certain !== undefined && !limit.isTold) {
      limit.isTold = true;
      const text = willBeCutOff("these rounds", within, limit.most);
      size.found.warning([...at, "rounds"], text);
    }
    events += within + rounds * (definition.events?.(value, at, size) ?? 0);
  }
  return events;
}

const tooManyRounds = (rounds: readonly number[], most: number): Text => ({
  message: `the loop comes to ${grouped(product(rounds))} rounds: ${rounds.map(grouped).join(" × ")}, with the loops around it`,
  rule: `the rounds of loops in one another multiply to at most ${grouped(most)}`,
  hint: "lower the rounds of this loop, or of those around it",
});

const willBeCutOff = (what: string, events: number, most: number): Warning => ({
  topic: "more-events-than-allowed",
  message: `${what} come to about ${grouped(Math.round(events))} events, more than a replication may have`,
  rule: `a replication that has more events than limits.events (${grouped(most)}) is cut off, and its tasks fail`,
  hint: "lower this number, or raise limits.events",
});
