// Most turns that a task can take. There are two answers: what it can use, over which the token budget is spread and
// which runs may pass where work is done again; and a bound that every run keeps to.

import { type AgentsPlan, CHECK_KINDS, type Plan, SELF, type TaskPlan } from "../../model/plan.ts";
import type { Step, WorkStep } from "../../model/steps.ts";
import { definitionOf } from "./phases.ts";

/**
 * Most turns that a task can use and that its budget covers, which are those of language models. Where nothing limits an agent's
 * work, they are taken to be those of every claim made once and once more, and a review.
 */
export function budgetTurns(
  steps: readonly Step[],
  agents: AgentsPlan,
  task: TaskPlan,
  covers: Plan["budgetCovers"],
): number {
  const visits = visitsOf(steps);
  const worked = new Float64Array(agents.count);
  for (const [i, step] of steps.entries())
    if (step.op === "work")
      for (const agent of step.who)
        if (agents.isModel[agent] === 1)
          worked[agent] += visits[i] * usableTurns(step, agents.pace[agent] * step.pace, task);
  const isPaid = (agent: number) => agents.isModel[agent] === 1;
  return withinLimits(worked, agents, covers === "making" ? 0 : otherTurns(steps, visits, isPaid));
}

/** Most turns that any run takes. */
export function turnBound(plan: Plan): number {
  const { steps, agents } = plan;
  const visits = visitsOf(steps);
  const worked = new Float64Array(agents.count);
  let inSteps = 0;
  for (const [i, step] of steps.entries()) {
    if (step.op !== "work") continue;
    const { batch, who } = step;
    const isBatched = batch > 0 && batch < who.length;
    const each = isBatched ? Math.ceil((visits[i] * batch) / who.length) : visits[i];
    const most = Array.from(who, (agent) => mostInVisit(plan, step, agent));
    most.forEach((turns, j) => {
      worked[who[j]] += each * turns;
    });
    inSteps += isBatched
      ? visits[i] * batch * Math.max(...most)
      : visits[i] * most.reduce((sum, turns) => sum + turns, 0);
  }
  return Math.min(withinLimits(worked, agents, 0), inSteps) + otherTurns(steps, visits);
}

/** Most visits to each step: the rounds of all loops around it, multiplied. */
function visitsOf(steps: readonly Step[]): number[] {
  const visits = steps.map(() => 1);
  for (const [head, step] of steps.entries())
    if (step.op === "repeat")
      for (let inside = head + 1; inside < step.exit; inside++) visits[inside] *= step.rounds;
  return visits;
}

/** Turns of checks, plans and syntheses, by all agents or by those that count. */
function otherTurns(
  steps: readonly Step[],
  visits: readonly number[],
  counts = (_agent: number) => true,
): number {
  const agentsOf = (step: Step) => Array.from(definitionOf(step.op)?.turns?.(step) ?? []);
  return steps.reduce((sum, step, i) => sum + visits[i] * agentsOf(step).filter(counts).length, 0);
}

/** The sum of turns, of each agent at most its turn limit. */
function withinLimits(worked: Float64Array, { maxTurns }: AgentsPlan, other: number): number {
  return worked.reduce((sum, turns, agent) => sum + Math.min(turns, maxTurns[agent]), other);
}

/** Turns that one agent can use in one visit to a work step, on average where only some of the agents work. */
function usableTurns(step: WorkStep, pace: number, task: TaskPlan): number {
  const share = step.batch > 0 ? Math.min(1, step.batch / step.who.length) : 1;
  const usable = Math.ceil((2 * task.claims) / Math.min(1, pace)) + 1;
  return share * Math.min(step.turns, usable);
}

/** Most turns of one agent in one visit to a work step. */
function mostInVisit(plan: Plan, step: WorkStep, agent: number): number {
  const most = Math.min(step.turns, step.mostTurns);
  return canRepeat(plan, step, agent) ? most : Math.min(most, plan.task.claims);
}

/** Whether a turn may make no claim that was still to be made: then chance alone ends the work. */
function canRepeat({ agents, task }: Plan, step: WorkStep, agent: number): boolean {
  const self = agent * CHECK_KINDS.length + SELF;
  const reviews = step.observe && (agents.recall[self] > 0 || agents.falseAlarm[self] > 0);
  const isSlow = agents.pace[agent] * step.pace < 1;
  return reviews || isSlow || task.policyCritical > 0 || agents.isUnreliable[agent] === 1;
}
