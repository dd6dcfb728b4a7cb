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
import { MAX_AGENTS, MAX_CLAIMS } from "./limits.ts";
import { one, several } from "./protocol/fields.ts";
import { phasesSchema } from "./protocol/phases.ts";

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
    protocol: phasesSchema("Protocol", "The phases, in order."),
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
