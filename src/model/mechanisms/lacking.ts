// Lacking: which premises of a claim an agent does not hold.
import type { TaskCase } from "../case.ts";
import { HELD } from "../marks.ts";

/** The first premise of a claim that an agent does not hold; -1: it holds all. */
export function missingPremise(task: TaskCase, agent: number, claim: number): number {
  const { premiseStart, premises } = task.plan.task;
  for (let edge = premiseStart[claim]; edge < premiseStart[claim + 1]; edge++)
    if (!task.marks.has(agent, premises[edge], HELD)) return premises[edge];
  return -1;
}
