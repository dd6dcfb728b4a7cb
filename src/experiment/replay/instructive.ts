// Which replications are worth watching: those in which something goes wrong; of two teams those in which the same fault
// reaches the deliverable of one of them only.
import type { Scenario } from "../../scenario/schema.ts";
import type { ReplayDocument } from "./document.ts";
import { fateOf, faultsOf, twinOf } from "./faults.ts";
import { type ReplayOptions, replaying } from "./watch.ts";

/** Whether a viewer learns something of errors from one replay, or from two side by side. */
export function isInstructive([first, second]: readonly ReplayDocument[]): boolean {
  if (second === undefined) return first.tasks.some((task) => faultsOf(task).length > 0);
  const keys = [first, second].map(({ agents }) => agents.map(({ key }) => key));
  return first.tasks.some((task, i) => {
    const other = second.tasks[i];
    if (other === undefined) return false;
    return faultsOf(task).some((fault) => {
      const twin = twinOf(task, fault, other, [keys[0], keys[1]]);
      if (twin === 0) return false;
      return (fateOf(task, fault) === "delivered") !== (fateOf(other, twin) === "delivered");
    });
  });
}

/** Most replications that are searched, and most events of them. */
const MOST_TRIES = 300;
const MOST_EVENTS = 300_000;

/**
 * The first instructive replication after the one of the options; undefined if a short search finds none. Yields now and
 * then, so that the caller can pause or stop.
 */
export function* nextInstructive(
  scenarios: readonly Scenario[],
  { seed, replication = 0 }: ReplayOptions,
): Generator<number, number | undefined> {
  let events = 0;
  for (let next = replication + 1; next <= replication + MOST_TRIES && next < 2 ** 32; next++) {
    const documents: ReplayDocument[] = [];
    for (const scenario of scenarios)
      documents.push(yield* replaying(scenario, { seed, replication: next }));
    if (isInstructive(documents)) return next;
    for (const { tasks } of documents) for (const task of tasks) events += task.events.length;
    if (events > MOST_EVENTS) return undefined;
  }
  return undefined;
}
