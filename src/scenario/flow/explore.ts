// Explores what a protocol can bring about: walks the steps as the engine does, but with sets of what may be (abstract
// interpretation: Cousot and Cousot 1977). The phases say what each of their steps adds.
import type { Plan, Step } from "../../model/plan.ts";
import { definitionOf } from "../protocol/phases.ts";
import type { Cells } from "./cells.ts";
import { wordsOf } from "./claimSets.ts";
import { MOST_WORDS, type Reach, Walk } from "./reach.ts";

/**
 * @param isBounded whether loops end after their number of rounds, rather than go on as long as something changes
 * @returns undefined where that would take too long
 */
export function explore(plan: Plan, cells: Cells, isBounded: boolean): Reach | undefined {
  if (wordsOfPass(plan, cells) > MOST_WORDS / 8) return undefined;
  const walk = new Walk(plan, cells, isBounded, visit);
  walk.go(0, plan.steps.length);
  return walk.isExhausted ? undefined : walk;
}

/** Words that the sets take, and that going through all steps once may touch. */
function wordsOfPass({ steps, task }: Plan, cells: Cells): number {
  const words = wordsOf(task.claims);
  const ofStep = ({ op }: Step) =>
    3 * cells.count * words + (definitionOf(op)?.flowWords?.(cells, task) ?? 0);
  const ofSets = (5 * cells.count + cells.to.length) * words;
  return steps.reduce((sum, step) => sum + ofStep(step), ofSets);
}

function visit(position: number, walk: Walk): number {
  const step = walk.plan.steps[position];
  const definition = definitionOf(step.op);
  definition?.flow?.(step, position, walk);
  return definition?.encloses && "exit" in step ? step.exit : position + 1;
}
