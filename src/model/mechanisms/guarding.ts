// Guarding: some claims are actions that a policy is about. Each time such a claim is made it can violate the policy,
// which is an error of its own kind: the claim can be right all the same. A guard looks before the action takes effect;
// what it stops is not done, and is to be made again.
import type { TaskCase } from "../case.ts";
import { GUARD, VIOLATION } from "../decisions.ts";
import { FIELD } from "../outcome.ts";

/**
 * Whether the guard stops the claim that the agent is about to make. The attempt is used up then, and nothing else
 * changes; a claim that is not stopped counts as an action.
 */
export function isStopped(task: TaskCase, agent: number, claim: number): boolean {
  if (!task.isPolicyCritical(claim)) return false;
  const { key, violation, guardRecall, guardFalseAlarm } = task.plan.agents;
  const slot = task.slot(agent, claim);
  const attempt = task.attempts[slot];
  const violates =
    violation[agent] > 0 &&
    task.draws.uniform(VIOLATION, key[agent], claim, attempt) < violation[agent];
  const chance = violates ? guardRecall[agent] : guardFalseAlarm[agent];
  const stops = chance > 0 && task.draws.uniform(GUARD, key[agent], claim, attempt) < chance;
  if (!stops) {
    task.outcome[FIELD.policyActions]++;
    if (violates) task.outcome[FIELD.violations]++;
    return false;
  }
  task.attempts[slot]++;
  if (violates) task.outcome[FIELD.violationsCaught]++;
  task.observer?.stopped?.(task, agent, claim, violates);
  return true;
}
