// What is said of the team, and of references to agents.

import type { Text, Warning } from "../../documents/checking/problems.ts";
import { called, grouped, list, meant, plural, word } from "../../documents/quoting.ts";
import type { Path } from "../../documents/reading/tree.ts";
import type { AgentKind } from "../../model/plan.ts";

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

export const ofOtherKinds = (
  group: string,
  kind: AgentKind,
  field: string,
  kinds: readonly AgentKind[],
): Text => ({
  message: `${group} is ${KINDS[kind].one}, which has no ${field} of its own`,
  rule: `${field} is of agents of kind ${kinds.join(" or ")}`,
  hint:
    kind === "model" && field in OF_MODELS
      ? `write it in models, as ${OF_MODELS[field as keyof typeof OF_MODELS]}, or write kind: ${kinds[0]}`
      : `remove it, or write kind: ${kinds[0]}`,
});

/** What parameters of people and programs are called where they are of models. */
const OF_MODELS = { errorRate: "errorRate", duration: "latency", price: "price" };

const KINDS: Readonly<Record<AgentKind, { readonly one: string }>> = {
  model: { one: "a language model" },
  human: { one: "a person" },
  code: { one: "a program" },
};

export const notOfCode = (field: string, value: number, fixed: number): Text => ({
  message: `${field} is ${value}, and a program ${fixed === 0 ? "loses nothing" : "does not guess"}`,
  rule: `${field} is ${fixed} for agents of kind code`,
  hint: "remove it",
});

export const missingOfPeople = (group: string, field: string, example: string): Text => ({
  message: `${group} is a person without ${field}`,
  rule: "a person has an errorRate and a duration",
  hint: `write ${field}: ${example}`,
});

export const twoPrices: Text = {
  message: "the price is stated by the turn and by the hour",
  rule: "a price is perTurn or perHour",
  hint: "remove one of them",
};

export const fatigueWithoutShifts: Text = {
  message: "fatigue has no beginning here: the agent works all the time",
  rule: "fatigue grows from the beginning of a shift",
  hint: "write shifts: { days: mon-fri, hours: 9:00-17:00 }",
};

export const neverOpens = (hours: string): Text => ({
  message: `the shift never begins: ${hours} is no time at all`,
  rule: "a shift ends after it begins, on the same day or on the next",
  hint: "write 0:00-24:00 for a whole day",
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
