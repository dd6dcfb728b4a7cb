// The team: groups of like agents.

import type { z } from "zod";
import {
  name,
  namedMap,
  number,
  oneOf,
  oneOrMore,
  section,
  share,
  whole,
} from "../../documents/fields.ts";
import { AGENT_KINDS } from "../../model/plan.ts";
import { days, hours } from "../calendar.ts";
import { latency } from "../fields.ts";
import { MAX_AGENTS, MAX_STAFF, MAX_TOOLS } from "../limits.ts";

function check(title: string, description: string) {
  return section(title, description, {
    recall: share("Recall", "Chance that the check flags an erroneous version.").default(0),
    falseAlarm: share("False alarm", "Chance that the check flags a correct version.").default(0),
  }).prefault({});
}

function weight(title: string, description: string) {
  return number(title, description, ["answers", 0, 1_000_000]).default(1);
}

const amount = (title: string, description: string, unit: string) =>
  number(title, description, [unit, 0, 1_000_000]);

const shift = section("Shift", "A part of the week in which the agent works.", {
  days: days("Days", "Days on which the shift begins: `mon`, `mon-fri`, or a list."),
  hours: hours(
    "Hours",
    "Hours of the day: `9:00-17:00`, or a list. `22:00-6:00` goes on after midnight.",
  ),
});

/** What agents that are no language models have of their own, and who works when. */
const staffing = {
  kind: oneOf(
    AGENT_KINDS,
    "Kind",
    "What the agent is: a language model (`model`, also where nothing is stated), a person (`human`), or a program (`code`).",
  ).optional(),
  errorRate: share(
    "Error rate",
    "Of people and programs: chance to get a claim wrong, on an instance of difficulty 0. A program has 0 where nothing is stated.",
  ).optional(),
  duration: latency
    .meta({
      title: "Duration",
      description:
        "Of people and programs: how long a turn takes. A program takes no time where nothing is stated.",
      unit: "object",
    })
    .optional(),
  price: section(
    "Price",
    "Of people and programs: what they cost, by the turn or by the hour. Without a price they cost nothing.",
    {
      perTurn: amount("Per turn", "Price of a turn.", "US dollars per turn").optional(),
      perHour: amount(
        "Per hour",
        "Price of an hour in which the agent works. Idle time is not paid for.",
        "US dollars per hour",
      ).optional(),
    },
  ).optional(),
  fatigue: number(
    "Fatigue",
    "Of people with shifts: growth of the error log-odds per turn that the agent has taken since its shift began. It lowers the odds of a catch and raises those of a false alarm by as much.",
    ["log-odds per turn", 0, 10],
  ).optional(),
  staff: whole(
    "Staff",
    "How many turns the agent takes at a time, from one queue: 1 where nothing is stated. Of people: how many there are of them.",
    ["servers", 1, MAX_STAFF],
  ).optional(),
  shifts: oneOrMore(
    shift,
    "Shifts",
    "When the agent works: always where nothing is stated. Outside its shifts turns wait, and a turn under way rests.",
    "shifts",
  ).optional(),
};

const agentShape = {
  role: oneOf(
    ["worker", "orchestrator"],
    "Role",
    "Which kind of check is the agent's usual one: workers check as peers, orchestrators as orchestrators. It also decides the default hub and whose ledgers are aggregated by default.",
  ).default("worker"),
  count: whole("Count", "Number of agents in the group.", ["agents", 0, MAX_AGENTS]).default(1),
  model: name(
    "Model",
    "The model behind the agents. It can be left out if there is only one model.",
  ).optional(),
  ...staffing,
  maxTurns: whole(
    "Turn limit",
    "Largest number of working turns per agent and task, reviews and repeated work included.",
    ["turns", 0, 1_000_000],
  ).default(1_000_000),
  reviewEvery: whole(
    "Review interval",
    "An agent reviews its work when its scope is complete, and otherwise in every turn of this number: with 5, in its fifth, its tenth and so on. Turns are counted from its last review.",
    ["turns", 1, 1_000_000],
  ).default(1_000_000),
  propagation: share(
    "Propagation",
    "Chance, per erroneous premise, that a claim built on it becomes erroneous.",
  ).default(1),
  guess: share(
    "Guess error",
    "Chance, per missing premise, that a claim made without it becomes erroneous.",
  ).default(0.5),
  handoff: share(
    "Hand-off loss",
    "Chance, per premise that came by message, that a claim built on it becomes erroneous.",
  ).default(0),
  omission: share(
    "Omission",
    "Chance that a message from the agent leaves out a version that it should carry.",
  ).default(0),
  distortion: share(
    "Distortion",
    "Chance that a correct version becomes erroneous in a message from the agent.",
  ).default(0),
  conflict: share(
    "Conflict",
    "With task.sharedState: chance, per other agent at work at the same time, that a claim becomes erroneous.",
  ).default(0),
  synthesisLoss: share(
    "Synthesis loss",
    "Chance that a correct claim becomes erroneous when the agent synthesizes the deliverable.",
  ).default(0),
  tools: whole(
    "Tools",
    "Number of tools that the agent chooses from. By default those of the task.",
    ["tools", 0, MAX_TOOLS],
  ).optional(),
  toolEffect: number(
    "Tool effect",
    "Growth of the error log-odds per tool that the agent chooses from.",
    ["log-odds per tool", -10, 10],
  ).default(0),
  toolFailure: share(
    "Tool failure",
    "Chance, per call of a tool, that it fails without notice, so that the claim becomes erroneous. 0 where it is not stated.",
  ).optional(),
  distraction: number(
    "Distraction",
    "Relative growth of the error odds per version in the ledger that is not an ancestor of the claim at hand.",
    ["per version", 0, 100],
  ).default(0),
  heed: share(
    "Heed",
    "Chance that a check follows an objection that was raised to the same version in an earlier check phase.",
  ).default(0),
  belief: section(
    "Belief",
    "How much weight the agent gives to each answer that it sees. In a revise phase it draws the one that it stands by in proportion to the weights.",
    {
      self: weight("Self", "Weight of its own answer, each time that it gives one."),
      peer: weight("Peer", "Weight of an answer, each time that it comes from a worker."),
      orchestrator: weight(
        "Orchestrator",
        "Weight of an answer, each time that it comes from an orchestrator.",
      ),
      discernment: number(
        "Discernment",
        "Factor on the weight of the correct answer. With 1 the agent has no eye for what is right.",
        ["times", 1, 1000],
      ).default(1),
    },
  ).prefault({}),
  confidence: section(
    "Confidence",
    "The agent states how certain it is of each version that it makes. Without this it states nothing.",
    {
      auc: number(
        "AUC",
        "Chance that it states more confidence in a right version than in a wrong one: with 0.5 what it states says nothing, with 1 all.",
        ["probability", 0.5, 1],
      ),
    },
  ).optional(),
  difficultyEffect: share(
    "Difficulty effect",
    "How much of the instance's difficulty reaches the agent's checks: 0 none, 1 all of it. It lowers the odds of a catch and raises those of a false alarm.",
  ).default(0),
  overlap: share(
    "Overlap",
    "For a planner that partitions the claims: chance that it gives a claim to a second agent as well.",
  ).default(0),
  diversity: share(
    "Diversity",
    "Chance that the agent begins apart from its peers, at evenly spaced claims, instead of at a random claim.",
  ).default(0),
  checks: section("Checks", "Recall and false-alarm rate of every kind of check.", {
    self: check("Self-check", "How well the agent reviews its own work."),
    peer: check("Peer check", "How well the agent checks as a peer."),
    orchestrator: check("Orchestrator check", "How well the agent checks as an orchestrator."),
    guard: section(
      "Guard",
      "A guard between the agent and its policy-critical actions. An action that it stops does not take effect and has to be made again.",
      {
        recall: share("Recall", "Chance that the guard stops a violation.").default(0),
        falseAlarm: share(
          "False alarm",
          "Chance that the guard stops a policy-critical claim that violates nothing.",
        ).default(0),
      },
    ).prefault({}),
  }).prefault({}),
};

const agent = section("Agents", "A group of like agents.", agentShape);

export const agents = namedMap(agent, "Agents", "The team: groups of like agents.");

/** Parameters that every group of agents has unless it says otherwise. */
export const agentDefaults = agent.meta({
  title: "Agent defaults",
  description: "Parameters for every group of agents that does not set them itself.",
});

export type Agents = z.output<typeof agents>;
export type AgentSpec = Agents[string];
