// A rule about loops: their rounds have to be enough for every claim to be delivered.
import type { Context, Finding } from "./context.ts";
import { aggregated, ascending } from "./context.ts";
import * as messages from "./messages.ts";
import { explore, handsOver, type Reach } from "./reach.ts";

/** Claims that would be delivered if the loops had more rounds than they have. */
export function shortage({ plan, reach, paths, name }: Context): Finding[] {
  const loop = plan.steps.findIndex(
    (step, i) => step.op === "repeat" && reach.at[i].rounds > step.rounds,
  );
  const bounded = loop < 0 ? undefined : explore(plan, reach.cells, true);
  if (bounded === undefined) return [];
  const delivered = new Set(deliverable(bounded));
  const late = deliverable(reach).filter((claim) => !delivered.has(claim));
  const step = plan.steps[loop];
  if (late.length === 0 || step.op !== "repeat") return [];
  const text = messages.tooFewRounds(name(late), step.rounds, reach.at[loop].rounds);
  return [{ path: [...paths[loop], "rounds"], text }];
}

function deliverable(reach: Reach): number[] {
  const from = aggregated(reach);
  const { aggregate, task } = reach.plan;
  return ascending(Array(task.claims).keys()).filter((claim) =>
    from.some((cell) => handsOver(reach, aggregate, cell, claim)),
  );
}
