// What the rules share that look for what can never happen: what may be reached, where each step was written, and what
// agents and claims are called.

import type { Warning } from "../../documents/checking/problems.ts";
import type { Plan } from "../../model/plan.ts";
import type { Step } from "../../model/steps.ts";
import type { Team } from "../agents/references.ts";
import { edgeBetween, partiesAmong } from "./parties.ts";
import { handsOver, type Reach } from "./reach.ts";
import type { Named } from "./wording.ts";

/** What can never happen in a step, though somebody may expect it. */
export interface Stall extends Warning {
  /** The field of the phase that it is about; by default the whole phase. */
  readonly field?: string;
}

export interface Context {
  readonly team: Team;
  readonly plan: Plan;
  /** With loops that go on as long as something changes. */
  readonly reach: Reach;
  /** The same with loops that end after their number of rounds; undefined where finding out would take too long. */
  withinRounds(): Reach | undefined;
  /** 1 for the claims that somebody may make. */
  readonly isMade: Uint8Array;
  /** The agents of some parties as references: a group where all its members are among them. */
  named(parties: Iterable<number>): Named;
  /** Names of claims. */
  name(claims: Iterable<number>): string[];
}

/** Parties that may make a claim. */
export function makersOf({ parties, made }: Reach, claim: number): number[] {
  return parties.members.flatMap((_, party) => (made.has(party, claim) ? [party] : []));
}

/** Steps of one kind, with their positions. */
export function stepsOf<Op extends Step["op"]>(
  { steps }: Plan,
  op: Op,
): { step: Extract<Step, { op: Op }>; position: number }[] {
  return steps.flatMap((step, position) =>
    step.op === op ? [{ step: step as Extract<Step, { op: Op }>, position }] : [],
  );
}

/** Whether a step can come after another one: it stands behind it, or both are repeated together. */
export function canFollow({ steps }: Plan, position: number, other: number): boolean {
  if (other > position) return true;
  return steps.some(
    (loop, head) =>
      loop.op === "repeat" &&
      loop.rounds > 1 &&
      head < Math.min(position, other) &&
      Math.max(position, other) < loop.exit,
  );
}

/** Parties in whose ledgers the aggregator looks. */
export function aggregated({ plan, parties }: Reach): number[] {
  return partiesAmong(parties, plan.aggregate.from);
}

/** Claims that may come to the aggregator. */
export function deliverable(reach: Reach): number[] {
  const from = aggregated(reach);
  const { aggregate, task } = reach.plan;
  return [...Array(task.claims).keys()].filter((claim) =>
    from.some((party) => handsOver(reach, aggregate, party, claim)),
  );
}

/** Parties from which a party may directly have a claim. */
export function sendersOf({ parties, carried }: Reach, party: number, claim: number): number[] {
  return parties.members.flatMap((_, sender) => {
    const edge = edgeBetween(parties, sender, party);
    return edge >= 0 && carried.has(edge, claim) ? [sender] : [];
  });
}
