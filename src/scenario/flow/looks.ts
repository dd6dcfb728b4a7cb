// What a check may look at of what comes to it: a triage leaves the rest out, whatever the luck.

import type { TaskPlan } from "../../model/plan.ts";
import type { CheckStep } from "../../model/steps.ts";
import { holds } from "../../numerics/comparisons.ts";
import { type Context, makersOf } from "./context.ts";

/** Whether a version of a claim may be looked at. */
export function mayLookAt(context: Context, { triage }: CheckStep, claim: number): boolean {
  if (triage === undefined) return true;
  if (triage.share === 0) return false;
  if (triage.when === undefined) return true;
  const { disagreement, kinds, confidence } = triage.when;
  if (disagreement || kindsOf(context.plan.task, claim).some((kind) => kinds[kind] === 1))
    return true;
  // What holds for some confidence holds for the lowest or the highest.
  const mayHold = confidence.some((one) => holds(one, 0) || holds(one, 1));
  return mayHold && isStated(context, claim);
}

/** The kinds that a claim may be of. */
function kindsOf({ kinds }: TaskPlan, claim: number): number[] {
  const drawn = kinds?.cumulative.length ?? 0;
  return drawn === 0 ? [claim] : [...Array(drawn).keys()];
}

/** Whether somebody who may make a claim states how certain it is. */
function isStated({ plan, reach }: Context, claim: number): boolean {
  const states = (agent: number) => !Number.isNaN(plan.agents.confidenceGap[agent]);
  return makersOf(reach, claim).some((party) => reach.parties.members[party].some(states));
}
