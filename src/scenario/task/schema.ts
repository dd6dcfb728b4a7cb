// The task of a scenario: claims that build on one another, and how hard they are.

import { z } from "zod";
import {
  dollars,
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
import { several } from "../fields.ts";
import { MAX_CLAIMS, MAX_TOOLS } from "../limits.ts";

const shape = kindsBy("shape", "Shape", "Shape of the task graph.");

const chainGraph = shape(
  "chain",
  "Chain",
  "A sequential task: each claim builds on the one before.",
  {
    size: whole(
      "Claims in the chain",
      "Number of claims. Each has the claim before it as its premise.",
      ["claims", 1, MAX_CLAIMS],
    ),
  },
);

const layersGraph = shape(
  "layers",
  "Layers",
  "A layered task: claims within a layer are independent, and each layer builds on the one before.",
  {
    layers: list(
      whole("Claims in the layer", "Number of claims in this layer.", ["claims", 1, MAX_CLAIMS]),
      "Layers",
      "Sizes of the layers. The premises of a claim are all claims of the layer before.",
      { min: 1, max: MAX_CLAIMS },
    ),
  },
);

const premises = list(
  name("Premise", "A claim this one builds on."),
  "Premises",
  "The claims that this one builds on.",
  { max: MAX_CLAIMS },
);

const owner = several(
  "Owner",
  "The agents of which one makes the claim, in mode `owners` of `assign`. Claims with the same owners go round among them.",
).optional();

/** What a claim has beside its premises, and what all claims of a kind have. */
const properties = {
  difficulty: number(
    "Difficulty of the claim",
    "Raises the error log-odds of the agent that makes the claim; 0 by default.",
    ["log-odds", -20, 20],
  ).optional(),
  tools: whole(
    "Tool calls",
    "How many calls of tools making the claim takes. 0 where it is not stated.",
    ["calls", 0, MAX_TOOLS],
  ).optional(),
  loss: dollars(
    "Loss",
    "What it costs when the claim is wrong or missing in the deliverable. 0 where it is not stated.",
  ).optional(),
  weight: number(
    "Weight",
    "How much the claim counts in the metric `quality`. 1 where it is not stated.",
    ["weight", 0, 1e12],
  ).optional(),
  critical: flag(
    "Critical",
    "Whether the task is of no use without the claim: the metric `criticalSuccess` asks for these claims alone. No where it is not stated.",
  ).optional(),
};

const claimWithProperties = section(
  "Claim with properties",
  "A claim with its premises and what else there is to say of it.",
  {
    needs: premises.default([]),
    owner,
    ...properties,
  },
);

/** A claim of which there is nothing more to say is the list of its premises, however it was written. */
const claim = z
  .union([
    premises,
    claimWithProperties.transform(({ needs, ...properties }) =>
      Object.values(properties).every((value) => value === undefined)
        ? needs
        : { needs, ...properties },
    ),
  ])
  .meta({
    title: "Claim",
    description: "The premises of the claim as a list, or a map with its premises and properties.",
    unit: "claim",
  });

const claimKind = section("Kind of claim", "What the claims of this kind have, with their share.", {
  share: share("Share of the claims", "Chance that a claim is of this kind."),
  owner,
  ...properties,
});

const explicitGraph = shape("graph", "Explicit graph", "A task graph written out claim by claim.", {
  claims: namedMap(
    claim,
    "Claims",
    "Every claim with the list of its premises, or with its premises and properties. The graph must have no cycle.",
  ),
});

const generatedGraph = shape(
  "generated",
  "Generated",
  "A task generated from its size, spread and sequentiality.",
  {
    size: number("Mean size", "Mean number of claims per instance.", ["claims", 1, MAX_CLAIMS]),
    spread: number(
      "Spread of size",
      "Standard deviation of the number of claims across instances (lognormal, rounded).",
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
    kinds: namedMap(
      claimKind,
      "Kinds of claim",
      "Kinds with their shares. Claims that are of none of them have no properties. Drawn once per instance and claim.",
    ).optional(),
  },
);

const taskClass = section("Task class", "A kind of task, with its share of the instances.", {
  share: number("Share", "Share of the instances in this class. The shares add up to 1.", [
    "share",
    0,
    1,
  ]),
  difficulty: number(
    "Difficulty of the class",
    "Added to the error log-odds of every claim of an instance in this class.",
    ["log-odds", -20, 20],
  ).default(0),
  sizeFactor: number("Size factor", "Multiplies the mean size of a generated task in this class.", [
    "factor",
    0.01,
    100,
  ]).default(1),
  priority: whole(
    "Priority",
    "Where tasks wait for an agent, those of the highest priority have their turn first. 0 where it is not stated.",
    ["priority", -100, 100],
  ).optional(),
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
      "Standard deviation of the difficulty across instances. It is drawn once per instance and shared by all agents.",
      ["log-odds", 0, 20],
    ).default(0),
    tools: whole("Tools", "Number of tools that an agent chooses from.", [
      "tools",
      0,
      MAX_TOOLS,
    ]).default(0),
    sharedState: flag(
      "Shared state",
      "Whether all claims change one shared state, so that agents working at the same time can conflict.",
    ).default(false),
    deviation: share(
      "Deviation",
      "Chance that a claim needs something that a plan made in advance does not foresee. An agent that follows the plan without observing gets such a claim wrong. Drawn once per run and claim, for all agents.",
    ).default(0),
    policyCritical: share(
      "Policy-critical share",
      "Share of the claims that are policy-critical actions. Such a claim can violate the policy, and a guard looks at it. Drawn once per instance and claim.",
    ).default(0),
    alternatives: whole(
      "Wrong alternatives",
      "Number of different wrong answers that a claim has. With 0, independent wrong answers never agree.",
      ["answers", 0, 1_000_000],
    ).default(0),
    classes: namedMap(
      taskClass,
      "Task classes",
      "Kinds of task with their shares, such as routine and hard.",
    ).default({}),
  },
);

export type Task = z.output<typeof task>;
export type TaskGraph = Task["graph"];
/** The claims of a graph that is written out. */
export type Claims = Extract<TaskGraph, { shape: "graph" }>["claims"];
export type Claim = Claims[string];
