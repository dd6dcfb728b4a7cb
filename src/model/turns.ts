// Turns: what an agent does with one call of its model. It makes the next claims of its scope; when its scope is
// complete, or when it has made a number of claims without a review, it reviews what it made; when a review finds
// nothing and nothing is left to make, it has nothing to do.

import { power } from "../numerics/power.ts";
import type { TaskCase } from "./case.ts";
import { needsReview } from "./checking.ts";
import { PACE } from "./decisions.ts";
import { isStopped } from "./guarding.ts";
import { addFault, makeVersion } from "./making.ts";
import { firstOf, HELD, IN_SCOPE, onwards, REDO, wordOf } from "./marks.ts";
import type { Observer } from "./observer.ts";
import { FIELD } from "./outcome.ts";
import type { WorkStep } from "./plan.ts";
import { INJECTED } from "./versions.ts";

/** What an agent does in its next turn, where it is not a claim that it makes. */
export const NOTHING = -1;
export const REVIEW = -2;

/** A fault that is put in on purpose: the agent's first version of the claim (-1: of any claim) is erroneous. */
export interface Injection {
  readonly agent: number;
  readonly claim: number;
}

/**
 * What the agent does next in a working phase: make a claim (its number), REVIEW or NOTHING. Who follows a plan without
 * observing reviews nothing.
 */
export function nextAction(task: TaskCase, agent: number, step: WorkStep): number {
  const isDue = task.unreviewed[agent] >= task.plan.agents.reviewEvery[agent];
  if (isDue && step.observe && needsReview(task, agent)) return REVIEW;
  const claim = nextClaim(task, agent, step.onlyReady);
  if (claim >= 0) return claim;
  return step.observe && needsReview(task, agent) ? REVIEW : NOTHING;
}

/**
 * The claim to make next, or -1: first what is to be made again, in order of the task, so that it builds on what was made
 * again; then the next claim whose premises are all held, counted round from where the agent began; then, unless only
 * ready claims are wanted, the next one whatever it lacks.
 */
function nextClaim(task: TaskCase, agent: number, onlyReady: boolean): number {
  const redo = task.marks.first(agent, REDO);
  if (redo >= 0) return redo;
  const { words } = task.marks;
  const start = task.startClaim[agent];
  const behind = onwards(start);
  let open = -1;
  // The word that the round starts in is met twice: what lies before the start comes last.
  for (let i = 0; i <= words; i++) {
    const word = (wordOf(start) + i) % words;
    const part = i === 0 ? behind : i === words ? ~behind : -1;
    for (let rest = unmade(task, agent, word) & part; rest !== 0; rest &= rest - 1) {
      const claim = firstOf(word, rest);
      if (isReady(task, agent, claim)) return claim;
      if (open < 0) open = claim;
    }
  }
  return onlyReady ? -1 : open;
}

/** Claims of the agent's scope that its ledger lacks. */
function unmade({ marks }: TaskCase, agent: number, word: number): number {
  const row = marks.row(agent, word);
  return marks.bits[row + IN_SCOPE] & ~marks.bits[row + HELD];
}

function isReady(task: TaskCase, agent: number, claim: number): boolean {
  return missingPremise(task, agent, claim) < 0;
}

/** The first premise of a claim that an agent does not hold; -1: it holds all. */
export function missingPremise(task: TaskCase, agent: number, claim: number): number {
  const { premiseStart, premises } = task.plan.task;
  for (let edge = premiseStart[claim]; edge < premiseStart[claim + 1]; edge++)
    if (!task.marks.has(agent, premises[edge], HELD)) return premises[edge];
  return -1;
}

/**
 * Makes as many claims as this turn yields, beginning with the one it was begun for. `tokens` is what the turn cost in
 * output.
 */
export function makeClaims(
  task: TaskCase,
  agent: number,
  first: number,
  step: WorkStep,
  tokens: number,
  injection: Injection | undefined,
  observer: Observer | undefined,
): void {
  const wanted = claimsThisTurn(task, agent, step.pace);
  for (let i = 0; i < wanted; i++) {
    const claim = i === 0 ? first : nextClaim(task, agent, step.onlyReady);
    if (claim < 0) return;
    if (task.plan.task.policyCritical > 0 && isStopped(task, agent, claim, observer)) continue;
    const version = isInjected(task, injection, agent, claim)
      ? addFault(task, agent, claim, task.attempts[task.slot(agent, claim)]++, INJECTED)
      : makeVersion(task, agent, claim, step.observe);
    account(task, agent, claim, tokens / wanted);
    task.hold(agent, claim, version);
    task.unreviewed[agent]++;
    observer?.made(task, agent, version);
  }
}

function isInjected(
  task: TaskCase,
  injection: Injection | undefined,
  agent: number,
  claim: number,
): boolean {
  if (injection === undefined || injection.agent !== agent) return false;
  if (injection.claim < 0) return hasMadeNothing(task, agent);
  return injection.claim === claim && task.attempts[task.slot(agent, claim)] === 0;
}

function hasMadeNothing(task: TaskCase, agent: number): boolean {
  for (let claim = 0; claim < task.size; claim++)
    if (task.attempts[task.slot(agent, claim)] > 0) return false;
  return true;
}

function claimsThisTurn(task: TaskCase, agent: number, factor: number): number {
  const pace = task.plan.agents.pace[agent] * factor;
  const whole = Math.floor(pace);
  if (pace === whole) return whole;
  const u = task.draws.uniform(PACE, task.plan.agents.key[agent], task.workTurns[agent], 0);
  return u < pace - whole ? whole + 1 : whole;
}

/** Books duplicate work and work done again as overhead. */
function account(task: TaskCase, agent: number, claim: number, tokens: number): void {
  const isRetry = task.attempts[task.slot(agent, claim)] > 1;
  const maker = task.firstMaker[claim];
  if (maker === 0) {
    task.firstMaker[claim] = agent + 1;
    task.outcome[FIELD.claimsMade]++;
  } else if (maker !== agent + 1 && task.madeTwice[claim] === 0) {
    task.madeTwice[claim] = 1;
    task.outcome[FIELD.claimsRedundant]++;
  }
  if (isRetry || (maker !== 0 && maker !== agent + 1)) task.outcome[FIELD.overheadTokens] += tokens;
}

/**
 * Pays for a turn of any kind and notes how short of tokens it was. What is left of the budget is spread evenly over
 * the turns that the protocol may still take.
 * @returns output tokens spent
 */
export function payTurn(task: TaskCase, agent: number): number {
  const { agents, budgetTokens, budgetExponent, turnLimit } = task.plan;
  const wanted = agents.thinking[agent];
  let spent = wanted;
  if (budgetTokens > 0 && wanted > 0) {
    const allowance = Math.floor(
      task.tokensLeft / Math.max(1, turnLimit - task.outcome[FIELD.turns]),
    );
    spent = Math.min(wanted, Math.max(allowance, 1));
    task.tokensLeft = Math.max(0, task.tokensLeft - spent);
  }
  noteShortage(task, wanted, spent, budgetExponent);
  const read = inputTokens(task, agent);
  task.turnsTaken[agent]++;
  task.outcome[FIELD.turns]++;
  task.outcome[FIELD.tokens] += read + spent;
  task.outcome[FIELD.cost] += read * agents.priceInput[agent] + spent * agents.priceOutput[agent];
  return spent;
}

/** What a call reads: the prompt and the versions in the ledger. */
export function inputTokens(
  { plan: { agents, topology }, ledgerSize }: TaskCase,
  agent: number,
): number {
  return agents.prompt[agent] + topology.versionTokens * ledgerSize[agent];
}

/** Turns that follow each other are often equally short: then the power need not be taken again. */
function noteShortage(task: TaskCase, wanted: number, spent: number, exponent: number): void {
  if (task.shortageWanted === wanted && task.shortageSpent === spent) return;
  task.shortageWanted = wanted;
  task.shortageSpent = spent;
  task.shortage = spent < wanted ? power(wanted / spent, exponent) : 1;
}
