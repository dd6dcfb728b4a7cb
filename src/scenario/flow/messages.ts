// What is said of a protocol in which something can never happen.

import type { Text } from "../../documents/checking/problems.ts";
import { list } from "../../documents/quoting.ts";

const MOST_NAMED = 5;

/** Names as a list of words: "a, b and c". */
export function several(names: readonly string[]): string {
  if (names.length < 2 || names.length > MOST_NAMED) return list(names, MOST_NAMED);
  return `${list(names.slice(0, -1))} and ${list(names.slice(-1))}`;
}

/**
 * A verb that goes with names: one agent works, several work. Agents of one group are several.
 * @param more whether one name stands for several
 */
const verb = (names: readonly string[], one: string, many: string, more = false) =>
  names.length === 1 && !more ? one : many;

/** Agents as a message names them, and whether they are several. */
export interface Named {
  readonly names: readonly string[];
  readonly areSeveral: boolean;
}

const says = ({ names, areSeveral }: Named, one: string, many: string) =>
  `${several(names)} ${areSeveral ? many : one}`;

const reaches = (claims: readonly string[]) => verb(claims, "never reaches", "never reach");
const them = (claims: readonly string[]) => verb(claims, "it", "them");

// ---------------------------------------------------------------- claims

export const madeByNobody = (claims: readonly string[], owners: Named): Text => ({
  message: `nobody can make ${several(claims)}: ${says(owners, "has", "have")} ${them(claims)} in scope, and no work phase of ${several(owners.names)} follows`,
  rule: "a claim is made in a work phase, by an agent that has it in its scope",
  hint: `add - work: { who: ${owners.names[0]} } after this phase, or leave ${several(owners.names)} out of to`,
});

export const waitsForEver = (
  agents: Named,
  claims: readonly string[],
  premises: readonly string[],
  remedy: string,
): Text => ({
  message: `${says(agents, "can", "can")} never make ${several(claims)}: ${several(premises)} ${reaches(premises)} ${several(agents.names)} by then`,
  rule: "with onlyReady an agent waits until it holds all premises of a claim",
  hint: `${remedy}; or drop onlyReady, and ${says(agents, "guesses", "guess")} instead`,
});

export const alwaysGuesses = (
  agents: Named,
  claims: readonly string[],
  premises: readonly string[],
  chance: number,
  remedy: string,
): Text => ({
  message: `${says(agents, "makes", "make")} ${several(claims)} without ${several(premises)}, which ${reaches(premises)} ${several(agents.names)} by then`,
  rule: `a claim made without one of its premises goes wrong with the chance guess, here ${chance}`,
  hint: remedy,
});

export const neverDelivered = (
  claims: readonly string[],
  makers: Named,
  from: readonly string[],
  remedy: string,
): Text => ({
  message: `${several(claims)} can never be delivered: ${says(makers, "makes", "make")} ${them(claims)}, and ${claims.length === 1 ? "it" : "they"} ${reaches(claims)} ${several(from)}`,
  rule: `the deliverable is built from the ledgers of ${several(from)}`,
  hint: remedy,
});

export const neverAccepted = (claims: readonly string[], author: string, isOwn: boolean): Text => ({
  message: `${several(claims)} can never be delivered: ${author} holds ${them(claims)} and never checks ${them(claims)}`,
  rule: "an author who checks builds a synthesis from what it accepted",
  hint: isOwn
    ? `let ${author} check its own work as well: - check: { by: ${author}, of: all }`
    : `put - check: { by: ${author} } where ${author} has received ${them(claims)}`,
});

export const tooFewRounds = (claims: readonly string[], rounds: number, enough: number): Text => ({
  message: `${several(claims)} can never be delivered within ${rounds} ${rounds === 1 ? "round" : "rounds"}`,
  rule: "a claim is made after its premises have come, and a message gets along one edge a phase",
  hint: `raise rounds to ${enough}`,
});

export const neverSettled = (
  until: string,
  claims: readonly string[],
  isEach: boolean,
  hint: string,
): Text => ({
  message: `the condition until: ${until} can never hold: ${several(claims)} ${verb(claims, "is", "are")} never there when a round ends`,
  rule: `${until} asks for every claim in ${isEach ? "each" : "one"} of the ledgers that are aggregated`,
  hint,
});

// ---------------------------------------------------------------- rejections

const BACK =
  "a rejection goes one edge back, to the agent that sent the version, when that agent next begins to work: its maker makes the claim again, who forwarded it drops its copy";

export const rejectionOfForwarded = (
  checker: Named,
  claims: readonly string[],
  makers: Named,
  senders: Named,
  remedy: string,
): Text => ({
  message: `when ${says(checker, "rejects", "reject")} ${several(claims)}, ${says(makers, "never hears", "never hear")} of it: ${says(senders, "only forwards", "only forward")} ${them(claims)}`,
  rule: BACK,
  hint: remedy,
});

export const rejectionWithoutEdge = (
  checker: Named,
  claims: readonly string[],
  makers: Named,
  remedy: string,
): Text => ({
  message: `when ${says(checker, "rejects", "reject")} ${several(claims)}, ${says(makers, "never hears", "never hear")} of it: there is no edge back`,
  rule: BACK,
  hint: remedy,
});

export const rejectionTooLate = (
  checker: Named,
  claims: readonly string[],
  makers: Named,
): Text => ({
  message: `when ${says(checker, "rejects", "reject")} ${several(claims)} here, nobody makes ${them(claims)} again: no work phase of ${several(makers.names)} follows`,
  rule: BACK,
  hint: "put the phases from work to check into a repeat with until: complete",
});

// ---------------------------------------------------------------- agents and phases with nothing to do

export const nothingInScope = (agents: Named): Text => ({
  message: `${says(agents, "never has", "never have")} anything to do here: no claim is in the scope of ${several(agents.names)}`,
  rule: "an agent makes the claims of its scope; a partition gives each claim to one agent",
  hint: `assign claims to ${several(agents.names)}, or leave ${several(agents.names)} out`,
});

export const nothingReady = (agents: Named): Text => ({
  message: `${says(agents, "never has", "never have")} anything to do here: no claim in scope has all its premises there`,
  rule: "with onlyReady an agent waits until it holds all premises of a claim",
  hint: `send ${several(agents.names)} the premises before this phase, or drop onlyReady`,
});

export const noPhase = (agents: readonly string[]): Text => ({
  message: `${several(agents)} ${verb(agents, "takes", "take")} part in no phase`,
  hint: "name the whole group in the protocol, or lower its count",
});

export const nothingToCheck = (agents: Named, of: string): Text => ({
  message: `${says(agents, "never has", "never have")} anything to check here`,
  rule: `of: ${of} looks at ${CHECKED[of]}`,
  hint:
    of === "received"
      ? `send to ${several(agents.names)} before this phase, or check of: own`
      : undefined,
});

const CHECKED: Readonly<Record<string, string>> = {
  received: "what came by message",
  own: "what the agent made itself",
  all: "what the agent made itself and what came by message",
  accepted: "what the agent accepted in an earlier check",
};

export const nothingToSend = (senders: Named, what: string): Text => ({
  message: `this phase never sends a claim: ${says(senders, "has", "have")} none that ${what === "accepted" ? "is accepted" : "could pass"}`,
  rule:
    what === "accepted"
      ? "what: accepted sends what the sender accepted in a check"
      : "a claim is sent by who made or received it, along an edge that lets it pass",
  hint: "put this phase after those in which its senders get something, or remove it",
});

export const onlyEchoes = (senders: Named, receivers: Named): Text => ({
  message: `${says(senders, "sends", "send")} ${several(receivers.names)} only what ${says(receivers, "itself sent", "themselves sent")} before`,
  rule: "a rejection goes back by itself, along an edge and without a send phase",
  hint: "remove this phase",
});
