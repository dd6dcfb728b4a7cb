// Explores what a protocol can bring about: walks the steps as the engine does, but with sets of what may be (abstract
// interpretation: Cousot and Cousot 1977).
import type { Plan } from "../../model/plan.ts";
import { definitionOf } from "../protocol/phases.ts";
import type { Cells } from "./cells.ts";
import { wordsOf } from "./claimSets.ts";
import { type Reach, Walk } from "./reach.ts";

/** Words that one analysis may touch: some tens of milliseconds. Where that is not enough it says nothing. */
const MOST_WORDS = 20_000_000;

/**
 * @param isBounded whether loops end after their number of rounds, rather than go on as long as something changes
 * @returns undefined where that would take too long
 */
export function explore(plan: Plan, cells: Cells, isBounded: boolean): Reach | undefined {
  if (wordsOfPass(plan, cells) > MOST_WORDS / 8) return undefined;
  const walk = new StepWalk(plan, cells, isBounded);
  walk.go(0, plan.steps.length);
  return walk.isExhausted ? undefined : walk;
}

/** Words that the sets take, and that going through all steps once may touch. */
function wordsOfPass({ steps, task }: Plan, cells: Cells): number {
  const words = wordsOf(task.claims);
  const ofStep = ({ op }: Plan["steps"][number]) =>
    3 * cells.count * words + (definitionOf(op)?.flowWords?.(cells, task) ?? 0);
  const ofSets = (5 * cells.count + cells.to.length) * words;
  return steps.reduce((sum, step) => sum + ofStep(step), ofSets);
}

class StepWalk extends Walk {
  override get isExhausted(): boolean {
    return this.spent > MOST_WORDS;
  }

  override go(from: number, to: number): void {
    let position = from;
    while (position < to && !this.isExhausted) {
      const step = this.plan.steps[position];
      const definition = definitionOf(step.op);
      this.spent += this.cells.count * this.made.words;
      definition?.flow?.(step, position, this);
      position = definition?.encloses && "exit" in step ? step.exit : position + 1;
    }
  }
}
