// What is said of the team, and of references to agents.

import type { Text, Warning } from "../../documents/checking/problems.ts";
import { called, grouped, list, meant, plural, word } from "../../documents/quoting.ts";
import type { Path } from "../../documents/reading/tree.ts";

export const unknownModel = (
  name: string,
  known: readonly string[],
  near: string | undefined,
): Text => ({
  message: `there is no model ${word(name)}`,
  rule: `models are ${list(known)}`,
  ...meant(near),
});

export const modelNotNamed = (group: string, known: readonly string[]): Text => ({
  message: `${group} does not say which model it has`,
  rule: "a group names its model where there are several",
  hint: `write model: ${known.slice(0, 3).join(" or ")}`,
});

export const unusedModel = (name: string): Warning => ({
  topic: "unused-model",
  message: `no group of agents has the model ${name}`,
  hint: "remove it, or name it in a group's model",
});

export const noAgents: Text = {
  message: "the team is empty",
  rule: "a team has at least one agent",
  hint: "write agents: { worker: { count: 3 } }",
};

export const tooManyAgents = (count: number, most: number): Text => ({
  message: `the team has ${plural(count, "agent")}`,
  rule: `a team has at most ${plural(most, "agent")}`,
});

export const ledgerTooLarge = (agents: number, claims: number, most: number): Text => ({
  message: `${plural(agents, "agent")} × ${plural(claims, "claim")} are ${plural(agents * claims, "place")} in ledgers`,
  rule: `agents × claims are at most ${grouped(most)}`,
});

export const unknownGroup = (
  group: string,
  known: readonly string[],
  near: string | undefined,
  member: string,
): Text => ({
  message: `there is no group of agents ${word(group)}`,
  rule: `groups are ${list(known)}`,
  ...meant(near, near && near + member),
});

export const emptiedGroup = (group: string): Text => ({
  message: `the group ${word(group)} is empty in agents, which removes it`,
  rule: "a reference names a group with members",
  hint: `write ${group}: {} for a group with the default parameters, or replace what names the group, as topology: null does for an inherited topology`,
});

export const groupWithoutMembers = (group: string): Text => ({
  message: `the group ${word(group)} has no members (count: 0)`,
  rule: "a reference names a group with members",
});

export const unknownMember = (reference: string, group: string, count: number): Text => ({
  message: `there is no agent ${word(reference)}`,
  rule: `members of ${group} are numbered from 1 to ${count}`,
});

export const notOneAgent = (path: Path, reference: string, count: number): Text => ({
  message: `${called(path)} is ${word(reference)}, which are ${plural(count, "agent")}`,
  rule: "here stands one agent",
  hint: `write ${reference}.1 for the first of them`,
});

export const guardStopsAll: Text = {
  message: "this guard stops every policy-critical claim: none is ever made",
  rule: "recall and falseAlarm leave a chance to pass, given the violation of the model",
};

export const nothingCritical = (what: string): Warning => ({
  topic: "no-policy-critical-claims",
  message: `${what} has no meaning here: no claim is policy-critical`,
  rule: "the share of policy-critical claims, task.policyCritical, is above 0",
});

export const unusedGroup = (group: string): Warning => ({
  topic: "agents-in-no-phase",
  message: `the group ${group} takes part in no phase`,
  hint: "name it in the protocol, or remove it",
});

export const noToolCalled: Warning = {
  topic: "tools-without-failures",
  message: "a tool failure has no effect: no claim takes a call of a tool",
  rule: "a tool can fail where making a claim calls it",
  hint: "say how many calls a claim takes, such as payout: { needs: [...], tools: 3 }",
};

export const noToolFails: Warning = {
  topic: "tools-without-failures",
  message: "claims take calls of tools, but no tool ever fails",
  rule: "the tools of a claim are calls, each of which fails with the agent's toolFailure; how many tools an agent chooses from stands in agents or in task.tools",
  hint: "add a failure rate, such as worker: { toolFailure: 0.02 }",
};
