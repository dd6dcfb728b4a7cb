// Stopping: whether the condition of a loop or of an escalation holds.
import type { TaskCase } from "../case.ts";
import type { AggregateStep, Until } from "../steps.ts";
import { candidate, candidates } from "./candidates.ts";
import { leader } from "./voting.ts";

/** Whether a condition on the deliverable of an aggregator holds. */
export function isSettled(task: TaskCase, step: AggregateStep, until: Until): boolean {
  switch (until) {
    case "never":
      return false;
    case "ahead":
      return isAhead(task, step);
    case "complete":
      return isCovered(task, step);
    case "consensus":
      return isCovered(task, step) && isAgreed(task, step);
  }
}

function isAhead(task: TaskCase, step: AggregateStep): boolean {
  for (let claim = 0; claim < task.size; claim++) if (leader(task, step, claim) === 0) return false;
  return true;
}

/** Whether every claim is there: in one of the ledgers where one is enough, else in all. */
function isCovered(task: TaskCase, step: AggregateStep): boolean {
  const { marks } = task;
  const anyIsEnough = step.how === "concatenate" || step.how === "first";
  for (let word = 0; word < marks.words; word++) {
    let covered = anyIsEnough ? 0 : -1;
    for (const agent of step.from) {
      const there = candidates(task, step, agent, word);
      covered = anyIsEnough ? covered | there : covered & there;
    }
    if ((covered & marks.all(word)) !== marks.all(word)) return false;
  }
  return true;
}

function isAgreed(task: TaskCase, step: AggregateStep): boolean {
  for (let claim = 0; claim < task.size; claim++) if (!agree(task, step, claim)) return false;
  return true;
}

/** Whether all ledgers that have the claim have the same answer. */
function agree(task: TaskCase, step: AggregateStep, claim: number): boolean {
  const { value } = task.versions;
  let first = 0;
  for (const agent of step.from) {
    const version = candidate(task, step, agent, claim);
    if (version === 0) continue;
    if (first === 0) first = version;
    if (value[version] !== value[first]) return false;
  }
  return true;
}
