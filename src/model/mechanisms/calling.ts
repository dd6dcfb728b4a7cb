// Calls: a turn is one call of the agent's model, which can fail at the provider or take longer than the agent waits. What a
// person or a program does in a turn is a call that does not fail.
// A call that failed is made again, after a pause that doubles; a turn whose calls all fail yields nothing.

import { power } from "../../numerics/power.ts";
import { sample } from "../../numerics/quantileTable.ts";
import type { TaskCase } from "../case.ts";
import { CALL_FAILURE, TURN_TIME } from "../decisions.ts";
import { FIELD } from "../outcome.ts";
import { inputTokens } from "./spending.ts";

/**
 * Draws the next call of the turn that the agent is in, and notes whether it fails. A failure shows when the answer
 * is due.
 * @returns ticks that it takes
 */
export function makeCall(task: TaskCase, agent: number): number {
  const { key, latency, failure, timeout, isUnreliable, isModel } = task.plan.agents;
  const turn = task.turnsTaken[agent];
  const attempt = task.failedCalls[agent];
  const u = task.draws.uniform(TURN_TIME, key[agent], turn, attempt);
  const time = Math.round(sample(latency[agent], u));
  if (isModel[agent] === 0) task.turnWork[agent] = time;
  if (isUnreliable[agent] === 0) return time;
  const fails =
    failure[agent] > 0 &&
    task.draws.uniform(CALL_FAILURE, key[agent], turn, attempt) < failure[agent];
  task.callFails[agent] = fails || time > timeout[agent] ? 1 : 0;
  return Math.min(time, timeout[agent]);
}

/**
 * Pays for a call that failed: its input, which is overhead.
 * @returns ticks to pause before the next call, or -1 when the agent gives up
 */
export function payFailedCall(task: TaskCase, agent: number): number {
  const { agents } = task.plan;
  const read = inputTokens(task, agent);
  task.outcome[FIELD.tokens] += read;
  task.outcome[FIELD.overheadTokens] += read;
  const dollars = read * agents.priceInput[agent];
  task.pay(agent, dollars);
  task.observer?.paid?.(task, agent, read, 0, dollars);
  const failed = task.failedCalls[agent]++;
  if (failed === agents.retries[agent]) return -1;
  task.outcome[FIELD.callsRetried]++;
  return Math.round(agents.backoff[agent] * power(2, failed));
}

/** Books a turn that yielded nothing since all its calls failed. */
export function giveUpTurn(task: TaskCase, agent: number): void {
  task.turnsTaken[agent]++;
  task.failedTurns[agent]++;
  task.changes++;
  task.outcome[FIELD.turns]++;
  task.outcome[FIELD.callsFailed]++;
}
