// Metrics of what did not come about: tasks that were not delivered, loops that did not reach what they wait for, and claims
// that are missing, each by its reason.
import type { OutcomeField } from "../model/outcome.ts";
import { meanMetric, own, ratioMetric, shareOfTasks, type Ungrouped } from "./define.ts";

/** How tasks end otherwise than by being delivered, and how loops end otherwise than by what they wait for. */
export const endings = [
  shareOfTasks("turnedAway", {
    name: "turnedAway",
    title: "Turned away",
    description:
      "Share of the tasks that were turned away since too many others were under way (limits.inFlight). They count as failed.",
    formula: "tasks turned away / tasks",
    better: "lower",
  }),
  shareOfTasks("cutOff", {
    name: "cutOff",
    title: "Cut off",
    description:
      "Share of the tasks under way when their replication reached a limit (limits.time, limits.events). They count as failed.",
    formula: "tasks cut off / tasks",
    better: "lower",
  }),
  ratioMetric(
    {
      name: "neverArrived",
      title: "Never arrived",
      unit: "tasks per replication",
      description:
        "Tasks of the workload still to come when the replication reached a limit. No other metric counts them.",
      formula: "mean per replication",
      better: "lower",
      whenUndefined: "no task has ended",
    },
    [own("neverArrived"), own("replications", -1)],
  ),
  shareOfTasks("outOfTurns", {
    name: "outOfTurns",
    title: "Out of turns",
    description:
      "Share of the tasks in which an agent with work left reached the limit of turns per claim (limits.turnsPerClaim).",
    formula: "tasks with such an agent / tasks",
    better: "lower",
  }),
  shareOfTasks("exhausted", {
    name: "exhausted",
    title: "Rounds used up",
    description:
      "Share of the tasks in which a loop used up its rounds before its condition was met.",
    formula: "tasks with such a loop / tasks",
    better: "lower",
  }),
  shareOfTasks("stalled", {
    name: "stalled",
    title: "Stalled",
    description:
      "Share of the tasks in which a loop ended before its condition was met because a round changed nothing.",
    formula: "tasks with such a loop / tasks",
    better: "lower",
  }),
] as const satisfies readonly Ungrouped[];

const missingBecause = <const Name extends string>(
  field: OutcomeField,
  name: Name,
  title: string,
  description: string,
) =>
  meanMetric(field, {
    name: `missing.${name}`,
    title,
    unit: "claims per task",
    description,
    formula: "mean",
    better: "lower",
  });

/** Missing claims by reason: they add up to `missingClaims`. */
export const missing = [
  missingBecause(
    "missingNeverAssigned",
    "neverAssigned",
    "Missing: never assigned",
    "Missing claims that are in the scope of no agent that works.",
  ),
  missingBecause(
    "missingOutOfTurns",
    "outOfTurns",
    "Missing: out of turns",
    "Missing claims that an agent could have made with one more turn.",
  ),
  missingBecause(
    "missingWaiting",
    "waiting",
    "Missing: waiting",
    "Missing claims whose makers work on ready claims only and lack a premise.",
  ),
  missingBecause(
    "missingRejected",
    "rejected",
    "Missing: rejected",
    "Missing claims that a check or a guard rejected, with no other version in time.",
  ),
  missingBecause(
    "missingLost",
    "lost",
    "Missing: lost",
    "Missing claims that were made and then left out of a message.",
  ),
  missingBecause(
    "missingUnsent",
    "unsent",
    "Missing: unsent",
    "Missing claims that were made and never sent to where the deliverable is built.",
  ),
  missingBecause(
    "missingUnchecked",
    "unchecked",
    "Missing: unchecked",
    "Missing claims that nobody checked, where only what passed a check counts.",
  ),
  missingBecause(
    "missingFailedCalls",
    "failedCalls",
    "Missing: failed calls",
    "Missing claims of agents whose turns yielded nothing since all their calls failed.",
  ),
  missingBecause(
    "missingUndelivered",
    "undelivered",
    "Missing: undelivered",
    "Missing claims of tasks that were turned away or cut off.",
  ),
] as const satisfies readonly Ungrouped[];
