// The document of `choose`: which of several scenarios is the best.
import * as f from "../fields.ts";
import { documentKind } from "../kind.ts";

const scenario = f.map(
  {
    name: f.named("Name"),
    fate: f.word("What became of it", ["chosen", "left", "worse", "unfit"]),
    by: f.words("Scenario that is better, or constraint that it breaks").nullable(),
    value: f.estimated("Mean over its blocks", "With a 95 % interval for this scenario alone."),
    difference: f
      .estimated(
        "Difference to the leading scenario",
        "Paired. The intervals of all scenarios hold at once, at the confidence of the answer.",
      )
      .nullable(),
    constraints: f.list(
      f.map(
        {
          constraint: f.words("Constraint"),
          value: f.estimated("Mean of its metric"),
          met: f.flag("Whether it is met").nullable(),
        },
        "Constraint",
      ),
      "Constraints",
    ),
    replications: f.whole("Replications"),
  },
  "Scenario",
);

export const choose = documentKind("choose", {
  called: "a choice",
  title: "Choice",
  description: "What choose prints: which scenario is the best, with a confidence.",
  fields: {
    engine: f.engine(),
    seed: f.seed(),
    metric: f.named("Metric", "By which the best is chosen."),
    goal: f.word("Which is best", ["highest", "lowest"]),
    confidence: f.portion("Confidence", "Chance that the answer is right."),
    within: f.positive("How much worse than the best the chosen one may be"),
    constraints: f.list(f.words("Constraint"), "Constraints"),
    verdict: f.word("Verdict", ["best", "within", "nobody", "alike", "inconclusive"]),
    chosen: f.named("Chosen scenario").nullable(),
    leading: f.named("Leading scenario", "The one that differences are to."),
    blockInstances: f.whole("Task instances of a block", undefined, { min: 1 }),
    cap: f.whole("Most replications of one scenario"),
    replications: f.map(
      {
        used: f.whole("Replications of all scenarios"),
        equalAllocation: f.whole(
          "Replications with equal allocation",
          "All scenarios observed as often as the one that was observed most.",
        ),
      },
      "Replications",
    ),
    scenarios: f.list(scenario, "Scenarios", "In the order in which they were given."),
  },
});
