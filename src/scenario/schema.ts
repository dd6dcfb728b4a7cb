// The scenario file, defined once: types, validation, defaults and the JSON Schema all derive from here.
// What the words mean is fixed in DESIGN.md; this file says what may be written and in which range.
import { z } from "zod";
import {
  duration,
  flag,
  kind,
  name,
  namedMap,
  number,
  oneOf,
  section,
  share,
} from "../documents/fields.ts";
import { RULES } from "./checking/messages.ts";

/** Largest team the simulator accepts. */
export const MAX_AGENTS = 100_000;
/** Largest number of claims in a task. */
export const MAX_CLAIMS = 10_000;
/** Largest ledger table (agents × claims) of one task. */
export const MAX_LEDGER = 20_000_000;
/** Largest number of edges. */
export const MAX_EDGES = 5_000_000;
/** Most rounds of a loop, with those of the loops around it multiplied. */
export const MAX_ROUNDS = 1_000_000;
/** Most versions that a send phase carries: edges × claims. */
export const MAX_CARRIED = 50_000_000;
/** Most places in the ledgers of all tasks in flight. */
export const MAX_PLACES = 100_000_000;

// ---------------------------------------------------------------- task

const chainGraph = section(
  {
    shape: kind("chain", "Shape", "Shape of the task graph."),
    size: number({
      title: "Claims in the chain",
      description: "Number of claims; each has the one before it as its premise.",
      unit: "claims",
      integer: true,
      min: 1,
      max: MAX_CLAIMS,
    }),
  },
  "Chain",
  "Strictly sequential task: every claim builds on the one before.",
);

const layersGraph = section(
  {
    shape: kind("layers", "Shape", "Shape of the task graph."),
    layers: z
      .array(
        number({
          title: "Claims in the layer",
          description: "Number of claims in this layer.",
          unit: "claims",
          integer: true,
          min: 1,
          max: MAX_CLAIMS,
        }),
      )
      .min(1)
      .max(MAX_CLAIMS)
      .meta({
        title: "Layers",
        description:
          "Sizes of the layers; every claim has all claims of the layer before as premises.",
        unit: "list",
      }),
  },
  "Layers",
  "Layered task: each layer is parallel, the layers follow one another.",
);

const explicitGraph = section(
  {
    shape: kind("graph", "Shape", "Shape of the task graph."),
    claims: namedMap(
      z.array(name("Premise", "A claim this one builds on.")).max(MAX_CLAIMS).meta({
        title: "Premises",
        description: "The claims that this one builds on.",
        unit: "list",
      }),
      "Claims",
      "Every claim with the list of its premises. The graph must have no cycle.",
    ),
  },
  "Explicit graph",
  "A task graph written out claim by claim.",
);

const generatedGraph = section(
  {
    shape: kind("generated", "Shape", "Shape of the task graph."),
    size: number({
      title: "Mean size",
      description: "Mean number of claims an instance needs.",
      unit: "claims",
      min: 1,
      max: MAX_CLAIMS,
    }),
    spread: number({
      title: "Spread of size",
      description:
        "Standard deviation of the number of claims over instances (lognormal, rounded).",
      unit: "claims",
      min: 0,
      max: MAX_CLAIMS,
    }).default(0),
    limit: number({
      title: "Largest size",
      description: "No instance has more claims than this.",
      unit: "claims",
      integer: true,
      min: 1,
      max: MAX_CLAIMS,
    }).default(64),
    sequentiality: share(
      "Sequentiality",
      "Share of the claims that build on the claim before: 0 is fully parallel, 1 is a chain.",
    ).default(0),
  },
  "Generated",
  "A task drawn by size, spread and sequentiality.",
);

const taskClass = section(
  {
    share: number({
      title: "Share",
      description: "Share of the instances that belong to this class; shares add up to 1.",
      unit: "share",
      min: 0,
      max: 1,
    }),
    difficulty: number({
      title: "Difficulty of the class",
      description: "Added to the error log-odds of every claim of such an instance.",
      unit: "log-odds",
      min: -20,
      max: 20,
    }).default(0),
    sizeFactor: number({
      title: "Size factor",
      description: "Multiplies the size of a generated task in this class.",
      unit: "factor",
      min: 0.01,
      max: 100,
    }).default(1),
  },
  "Task class",
  "A kind of task that arrives with a given share.",
);

const task = section(
  {
    graph: z
      .discriminatedUnion("shape", [chainGraph, layersGraph, explicitGraph, generatedGraph])
      .meta({
        title: "Task graph",
        description: "The claims and what they build on.",
        unit: "object",
      }),
    difficulty: number({
      title: "Difficulty",
      description: "Added to the error log-odds of every claim of this task.",
      unit: "log-odds",
      min: -20,
      max: 20,
    }).default(0),
    difficultySpread: number({
      title: "Spread of difficulty",
      description:
        "Standard deviation over instances of the difficulty, drawn once per instance and shared by all agents.",
      unit: "log-odds",
      min: 0,
      max: 20,
    }).default(0),
    tools: number({
      title: "Tools",
      description: "Number of tools that an agent has to choose among.",
      unit: "tools",
      integer: true,
      min: 0,
      max: 10_000,
    }).default(0),
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
    alternatives: number({
      title: "Wrong alternatives",
      description:
        "How many different wrong answers a claim has; 0 means that independent wrong answers never agree.",
      unit: "answers",
      integer: true,
      min: 0,
      max: 1_000_000,
    }).default(0),
    classes: namedMap(
      taskClass,
      "Task classes",
      "Kinds of task with their shares, e.g. routine, moderate and hard.",
    ).default({}),
  },
  "Task",
  "What has to be done: a graph of claims and how hard they are.",
);

// ---------------------------------------------------------------- models

export const latencySchema = z
  .discriminatedUnion("distribution", [
    section(
      {
        distribution: kind("constant", "Distribution", "Kind of distribution."),
        mean: duration("Mean", "The duration itself."),
      },
      "Constant",
      "Always the same duration.",
    ),
    section(
      {
        distribution: kind("uniform", "Distribution", "Kind of distribution."),
        low: duration("Low", "Shortest duration."),
        high: duration("High", "Longest duration."),
      },
      "Uniform",
      "Any duration between two bounds, equally likely.",
    ),
    section(
      {
        distribution: kind("exponential", "Distribution", "Kind of distribution."),
        mean: duration("Mean", "Mean duration."),
      },
      "Exponential",
      "Memoryless durations.",
    ),
    section(
      {
        distribution: kind("lognormal", "Distribution", "Kind of distribution."),
        mean: duration("Mean", "Arithmetic mean duration."),
        cv: number({
          title: "Coefficient of variation",
          description: "Standard deviation divided by the mean.",
          unit: "ratio",
          min: 0,
          max: 100,
        }).default(0.5),
      },
      "Lognormal",
      "Skewed durations, the usual shape of model latencies.",
    ),
    section(
      {
        distribution: kind("weibull", "Distribution", "Kind of distribution."),
        mean: duration("Mean", "Arithmetic mean duration."),
        shape: number({
          title: "Shape",
          description: "Below 1 the tail is heavier than exponential, above 1 lighter.",
          unit: "ratio",
          min: 0.1,
          max: 100,
        }).default(1),
      },
      "Weibull",
      "Durations with a falling or rising hazard.",
    ),
    section(
      {
        distribution: kind("pareto", "Distribution", "Kind of distribution."),
        mean: duration("Mean", "Arithmetic mean duration."),
        shape: number({
          title: "Tail index",
          description: "Smaller means heavier tail; the mean exists only above 1.",
          unit: "ratio",
          min: 1.01,
          max: 100,
        }).default(2.5),
      },
      "Pareto",
      "Durations with a power-law tail.",
    ),
  ])
  .meta({ title: "Latency", description: "Distribution of a duration.", unit: "object" });

const model = section(
  {
    family: name(
      "Family",
      "Models of one family share common-cause errors; the default is the model's own name.",
    ).optional(),
    errorRate: share(
      "Error rate",
      "Chance that a claim is made wrong on an instance of difficulty 0, with enough budget and no tools.",
    ),
    pace: number({
      title: "Pace",
      description:
        "Mean number of claims made in a turn; 0.8 means that one turn in five yields nothing.",
      unit: "claims a turn",
      min: 0.01,
      max: 100,
    }).default(1),
    thinking: number({
      title: "Thinking",
      description:
        "Output tokens that a turn wants; with fewer the error odds rise (budget.exponent).",
      unit: "tokens a turn",
      min: 0,
      max: 10_000_000,
    }).default(400),
    prompt: number({
      title: "Prompt",
      description: "Input tokens of every turn apart from the ledger.",
      unit: "tokens a turn",
      min: 0,
      max: 10_000_000,
    }).default(500),
    price: section(
      {
        input: number({
          title: "Input price",
          description: "Price of a million input tokens.",
          unit: "US dollars per million tokens",
          min: 0,
          max: 1_000_000,
        }).default(1.25),
        output: number({
          title: "Output price",
          description: "Price of a million output tokens.",
          unit: "US dollars per million tokens",
          min: 0,
          max: 1_000_000,
        }).default(10),
      },
      "Price",
      "Price in and out.",
    ).prefault({}),
    latency: latencySchema.prefault({ distribution: "lognormal", mean: 4, cv: 0.5 }),
    commonCause: share(
      "Common-cause share",
      "Share of the claims on which all agents of the family share one draw: wrong together, blind together.",
    ).default(0),
    drift: number({
      title: "Drift",
      description: "Growth of the error log-odds per day of simulated time.",
      unit: "log-odds a day",
      min: -100,
      max: 100,
    }).default(0),
    age: number({
      title: "Age",
      description:
        "Days since the error rate was last measured when a replication begins: what it has drifted by then.",
      unit: "days",
      min: 0,
      max: 100_000,
    }).default(0),
    violation: share(
      "Violation",
      "Chance that a policy-critical claim (task.policyCritical) violates the policy each time it is made, whether it is right or wrong.",
    ).default(0),
    failure: share(
      "Call failure",
      "Chance that a call fails at the provider; that shows when its answer is due.",
    ).default(0),
    timeout: duration(
      "Time-out",
      "How long an agent waits for a call; one that takes longer has failed. By default it waits for all of them.",
    ).optional(),
    retries: number({
      title: "Retries",
      description:
        "How often a call that failed is made again; a turn whose calls all fail yields nothing.",
      unit: "calls",
      integer: true,
      min: 0,
      max: 20,
    }).default(2),
    backoff: duration(
      "Back-off",
      "Pause before the first retry; it doubles with each one that follows.",
    ).default(1),
    rateLimit: section(
      {
        calls: number({
          title: "Calls a minute",
          description:
            "Calls that the provider lets pass in a minute, of all agents and tasks together; the others wait their turn.",
          unit: "calls a minute",
          min: 0.001,
          max: 1_000_000,
        }),
        burst: number({
          title: "Burst",
          description: "Calls that it lets pass at once after a pause.",
          unit: "calls",
          integer: true,
          min: 1,
          max: 1_000_000,
        }).default(1),
      },
      "Rate limit",
      "How many calls of this model its provider lets pass; by default all of them.",
    ).optional(),
  },
  "Model",
  "A language model: how often it errs, what it costs, how long it takes.",
);

// ---------------------------------------------------------------- agents

function check(title: string, description: string) {
  return section(
    {
      recall: share("Recall", "Chance that the check flags an erroneous version.").default(0),
      falseAlarm: share("False alarm", "Chance that the check flags a correct version.").default(0),
    },
    title,
    description,
  ).prefault({});
}

const agentShape = {
  role: oneOf(
    ["worker", "orchestrator"],
    "Role",
    "Workers make claims and check as peers; an orchestrator plans, and checks as orchestrator.",
  ).default("worker"),
  count: number({
    title: "Count",
    description: "Number of agents of this kind.",
    unit: "agents",
    integer: true,
    min: 0,
    max: MAX_AGENTS,
  }).default(1),
  model: name(
    "Model",
    "The model behind the agents; may be left out where there is only one.",
  ).optional(),
  maxTurns: number({
    title: "Turn limit",
    description:
      "Most working turns that one agent has in a whole run; reviews and redone work count.",
    unit: "turns",
    integer: true,
    min: 0,
    max: 1_000_000,
  }).default(1_000_000),
  reviewEvery: number({
    title: "Review interval",
    description:
      "An agent reviews its work when its scope is complete, and at the latest after so many claims.",
    unit: "claims",
    integer: true,
    min: 1,
    max: 1_000_000,
  }).default(1_000_000),
  propagation: share(
    "Propagation",
    "Chance that a claim built on an erroneous premise becomes erroneous.",
  ).default(1),
  guess: share(
    "Guess error",
    "Chance that a claim made without one of its premises becomes erroneous.",
  ).default(0.5),
  handoff: share(
    "Hand-off loss",
    "Chance that a claim built on a correct premise that came by message becomes erroneous.",
  ).default(0),
  omission: share(
    "Omission",
    "Chance that a message leaves out a version that it should carry.",
  ).default(0),
  distortion: share(
    "Distortion",
    "Chance that a version becomes erroneous on the way in a message.",
  ).default(0),
  conflict: share(
    "Conflict",
    "With shared state: chance, per other agent at work at the same time, that a claim becomes erroneous.",
  ).default(0),
  synthesisLoss: share(
    "Synthesis loss",
    "Chance that a correct claim becomes erroneous when the agent synthesizes the deliverable.",
  ).default(0),
  toolEffect: number({
    title: "Tool effect",
    description: "Growth of the error log-odds with every tool of the task.",
    unit: "log-odds a tool",
    min: -10,
    max: 10,
  }).default(0),
  distraction: number({
    title: "Distraction",
    description:
      "Growth of the error odds with every version in the ledger that is not an ancestor of the claim at hand.",
    unit: "per version",
    min: 0,
    max: 100,
  }).default(0),
  heed: share(
    "Heed",
    "Chance that a check goes by an objection that somebody raised to the same version in an earlier check.",
  ).default(0),
  overlap: share(
    "Overlap",
    "As a planner that shares out claims: chance that a claim is given to one more agent as well.",
  ).default(0),
  diversity: share(
    "Diversity",
    "Chance that an agent who may choose where to begin begins apart from its peers, evenly spaced, instead of anywhere.",
  ).default(0),
  checks: section(
    {
      self: check(
        "Self-check",
        "How well the agent reviews its own work when its scope is complete.",
      ),
      peer: check("Peer check", "How well the agent checks versions of its peers."),
      orchestrator: check("Orchestrator check", "How well the agent checks as an orchestrator."),
      guard: section(
        {
          recall: share("Recall", "Chance that the guard stops a violation.").default(0),
          falseAlarm: share(
            "False alarm",
            "Chance that the guard stops a policy-critical claim that violates nothing.",
          ).default(0),
        },
        "Guard",
        "What stands between the agent and its policy-critical actions: what it stops does not take effect and is to be made again.",
      ).prefault({}),
    },
    "Checks",
    "Recall and false-alarm rate of every kind of check.",
  ).prefault({}),
};

const agent = section(agentShape, "Agents", "A group of like agents.");

// ---------------------------------------------------------------- topology

/** An agent reference: a group, or one member of it counted from 1 (`worker.2`). */
export const REFERENCE_PATTERN = /^\p{L}[\p{L}\p{M}\p{N}_-]{0,63}(\.[1-9]\d{0,5})?$/u;

const reference = z.string().regex(REFERENCE_PATTERN, { error: RULES.reference }).meta({
  title: "Agents",
  description: "A group, or one member of it (worker.2).",
  unit: "reference",
});

/** One agent or group, in the role that the title names. */
const one = (title: string, description: string) =>
  reference.meta({ title, description, unit: "reference" });

const references = z
  .union([reference, z.array(reference).min(1).max(1000)])
  .transform((value) => (typeof value === "string" ? [value] : value))
  .meta({
    title: "Agents",
    description: "One reference or a list: a group (worker) or one member of it (worker.2).",
    unit: "references",
  });

/** Agents or groups, in the role that the title names. */
const several = (title: string, description: string) =>
  references.meta({ title, description, unit: "references" });

const edge = section(
  {
    from: one("From", "Who can send."),
    to: one("To", "Who can receive."),
    weight: share("Weight", "Chance that a version which is sent passes along this edge.").default(
      1,
    ),
    both: flag("Both ways", "Whether the edge also runs from `to` to `from`.").default(false),
  },
  "Edge",
  "Who can send to whom. Between groups: every member to every other.",
);

const topology = section(
  {
    preset: oneOf(
      ["none", "star", "complete", "ring", "chain", "tree", "grid", "random", "scale-free"],
      "Preset",
      "A well-known topology over the agents, in the order in which they are written.",
    ).default("none"),
    among: several("Among", "The agents that the preset joins; by default all of them.").optional(),
    hub: one(
      "Hub",
      "The one agent in the middle of star and at the root of tree; by default the first orchestrator, else the first agent.",
    ).optional(),
    directed: flag(
      "Directed",
      "Whether preset edges run one way only (chain, ring and grid forward, star and tree outward).",
    ).default(false),
    degree: number({
      title: "Degree",
      description:
        "Mean number of neighbours in `random`, new edges per agent in `scale-free`, children in `tree`.",
      unit: "agents",
      integer: true,
      min: 1,
      max: 10_000,
    }).default(2),
    seed: z.string().max(200).default("topology").meta({
      title: "Topology seed",
      description: "Seed of `random` and `scale-free`; apart from the seed of the runs.",
      unit: "text",
    }),
    weight: share(
      "Weight",
      "Chance that a version which is sent passes along a preset edge.",
    ).default(1),
    edges: z
      .array(edge)
      .max(100_000)
      .default([])
      .meta({ title: "Edges", description: "Explicit edges, added to the preset.", unit: "list" }),
    latency: latencySchema.prefault({ distribution: "constant", mean: 0.05 }),
    header: number({
      title: "Header",
      description: "Tokens of a message apart from the versions that it carries.",
      unit: "tokens",
      min: 0,
      max: 1_000_000,
    }).default(20),
    versionTokens: number({
      title: "Version size",
      description: "Tokens of one version, in a message and in a ledger.",
      unit: "tokens",
      min: 0,
      max: 1_000_000,
    }).default(60),
  },
  "Topology",
  "Who can send to whom, and what a message costs.",
);

// ---------------------------------------------------------------- protocol

const difficultySplit = section(
  {
    threshold: number({
      title: "Threshold",
      description:
        "Instances that look harder than this, above the task's own difficulty, count as hard.",
      unit: "log-odds",
      min: -1e6,
      max: 1e6,
    }).default(0),
    noise: number({
      title: "Noise",
      description:
        "Standard deviation of what the router takes the difficulty for about what it is; a large one routes at random.",
      unit: "log-odds",
      min: 0,
      max: 1e6,
    }).default(0),
    easy: several("Easy", "The agents that get what looks easy."),
    hard: several("Hard", "The agents that get what looks hard."),
  },
  "Split",
  "In mode route, instead of routes: by how difficult the instance looks to the router.",
);

const assign = section(
  {
    by: one(
      "By",
      "The one agent that plans, which costs it a turn; by default nobody has to.",
    ).optional(),
    to: several("To", "The agents among whom the claims are shared out."),
    mode: oneOf(
      ["whole", "partition", "replicate", "route"],
      "Mode",
      "whole: everybody gets all claims; partition: each claim to one; replicate: each claim to k; route: by task class.",
    ).default("whole"),
    k: number({
      title: "Copies",
      description: "How many agents get each claim in mode replicate.",
      unit: "agents",
      integer: true,
      min: 1,
      max: MAX_AGENTS,
    }).default(1),
    routes: namedMap(
      reference,
      "Routes",
      "In mode route: which agents get the instances of each task class.",
    ).default({}),
    accuracy: share(
      "Router accuracy",
      "In mode route with routes: chance that the router recognises the class; else it takes any other, with equal chances.",
    ).default(1),
    split: difficultySplit.optional(),
  },
  "Assign",
  "Says which claims are whose scope. With `by` it costs a turn of that agent.",
);

const work = section(
  {
    who: several("Who", "The agents that work."),
    turns: number({
      title: "Turns",
      description: "Most turns of each agent in this phase.",
      unit: "turns",
      integer: true,
      min: 1,
      max: 1_000_000,
    }).default(1_000_000),
    onlyReady: flag(
      "Only ready claims",
      "Whether an agent waits for missing premises instead of guessing them.",
    ).default(false),
    batch: number({
      title: "Batch",
      description:
        "How many agents work each time the phase is reached, in turn; 0 means all of them.",
      unit: "agents",
      integer: true,
      min: 0,
      max: MAX_AGENTS,
    }).default(0),
    observe: flag(
      "Observe",
      "Whether an agent looks at what each step brings before it goes on, and reviews its work; if not, it follows the plan that it has, and what the plan does not foresee goes wrong (task.deviation).",
    ).default(true),
    pace: number({
      title: "Pace",
      description: "Claims a turn in this phase, as a multiple of the model's pace.",
      unit: "factor",
      min: 0.01,
      max: 100,
    }).default(1),
  },
  "Work",
  "Agents make the claims of their scope, review them and redo what they flagged.",
);

const send = section(
  {
    from: several("From", "The agents that send."),
    to: several("To", "The agents that are sent to, where there is an edge."),
    what: oneOf(
      ["new", "accepted", "all"],
      "What",
      "new: not sent before; accepted: passed by the sender's check and not sent before; all: the whole ledger.",
    ).default("new"),
    broadcast: flag(
      "Broadcast",
      "Whether a sender writes one text for all its receivers, which counts and costs as one message, instead of one each.",
    ).default(false),
  },
  "Send",
  "Messages along the edges of the topology.",
);

const checkPhase = section(
  {
    by: several("By", "The agents that check."),
    of: oneOf(
      ["received", "own", "all", "accepted"],
      "Of",
      "Which versions of its ledger the agent looks at; received, own, all: those that it has not accepted yet; accepted: those that it has, once more.",
    ).default("received"),
    as: oneOf(
      ["self", "peer", "orchestrator"],
      "As",
      "Whose recall and false-alarm rate apply; by default orchestrator for that role, else peer.",
    ).optional(),
  },
  "Check",
  "Agents look at versions that they have not checked, accept or reject them. Costs a turn.",
);

const aggregate = section(
  {
    how: oneOf(
      ["concatenate", "synthesize", "majority", "ahead", "first"],
      "How",
      "concatenate: first version of each claim; synthesize: the accepted versions of `by`; majority: most frequent answer; ahead: first answer to lead by k; first: ledger of the first agent that completed.",
    ),
    from: several(
      "From",
      "The agents whose ledgers are aggregated; by default all workers.",
    ).optional(),
    by: one("By", "The one agent that builds the deliverable, which costs it a turn.").optional(),
    k: number({
      title: "Lead",
      description: "By how many votes an answer must lead in `ahead`.",
      unit: "votes",
      integer: true,
      min: 1,
      max: 1000,
    }).default(1),
  },
  "Aggregate",
  "Builds the deliverable. With `by` it costs a turn of that agent.",
);

const repeatShape = {
  rounds: number({
    title: "Rounds",
    description: "Most rounds; reaching this limit without the condition is reported.",
    unit: "rounds",
    integer: true,
    min: 1,
    max: 1_000_000,
  }).default(100),
  until: oneOf(
    ["never", "complete", "consensus", "ahead"],
    "Until",
    "complete: the ledgers to be aggregated hold every claim; consensus: and they agree; ahead: an answer leads by the aggregator's k.",
  ).default("never"),
};

/** A function, since a phase is defined by itself. */
function repeatedPhases() {
  return z.array(phase).min(1).max(1000).meta({
    title: "Phases",
    description: "The phases that are repeated, in order.",
    unit: "list",
  });
}

const escalateShape = {
  unless: oneOf(
    ["complete", "consensus", "ahead"],
    "Unless",
    "complete: the ledgers to be aggregated hold every claim; consensus: and they agree; ahead: an answer leads by the aggregator's k.",
  ).default("complete"),
  among: several(
    "Among",
    "The agents whose ledgers are asked; by default those that are aggregated.",
  ).optional(),
};

/** A function, since a phase is defined by itself. */
function conditionalPhases() {
  return z.array(phase).min(1).max(1000).meta({
    title: "Phases",
    description: "The phases that are gone through only where the condition does not hold.",
    unit: "list",
  });
}

export type AssignPhase = z.output<typeof assign>;
export type WorkPhase = z.output<typeof work>;
export type SendPhase = z.output<typeof send>;
export type CheckPhase = z.output<typeof checkPhase>;
export type AggregatePhase = z.output<typeof aggregate>;
export interface RepeatPhase {
  rounds: number;
  until: "never" | "complete" | "consensus" | "ahead";
  phases: Phase[];
}
export interface EscalatePhase {
  unless: "complete" | "consensus" | "ahead";
  among?: string[] | undefined;
  phases: Phase[];
}
/** One phase: exactly one of the keys is there. */
export interface Phase {
  assign?: AssignPhase | undefined;
  work?: WorkPhase | undefined;
  send?: SendPhase | undefined;
  check?: CheckPhase | undefined;
  aggregate?: AggregatePhase | undefined;
  repeat?: RepeatPhase | undefined;
  escalate?: EscalatePhase | undefined;
}

const phase = z
  .strictObject({
    assign: assign.optional(),
    work: work.optional(),
    send: send.optional(),
    check: checkPhase.optional(),
    aggregate: aggregate.optional(),
    get repeat() {
      return z
        .strictObject({ ...repeatShape, phases: repeatedPhases() })
        .meta({
          title: "Repeat",
          description: "Repeats its phases for a number of rounds.",
          unit: "object",
        })
        .optional();
    },
    get escalate() {
      return z
        .strictObject({ ...escalateShape, phases: conditionalPhases() })
        .meta({
          title: "Escalate",
          description: "Goes through its phases once, and only where the condition does not hold.",
          unit: "object",
        })
        .optional();
    },
  })
  .refine((value) => Object.values(value).filter((v) => v !== undefined).length === 1, {
    error: RULES.phase,
  })
  .meta({
    id: "phase",
    title: "Phase",
    description: RULES.phase,
    unit: "object",
    // The rule, for the JSON Schema.
    minProperties: 1,
    maxProperties: 1,
  }) as unknown as z.ZodType<Phase>;

// ---------------------------------------------------------------- workload, budget, limits

const taskCount = number({
  title: "Tasks",
  description: "Number of tasks that arrive in one replication.",
  unit: "tasks",
  integer: true,
  min: 1,
  max: 1_000_000,
}).default(100);
const interval = duration("Interval", "Mean time between two tasks (of bursts: per task).");

const workload = z
  .discriminatedUnion("arrivals", [
    section(
      { arrivals: kind("one", "Arrivals", "How tasks arrive.") },
      "One at a time",
      "A replication is one task; nothing waits.",
    ),
    section(
      { arrivals: kind("fixed", "Arrivals", "How tasks arrive."), interval, tasks: taskCount },
      "Fixed interval",
      "Tasks arrive at equal intervals.",
    ),
    section(
      { arrivals: kind("poisson", "Arrivals", "How tasks arrive."), interval, tasks: taskCount },
      "Poisson",
      "Tasks arrive at random, at a constant rate.",
    ),
    section(
      {
        arrivals: kind("bursts", "Arrivals", "How tasks arrive."),
        interval,
        tasks: taskCount,
        burst: number({
          title: "Burst",
          description: "Tasks that arrive together.",
          unit: "tasks",
          integer: true,
          min: 1,
          max: 1_000_000,
        }).default(5),
      },
      "Bursts",
      "Tasks arrive in groups; the groups are Poisson, and the mean rate is kept.",
    ),
  ])
  .meta({ title: "Workload", description: "How tasks arrive.", unit: "object" });

const budget = section(
  {
    tokens: number({
      title: "Token budget",
      description: "Output tokens of a whole task, shared by all turns; 0 means no limit.",
      unit: "tokens",
      min: 0,
      max: 1e12,
    }).default(0),
    exponent: number({
      title: "Budget exponent",
      description:
        "The error odds are multiplied by (tokens wanted / tokens left per turn) to this power when fewer are left.",
      unit: "exponent",
      min: 0,
      max: 10,
    }).default(0.8),
  },
  "Budget",
  "Tokens to spend, and what a shortage does.",
);

const objectives = section(
  {
    latency: duration(
      "Latency objective",
      "Time from arrival to deliverable within which a task is on time.",
    ).optional(),
  },
  "Objectives",
  "What the user of the team expects of it.",
);

const limits = section(
  {
    events: number({
      title: "Event limit",
      description: "A replication that has more events is cut off, fails and is reported.",
      unit: "events",
      integer: true,
      min: 1,
      max: 1e12,
    }).default(10_000_000),
    time: duration(
      "Time limit",
      "A replication that lasts longer in simulated time is cut off, fails and is reported.",
    ).prefault("1000d"),
    turnsPerClaim: number({
      title: "Turns per claim",
      description:
        "An agent that has taken so many turns in one work phase, for each claim of the task, ends the phase and is reported: its calls always fail, say, or its reviews always flag. At a pace below 1 it has more.",
      unit: "turns",
      min: 1,
      max: 1e6,
    }).default(100),
    inFlight: number({
      title: "Tasks in flight",
      description:
        "A task that arrives when so many are under way is turned away, which fails it, and is reported.",
      unit: "tasks",
      integer: true,
      min: 1,
      max: 1_000_000,
    }).default(10_000),
  },
  "Limits",
  "What ends a protocol that would not end by itself, and how much work may pile up.",
);

// ---------------------------------------------------------------- the whole file

export const scenarioSchema = z
  .strictObject({
    faultline: z
      .literal(1)
      .default(1)
      .meta({ title: "Format", description: "Version of the scenario format.", unit: "version" }),
    name: name("Name", "Name of the scenario; the default is the name of the file."),
    description: z.string().max(10_000).default("").meta({
      title: "Description",
      description: "What the scenario is, for people.",
      unit: "text",
    }),
    parameters: namedMap(
      number({ title: "Parameter", description: "A number, or a formula of others.", unit: "any" }),
      "Parameters",
      "Named numbers that formulas of other fields can use, and sweeps can vary.",
    ).default({}),
    task,
    models: namedMap(model, "Models", "The models behind the agents."),
    agents: namedMap(agent, "Agents", "The team: groups of like agents."),
    topology: topology.prefault({}),
    protocol: z
      .array(phase)
      .min(1)
      .max(1000)
      .meta({ title: "Protocol", description: "The phases, in order.", unit: "list" }),
    budget: budget.prefault({}),
    workload: workload.prefault({ arrivals: "one" }),
    objectives: objectives.prefault({}),
    limits: limits.prefault({}),
    replications: number({
      title: "Replications",
      description: "Number of seeded runs; --replications overrides it.",
      unit: "replications",
      integer: true,
      min: 1,
      max: 1e9,
    }).default(2000),
    repeats: number({
      title: "Repeats",
      description: "Replications that share one task instance: what pass^k is measured on.",
      unit: "replications an instance",
      integer: true,
      min: 1,
      max: 1000,
    }).default(8),
    seed: z.string().min(1).max(200).default("faultline").meta({
      title: "Seed",
      description: "Seed of all draws; --seed overrides it.",
      unit: "text",
    }),
    thresholds: z
      .array(
        z
          .string()
          .max(200)
          .meta({ title: "Threshold", description: "METRIC OPERATOR NUMBER", unit: "text" }),
      )
      .max(100)
      .default([])
      .meta({
        title: "Thresholds",
        description:
          "Conditions on metrics, such as `success >= 0.4`; a failed one ends with exit code 4.",
        unit: "list",
      }),
  })
  .meta({
    title: "Faultline scenario",
    description: "A task, a team and the protocol by which it works.",
    unit: "object",
  });

/** A scenario with every default filled in: what the file means. */
export type Scenario = z.output<typeof scenarioSchema>;
export type TaskGraph = Scenario["task"]["graph"];
export type ModelSpec = Scenario["models"][string];
export type AgentSpec = Scenario["agents"][string];
export type LatencySpec = z.output<typeof latencySchema>;

const path = z.string().min(1).max(1000).meta({
  title: "Base",
  description: "A file that this one builds on, by a path relative to this one.",
  unit: "path",
});

export const extendsSchema = z.union([path, z.array(path).min(1).max(100)]).meta({
  title: "Extends",
  description:
    "Files that this one builds on; later ones win over earlier, and this file over all.",
  unit: "paths",
});

/** Parameters that every group of agents has unless it says otherwise. */
export const agentDefaultsSchema = agent.meta({
  title: "Agent defaults",
  description: "Parameters of every group of agents that does not set them itself.",
});

/** What a file may have: the scenario, and keys that are resolved before validation. */
export const scenarioFileSchema = scenarioSchema.extend({
  $schema: z.string().max(1000).optional().meta({
    title: "Schema",
    description: "The JSON Schema, for editors of JSON files.",
    unit: "text",
  }),
  extends: extendsSchema.optional(),
  agentDefaults: agentDefaultsSchema.optional(),
});
