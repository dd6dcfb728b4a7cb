// What is said of the protocol.

import type { Text } from "../../documents/checking/problems.ts";
import { called, grouped, list, meant, plural, word } from "../../documents/quoting.ts";
import type { Path } from "../../documents/reading/tree.ts";

export const RULES = {
  phase: "a phase is exactly one of assign, work, send, check, repeat, escalate, aggregate",
} as const;

export const wrongPhase = (path: Path, kinds: readonly string[]): Text => ({
  message:
    kinds.length === 0
      ? `${called(path)} is empty`
      : `${called(path)} is several phases at once: ${list(kinds)}`,
  rule: RULES.phase,
  hint: kinds.length > 1 ? 'begin every phase with a "- " of its own' : undefined,
});

export const unusedGroup = (group: string): Text => ({
  message: `the group ${group} takes part in no phase`,
  hint: "name it in the protocol, or remove it",
});

export const noAggregate: Text = {
  message: "the protocol has no aggregate phase",
  rule: "a protocol ends with one aggregate phase, which builds the deliverable",
  hint: "add - aggregate: { how: concatenate } at its end",
};

export const aggregateNotLast: Text = {
  message: "phases come after aggregate",
  rule: "aggregate is the last phase of a protocol",
};

export const aggregateInRepeat: Text = {
  message: "an aggregate phase stands inside repeat or escalate",
  rule: "aggregate is the last phase of the protocol itself",
};

export const noWork: Text = {
  message: "nobody works: the protocol has no work phase",
  rule: "claims are made in work phases",
  hint: "add - work: { who: ... } before aggregate",
};

export const noEdgesToSend = (
  from: readonly string[],
  to: readonly string[],
  hasEdges: boolean,
): Text => ({
  message: `there is no edge from ${list(from, 5)} to ${list(to, 5)}`,
  rule: "messages run along the edges of the topology",
  hint: hasEdges
    ? "add an edge to topology.edges"
    : "choose a topology.preset such as star or complete, or write topology.edges",
});

export const neverAccepted = (agents: readonly string[]): Text => ({
  message: `${list(agents, 5)} ${agents.length === 1 ? "has" : "have"} nothing accepted to send`,
  rule: "what: accepted sends what the sender accepted in a check phase before",
  hint: "add - check: { by: ... } before this phase, or send what: new",
});

export const synthesizeNeedsBy: Text = {
  message: "synthesize does not say who synthesizes",
  rule: "aggregate with how: synthesize has by, the agent that builds the deliverable",
};

export const aheadNeedsAggregate = (key: "until" | "unless", how: string): Text => ({
  message: `${key}: ahead asks for a lead, but the deliverable is built by ${how}`,
  rule: "ahead goes with aggregate how: ahead, whose k is the lead",
});

export const routeNeedsClasses: Text = {
  message: "mode: route has no task classes to go by",
  rule: "mode: route gives the instances of each class in task.classes to an agent or group",
  hint: "define task.classes, or route by difficulty: split",
};

export const missingRoute = (name: string): Text => ({
  message: `there is no route for the task class ${name}`,
  rule: "mode: route has a route for every task class",
});

export const unknownClass = (
  name: string,
  known: readonly string[],
  near: string | undefined,
): Text => ({
  message: `there is no task class ${word(name)}`,
  rule: `task classes are ${list(known)}`,
  ...meant(near),
});

export const unusedRoutes = (mode: string): Text => ({
  message: `routes have no meaning in mode ${mode}`,
  rule: "routes belong to mode: route",
});

export const unusedSplit = (mode: string): Text => ({
  message: `split has no meaning in mode ${mode}`,
  rule: "split belongs to mode: route",
});

export const unusedAccuracy = (mode: string): Text => ({
  message: `accuracy has no meaning in mode ${mode}`,
  rule: "accuracy belongs to mode: route",
});

export const routesAndSplit: Text = {
  message: "this router goes by task class and by difficulty at once",
  rule: "mode: route has either routes or split",
};

export const accuracyOfSplit: Text = {
  message: "accuracy has no meaning for a router that goes by difficulty",
  rule: "accuracy is the chance to recognise a task class; a router by difficulty has noise",
};

export const accuracyOfOneClass: Text = {
  message: "there is only one task class: the router cannot take it for another",
  rule: "accuracy has a meaning from two task classes on",
};

export const tierWithoutPrice = (
  model: string,
  { input, output }: { readonly input: number; readonly output: number },
): Text => ({
  message: `the model ${word(model)} has no price: its tokens are counted at the default of $${input} in and $${output} out per million`,
  rule: "where tasks are routed or escalated between models, each model states its price",
});

export const tooManyCopies = (k: number, agents: number): Text => ({
  message: `each claim is to go to ${plural(k, "agent")}, of ${agents}`,
  rule: "k is not above the number of agents in to",
});

export const planOfNobody: Text = {
  message: "this phase follows a plan, but nobody has made one",
  rule: "before a work phase with observe: false an agent plans, which costs it a turn",
  hint: "put a phase assign with by before it",
};

export const repeatTooDeep = (most: number): Text => ({
  message: "repeat phases are nested too deep",
  rule: `repeat phases are nested at most ${most} deep`,
});

const product = (factors: readonly number[]) => factors.map(grouped).join(" × ");

export const tooManyRounds = (rounds: readonly number[], most: number): Text => ({
  message: `the loop comes to ${grouped(rounds.reduce((all, one) => all * one, 1))} rounds: ${product(rounds)}, with the loops around it`,
  rule: `the rounds of loops in one another multiply to at most ${grouped(most)}`,
  hint: "lower the rounds of this loop, or of those around it",
});

export const willBeCutOff = (what: string, events: number, most: number): Text => ({
  message: `${what} come to about ${grouped(Math.round(events))} events, more than a replication may have`,
  rule: `a replication that has more events than limits.events (${grouped(most)}) is cut off, and its tasks fail`,
  hint: "lower this number, or raise limits.events",
});

export const tooMuchToSend = (edges: number, claims: number, most: number): Text => ({
  message: `up to ${plural(edges, "message")} × ${plural(claims, "claim")} are ${grouped(edges * claims)} versions at once`,
  rule: `a send phase carries at most ${grouped(most)} versions`,
  hint: "use a sparser topology, fewer receivers, or a smaller task",
});
