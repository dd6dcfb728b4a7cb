// What the steps of a protocol cost before anything happens in them: an agent that works or checks looks through its
// ledger, a condition through all that it asks, a sender along all its edges. With large teams that is most of the work.
import type { AggregateStep, Step, TopologyPlan } from "../../model/plan.ts";

/** Places of ledgers, and edges, that are looked at in about the time that an event takes. */
const PLACES_PER_EVENT = 1000;

/** Claims that one look takes in. */
const CLAIMS_PER_WORD = 32;

/** The effort of every step, in events: at least 1. */
export function effortsOf(
  steps: readonly Step[],
  topology: TopologyPlan,
  claims: number,
): Float64Array {
  const deliverable = steps[steps.length - 1] as AggregateStep;
  const placesOf = (step: Step) => places(step, topology, claims, deliverable);
  return Float64Array.from(steps, (step) => 1 + placesOf(step) / PLACES_PER_EVENT);
}

/** @param deliverable what the conditions of loops are about */
function places(
  step: Step,
  { start }: TopologyPlan,
  claims: number,
  deliverable: AggregateStep,
): number {
  const row = 1 + Math.ceil(claims / CLAIMS_PER_WORD);
  switch (step.op) {
    case "assign":
      return step.to.length * (step.mode === "partition" ? row : claims);
    case "work":
    case "check":
      return step.who.length * row;
    case "send":
      return step.from.reduce((sum, agent) => sum + row + start[agent + 1] - start[agent], 0);
    case "repeat":
      return step.until === "never" ? 0 : deliverable.from.length * claims;
    case "escalate":
      return step.goal.from.length * claims;
    case "aggregate":
      return step.from.length * claims;
    case "again":
      return 0;
  }
}
