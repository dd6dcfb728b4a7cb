// Metrics of value: what errors and lateness cost. Only results of tasks that state it have them.
import { FIELD, OUTCOME_SIZE, type OutcomeField } from "../model/outcome.ts";
import type { Interval } from "../numerics/intervals.ts";
import { excess, quotient, share } from "../numerics/ratios.ts";
import { meanMetric, own, ratio, shareOfTasks, type Ungrouped } from "./define.ts";
import type { Sample } from "./sample.ts";

function dollars<const Name extends string>(
  field: OutcomeField,
  name: Name,
  title: string,
  description: string,
  prominence?: "main",
): Ungrouped<Name> {
  return {
    ...meanMetric(field, {
      name,
      title,
      unit: "US dollars per task",
      description,
      formula: "mean",
      better: "lower",
    }),
    ...(prominence && { prominence }),
    about: "valued",
    whenUndefined: NOTHING_STATED,
    // A loss that was never seen may be the largest of those that are stated.
    estimate: (sample) =>
      ratio(sample, [own(field), own("tasks", -1)], sample.tally.breakdown?.layout.largestLoss),
  };
}

const NOTHING_STATED = "no claim states what it is worth";

const [TASKS, BASE_TASKS] = [FIELD.tasks, OUTCOME_SIZE + FIELD.tasks];

/** What is spent beyond the baseline, per dollar of loss that this avoids. */
function costPerAvoidedDollar({ sums, isBaseline }: Sample): Interval | undefined {
  if (isBaseline) return undefined;
  const [cost, baseCost] = [FIELD.cost, OUTCOME_SIZE + FIELD.cost];
  const [loss, baseLoss] = [FIELD.loss, OUTCOME_SIZE + FIELD.loss];
  const spent = excess(sums, cost, TASKS, baseCost, BASE_TASKS);
  const avoided = excess(sums, baseLoss, BASE_TASKS, loss, TASKS);
  return quotient(sums, spent, avoided);
}

export const value = [
  dollars(
    "loss",
    "loss.total",
    "Loss",
    "Losses of the claims that are wrong or missing in the deliverable, and of late tasks.",
    "main",
  ),
  dollars(
    "lossWrong",
    "loss.wrong",
    "Loss, wrong",
    "Losses of the claims that are wrong in the deliverable.",
  ),
  dollars(
    "lossMissing",
    "loss.missing",
    "Loss, missing",
    "Losses of the claims that the deliverable lacks.",
  ),
  {
    ...dollars(
      "lossLate",
      "loss.late",
      "Loss, late",
      "Losses of the tasks that are not delivered within the latency objective.",
    ),
    about: "urgent",
    whenUndefined: "a late task costs nothing (objectives.loss)",
  },
  dollars("totalCost", "totalCost", "Total cost", "Price of all tokens, and the losses.", "main"),
  {
    name: "costPerAvoidedDollar",
    title: "Cost per avoided dollar",
    unit: "US dollars",
    description:
      "What is spent beyond the baseline per dollar of loss that this avoids. Below 1 it pays.",
    formula: "(cost - cost_s) / (loss_s - loss)",
    better: "lower",
    prominence: "main",
    needsBaseline: true,
    about: "valued",
    whenUndefined: "the loss is not below that of the baseline",
    interval: "ratio",
    estimate: costPerAvoidedDollar,
  },
  {
    ...shareOfTasks("quality", {
      name: "quality",
      title: "Quality",
      description:
        "Share of the claims that are right in the deliverable, each counted by its weight.",
      formula: "mean of weight right / weight of all claims",
      better: "higher",
      prominence: "main",
      whenUndefined: NOTHING_STATED,
    }),
    about: "valued",
  },
  {
    name: "criticalSuccess",
    title: "Critical success",
    unit: "share",
    description:
      "Share of the tasks with critical claims whose deliverable has all of these, each of them correct.",
    formula: "tasks with all critical claims right / tasks with critical claims",
    better: "higher",
    prominence: "main",
    needsBaseline: false,
    about: "critical",
    whenUndefined: "no claim is critical",
    interval: "share",
    estimate: ({ sums }) => share(sums, FIELD.criticalSuccess, FIELD.critical),
  },
] as const satisfies readonly Ungrouped[];
