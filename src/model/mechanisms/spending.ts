// Spending: what a turn costs in tokens and money, and how short of tokens it is.
import { power } from "../../numerics/power.ts";
import type { TaskCase } from "../case.ts";
import { FIELD } from "../outcome.ts";

/**
 * Pays for a turn of any kind and notes how short of tokens it was. What is left of the budget is spread evenly over
 * the turns that the protocol may still pay from it.
 * @param isMaking whether the turn makes claims: a budget may cover nothing else
 * @returns output tokens spent
 */
export function payTurn(task: TaskCase, agent: number, isMaking: boolean): number {
  const { agents, budgetExponent, budgetCovers } = task.plan;
  if (agents.isModel[agent] === 0) return payWork(task, agent);
  const wanted = agents.thinking[agent];
  const isCovered = isMaking || budgetCovers !== "making";
  const spent = isCovered ? spendFromBudget(task, wanted) : wanted;
  noteShortage(task, wanted, spent, budgetExponent);
  const read = inputTokens(task, agent);
  task.turnsTaken[agent]++;
  task.outcome[FIELD.turns]++;
  task.outcome[FIELD.tokens] += read + spent;
  const dollars = read * agents.priceInput[agent] + spent * agents.priceOutput[agent];
  task.pay(agent, dollars);
  task.observer?.paid?.(task, agent, read, spent, dollars);
  return spent;
}

/** Pays for a turn of a person or a program, which takes no tokens and is never short of them. */
function payWork(task: TaskCase, agent: number): number {
  const { pricePerTurn, pricePerTick } = task.plan.agents;
  noteShortage(task, 0, 0, 1);
  task.turnsTaken[agent]++;
  task.outcome[FIELD.turns]++;
  const dollars = pricePerTurn[agent] + task.turnWork[agent] * pricePerTick[agent];
  task.pay(agent, dollars);
  task.observer?.paid?.(task, agent, 0, 0, dollars);
  return 0;
}

/** Takes what a turn wants from the budget, as far as it goes. */
function spendFromBudget(task: TaskCase, wanted: number): number {
  const { budgetTokens, budgetTurns } = task.plan;
  const left = Math.max(1, budgetTurns - task.turnsPaid++);
  if (budgetTokens === 0 || wanted === 0) return wanted;
  const spent = Math.min(wanted, Math.max(Math.floor(task.tokensLeft / left), 1));
  task.tokensLeft = Math.max(0, task.tokensLeft - spent);
  return spent;
}

/** Tokens of a message with so many versions. */
export function messageTokens({ plan: { topology } }: TaskCase, versions: number): number {
  return topology.header + versions * topology.versionTokens;
}

/** Takes what a message costs whoever writes or reads it from what is left to think with. */
export function spendOnMessage(task: TaskCase, tokens: number): void {
  task.tokensLeft = Math.max(0, task.tokensLeft - tokens);
}

/** What a call reads: the prompt and the versions in the ledger. */
export function inputTokens(
  { plan: { agents, topology }, ledgerSize }: TaskCase,
  agent: number,
): number {
  return agents.prompt[agent] + topology.versionTokens * ledgerSize[agent];
}

/**
 * Notes by how much the turn's error odds grow since it gets fewer tokens than it wants: (wanted / spent) ^ exponent. Turns that
 * follow each other are often equally short: then the power need not be taken again.
 */
function noteShortage(task: TaskCase, wanted: number, spent: number, exponent: number): void {
  if (task.shortageWanted === wanted && task.shortageSpent === spent) return;
  task.shortageWanted = wanted;
  task.shortageSpent = spent;
  task.shortage = spent < wanted ? power(wanted / spent, exponent) : 1;
}

/**
 * Factor on the error odds of a claim for the shortage of the turn. A claim that builds on others takes more thinking, so
 * that its exponent is larger: by budget.depth times a / (a + 1) with a ancestors.
 */
export function shortageFactor(task: TaskCase, ancestors: number): number {
  const { budgetDepth } = task.plan;
  if (budgetDepth === 0 || ancestors === 0 || task.shortageSpent >= task.shortageWanted)
    return task.shortage;
  const more = (budgetDepth * ancestors) / (ancestors + 1);
  return task.shortage * power(task.shortageWanted / task.shortageSpent, more);
}
