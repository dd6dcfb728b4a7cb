// The phase `send`: messages along the edges of the topology.

import type { Text, Warning } from "../../../documents/checking/problems.ts";
import { flag, oneOf } from "../../../documents/fields.ts";
import { grouped, list, plural } from "../../../documents/quoting.ts";
import type { SendStep } from "../../../model/steps.ts";
import { type EdgesSpec, visitEdges } from "../../../model/topology.ts";
import { countAgents, defaultHub } from "../../agents/references.ts";
import { several, toSeveral } from "../../fields.ts";
import { ClaimSets, wordsOf } from "../../flow/claimSets.ts";
import { type Context, sendersOf, stepsOf } from "../../flow/context.ts";
import { partiesAmong } from "../../flow/parties.ts";
import { type Reach, targetParties } from "../../flow/reach.ts";
import { listed, says } from "../../flow/wording.ts";
import { MAX_CARRIED } from "../../limits.ts";
import { definePhase, type Placed, type TeamMeaning } from "../definition.ts";

export const send = definePhase({
  kind: "send",
  title: "Send",
  description: "Agents send versions along the edges of the topology.",
  fields: {
    from: several("From", "The agents that send."),
    to: several("To", "The agents that receive, where there is an edge to them."),
    what: oneOf(
      ["new", "accepted", "all"],
      "What",
      "`new`: what the receiver has not got yet. `accepted`: of that, what the sender accepted in a check. `all`: the whole ledger.",
    ).default("new"),
    broadcast: flag(
      "Broadcast",
      "Whether a sender writes one text for all its receivers. It counts and costs as one message.",
    ).default(false),
    show: oneOf(
      ["answer", "tally"],
      "Show",
      "What receivers see of a claim. `answer`: the sender's answer. `tally`: also how many agents the sender has seen agree with it; the answer counts for as many (agents.NAME.belief).",
    ).default("answer"),
  },

  references: ({ from, to }) => [...toSeveral(from, ["from"]), ...toSeveral(to, ["to"])],
  checkTeam(all, team) {
    if (team.topology) checkEdges(all, team.topology, team);
  },
  /** A broadcast is one message that arrives along many edges. */
  events({ from, to, what }, at, { edges, claims, resolve, found }) {
    const used = Math.min(edges, resolve(from).length * resolve(to).length);
    if (used * claims > MAX_CARRIED) found.error(at, tooMuchToSend(used, claims, MAX_CARRIED));
    return what === "all" ? used : 0;
  },

  blank: {
    from: new Int32Array(0),
    isTarget: new Uint8Array(0),
    what: "",
    broadcast: false,
    showsTally: false,
  },
  compile({ from, to, what, broadcast, show }, { agents, agentsOf }) {
    const isTarget = marks(agentsOf(to), agents.count);
    return {
      ...{ op: "send", from: agentsOf(from), isTarget, what, broadcast },
      showsTally: show === "tally",
    };
  },
  agents: ({ from, isTarget }) => [
    ...from,
    ...[...isTarget.keys()].filter((agent) => isTarget[agent] === 1),
  ],
  looks: ({ from }, { row, topology: { start } }) =>
    from.reduce((sum, agent) => sum + row + start[agent + 1] - start[agent], 0),

  /** All messages of a step are written before one arrives. */
  flow(step, position, walk) {
    const { parties, carried } = walk;
    const senders = partiesAmong(parties, step.from);
    const isTarget = targetParties(parties, step);
    const sent = new ClaimSets(senders.length, carried.claims);
    const sources = step.what === "accepted" ? [walk.accepted] : [walk.made, walk.received];
    for (const [row, party] of senders.entries())
      for (const sets of sources) sent.addRow(row, sets, party);
    for (const [row, party] of senders.entries()) {
      if (sent.isEmpty(row)) continue;
      for (let edge = parties.start[party]; edge < parties.start[party + 1]; edge++) {
        if (isTarget[parties.to[edge]] === 0 || parties.isOpen[edge] === 0) continue;
        walk.spent += 2 * carried.words;
        walk.at[position].can = true;
        walk.note(carried.addRow(edge, sent, row));
        walk.note(walk.received.addRow(parties.to[edge], sent, row));
      }
    }
  },
  flowWords: ({ to }, { claims }) => 2 * to.length * wordsOf(claims),
  stalls: (...step) => [idleSend(...step), echo(...step)],
});

/** 1 for the agents that are listed, 0 for the others. */
function marks(agents: Iterable<number>, count: number): Uint8Array {
  const marked = new Uint8Array(count);
  for (const agent of agents) marked[agent] = 1;
  return marked;
}

// ---------------------------------------------------------------- edges

interface Ends {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The edges are gone through once for all phases: there may be millions. */
function checkEdges(
  all: readonly Placed<Ends>[],
  topology: EdgesSpec,
  { agents, resolve, found }: TeamMeaning,
): void {
  const count = countAgents({ agents });
  let missing = all.flatMap(({ value, path }) => {
    const [from, to] = [resolve(value.from), resolve(value.to)];
    // A team of one has no peer to write to: a number of agents that is varied may begin at 1.
    if (new Set([...from, ...to]).size === 1) return [];
    return [{ value, path, isFrom: marks(from, count), isTo: marks(to, count) }];
  });
  if (missing.length === 0) return;
  let hasEdges = false;
  visitEdges(topology, count, resolve, defaultHub({ agents }), (from, to) => {
    hasEdges = true;
    if (missing.some(({ isFrom, isTo }) => isFrom[from] === 1 && isTo[to] === 1))
      missing = missing.filter(({ isFrom, isTo }) => isFrom[from] === 0 || isTo[to] === 0);
  });
  for (const { value, path } of missing)
    found.errorAtKey(path, noEdgesToSend(value.from, value.to, hasEdges));
}

const noEdgesToSend = (
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

const tooMuchToSend = (edges: number, claims: number, most: number): Text => ({
  message: `up to ${plural(edges, "message")} × ${plural(claims, "claim")} are ${grouped(edges * claims)} versions at once`,
  rule: `a send phase carries at most ${grouped(most)} versions`,
  hint: "use a sparser topology, fewer receivers, or a smaller task",
});

// ---------------------------------------------------------------- flow

/** A phase that carries no version, and tells nobody what was assigned. */
function idleSend(step: SendStep, position: number, { plan, reach, named }: Context): Warning[] {
  const { from, isTarget, what } = step;
  const planners = new Set(stepsOf(plan, "assign").map((assign) => assign.step.by));
  const targets = isTarget.reduce((sum, marked) => sum + marked, 0);
  const isAlone = from.length === 1 && targets === 1 && isTarget[from[0]] === 1;
  if (reach.at[position].can || isAlone || from.some((agent) => planners.has(agent))) return [];
  const isPicky = what === "accepted";
  return [
    {
      topic: "nothing-to-send",
      message: `this phase never sends a claim: ${says(named(partiesAmong(reach.parties, from)), "has", "have")} none that ${isPicky ? "is accepted" : "could pass"}`,
      rule: isPicky
        ? "what: accepted sends what the sender accepted in a check"
        : "a claim is sent by who made or received it, along an edge that lets it pass",
      hint: "put this phase after those in which its senders get something, or remove it",
    },
  ];
}

/** A phase in which everybody sends back only what came from the receiver. */
function echo(step: SendStep, position: number, { reach, named }: Context): Warning[] {
  const { parties, carried } = reach;
  if (!reach.at[position].can) return [];
  const from = partiesAmong(parties, step.from);
  const isTarget = targetParties(parties, step);
  const to = new Set<number>();
  for (const sender of from)
    for (let edge = parties.start[sender]; edge < parties.start[sender + 1]; edge++) {
      if (isTarget[parties.to[edge]] === 0 || carried.isEmpty(edge)) continue;
      if (sender === parties.to[edge] || !isEcho(reach, sender, edge)) return [];
      to.add(parties.to[edge]);
    }
  const receivers = named(to);
  return [
    {
      topic: "send-echoes-back",
      message: `${says(named(from), "sends", "send")} ${listed(receivers.names)} only what ${says(receivers, "itself sent", "themselves sent")} before`,
      rule: "a rejection goes back by itself, along an edge and without a send phase",
      hint: "remove this phase",
    },
  ];
}

/** Whether all that an agent may send along an edge came to it from the other end. */
function isEcho(reach: Reach, from: number, edge: number): boolean {
  const { parties, carried, made } = reach;
  const isFromThere = (claim: number) =>
    sendersOf(reach, from, claim).every((sender) => sender === parties.to[edge]);
  return carried.list(edge).every((claim) => !made.has(from, claim) && isFromThere(claim));
}
