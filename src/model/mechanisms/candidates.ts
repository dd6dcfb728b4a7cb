// Candidates: the versions that an agent would hand over to an aggregator. No agent hands over what it flagged itself.
import type { TaskCase } from "../case.ts";
import { ACCEPTED, REDO } from "../marks.ts";
import type { AggregateStep } from "../steps.ts";

/** Claims of a word that an agent would hand over. */
export function candidates(
  { marks }: TaskCase,
  { acceptedOnly }: AggregateStep,
  agent: number,
  word: number,
): number {
  const standing = marks.standing(agent, word);
  return acceptedOnly ? standing & marks.bits[marks.row(agent, word) + ACCEPTED] : standing;
}

/** The version of a claim that an agent would hand over, or 0. */
export function candidate(
  task: TaskCase,
  step: AggregateStep,
  agent: number,
  claim: number,
): number {
  const { marks } = task;
  if (marks.has(agent, claim, REDO)) return 0;
  if (step.acceptedOnly && !marks.has(agent, claim, ACCEPTED)) return 0;
  return task.held[task.slot(agent, claim)];
}
