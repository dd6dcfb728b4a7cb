// Aggregate: the ledgers become one deliverable.
import type { TaskCase } from "../case.ts";
import { SYNTHESIZED } from "../causes.ts";
import { SYNTHESIS } from "../decisions.ts";
import { firstOf } from "../marks.ts";
import { candidate, candidates } from "../mechanisms/candidates.ts";
import { addFault } from "../mechanisms/making.ts";
import { whenTired } from "../mechanisms/tiring.ts";
import { leader, mostFrequent } from "../mechanisms/voting.ts";
import { FIELD } from "../outcome.ts";
import type { AggregateStep } from "../steps.ts";
import { phase } from "./phase.ts";

export const aggregate = phase<AggregateStep>({
  begin(task, step, scheduler) {
    if (step.by >= 0) scheduler.requestTurn(task, step.by);
    else build(task, step);
  },

  act: build,
});

/** Builds the deliverable from the ledgers. */
function build(task: TaskCase, step: AggregateStep): void {
  countErrors(task, step);
  task.outcome[FIELD.delivered] = 1;
  task.author = step.how === "first" ? firstToComplete(task, step) : -1;
  for (let claim = 0; claim < task.size; claim++) {
    const version =
      task.author >= 0 ? candidate(task, step, task.author, claim) : choose(task, step, claim);
    task.deliverable[claim] =
      step.how === "synthesize" ? synthesized(task, step.by, version) : version;
  }
}

/** E: erroneous versions in the ledgers from which the deliverable is built. */
function countErrors(task: TaskCase, step: AggregateStep): void {
  for (const agent of step.from)
    for (let word = 0; word < task.marks.words; word++)
      for (let rest = candidates(task, step, agent, word); rest !== 0; rest &= rest - 1)
        if (task.versions.isErroneous(task.held[task.slot(agent, firstOf(word, rest))]))
          task.outcome[FIELD.errorsAtAggregation]++;
}

function choose(task: TaskCase, step: AggregateStep, claim: number): number {
  switch (step.how) {
    case "majority":
      return mostFrequent(task, step, claim);
    case "ahead":
      return leader(task, step, claim) || mostFrequent(task, step, claim);
    default:
      return earliest(task, step, claim);
  }
}

/** The version that came first into any of the ledgers: what a reader of concatenated answers meets first. */
function earliest(task: TaskCase, step: AggregateStep, claim: number): number {
  let best = 0;
  for (const agent of step.from) {
    const version = candidate(task, step, agent, claim);
    if (version > 0 && (best === 0 || version < best)) best = version;
  }
  return best;
}

/** The agent that first had every claim; if none had, the one with the fullest ledger. */
function firstToComplete(task: TaskCase, step: AggregateStep): number {
  let best = step.from[0];
  for (const agent of step.from) {
    const sooner = task.completedAt[agent] < task.completedAt[best];
    const fuller = task.ledgerSize[agent] > task.ledgerSize[best];
    if (sooner || (task.completedAt[best] === Number.POSITIVE_INFINITY && fuller)) best = agent;
  }
  return best;
}

/** A correct version can still go wrong when it is put into the words of the deliverable. */
function synthesized(task: TaskCase, by: number, version: number): number {
  if (version === 0 || task.versions.isErroneous(version)) return version;
  const { key, synthesisLoss } = task.plan.agents;
  const claim = task.versions.claim[version];
  const chance = whenTired(task, synthesisLoss[by]);
  if (task.draws.uniform(SYNTHESIS, key[by], claim, 0) >= chance) return version;
  const attempt = task.attempts[task.slot(by, claim)];
  return addFault(task, by, claim, attempt, SYNTHESIZED);
}
