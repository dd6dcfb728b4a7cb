// Checks that a scenario asks for no more work and memory than a machine has: loops in one another, messages, tasks.

import type { Examined } from "../../documents/checking/examined.ts";
import type { Path } from "../../documents/reading/tree.ts";
import { agentResolver } from "../references.ts";
import type { Phase, Scenario, SendPhase } from "../schema.ts";
import { MAX_CARRIED, MAX_ROUNDS } from "../schema.ts";
import { edgeBound } from "../size.ts";
import * as messages from "./messages.ts";

/** Whether loops in one another are bounded: an inner one has the rounds of all loops around it, multiplied. */
export function areRoundsBounded(
  phases: readonly Phase[],
  found: Examined,
  path: Path = ["protocol"],
  around: readonly number[] = [],
): boolean {
  return phases
    .map(({ repeat, escalate }, i) => {
      const at = [...path, i, repeat ? "repeat" : "escalate"];
      const rounds = repeat ? [...around, repeat.rounds] : around;
      if (rounds.reduce((product, one) => product * one, 1) <= MAX_ROUNDS)
        return areRoundsBounded(
          (repeat ?? escalate)?.phases ?? [],
          found,
          [...at, "phases"],
          rounds,
        );
      found.error([...at, "rounds"], messages.tooManyRounds(rounds, MAX_ROUNDS));
      return false;
    })
    .every(Boolean);
}

/** What the sizes of a team and its task come to. Sections are sound by themselves, and so are references. */
export class SizeCheck {
  private readonly scenario: Pick<Scenario, "agents" | "topology" | "workload" | "limits">;
  private readonly claims: number;
  private readonly found: Examined;
  /** Whether a loop was told to be cut off. */
  private isCutOff = false;
  private readonly resolve: (references: readonly string[]) => readonly number[];

  /** @param claims of the largest instance */
  constructor(
    scenario: Pick<Scenario, "agents" | "topology" | "workload" | "limits">,
    claims: number,
    found: Examined,
  ) {
    this.scenario = scenario;
    this.claims = claims;
    this.found = found;
    this.resolve = agentResolver(scenario);
  }

  /** Messages of one send phase, and events that a task has in any case. */
  checkProtocol(protocol: readonly Phase[]): void {
    const { workload, limits } = this.scenario;
    const events = this.eventsOf(protocol, ["protocol"], 1);
    if (workload.arrivals === "one" || events > limits.events) return;
    // A task arrives, and at least one turn is taken for it.
    const all = workload.tasks * (events + 2);
    if (all > limits.events)
      this.found.warning(
        ["workload", "tasks"],
        messages.willBeCutOff("these tasks", all, limits.events),
      );
  }

  /** Events of phases that come about in every round, unless the round before changed nothing. */
  private eventsOf(phases: readonly Phase[], path: Path, rounds: number): number {
    let events = 0;
    for (const [i, { repeat, assign, send }] of phases.entries()) {
      const at = [...path, i];
      if (assign?.by !== undefined) events += rounds;
      if (send) events += rounds * this.messagesOf(send, [...at, "send"]);
      if (repeat) events += this.eventsOfLoop(repeat, [...at, "repeat"], rounds);
    }
    return events;
  }

  /** A loop with a condition may end after its first round. */
  private eventsOfLoop(
    { rounds, until, phases }: NonNullable<Phase["repeat"]>,
    at: Path,
    around: number,
  ): number {
    const { events: most } = this.scenario.limits;
    const sure = until === "never" ? around * rounds : around;
    const events = this.eventsOf(phases, [...at, "phases"], sure);
    // Told once, of loops in one another at the innermost one that is too much.
    if (events > most && until === "never" && !this.isCutOff) {
      this.isCutOff = true;
      this.found.warning([...at, "rounds"], messages.willBeCutOff("these rounds", events, most));
    }
    return events;
  }

  /** Messages of one send phase that come about in any case. */
  private messagesOf({ from, to, what }: SendPhase, at: Path): number {
    const senders = this.resolve(from).length;
    const edges = Math.min(edgeBound(this.scenario), senders * this.resolve(to).length);
    if (edges * this.claims > MAX_CARRIED)
      this.found.error(at, messages.tooMuchToSend(edges, this.claims, MAX_CARRIED));
    // A broadcast is one message that arrives along many edges.
    return what === "all" ? edges : 0;
  }
}
