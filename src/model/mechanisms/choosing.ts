// Choosing: what an agent does in its next working turn. It makes the next claims of its scope; when its scope is complete, or
// when it has worked a number of turns without a review, it reviews what it made; when a review finds nothing and nothing is
// left to make, it has nothing to do.
import type { TaskCase } from "../case.ts";
import { firstOf, onwards, REDO, wordOf } from "../marks.ts";
import type { WorkStep } from "../steps.ts";
import { missingPremise } from "./lacking.ts";
import { needsReview } from "./reviewing.ts";

/** What an agent does in its next turn, where it is not a claim that it makes. */
export const NOTHING = -1;
export const REVIEW = -2;

/**
 * What the agent does next in a working phase: make a claim (its number), REVIEW or NOTHING. An agent that
 * follows a plan without observing reviews nothing.
 */
export function nextAction(task: TaskCase, agent: number, step: WorkStep): number {
  const { reviewEvery } = task.plan.agents;
  const isDue = task.workTurns[agent] - task.reviewedAt[agent] >= reviewEvery[agent] - 1;
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
export function nextClaim(task: TaskCase, agent: number, onlyReady: boolean): number {
  const { worklists } = task;
  if (worklists === undefined) return searchClaim(task, agent, onlyReady);
  const redo = worklists.nextRedo(agent);
  if (redo >= 0) return redo;
  const ready = worklists.nextReady(agent);
  return ready >= 0 || onlyReady ? ready : worklists.nextOpen(agent);
}

/** The same, searched for in the whole ledger: the quickest way in a small one. */
export function searchClaim(task: TaskCase, agent: number, onlyReady: boolean): number {
  const { marks } = task;
  const redo = marks.first(agent, REDO);
  if (redo >= 0) return redo;
  const { words } = marks;
  const start = task.startClaim[agent];
  const behind = onwards(start);
  let open = -1;
  // The word that the round starts in is met twice: what lies before the start comes last.
  for (let i = 0; i <= words; i++) {
    const word = (wordOf(start) + i) % words;
    const part = i === 0 ? behind : i === words ? ~behind : -1;
    for (let rest = marks.unmade(agent, word) & part; rest !== 0; rest &= rest - 1) {
      const claim = firstOf(word, rest);
      if (isReady(task, agent, claim)) return claim;
      if (open < 0) open = claim;
    }
  }
  return onlyReady ? -1 : open;
}

function isReady(task: TaskCase, agent: number, claim: number): boolean {
  return missingPremise(task, agent, claim) < 0;
}
