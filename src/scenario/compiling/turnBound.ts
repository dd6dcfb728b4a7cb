// A bound on the turns of a task that every run keeps to. The token budget is spread over another number
// (`turnLimit` in protocol.ts): over what a task can use, which runs may pass where work is done again.
import type { Plan, WorkStep } from "../../model/plan.ts";
import { CHECK_KINDS, SELF } from "../../model/plan.ts";

/** Most turns that a task can take. */
export function turnBound(plan: Plan): number {
  const { agents } = plan;
  const worked = new Float64Array(agents.count);
  let other = 0;
  let inSteps = 0;
  let visits = 1;
  const enclosing: number[] = [];
  for (const step of plan.steps) {
    if (step.op === "repeat") {
      enclosing.push(visits);
      visits *= step.rounds;
    } else if (step.op === "escalate") {
      enclosing.push(visits);
    } else if (step.op === "again") {
      visits = enclosing.pop() as number;
    } else if (step.op === "work") {
      const { batch, who } = step;
      const isBatched = batch > 0 && batch < who.length;
      const each = isBatched ? Math.ceil((visits * batch) / who.length) : visits;
      const most = Array.from(who, (agent) => mostInVisit(plan, step, agent));
      most.forEach((turns, i) => {
        worked[who[i]] += each * turns;
      });
      inSteps += isBatched
        ? visits * batch * Math.max(...most)
        : visits * most.reduce((sum, turns) => sum + turns, 0);
    } else if (step.op === "check") {
      other += visits * step.who.length;
    } else if (step.op !== "send" && step.by >= 0) {
      other += visits;
    }
  }
  const byAgents = worked.reduce((sum, n, agent) => sum + Math.min(n, agents.maxTurns[agent]), 0);
  return Math.min(byAgents, inSteps) + other;
}

/** Most turns of an agent each time it comes to a work step. */
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
