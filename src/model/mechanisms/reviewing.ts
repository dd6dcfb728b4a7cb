// Reviewing: an agent looks at what it made itself; what it flags is made again.
import type { TaskCase } from "../case.ts";
import { firstOf, HELD, IN_SCOPE, RECEIVED, REDO, REVIEWED } from "../marks.ts";
import { FIELD } from "../outcome.ts";
import { CHECK_KINDS, SELF } from "../plan.ts";
import { look } from "./looking.ts";

/** Whether the agent reviews its own work at all. */
function hasSelfCheck(task: TaskCase, agent: number): boolean {
  const { recall, falseAlarm } = task.plan.agents;
  const row = agent * CHECK_KINDS.length + SELF;
  return recall[row] > 0 || falseAlarm[row] > 0;
}

/** Whether the ledger holds a version that the agent made itself and has not reviewed. */
export function needsReview(task: TaskCase, agent: number): boolean {
  if (!hasSelfCheck(task, agent)) return false;
  const to = endOfReview(task, agent);
  for (let word = beginOfReview(task, agent); word < to; word++)
    if (unreviewed(task, agent, word) !== 0) return true;
  task.worklists?.reviewed(agent);
  return false;
}

/** The words of a ledger that hold all that is unreviewed: the first, and the one behind the last. */
function beginOfReview({ worklists }: TaskCase, agent: number): number {
  return worklists === undefined ? 0 : worklists.reviewFrom[agent];
}

function endOfReview({ worklists, marks }: TaskCase, agent: number): number {
  return worklists === undefined ? marks.words : worklists.reviewTo[agent];
}

function unreviewed({ marks }: TaskCase, agent: number, word: number): number {
  const { bits } = marks;
  const row = marks.row(agent, word);
  const isDone = bits[row + RECEIVED] | bits[row + REVIEWED] | bits[row + REDO];
  return bits[row + HELD] & bits[row + IN_SCOPE] & ~isDone;
}

/** A self-check: the agent looks at all it made since its last review; what it flags is made again. */
export function review(task: TaskCase, agent: number): void {
  task.outcome[FIELD.reviews]++;
  task.reviewedAt[agent] = task.workTurns[agent];
  const to = endOfReview(task, agent);
  for (let word = beginOfReview(task, agent); word < to; word++)
    for (let rest = unreviewed(task, agent, word); rest !== 0; rest &= rest - 1) {
      const claim = firstOf(word, rest);
      const slot = task.slot(agent, claim);
      const flagged = look(task, agent, SELF, slot, task.held[slot]);
      if (flagged) task.flag(agent, claim);
      else task.marks.add(agent, claim, REVIEWED);
    }
  task.worklists?.reviewed(agent);
}
