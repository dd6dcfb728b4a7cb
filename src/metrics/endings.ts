// Metrics of what did not come about: tasks that were not delivered, loops that did not reach what they wait for, and claims
// that are missing, each by its reason.
import type { MissingReason } from "../model/missing.ts";
import type { OutcomeField } from "../model/outcome.ts";
import { meanMetric, own, ratioMetric, shareOfTasks, type Ungrouped } from "./define.ts";

/** How tasks end otherwise than by being delivered, and how loops end otherwise than by what they wait for. */
export const endings = [
  shareOfTasks("turnedAway", {
    name: "turnedAway",
    title: "Turned away",
    description:
      "Share of the tasks that were turned away because too many others were under way (limits.inFlight). They count as failed.",
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

/** Reasons for missing claims, with which claims they are. */
const MISSING_CLAIMS = {
  neverAssigned: "that are in the scope of no agent that works",
  outOfTurns: "that an agent could have made with one more turn",
  waiting: "whose makers work on ready claims only and lack a premise",
  rejected: "that a check or a guard rejected, with no other version in time",
  lost: "that were made and then left out of a message",
  unsent: "that were made and never sent to where the deliverable is built",
  unchecked: "that nobody checked, where only what passed a check counts",
  failedCalls: "of agents whose turns yielded nothing because all their calls failed",
  undelivered: "of tasks that were turned away or cut off",
} as const satisfies Readonly<Record<MissingReason, string>>;

/** Missing claims by reason: they add up to `missingClaims`. */
export const missing = Object.entries(MISSING_CLAIMS).map(([reason, which]) =>
  meanMetric(`missing${reason[0].toUpperCase()}${reason.slice(1)}` as OutcomeField, {
    name: `missing.${reason as MissingReason}`,
    title: `Missing: ${reason.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
    unit: "claims per task",
    description: `Missing claims ${which}.`,
    formula: "mean",
    better: "lower",
  }),
);
