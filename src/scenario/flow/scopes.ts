// What an assign phase may put into whose scope: all that model/assigning.ts does for some size of the task, some claims
// that the planner has accepted by then, and some luck.

import type { Plan } from "../../model/plan.ts";
import type { AssignStep } from "../../model/steps.ts";
import { ClaimSets } from "./claimSets.ts";
import type { Parties } from "./parties.ts";

/**
 * The claims that each party may get.
 * @param hasAccepted whether the planner may have accepted a claim, which it then does not share out
 */
export function sharesOf(
  plan: Plan,
  parties: Parties,
  step: AssignStep,
  hasAccepted: boolean,
): ClaimSets {
  const shares = new ClaimSets(parties.count, plan.task.claims);
  const give = (agent: number, claim: number) => shares.add(parties.of[agent], claim);
  const claims = sharedOut(plan, step);
  if (step.mode === "partition") partition(plan, step, claims, hasAccepted, give);
  else if (step.mode === "replicate" && !hasAccepted) replicate(step, claims, give);
  else if (step.mode === "owners") owned(plan, claims, give);
  else
    for (const agent of step.mode === "route" ? routed(step) : step.to)
      if (step.claims.length === 0) shares.fill(parties.of[agent]);
      else for (const claim of claims) give(agent, claim);
  return shares;
}

/** The claims that the phase is about, ascending. */
function sharedOut({ task }: Plan, { claims }: AssignStep): readonly number[] {
  const all = [...Array(task.claims).keys()];
  if (claims.length === 0) return all;
  return all.filter((claim) => (claims[claim >>> 5] & (1 << (claim & 31))) !== 0);
}

/** A claim that is drawn may be of any kind. */
function owned({ task }: Plan, claims: readonly number[], give: Give): void {
  for (const claim of claims) {
    if (task.ownerOf[claim] >= 0) give(task.ownerOf[claim], claim);
    for (const owners of task.kinds?.owners ?? [])
      if (owners.length > 0) give(owners[claim % owners.length], claim);
  }
}

type Give = (agent: number, claim: number) => void;

/** The agents that a router may choose. */
function routed({ split, routes }: AssignStep): Set<number> {
  return new Set(split ? [...split.easy, ...split.hard] : routes.flatMap((route) => [...route]));
}

function partition(
  plan: Plan,
  step: AssignStep,
  claims: readonly number[],
  hasAccepted: boolean,
  give: Give,
): void {
  const { to, by } = step;
  const overlaps = by >= 0 && plan.agents.overlap[by] > 0;
  for (const [place, claim] of claims.entries()) {
    const { first, last } = sharesOfClaim(plan, to.length, place, claims.length, hasAccepted);
    for (let share = first; share <= last; share++) {
      give(to[share], claim);
      if (overlaps) give(to[(share + 1) % to.length], claim);
    }
  }
}

/**
 * Shares that a claim of a partition may be in, by its place among those that are shared out. Of n open claims the one at place i is in share
 * ⌊i agents / max(n, agents)⌋, where n is the size of the instance unless some claims are accepted already.
 */
function sharesOfClaim(
  { task }: Plan,
  agents: number,
  place: number,
  count: number,
  hasAccepted: boolean,
): { first: number; last: number } {
  if (hasAccepted) return { first: 0, last: Math.min(place, agents - 1) };
  const shareAmong = (open: number) => Math.floor((place * agents) / Math.max(open, agents));
  const smallest = task.fixedSize ? count : place + 1;
  return { first: shareAmong(count), last: shareAmong(smallest) };
}

function replicate({ to, copies }: AssignStep, claims: readonly number[], give: Give): void {
  for (const [place, claim] of claims.entries())
    for (let copy = 0; copy < Math.min(copies, to.length); copy++)
      give(to[(place * copies + copy) % to.length], claim);
}

/** Parties whose former scopes an assign phase clears for certain: all members are in `to`, and the plan never fails. */
export function clearedParties(plan: Plan, parties: Parties, { by, to }: AssignStep): number[] {
  if (by >= 0 && plan.agents.isUnreliable[by] === 1) return [];
  const addressed = new Int32Array(parties.count);
  for (const agent of to) addressed[parties.of[agent]]++;
  return parties.members.flatMap((members, party) =>
    members.length > 0 && addressed[party] === members.length ? [party] : [],
  );
}
