// What a protocol can bring about at all, whatever the luck: which agents may come to make, receive and accept which
// claims. The sets are never too small, so that what is not in them never happens.

import type { Plan } from "../../model/plan.ts";
import type { AggregateStep, SendStep, WorkStep } from "../../model/steps.ts";
import { ClaimSets } from "./claimSets.ts";
import { type Parties, partiesAmong } from "./parties.ts";

/** What may be by the end. Rows of sets are parties, unless said otherwise. */
export interface Reach {
  readonly plan: Plan;
  readonly parties: Parties;
  readonly made: ClaimSets;
  readonly received: ClaimSets;
  readonly accepted: ClaimSets;
  /** Rows are edges. */
  readonly carried: ClaimSets;
  /** What may be at each step, over all visits to it. */
  readonly at: readonly StepReach[];
}

export interface StepReach {
  /** assign: claims given; work: claims in scope; check: claims looked at or accepted unseen. */
  readonly claims: ClaimSets;
  /** work: claims held when it ends. */
  readonly held: ClaimSets;
  /** send: whether a version may be carried. */
  can: boolean;
  /** repeat: claims that keep its condition from holding when a round ends. */
  lacked: readonly number[];
  /** repeat: rounds of one visit after which nothing changes any more. */
  rounds: number;
}

/** Words that one analysis may touch: some tens of milliseconds. Where that is not enough it says nothing. */
export const MOST_WORDS = 20_000_000;

/** Adds what a step may bring about, and returns the position of the step that follows it and those that it encloses. */
type Visit = (position: number, walk: Walk) => number;

/** An exploration under way. */
export class Walk implements Reach {
  readonly plan: Plan;
  readonly parties: Parties;
  readonly made: ClaimSets;
  readonly received: ClaimSets;
  readonly accepted: ClaimSets;
  readonly carried: ClaimSets;
  readonly at: StepReach[];
  /** Whether loops end after their number of rounds, rather than go on as long as something changes. */
  readonly isBounded: boolean;
  /** What is in whose scope at the moment: all that sets do, this one alone can shrink. */
  scopes: ClaimSets;
  /** How often one of the other sets has grown. */
  changes = 0;
  /** Words touched so far, roughly. */
  spent = 0;
  private readonly known = new Map<string, ClaimSets>();
  private readonly visit: Visit;

  constructor(plan: Plan, parties: Parties, isBounded: boolean, visit: Visit) {
    const { claims } = plan.task;
    const sets = () => new ClaimSets(parties.count, claims);
    this.plan = plan;
    this.parties = parties;
    this.isBounded = isBounded;
    this.visit = visit;
    this.made = sets();
    this.received = sets();
    this.accepted = sets();
    this.carried = new ClaimSets(parties.to.length, claims);
    this.at = plan.steps.map(() => ({
      claims: sets(),
      held: sets(),
      can: false,
      lacked: [],
      rounds: 1,
    }));
    // Every claim is in everybody's scope until somebody assigns.
    this.scopes = sets();
    for (let party = 0; party < parties.count; party++) this.scopes.fill(party);
  }

  /** Goes through the steps `from` .. `to` - 1. */
  go(from: number, to: number): void {
    let position = from;
    while (position < to && !this.isExhausted) {
      this.spent += this.parties.count * this.made.words;
      position = this.visit(position, this);
    }
  }

  get isExhausted(): boolean {
    return this.spent > MOST_WORDS;
  }

  /** Claims by party that stay the same, worked out once. */
  remember(key: string, make: () => ClaimSets): ClaimSets {
    const sets = this.known.get(key) ?? make();
    this.known.set(key, sets);
    return sets;
  }

  /** Takes down whether a set has grown. */
  note(isNew: boolean): void {
    if (isNew) this.changes++;
  }
}

/** Whether a party may come to hold a claim. */
export function holds({ made, received }: Reach, party: number, claim: number): boolean {
  return made.has(party, claim) || received.has(party, claim);
}

/** Whether a party may hand a claim over to the aggregator. */
export function handsOver(
  reach: Reach,
  { acceptedOnly }: AggregateStep,
  party: number,
  claim: number,
): boolean {
  return acceptedOnly ? reach.accepted.has(party, claim) : holds(reach, party, claim);
}

/** Parties that have turns in a work phase. */
export function workingParties({ agents }: Plan, parties: Parties, { who }: WorkStep): number[] {
  return partiesAmong(
    parties,
    who.filter((agent) => agents.maxTurns[agent] > 0),
  );
}

/** 1 for the parties that a send phase is addressed to. */
export function targetParties(parties: Parties, { isTarget }: SendStep): Uint8Array {
  const targets = new Uint8Array(parties.count);
  for (const [agent, party] of parties.of.entries()) targets[party] |= isTarget[agent];
  return targets;
}

/** Whether a claim is covered as soon as one ledger has it. */
export function anyIsEnough({ how }: AggregateStep): boolean {
  return how === "concatenate" || how === "first";
}
