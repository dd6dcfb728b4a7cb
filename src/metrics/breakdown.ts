// The figures of a breakdown: what is told of each agent, of each claim and of each class of tasks, and how it is estimated.
import {
  type BreakdownKind,
  type BreakdownLayout,
  type FieldOf,
  TASKS,
} from "../model/breakdownLayout.ts";
import type { Interval } from "../numerics/intervals.ts";
import type { NetSums } from "../numerics/netSums.ts";
import { affine, productOfPowers, share } from "../numerics/ratios.ts";

/** What was counted, and where it stands. */
export interface Counted {
  readonly layout: BreakdownLayout;
  readonly sums: NetSums;
}

/** A figure of each agent, of each claim or of each class. */
export interface BreakdownFigure {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly description: string;
  readonly whenUndefined: string;
  /** @param part number of the agent, claim or class */
  estimate(counted: Counted, part: number): Interval | undefined;
}

type Estimate = BreakdownFigure["estimate"];

/** How many of a field there are to one of another; without it, to a task. */
function mean<K extends BreakdownKind>(
  kind: K,
  field: FieldOf<K>,
  per?: FieldOf<K>,
  unit: (layout: BreakdownLayout) => number = () => 1,
): Estimate {
  return ({ layout, sums }, part) => {
    const below = per === undefined ? TASKS : layout.at(kind, part, per);
    const above = layout.at(kind, part, field);
    const factors = [
      { index: above, power: 1 },
      { index: below, power: -1 },
    ];
    return productOfPowers(sums, factors, { unit: unit(layout) });
  };
}

const portion =
  <K extends BreakdownKind>(kind: K, field: FieldOf<K>, of?: FieldOf<K>): Estimate =>
  ({ layout, sums }, part) =>
    share(sums, layout.at(kind, part, field), of === undefined ? TASKS : layout.at(kind, part, of));

/** An interval in other units; of 0 nothing is left, however wide it is. */
function times(factor: number, interval: Interval | undefined): Interval | undefined {
  if (interval === undefined || factor === 0) return interval && { mean: 0, lo: 0, hi: 0 };
  return affine(interval, factor, 0);
}

/** Only where tasks meet each other anybody counts how long an agent is there. */
const isStream = ({ layout, sums }: Counted, part: number) =>
  sums.mean(layout.at("agents", part, "there")) > 0;

const ONE_TASK = "tasks come one at a time";
const NO_TASK = "no task has ended";
const NO_TASK_OF_CLASS = "no task of the class has ended";
const NO_SUCH_CLAIM = "no task has such a claim";

export const BREAKDOWN: Readonly<Record<BreakdownKind, readonly BreakdownFigure[]>> = {
  agents: [
    {
      name: "turns",
      title: "Turns",
      unit: "turns per task",
      description: "Turns of the agent.",
      whenUndefined: NO_TASK,
      estimate: mean("agents", "turns"),
    },
    {
      name: "cost",
      title: "Spending",
      unit: "US dollars per task",
      description: "What the agent's turns and messages cost.",
      whenUndefined: NO_TASK,
      estimate: mean("agents", "cost"),
    },
    {
      name: "loss",
      title: "Loss",
      unit: "US dollars per task",
      description:
        "Losses of the claims that are wrong in the deliverable through an error that began with the agent.",
      whenUndefined: NO_TASK,
      estimate: mean("agents", "loss", undefined, ({ largestLoss }) => largestLoss),
    },
    {
      name: "utilisation",
      title: "Utilisation",
      unit: "share",
      description:
        "Share of the time of all its staff, within shifts, in which the agent is at work, until the last task has ended.",
      whenUndefined: ONE_TASK,
      estimate: portion("agents", "busy", "there"),
    },
    {
      name: "wait",
      title: "Wait",
      unit: "seconds",
      description: "How long a turn waits for the agent on average, also while its shift is over.",
      whenUndefined: ONE_TASK,
      estimate: (counted, part) =>
        isStream(counted, part) ? mean("agents", "waited", "turns")(counted, part) : undefined,
    },
    {
      name: "idleCost",
      title: "Idle cost",
      unit: "US dollars per task",
      description:
        "What staff that is paid by the hour costs while it has nothing to do. It is not in the cost.",
      whenUndefined: "nobody of the agent is paid by the hour, or tasks come one at a time",
      estimate: (counted, part) => {
        const price = counted.layout.idlePrice[part];
        if (price === 0 || !isStream(counted, part)) return undefined;
        return times(price, mean("agents", "idle")(counted, part));
      },
    },
  ],
  claims: [
    {
      name: "wrong",
      title: "Wrong",
      unit: "share",
      description: "Share of these claims that are wrong in the deliverable.",
      whenUndefined: NO_SUCH_CLAIM,
      estimate: portion("claims", "wrong", "claims"),
    },
    {
      name: "missing",
      title: "Missing",
      unit: "share",
      description: "Share of these claims that the deliverable lacks.",
      whenUndefined: NO_SUCH_CLAIM,
      estimate: portion("claims", "missing", "claims"),
    },
    {
      name: "loss",
      title: "Loss",
      unit: "US dollars per task",
      description: "Losses of these claims where they are wrong or missing.",
      whenUndefined: NO_TASK,
      estimate: (counted, part) =>
        times(counted.layout.loss[part], mean("claims", "lost")(counted, part)),
    },
  ],
  classes: [
    {
      name: "tasks",
      title: "Tasks",
      unit: "share",
      description: "Share of the tasks that are of the class.",
      whenUndefined: NO_TASK,
      estimate: portion("classes", "tasks"),
    },
    {
      name: "success",
      title: "Success",
      unit: "share",
      description: "Share of the tasks of the class that succeed.",
      whenUndefined: NO_TASK_OF_CLASS,
      estimate: portion("classes", "success", "tasks"),
    },
    {
      name: "latency",
      title: "Latency",
      unit: "seconds",
      description: "Mean simulated time from arrival to deliverable.",
      whenUndefined: "no task of the class was delivered",
      estimate: mean("classes", "latency", "delivered"),
    },
    {
      name: "onTime",
      title: "On time",
      unit: "share",
      description: "Share of the tasks of the class that end within the latency objective.",
      whenUndefined: "there is no latency objective (objectives.latency), or no task of the class",
      estimate: portion("classes", "onTime", "timed"),
    },
  ],
};
