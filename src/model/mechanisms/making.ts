// Making a claim: why a new version is correct or erroneous. In this order: an erroneous premise is inherited; a
// missing premise is guessed wrong or a received one was handed over badly; the agent (or what its model family has
// in common) commits a fault; a tool fails without notice; the claim needs what the plan that the agent follows did not
// foresee; agents that work on one state at the same time get in each other's way.

import { power } from "../../numerics/power.ts";
import { binomialCdf } from "../../numerics/quantiles.ts";
import type { TaskCase } from "../case.ts";
import {
  COMMON_CAUSE,
  CONFLICTED,
  CORRECT,
  GUESSED,
  HANDED_OFF,
  OWN,
  TOOL_FAILED,
  UNFORESEEN,
} from "../causes.ts";
import {
  COMMON_FAULT,
  COMMON_SHARED,
  CONFLICT,
  DEVIATION,
  FAULT,
  GUESS,
  HANDOFF,
  INHERIT,
  TOOL,
  WRONG_ANSWER,
} from "../decisions.ts";
import { shortageFactor } from "./spending.ts";
import { whenTired } from "./tiring.ts";

/**
 * Adds the agent's next version of a claim and returns its number; the ledger is left as it is.
 * @param observes whether the agent looks at what it meets, rather than follow a plan made beforehand
 */
export function makeVersion(
  task: TaskCase,
  agent: number,
  claim: number,
  observes: boolean,
): number {
  const slot = task.slot(agent, claim);
  const attempt = task.attempts[slot]++;
  const premise = inheritedPremise(task, agent, claim, attempt);
  if (premise > 0) return task.versions.addInherited(claim, agent, premise);
  let cause = premiseFault(task, agent, claim, attempt);
  if (cause === CORRECT) cause = ownFault(task, agent, claim, attempt);
  if (cause === CORRECT) cause = toolFault(task, agent, claim, attempt);
  if (cause === CORRECT && !observes) cause = unforeseenFault(task, claim, attempt);
  if (cause === CORRECT) cause = conflictFault(task, agent, claim, attempt);
  return cause === CORRECT
    ? task.versions.addCorrect(claim, agent)
    : addFault(task, agent, claim, attempt, cause);
}

/** Adds an erroneous version in which an error begins. */
export function addFault(
  task: TaskCase,
  agent: number,
  claim: number,
  attempt: number,
  cause: number,
): number {
  const { key, family, familyKey } = task.plan.agents;
  if (cause !== COMMON_CAUSE) {
    const answer = wrongAnswer(task, key[agent], claim, attempt);
    return task.versions.addFault(claim, agent, answer, cause);
  }
  const answer = wrongAnswer(task, familyKey[agent], claim, 0);
  const shared = answer > 0 ? answer : -(1 + family[agent] * task.plan.task.claims + claim);
  const version = task.versions.addFault(claim, agent, shared, cause);
  task.versions.family[version] = family[agent] + 1;
  return version;
}

/** One of the wrong alternatives, 1..n; 0 where the number of alternatives is not limited. */
export function wrongAnswer(task: TaskCase, key: number, claim: number, attempt: number): number {
  const { alternatives } = task.plan.task;
  if (alternatives === 0) return 0;
  return 1 + Math.floor(task.draws.uniform(WRONG_ANSWER, key, claim, attempt) * alternatives);
}

/** The first erroneous premise whose error the claim inherits; 0: none. */
function inheritedPremise(task: TaskCase, agent: number, claim: number, attempt: number): number {
  const { premiseStart, premises } = task.plan.task;
  const { key, propagation } = task.plan.agents;
  for (let edge = premiseStart[claim]; edge < premiseStart[claim + 1]; edge++) {
    const version = task.held[task.slot(agent, premises[edge])];
    if (version === 0 || !task.versions.isErroneous(version)) continue;
    if (task.draws.uniform(INHERIT, key[agent], edge, attempt) < propagation[agent]) return version;
  }
  return 0;
}

/**
 * Whether a premise that is missing was guessed wrong, or one that came by message was understood wrong. What its message
 * did not get across stays missing however often the claim is made: only another message can help.
 */
function premiseFault(task: TaskCase, agent: number, claim: number, attempt: number): number {
  const { premiseStart, premises } = task.plan.task;
  const { key, guess, handoff } = task.plan.agents;
  for (let edge = premiseStart[claim]; edge < premiseStart[claim + 1]; edge++) {
    const version = task.held[task.slot(agent, premises[edge])];
    if (version === 0) {
      const chance = whenTired(task, guess[agent]);
      if (task.draws.uniform(GUESS, key[agent], edge, attempt) < chance) return GUESSED;
    } else if (handoff[agent] > 0 && task.versions.carrier[version] > 0) {
      const sent = task.mailbag.sent[task.versions.carrier[version] - 1];
      const chance = whenTired(task, handoff[agent]);
      if (task.draws.uniform(HANDOFF, key[agent], edge, sent) < chance) return HANDED_OFF;
    }
  }
  return CORRECT;
}

/**
 * A fault of the agent. On the common-cause share of the claims all agents of the family look at one draw, which
 * stays the same at every attempt: they are wrong together, and again.
 */
function ownFault(task: TaskCase, agent: number, claim: number, attempt: number): number {
  const { key, familyKey, commonCause } = task.plan.agents;
  const chance = errorChance(task, agent, claim);
  const family = familyKey[agent];
  if (
    commonCause[agent] > 0 &&
    task.draws.uniform(COMMON_SHARED, family, claim, 0) < commonCause[agent]
  )
    return task.draws.uniform(COMMON_FAULT, family, claim, 0) < chance ? COMMON_CAUSE : CORRECT;
  return task.draws.uniform(FAULT, key[agent], claim, attempt) < chance ? OWN : CORRECT;
}

/**
 * Chance of a fault: the odds of the agent on this instance, times those of the claim itself, raised by a shortage of
 * tokens, by every version in the ledger that has nothing to do with the claim, and by fatigue.
 */
function errorChance(task: TaskCase, agent: number, claim: number): number {
  const { ancestors: counts, kinds } = task.plan.task;
  const ancestors = counts[claim];
  const unrelated = Math.max(0, task.ledgerSize[agent] - ancestors);
  const distraction = 1 + task.plan.agents.distraction[agent] * unrelated;
  const odds = task.odds[agent] * shortageFactor(task, ancestors) * distraction;
  const own = kinds === undefined ? odds : odds * kinds.oddsFactor[task.kindOf[claim]];
  return whenTired(task, 1 - 1 / (1 + own));
}

/** Whether one of the tools that the agent calls for the claim fails, which nobody sees. */
function toolFault(task: TaskCase, agent: number, claim: number, attempt: number): number {
  const { canToolsFail, agents } = task.plan;
  if (!canToolsFail) return CORRECT;
  const chance = 1 - power(1 - agents.toolFailure[agent], toolCalls(task, claim));
  if (chance === 0) return CORRECT;
  const u = task.draws.uniform(TOOL, agents.key[agent], claim, attempt);
  return u < chance ? TOOL_FAILED : CORRECT;
}

/** Calls of tools that making a claim takes. */
export function toolCalls({ plan, kindOf }: TaskCase, claim: number): number {
  return plan.task.kinds?.toolCalls[kindOf[claim]] ?? 0;
}

/**
 * How many of the tool calls for a claim fail: a binomial number, by the draw that says whether any does. For observers: a tool
 * fails also where something else is wrong with the claim before.
 */
export function failedToolCalls(
  task: TaskCase,
  agent: number,
  claim: number,
  attempt: number,
): number {
  const { key, toolFailure } = task.plan.agents;
  const calls = toolCalls(task, claim);
  const u = task.draws.uniform(TOOL, key[agent], claim, attempt);
  let failed = 0;
  while (failed < calls && u < 1 - binomialCdf(failed, calls, toolFailure[agent])) failed++;
  return failed;
}

/**
 * Whether the claim needs what the plan did not foresee. The environment of a run decides, so that all agents meet the
 * same. An agent makes the claim again because somebody saw what came of it: the plan knows by then.
 */
function unforeseenFault(task: TaskCase, claim: number, attempt: number): number {
  const { deviation } = task.plan.task;
  if (deviation === 0 || attempt > 0) return CORRECT;
  return task.draws.uniform(DEVIATION, 0, claim, 0) < deviation ? UNFORESEEN : CORRECT;
}

function conflictFault(task: TaskCase, agent: number, claim: number, attempt: number): number {
  const { key, conflict } = task.plan.agents;
  const others = task.working - 1;
  if (!task.plan.task.sharedState || others <= 0 || conflict[agent] === 0) return CORRECT;
  const chance = 1 - power(1 - conflict[agent], others);
  return task.draws.uniform(CONFLICT, key[agent], claim, attempt) < chance ? CONFLICTED : CORRECT;
}
