// The scenario file, defined once: types, validation, defaults and the JSON Schema all derive from the sections that are
// put together here. What the words mean is fixed in DESIGN.md; the sections say what may be written and in which range.
import { z } from "zod";
import {
  FILE_KEYS,
  flag,
  list,
  name,
  namedMap,
  number,
  oneOf,
  section,
  share,
  text,
} from "../documents/fields.ts";
import { partialJsonSchemaOf } from "../documents/jsonSchema.ts";
import { agentDefaults, agents, MAX_AGENTS } from "./agents/schema.ts";
import { RULES } from "./checking/messages.ts";
import { one, reference, several } from "./fields.ts";
import { models } from "./models/schema.ts";
import { objectives, thresholds } from "./objectives/schema.ts";
import { task } from "./task/schema.ts";
import { topology } from "./topology/schema.ts";
import { budget, limits, repeats, replications, seed, workload } from "./workload/schema.ts";

// ---------------------------------------------------------------- protocol

/** Most rounds of a loop, with those of the loops around it multiplied. */
export const MAX_ROUNDS = 1_000_000;
/** Most versions that a send phase carries: edges × claims. */
export const MAX_CARRIED = 50_000_000;

const difficultySplit = section(
  {
    threshold: number(
      "Threshold",
      "Instances that look harder than this, above the task's own difficulty, count as hard.",
      { unit: "log-odds", min: -1e6, max: 1e6 },
    ).default(0),
    noise: number(
      "Noise",
      "Standard deviation of what the router takes the difficulty for about what it is; a large one routes at random.",
      { unit: "log-odds", min: 0, max: 1e6 },
    ).default(0),
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
    k: number("Copies", "How many agents get each claim in mode replicate.", {
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
    turns: number("Turns", "Most turns of each agent in this phase.", {
      unit: "turns",
      integer: true,
      min: 1,
      max: 1_000_000,
    }).default(1_000_000),
    onlyReady: flag(
      "Only ready claims",
      "Whether an agent waits for missing premises instead of guessing them.",
    ).default(false),
    batch: number(
      "Batch",
      "How many agents work each time the phase is reached, in turn; 0 means all of them.",
      { unit: "agents", integer: true, min: 0, max: MAX_AGENTS },
    ).default(0),
    observe: flag(
      "Observe",
      "Whether an agent looks at what each step brings before it goes on, and reviews its work; if not, it follows the plan that it has, and what the plan does not foresee goes wrong (task.deviation).",
    ).default(true),
    pace: number("Pace", "Claims a turn in this phase, as a multiple of the model's pace.", {
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
    k: number("Lead", "By how many votes an answer must lead in `ahead`.", {
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
  rounds: number("Rounds", "Most rounds; reaching this limit without the condition is reported.", {
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

// ---------------------------------------------------------------- the whole file

const ABOUT = {
  title: "Faultline scenario",
  description: "A task, a team and the protocol by which it works.",
};

export const scenarioSchema = section(
  {
    faultline: z
      .literal(1)
      .default(1)
      .meta({ title: "Format", description: "Version of the scenario format.", unit: "version" }),
    name: name("Name", "Name of the scenario; the default is the name of the file."),
    description: text("Description", "What the scenario is, for people.", { max: 10_000 }).default(
      "",
    ),
    parameters: namedMap(
      number("Parameter", "A number, or a formula of others.", { unit: "any" }),
      "Parameters",
      "Named numbers that formulas of other fields can use, and sweeps can vary.",
    ).default({}),
    task,
    models,
    agents,
    topology: topology.prefault({}),
    protocol: list(phase, "Protocol", "The phases, in order.", { min: 1, max: 1000 }),
    budget: budget.prefault({}),
    workload: workload.prefault({ arrivals: "one" }),
    objectives: objectives.prefault({}),
    limits: limits.prefault({}),
    replications,
    repeats,
    seed,
    thresholds,
  },
  ABOUT.title,
  ABOUT.description,
);

/** A scenario with every default filled in: what the file means. */
export type Scenario = z.output<typeof scenarioSchema>;

/** What a file may have: the scenario, and keys that are resolved before validation. */
export const scenarioFileSchema = scenarioSchema
  .extend({ ...FILE_KEYS, agentDefaults: agentDefaults.optional() })
  .meta(ABOUT);

/** JSON Schema (draft 2020-12) of a scenario file, which may be a part that others extend. */
export const scenarioJsonSchema = (): object => partialJsonSchemaOf(scenarioFileSchema);
