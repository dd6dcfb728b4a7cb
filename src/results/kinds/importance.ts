// The document of `importance`: which assumption decides, and what weakens the team.
import * as f from "../fields.ts";
import { documentKind } from "../kind.ts";
import { weaknesses } from "./importanceWeaknesses.ts";

const names = (title: string, description?: string) => f.list(f.named("Name"), title, description);

const input = f.map(
  {
    name: f.named("Name"),
    kind: f.word("Kind", ["number", "range", "rows", "group"]),
    paths: names("Paths"),
    first: f
      .estimated(
        "First-order index",
        "Share of the variance that knowing it would take away; noise may leave it below 0.",
      )
      .nullable(),
    total: f
      .estimated(
        "Total index",
        "Share of the variance that would be left if all others were known.",
      )
      .nullable(),
    shapley: f
      .estimated(
        "Shapley effect",
        "Its part of the variance, with half of each interaction of two. The parts of all add up to 1.",
      )
      .nullable(),
    mayLead: f.flag("Whether it may have the greatest effect"),
    low: f.estimated("Mean of the metric while the input is in its lowest third").nullable(),
    high: f.estimated("Mean of the metric while the input is in its highest third").nullable(),
    at: f
      .range("Values in the middle of these thirds", "Null for an input of several numbers.")
      .nullable(),
  },
  "Input",
  "A number that is not known exactly, or several that count as one.",
);

const design = f.map(
  {
    basePoints: f.whole("Base points", "Pairs of independent points of the inputs."),
    leftOut: f.whole("Base points left out", "Those at which some value is undefined."),
    points: f.whole("Points", "Those of screening not included."),
    instances: f.whole("Task instances of one value", "Of a stream, replications.", { min: 1 }),
    replications: f.whole("Replications", "Those of screening included."),
  },
  "Design",
  "How much was simulated. Each point has two values, under independent seeds.",
);

const answer = f.map(
  {
    mean: f.estimated("Mean over the inputs"),
    interval: f.range(
      "95 % interval of the metric",
      "Since the inputs are not known; without noise of the simulation.",
    ),
    sd: f.estimated("Standard deviation over the inputs", "Without noise of the simulation."),
  },
  "Answer",
  "The metric over all that the inputs may be.",
);

const noise = f.map(
  {
    sd: f.positive("Standard deviation of one value at given inputs"),
    share: f.estimated("Share of the variance of one value", "The total index of the seed."),
    ofRun: f.map(
      {
        replications: f.whole("Replications", undefined, { min: 1 }),
        share: f.portion("Share of the variance that is noise"),
      },
      "The same of a run of the scenario",
    ),
  },
  "Noise",
  "What is due to the seed of the simulation.",
);

const measure = f.map(
  {
    names: names("Names"),
    share: f.estimated("Closed index", "Share of the variance that is gone once they are known."),
    width: f.map(
      {
        now: f.positive("Width of the answer's interval now"),
        left: f.estimated("Width that is to be expected once they are known"),
      },
      "Width",
      "In the unit of the metric.",
    ),
  },
  "Measure",
  "What it would bring to know some inputs.",
);

const screened = f.map(
  {
    name: f.named("Name"),
    paths: names("Paths"),
    muStar: f.estimated(
      "Mean size of the elementary effects",
      "Change of the metric over all of the input's range.",
    ),
    sigma: f.positive("Standard deviation of the elementary effects"),
  },
  "Screened input",
);

const assumptions = f.map(
  {
    verdict: f.word("Verdict", ["decided", "undecided", "untold", "constant", "undefined"]),
    leaders: names("Inputs that may have the greatest effect", "The greatest first."),
    design,
    answer: answer.nullable(),
    noise: noise.nullable(),
    inputs: f.list(input, "Inputs", "Sorted by Shapley effect, the greatest first."),
    measure: f.list(measure, "What to measure", "The first input, the first two, the first three."),
    screened: f.list(
      screened,
      "Inputs held at central values",
      "Screening found that they do little.",
    ),
  },
  "Assumptions",
  "Which of the numbers that are not known exactly decides what the metric comes to.",
);

export const importance = documentKind("importance", {
  called: "an analysis of what is important",
  title: "Importance",
  description: "What importance prints: which assumption decides, and what weakens the team.",
  fields: {
    engine: f.engine(),
    scenario: f.named("Scenario"),
    metric: f.named("Metric", "What is explained."),
    seed: f.seed(),
    assumptions: assumptions.nullable(),
    weaknesses: weaknesses.nullable(),
  },
});
