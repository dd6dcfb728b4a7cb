// Metrics of the backlog: the tasks that have arrived and not ended. Only results of scenarios that state how many there may
// be, or whose tasks come at a rate that changes, have them.
import type { OutcomeField } from "../model/outcome.ts";
import { own, ratioMetric, type Ungrouped } from "./define.ts";

const NOT_WATCHED = "there is no profile of arrivals and no objective for the backlog";
const NO_OBJECTIVE = "there is no objective for the backlog (objectives.backlog)";

function ofBacklog<const Name extends string>(
  text: Omit<Parameters<typeof ratioMetric<Name>>[0], "better" | "whenUndefined">,
  [field, per]: readonly [field: OutcomeField, per: OutcomeField],
  about: "watched" | "backlogLimited",
): Ungrouped<Name> {
  const whenUndefined = about === "watched" ? NOT_WATCHED : NO_OBJECTIVE;
  return {
    ...ratioMetric({ ...text, better: "lower", whenUndefined }, [own(field), own(per, -1)]),
    about,
  };
}

export const backlog = [
  ofBacklog(
    {
      name: "backlog.peak",
      title: "Backlog, peak",
      unit: "tasks",
      description: "Largest number of tasks that are waiting or under way at one time.",
      formula: "mean per replication",
      prominence: "main",
    },
    ["backlogPeak", "replications"],
    "watched",
  ),
  ofBacklog(
    {
      name: "backlog.mean",
      title: "Backlog, mean",
      unit: "tasks",
      description:
        "Number of tasks that are waiting or under way, on average until the last task ends.",
      formula: "tasks × seconds / seconds until the last task ends",
    },
    ["backlogArea", "makespan"],
    "watched",
  ),
  ofBacklog(
    {
      name: "backlog.above",
      title: "Backlog, above objective",
      unit: "share",
      description:
        "Share of the time until the last task ends in which the backlog is above its objective.",
      formula: "seconds above the objective / seconds until the last task ends",
      prominence: "main",
    },
    ["backlogAbove", "makespan"],
    "backlogLimited",
  ),
  ofBacklog(
    {
      name: "backlog.clearing",
      title: "Backlog, clearing",
      unit: "seconds",
      description:
        "Longest time from when the backlog rises above its objective until it is worked off down to it. 0 where it never rises above.",
      formula: "mean per replication",
      prominence: "main",
    },
    ["backlogClearing", "replications"],
    "backlogLimited",
  ),
] as const satisfies readonly Ungrouped[];
