// Documents of `improve`: what to buy first, the path, interactions, and all that was tried.
import { OPTION_KINDS } from "../../decide/improve/option.ts";
import * as f from "../fields.ts";
import { documentKind } from "../kind.ts";

const DOLLARS = "US dollars per task";

const effect = (title: string) =>
  f.map(
    {
      goal: f.estimated("Change of the goal").describe("In its unit; negative where it falls."),
      cost: f
        .estimated("Extra cost per task")
        .describe("US dollars, with stated prices; negative where it saves."),
    },
    title,
    "Against today, on the same tasks.",
  );

const names = (title: string) => f.list(f.named("Option"), title);

const first = f.map(
  {
    option: f.named("Option"),
    effect: effect("Effect"),
    decided: f.flag("Whether it is the best with the confidence asked for"),
    rivals: f.list(
      f.map(
        {
          option: f.named("Option"),
          behind: f
            .estimated("How much better the first step is")
            .describe("Positive is better, also where less of the goal is."),
        },
        "Rival",
      ),
      "Options that may be as good",
    ),
  },
  "First step",
);

const step = f.map(
  {
    changes: names("All changes by then"),
    added: names("Added to the step before"),
    removed: names("Taken back from the step before"),
    effect: effect("Effect"),
    further: f.estimated("Change of the goal against the step before"),
    goal: f.estimated("Goal"),
    cost: f.estimated("Cost per task").describe("US dollars, with stated prices."),
    file: f.named("File", "In the folder of the result."),
  },
  "Step",
);

const interaction = f.map(
  {
    options: f.list(f.named("Option"), "The two options"),
    apart: f.estimated("Change of the goal by each alone, added up"),
    together: f.estimated("Change of the goal by both"),
    extra: f.estimated("What they bring together beyond that").describe("Positive is better."),
    verdict: f.word("Verdict", ["synergy", "overlap", "open"]),
  },
  "Interaction",
);

const option = f.map(
  {
    name: f.named("Name"),
    kind: f.word("Kind", OPTION_KINDS),
    what: f.words("What is done"),
    assumes: f.words("What it takes for granted").optional(),
    price: f.positive("Stated price", DOLLARS),
    alone: effect("What it brings alone"),
    meets: f.flag("Whether it alone keeps to the budget and the constraints"),
  },
  "Option",
);

const tried = f.map(
  {
    changes: names("Changes"),
    effect: effect("Effect"),
    meets: f.flag("Whether it keeps to the budget and the constraints"),
    onFront: f.flag("Whether no other brings as much for as little"),
    blocks: f.whole("Blocks in which it was seen"),
  },
  "Set of changes",
);

export const improve = documentKind("improve", {
  called: "an improvement",
  title: "Improvement",
  description: "What to buy first under a budget, and what next.",
  fields: {
    name: f.named("Name"),
    seed: f.seed(),
    engine: f.engine(),
    goal: f.map(
      {
        metric: f.named("Metric"),
        title: f.words("Title"),
        unit: f.words("Unit"),
        better: f.word("Which way is better", ["higher", "lower"]),
      },
      "Goal",
    ),
    budget: f.amount("Most extra cost", DOLLARS, "Null: no limit.").nullable(),
    atMost: f.whole("Most changes together", undefined, { min: 1 }),
    constraints: f.list(f.words("Constraint"), "Constraints"),
    confidence: f.portion("Confidence with which a first step is called decided"),
    today: f.map({ goal: f.estimated("Goal"), cost: f.estimated("Cost per task") }, "Today"),
    first: first.nullable(),
    path: f.list(step, "Path", "The best set of changes of each size."),
    interactions: f.list(interaction, "Interactions"),
    options: f.list(option, "Options"),
    leftOut: f.list(
      f.map({ name: f.named("Option or kind of option"), why: f.words("Why") }, "Left out"),
      "What was left out",
    ),
    tried: f.list(tried, "All that was tried"),
    spent: f.map(
      {
        trials: f.whole("Trials"),
        replications: f.whole("Replications"),
        sets: f.whole("Sets of changes that were looked at"),
        ofSets: f.positive("Sets that there are"),
      },
      "Spent",
    ),
    blocks: f.map(
      { instances: f.whole("Task instances of a block"), most: f.whole("Most blocks of a set") },
      "Blocks",
    ),
  },
});
