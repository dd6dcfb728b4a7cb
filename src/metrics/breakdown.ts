// The figures of a breakdown: what is told of each agent, of each claim and of each class of tasks, and how it is estimated.
import {
  type BreakdownKind,
  type BreakdownLayout,
  type FieldOf,
  TASKS,
} from "../model/breakdown.ts";
import type { Interval } from "../numerics/intervals.ts";
import type { NetSums } from "../numerics/netSums.ts";
import { productOfPowers, share } from "../numerics/ratios.ts";

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

/** What one of the wrong or missing claims of a kind costs at most. */
const largestLoss = ({ loss }: BreakdownLayout) => Math.max(0, ...loss);

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
      estimate: mean("agents", "loss", undefined, largestLoss),
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
      estimate: (counted, part) => {
        const loss = counted.layout.loss[part];
        const lost = mean("claims", "lost")(counted, part);
        return (
          lost && {
            mean: loss * lost.mean,
            lo: loss * lost.lo,
            hi: loss === 0 ? 0 : loss * lost.hi,
          }
        );
      },
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
