// Warm-up: a stream begins with an empty queue, so that its first tasks wait less than those of a team that has been at work
// for long. What they counted can be left out (Law, Simulation Modeling and Analysis, 5th ed., section 9.5.1).
import type { Engine } from "../model/engine.ts";
import { FIELD, OUTCOME_SIZE } from "../model/outcome.ts";
import { begin, goOn, SLICE, slices } from "./inThread.ts";

/** What the tasks of a replication counted that ended within its warm-up. */
export interface Early {
  readonly outcome: Float64Array;
  /** As that of the engine. */
  breakdown: Float64Array;
  delivered: number;
  faults: number;
}

export const noneEarly = (): Early => ({
  outcome: new Float64Array(OUTCOME_SIZE),
  breakdown: new Float64Array(0),
  delivered: 0,
  faults: 0,
});

/**
 * Runs a replication and leaves what the tasks of its warm-up counted out of the engine's outcome: they are the first to
 * end. The engine's latencies and radii are still those of all tasks: `early` says how many come first. How busy the team is
 * and the backlog count from the beginning. A replication that is cut off within its warm-up is counted whole.
 * @param early is written
 * @param share what it yields after each slice
 */
export function* warmedUp(
  engine: Engine,
  replication: number,
  early: Early,
  share: number,
): Generator<number, void> {
  const { warmUp } = engine.plan;
  if (warmUp === 0) {
    yield* slices(engine, replication, share);
    return;
  }
  begin(engine, replication);
  let hasEnded = false;
  for (let event = 1; !hasEnded && engine.outcome[FIELD.tasks] < warmUp; event++) {
    hasEnded = engine.advance(1);
    if (event % SLICE === 0) yield share;
  }
  early.outcome.fill(0);
  early.delivered = 0;
  early.faults = 0;
  if (hasEnded) return;
  early.outcome.set(engine.outcome);
  engine.countTraffic();
  early.breakdown = engine.breakdown.slice();
  early.delivered = engine.delivered;
  early.faults = engine.faults;
  yield* goOn(engine, share);
  for (let field = 0; field < OUTCOME_SIZE; field++) engine.outcome[field] -= early.outcome[field];
  for (let field = 0; field < engine.breakdown.length; field++)
    engine.breakdown[field] -= early.breakdown[field];
}
