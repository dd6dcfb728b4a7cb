// The document of `threshold`: where a metric crosses a level, or two scenarios cross each other.
import * as f from "../fields.ts";
import { documentKind } from "../kind.ts";

const point = f.map(
  {
    x: f.amount("Value of the number"),
    value: f.estimated("Mean of the metric"),
    other: f.estimated("Mean of the metric of the other scenario").nullable(),
  },
  "Point",
);

export const threshold = documentKind("threshold", {
  called: "a search for a threshold",
  title: "Threshold",
  description:
    "What threshold prints: the value of a number at which a metric crosses a level, or two scenarios cross each other.",
  fields: {
    engine: f.engine(),
    seed: f.seed(),
    scenario: f.named("Scenario"),
    other: f.named("Other scenario").nullable(),
    metric: f.named("Metric"),
    level: f
      .amount("Level", "", "Null where two scenarios are held against each other.")
      .nullable(),
    path: f.words("Path of the number"),
    range: f.map(
      {
        low: f.amount("Lower end"),
        high: f.amount("Upper end"),
        log: f.flag("Whether ratios count"),
      },
      "Range",
      "Where the crossing is searched.",
    ),
    isWhole: f.flag("Whether the number is whole"),
    today: f.amount("Value in the scenario").nullable(),
    verdict: f.word("Verdict", ["crossed", "above", "below", "untold", "constant"]),
    at: f.estimated("Where it crosses", "Of a whole number the last value before.").nullable(),
    falls: f.flag("Whether the metric falls below the level there").nullable(),
    crossings: f.whole("Crossings that were seen"),
    points: f.list(point, "Points", "By rising value of the number."),
    missing: f.list(f.amount("Value"), "Values without a valid scenario"),
    blockInstances: f.whole("Task instances of a block", undefined, { min: 1 }),
    replications: f.whole("Replications"),
  },
});
