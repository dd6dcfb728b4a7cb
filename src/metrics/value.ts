// Metrics of value: what errors cost. Only results of tasks that state what their claims are worth have them.
import { FIELD, type OutcomeField } from "../model/outcome.ts";
import { share } from "../numerics/ratios.ts";
import { meanMetric, shareOfTasks, type Ungrouped } from "./define.ts";

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
  };
}

export const NOTHING_STATED = "no claim states what it is worth";

export const value = [
  dollars(
    "loss",
    "loss.total",
    "Loss",
    "Losses of the claims that are wrong or missing in the deliverable.",
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
  dollars("totalCost", "totalCost", "Total cost", "Price of all tokens, and the losses.", "main"),
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
