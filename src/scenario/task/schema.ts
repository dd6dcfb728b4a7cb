// The task of a scenario: claims that build on one another, and how hard they are.

import { z } from "zod";
import {
  flag,
  kindsBy,
  list,
  name,
  namedMap,
  number,
  section,
  share,
  whole,
} from "../../documents/fields.ts";
import { MAX_CLAIMS } from "../limits.ts";

const shape = kindsBy("shape", "Shape", "Shape of the task graph.");

const chainGraph = shape(
  "chain",
  "Chain",
  "Strictly sequential task: every claim builds on the one before.",
  {
    size: whole(
      "Claims in the chain",
      "Number of claims; each has the one before it as its premise.",
      ["claims", 1, MAX_CLAIMS],
    ),
  },
);

const layersGraph = shape(
  "layers",
  "Layers",
  "Layered task: each layer is parallel, the layers follow one another.",
  {
    layers: list(
      whole("Claims in the layer", "Number of claims in this layer.", ["claims", 1, MAX_CLAIMS]),
      "Layers",
      "Sizes of the layers; every claim has all claims of the layer before as premises.",
      { min: 1, max: MAX_CLAIMS },
    ),
  },
);

const explicitGraph = shape("graph", "Explicit graph", "A task graph written out claim by claim.", {
  claims: namedMap(
    list(
      name("Premise", "A claim this one builds on."),
      "Premises",
      "The claims that this one builds on.",
      { max: MAX_CLAIMS },
    ),
    "Claims",
    "Every claim with the list of its premises. The graph must have no cycle.",
  ),
});

const generatedGraph = shape(
  "generated",
  "Generated",
  "A task drawn by size, spread and sequentiality.",
  {
    size: number("Mean size", "Mean number of claims an instance needs.", [
      "claims",
      1,
      MAX_CLAIMS,
    ]),
    spread: number(
      "Spread of size",
      "Standard deviation of the number of claims over instances (lognormal, rounded).",
      ["claims", 0, MAX_CLAIMS],
    ).default(0),
    limit: whole("Largest size", "No instance has more claims than this.", [
      "claims",
      1,
      MAX_CLAIMS,
    ]).default(64),
    sequentiality: share(
      "Sequentiality",
      "Share of the claims that build on the claim before: 0 is fully parallel, 1 is a chain.",
    ).default(0),
  },
);

const taskClass = section("Task class", "A kind of task that arrives with a given share.", {
  share: number("Share", "Share of the instances that belong to this class; shares add up to 1.", [
    "share",
    0,
    1,
  ]),
  difficulty: number(
    "Difficulty of the class",
    "Added to the error log-odds of every claim of such an instance.",
    ["log-odds", -20, 20],
  ).default(0),
  sizeFactor: number("Size factor", "Multiplies the size of a generated task in this class.", [
    "factor",
    0.01,
    100,
  ]).default(1),
});

export const task = section(
  "Task",
  "What has to be done: a graph of claims and how hard they are.",
  {
    graph: z
      .discriminatedUnion("shape", [chainGraph, layersGraph, explicitGraph, generatedGraph])
      .meta({
        title: "Task graph",
        description: "The claims and what they build on.",
        unit: "object",
      }),
    difficulty: number("Difficulty", "Added to the error log-odds of every claim of this task.", [
      "log-odds",
      -20,
      20,
    ]).default(0),
    difficultySpread: number(
      "Spread of difficulty",
      "Standard deviation over instances of the difficulty, drawn once per instance and shared by all agents.",
      ["log-odds", 0, 20],
    ).default(0),
    tools: whole("Tools", "Number of tools that an agent has to choose among.", [
      "tools",
      0,
      10_000,
    ]).default(0),
    sharedState: flag(
      "Shared state",
      "Whether claims change one state, so that agents that work at the same time can conflict.",
    ).default(false),
    deviation: share(
      "Deviation",
      "Chance that a claim needs what a plan made beforehand does not foresee: an agent that follows the plan without observing gets it wrong. Drawn once per run and claim, for all agents.",
    ).default(0),
    policyCritical: share(
      "Policy-critical share",
      "Share of the claims that are policy-critical actions, which can violate the policy and which a guard looks at. Drawn once per instance and claim.",
    ).default(0),
    alternatives: whole(
      "Wrong alternatives",
      "How many different wrong answers a claim has; 0 means that independent wrong answers never agree.",
      ["answers", 0, 1_000_000],
    ).default(0),
    classes: namedMap(
      taskClass,
      "Task classes",
      "Kinds of task with their shares, e.g. routine, moderate and hard.",
    ).default({}),
  },
);

export type Task = z.output<typeof task>;
export type TaskGraph = Task["graph"];
