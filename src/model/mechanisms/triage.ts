// Triage: which versions a checker looks at, where it does not look at all of them. The rest it accepts unseen.
import { holds } from "../../numerics/comparisons.ts";
import type { TaskCase } from "../case.ts";
import { SAMPLED } from "../decisions.ts";
import { CONTESTED, firstOf } from "../marks.ts";
import type { LookConditions, Triage } from "../steps.ts";

/** Of some claims of a word those that the agent looks at. It chooses the same ones whenever it is asked. */
export function worthALook(
  task: TaskCase,
  agent: number,
  word: number,
  claims: number,
  { share, index, when }: Triage,
): number {
  if (claims === 0 || !isSampled(task, agent, share, index)) return 0;
  if (when === undefined) return claims;
  const { marks } = task;
  let chosen = when.disagreement ? claims & marks.bits[marks.row(agent, word) + CONTESTED] : 0;
  for (let rest = claims & ~chosen; rest !== 0; rest &= rest - 1)
    if (meets(task, agent, firstOf(word, rest), when)) chosen |= rest & -rest;
  return chosen;
}

/** Whether the task is in the agent's sample: drawn once, so that it is or is not in all rounds of a loop. */
function isSampled(task: TaskCase, agent: number, share: number, index: number): boolean {
  if (share === 1) return true;
  return task.draws.uniform(SAMPLED, task.plan.agents.key[agent], index, 0) < share;
}

/** Whether one of the conditions holds on the version that the agent holds. What nobody stated meets none. */
function meets(
  task: TaskCase,
  agent: number,
  claim: number,
  { kinds, confidence }: LookConditions,
): boolean {
  if (kinds[task.kindOf[claim]] === 1) return true;
  const { confidences } = task;
  if (confidences === undefined) return false;
  const stated = confidences.of(task.held[task.slot(agent, claim)]);
  return confidence.some((comparison) => holds(comparison, stated));
}
