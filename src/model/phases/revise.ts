// Revise: agents that have heard other answers than their own decide which one they stand by. How: mechanisms/revising.ts.
import type { TaskCase } from "../case.ts";
import { disputed, revise as reviseLedger } from "../mechanisms/revising.ts";
import type { ReviseStep } from "../steps.ts";
import { phase } from "./phase.ts";

export const revise = phase<ReviseStep>({
  begin(task, { who }, scheduler) {
    task.revisions++;
    for (let i = 0; i < who.length; i++)
      if (hasDisputes(task, who[i])) scheduler.requestTurn(task, who[i]);
  },

  act: (task, _step, agent) => reviseLedger(task, agent),
});

function hasDisputes(task: TaskCase, agent: number): boolean {
  for (let word = 0; word < task.marks.words; word++)
    if (disputed(task, agent, word) !== 0) return true;
  return false;
}
