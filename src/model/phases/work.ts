// Work: agents make the claims of their scopes, turn after turn, and review what they made.
import type { TaskCase } from "../case.ts";
import { INJECTED } from "../causes.ts";
import { PACE } from "../decisions.ts";
import { NOTHING, nextAction, nextClaim, REVIEW } from "../mechanisms/choosing.ts";
import { isStopped } from "../mechanisms/guarding.ts";
import { addFault, makeVersion } from "../mechanisms/making.ts";
import { hearRejections } from "../mechanisms/rejecting.ts";
import { review } from "../mechanisms/reviewing.ts";
import { stateConfidence } from "../mechanisms/stating.ts";
import { FIELD } from "../outcome.ts";
import type { Scheduler } from "../scheduler.ts";
import type { WorkStep } from "../steps.ts";
import { phase } from "./phase.ts";

export const work = phase<WorkStep>({
  begin(task, step, scheduler) {
    const { who, batch } = step;
    const count = batch === 0 ? who.length : Math.min(batch, who.length);
    const first = batch === 0 ? 0 : task.batchCursor[step.index];
    for (let i = 0; i < count; i++) {
      const agent = who[(first + i) % who.length];
      task.phaseTurns[agent] = 0;
      hearRejections(task, agent);
      takeTurn(task, step, agent, scheduler);
    }
    task.batchCursor[step.index] = (first + count) % who.length;
    // Other agents are next.
    if (count < who.length) task.changes++;
  },

  act(task, step, agent, tokens, scheduler) {
    const action = task.action[agent];
    if (action === REVIEW) {
      review(task, agent);
      return;
    }
    makeClaims(task, step, agent, action, tokens);
    const isComplete = task.ledgerSize[agent] === task.size;
    if (isComplete && task.completedAt[agent] === Number.POSITIVE_INFINITY)
      task.completedAt[agent] = scheduler.now;
  },

  goOn: takeTurn,
});

/** Begins the agent's next working turn, if it has one and something to do. */
function takeTurn(task: TaskCase, step: WorkStep, agent: number, scheduler: Scheduler): void {
  const turns = task.phaseTurns[agent];
  if (turns >= step.turns) return;
  if (task.workTurns[agent] >= task.plan.agents.maxTurns[agent]) return;
  const action = nextAction(task, agent, step);
  if (action === NOTHING) return;
  if (turns >= step.mostTurns) {
    task.outcome[FIELD.outOfTurns] = 1;
    return;
  }
  task.action[agent] = action;
  task.phaseTurns[agent]++;
  task.workTurns[agent]++;
  scheduler.requestTurn(task, agent);
}

/** Makes as many claims as this turn yields, beginning with `first`. `tokens`: what the turn cost in output. */
function makeClaims(
  task: TaskCase,
  step: WorkStep,
  agent: number,
  first: number,
  tokens: number,
): void {
  const wanted = claimsThisTurn(task, agent, step.pace);
  for (let i = 0; i < wanted; i++) {
    const claim = i === 0 ? first : nextClaim(task, agent, step.onlyReady);
    if (claim < 0) return;
    if (task.plan.task.policyCritical > 0 && isStopped(task, agent, claim)) continue;
    const version = isInjected(task, agent, claim)
      ? addFault(task, agent, claim, task.attempts[task.slot(agent, claim)]++, INJECTED)
      : makeVersion(task, agent, claim, step.observe);
    stateConfidence(task, agent, version);
    bookClaim(task, agent, claim, tokens / wanted);
    task.holdOwn(agent, claim, version);
    task.observer?.made?.(task, agent, version);
  }
}

function claimsThisTurn(task: TaskCase, agent: number, factor: number): number {
  const pace = task.plan.agents.pace[agent] * factor;
  const whole = Math.floor(pace);
  if (pace === whole) return whole;
  const u = task.draws.uniform(PACE, task.plan.agents.key[agent], task.workTurns[agent], 0);
  return u < pace - whole ? whole + 1 : whole;
}

/** Whether the version to be made is the fault that is put in on purpose. */
function isInjected(task: TaskCase, agent: number, claim: number): boolean {
  const { injection } = task;
  if (injection === undefined || injection.agent !== agent) return false;
  if (injection.claim < 0) return hasMadeNothing(task, agent);
  return injection.claim === claim && task.attempts[task.slot(agent, claim)] === 0;
}

function hasMadeNothing(task: TaskCase, agent: number): boolean {
  for (let claim = 0; claim < task.size; claim++)
    if (task.attempts[task.slot(agent, claim)] > 0) return false;
  return true;
}

/** Books duplicate work and work done again as overhead. */
function bookClaim(task: TaskCase, agent: number, claim: number, tokens: number): void {
  const isRetry = task.attempts[task.slot(agent, claim)] > 1;
  const maker = task.firstMaker[claim];
  const isDuplicate = maker !== 0 && maker !== agent + 1;
  if (maker === 0) {
    task.firstMaker[claim] = agent + 1;
    task.outcome[FIELD.claimsMade]++;
  } else if (isDuplicate && task.madeTwice[claim] === 0) {
    task.madeTwice[claim] = 1;
    task.outcome[FIELD.claimsRedundant]++;
  }
  if (isRetry || isDuplicate) task.outcome[FIELD.overheadTokens] += tokens;
}
