// The team: groups of like agents.

import type { z } from "zod";
import { name, namedMap, number, oneOf, section, share, whole } from "../../documents/fields.ts";
import { MAX_AGENTS } from "../limits.ts";

function check(title: string, description: string) {
  return section(title, description, {
    recall: share("Recall", "Chance that the check flags an erroneous version.").default(0),
    falseAlarm: share("False alarm", "Chance that the check flags a correct version.").default(0),
  }).prefault({});
}

const agentShape = {
  role: oneOf(
    ["worker", "orchestrator"],
    "Role",
    "Workers make claims and check as peers; an orchestrator plans, and checks as orchestrator.",
  ).default("worker"),
  count: whole("Count", "Number of agents of this kind.", ["agents", 0, MAX_AGENTS]).default(1),
  model: name(
    "Model",
    "The model behind the agents; may be left out where there is only one.",
  ).optional(),
  maxTurns: whole(
    "Turn limit",
    "Most working turns that one agent has in a whole run; reviews and redone work count.",
    ["turns", 0, 1_000_000],
  ).default(1_000_000),
  reviewEvery: whole(
    "Review interval",
    "An agent reviews its work when its scope is complete, and at the latest after so many claims.",
    ["claims", 1, 1_000_000],
  ).default(1_000_000),
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
  toolEffect: number("Tool effect", "Growth of the error log-odds with every tool of the task.", [
    "log-odds a tool",
    -10,
    10,
  ]).default(0),
  distraction: number(
    "Distraction",
    "Growth of the error odds with every version in the ledger that is not an ancestor of the claim at hand.",
    ["per version", 0, 100],
  ).default(0),
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
  checks: section("Checks", "Recall and false-alarm rate of every kind of check.", {
    self: check(
      "Self-check",
      "How well the agent reviews its own work when its scope is complete.",
    ),
    peer: check("Peer check", "How well the agent checks versions of its peers."),
    orchestrator: check("Orchestrator check", "How well the agent checks as an orchestrator."),
    guard: section(
      "Guard",
      "What stands between the agent and its policy-critical actions: what it stops does not take effect and is to be made again.",
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
  description: "Parameters of every group of agents that does not set them itself.",
});

export type Agents = z.output<typeof agents>;
export type AgentSpec = Agents[string];
