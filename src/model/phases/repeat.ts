// Repeat: runs its phases in rounds, until its condition holds, its rounds are used up, or a round changes nothing.
import type { TaskCase } from "../case.ts";
import { isSettled } from "../mechanisms/stopping.ts";
import { FIELD } from "../outcome.ts";
import type { AgainStep, RepeatStep } from "../steps.ts";
import { phase } from "./phase.ts";

/** The head of a loop, where each round begins. */
export const repeat = phase<RepeatStep>({
  next: (task, loop, position) => (goesOn(task, loop) ? position + 1 : loop.exit),
});

/** The end of a round. */
export const again = phase<AgainStep>({ next: (_task, { head }) => head });

/** Whether the loop goes into another round. */
function goesOn(task: TaskCase, loop: RepeatStep): boolean {
  const done = task.rounds[loop.index];
  const settled = done > 0 && isSettled(task, task.plan.aggregate, loop.until);
  const mark = happened(task, loop);
  const stalled = done > 0 && mark === task.roundMark[loop.index];
  if (settled || stalled || done >= loop.rounds) {
    if (!settled && loop.until !== "never") giveUp(task, done, stalled);
    task.rounds[loop.index] = 0;
    return false;
  }
  task.roundMark[loop.index] = mark;
  task.rounds[loop.index]++;
  return true;
}

/** Books a loop that ends before its condition holds. */
function giveUp(task: TaskCase, rounds: number, stalled: boolean): void {
  task.outcome[stalled ? FIELD.stalled : FIELD.exhausted] = 1;
  if (stalled) task.observer?.stalled?.(task, rounds);
}

/**
 * What has happened so far. Where a round adds nothing to it the loop has stalled, since the next round would go the same
 * way. A loop that is to run all its rounds may say the same things again and again.
 */
function happened({ outcome, changes }: TaskCase, { until }: RepeatStep): number {
  return until === "never" ? outcome[FIELD.turns] + outcome[FIELD.messages] : changes;
}
