// Explores what a protocol can bring about: walks the steps as the engine does, but with sets of what may be (abstract
// interpretation: Cousot and Cousot 1977). The phases say what each of their steps adds.

import type { Plan } from "../../model/plan.ts";
import type { Step } from "../../model/steps.ts";
import { definitionOf } from "../protocol/phases.ts";
import { wordsOf } from "./claimSets.ts";
import type { Parties } from "./parties.ts";
import { MOST_WORDS, type Reach, Walk } from "./reach.ts";

/**
 * @param isBounded whether loops end after their number of rounds, rather than go on as long as something changes
 * @returns undefined where that would take too long
 */
export function explore(plan: Plan, parties: Parties, isBounded: boolean): Reach | undefined {
  if (wordsOfPass(plan, parties) > MOST_WORDS / 8) return undefined;
  const walk = new Walk(plan, parties, isBounded, visit);
  walk.go(0, plan.steps.length);
  return walk.isExhausted ? undefined : walk;
}

/** Words that the sets take, and that going through all steps once may touch. */
function wordsOfPass({ steps, task }: Plan, parties: Parties): number {
  const words = wordsOf(task.claims);
  const ofStep = ({ op }: Step) =>
    3 * parties.count * words + (definitionOf(op)?.flowWords?.(parties, task) ?? 0);
  const ofSets = (5 * parties.count + parties.to.length) * words;
  return steps.reduce((sum, step) => sum + ofStep(step), ofSets);
}

function visit(position: number, walk: Walk): number {
  const step = walk.plan.steps[position];
  const definition = definitionOf(step.op);
  definition?.flow?.(step, position, walk);
  return definition?.encloses && "exit" in step ? step.exit : position + 1;
}
