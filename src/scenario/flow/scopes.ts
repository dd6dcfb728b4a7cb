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
  if (step.mode === "partition") partition(plan, step, hasAccepted, give);
  else if (step.mode === "replicate" && !hasAccepted) replicate(plan, step, give);
  else
    for (const agent of step.mode === "route" ? routed(step) : step.to)
      shares.fill(parties.of[agent]);
  return shares;
}

type Give = (agent: number, claim: number) => void;

/** The agents that a router may choose. */
function routed({ split, routes }: AssignStep): Set<number> {
  return new Set(split ? [...split.easy, ...split.hard] : routes.flatMap((route) => [...route]));
}

function partition(plan: Plan, step: AssignStep, hasAccepted: boolean, give: Give): void {
  const { to, by } = step;
  const overlaps = by >= 0 && plan.agents.overlap[by] > 0;
  for (let claim = 0; claim < plan.task.claims; claim++) {
    const { first, last } = sharesOfClaim(plan, to.length, claim, hasAccepted);
    for (let share = first; share <= last; share++) {
      give(to[share], claim);
      if (overlaps) give(to[(share + 1) % to.length], claim);
    }
  }
}

/**
 * Shares that a claim of a partition may be in. Of n open claims the one at place i is in share
 * ⌊i agents / max(n, agents)⌋, where n is the size of the instance unless some claims are accepted already.
 */
function sharesOfClaim(
  { task }: Plan,
  agents: number,
  claim: number,
  hasAccepted: boolean,
): { first: number; last: number } {
  if (hasAccepted) return { first: 0, last: Math.min(claim, agents - 1) };
  const shareAmong = (open: number) => Math.floor((claim * agents) / Math.max(open, agents));
  const smallest = task.fixedSize ? task.claims : claim + 1;
  return { first: shareAmong(task.claims), last: shareAmong(smallest) };
}

function replicate(plan: Plan, { to, copies }: AssignStep, give: Give): void {
  for (let claim = 0; claim < plan.task.claims; claim++)
    for (let copy = 0; copy < Math.min(copies, to.length); copy++)
      give(to[(claim * copies + copy) % to.length], claim);
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
