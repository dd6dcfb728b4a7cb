// A replay in words: what an event says, where an error comes from, and what became of a fault.

import type { ReplayEvent, ReplayMissing, ReplayTask } from "../../experiment/replay/document.ts";
import { CAUSE_LABELS } from "../../model/causes.ts";
import { STEP_STORIES } from "../../model/steps.ts";
import { whyMissing } from "../../wording/whyMissing.ts";
import type { News } from "./state.ts";

/** The names that sentences need. */
export interface Names {
  readonly agents: readonly string[];
  readonly claims: readonly string[];
}

export const number = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** 12.3 s, or 2:05 min from two minutes on. */
export function clock(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")} min`;
}

/** One sentence on some news. */
export function newsText(task: ReplayTask, news: News, names: Names): string {
  const { kind, version, agent } = news;
  const { claim, cause, parent, message } = task.versions[version - 1];
  const what = names.claims[claim];
  const who = names.agents[agent];
  const from = message > 0 ? names.agents[task.messages[message - 1].from] : "";
  switch (kind) {
    case "made":
      return `${who} makes ${what}`;
    case "born":
      return message > 0
        ? `${who} gets ${what} from ${from} wrong: ${CAUSE_LABELS[cause]}`
        : `${who} makes ${what} wrong: ${CAUSE_LABELS[cause]}`;
    case "inherited":
      return `${who} makes ${what} wrong: it builds on the wrong ${names.claims[task.versions[parent - 1].claim]}`;
    case "received":
      return `${who} receives ${what} from ${from}`;
    case "infected":
      return `${who} receives the wrong ${what} from ${from}`;
    case "caught":
      return `${who} catches the wrong ${what}`;
    case "missed":
      return `${who} checks ${what} and misses its error`;
    case "omitted":
      return leftOutText(task, { version, message: news.message as number }, names);
    case "falseAlarm":
      return `${who} rejects ${what} although it is right`;
    case "passed":
      return `${who} checks ${what} and accepts it`;
    case "delivered":
      return `The deliverable has ${what} wrong`;
  }
}

/** One sentence on an event that is no news of a version; undefined where it goes without saying. */
export function eventText(task: ReplayTask, event: ReplayEvent, names: Names): string | undefined {
  switch (event.event) {
    case "phase":
      return event.phase === "repeat" ? `Round ${event.round}` : STEP_STORIES[event.phase];
    case "turnBegan":
      return `${names.agents[event.agent]} begins a turn`;
    case "turnEnded":
      return `${names.agents[event.agent]} ends a turn`;
    case "sent": {
      const { from, to, versions } = task.messages[event.message - 1];
      const wrong = versions.filter((version) => task.versions[version - 1].erroneous).length;
      const isEmptied = versions.length === 0 && omittedFrom(task, event.message).length > 0;
      const nothing = isEmptied ? "an empty message" : "an assignment";
      const load = versions.length === 0 ? nothing : number(versions.length, "claim");
      const note = wrong === 0 ? "" : ` (${wrong} wrong)`;
      return `${names.agents[from]} sends ${load}${note} to ${names.agents[to]}`;
    }
    case "arrived": {
      const { from, to } = task.messages[event.message - 1];
      return `${names.agents[to]} gets the message of ${names.agents[from]}`;
    }
    case "stalled":
      return `The loop ended: round ${event.round} changed nothing`;
    case "delivered":
      return verdict(task);
    default:
      return undefined;
  }
}

/** What the deliverable came to. */
export function verdict(task: ReplayTask): string {
  const { success, deliverable, versions } = task;
  if (success) return "Success: every claim is there and right";
  const missing = task.missing.length;
  const wrong = deliverable.filter((v) => v > 0 && versions[v - 1].erroneous).length;
  const parts = [
    ...(wrong > 0 ? [`${number(wrong, "claim")} wrong`] : []),
    ...(missing > 0 ? [`${number(missing, "claim")} missing`] : []),
  ];
  return `Failure: ${parts.join(", ")}`;
}

/** From the version in which an error began, or from the first correct one, to the version asked for. */
export function lineageOf({ versions }: ReplayTask, version: number): number[] {
  const chain: number[] = [];
  for (let next = version; next > 0; ) {
    chain.unshift(next);
    const { origin, parent } = versions[next - 1];
    next = origin === next ? 0 : parent;
  }
  return chain;
}

/** All versions that descend from a fault, itself first. */
export function familyOf({ versions }: ReplayTask, fault: number): number[] {
  const family: number[] = [];
  versions.forEach(({ origin }, i) => {
    if (origin === fault) family.push(i + 1);
  });
  return family;
}

/** Looks at a version, in the order of time. */
export function looksAt(task: ReplayTask, version: number) {
  return task.events.filter(
    (event) => event.event === "checked" && event.version === version,
  ) as Extract<ReplayEvent, { event: "checked" }>[];
}

export type Fate = "delivered" | "caught" | "contained";

/** What became of a fault: it reached the deliverable, or somebody caught it or what came of it, or neither. */
export function fateOf(task: ReplayTask, fault: number): Fate {
  const family = new Set(familyOf(task, fault));
  if (task.deliverable.some((version) => family.has(version))) return "delivered";
  const isCaught = task.events.some(
    (event) => event.event === "checked" && event.flagged && family.has(event.version),
  );
  return isCaught ? "caught" : "contained";
}

/** The versions in which errors began. */
export function faultsOf({ versions }: ReplayTask): number[] {
  return versions.flatMap(({ origin }, i) => (origin === i + 1 ? [i + 1] : []));
}

/** Why the deliverable lacks a claim, as the rest of a sentence that begins with the claim. */
export function missingText({ reason, ...about }: ReplayMissing, names: Names): string {
  const named = (list: readonly string[], i: number | undefined) =>
    i === undefined ? undefined : list[i];
  return whyMissing({
    reason,
    premise: named(names.claims, about.premise),
    agent: named(names.agents, about.agent),
    from: named(names.agents, about.from),
    to: named(names.agents, about.to),
  });
}

// ---------------------------------------------------------------- what was left out of messages

/** A version that was left out of a message. */
export type Omission = Extract<ReplayEvent, { event: "omitted" }>;

const omissionsOf = ({ events }: ReplayTask) =>
  events.filter((event): event is Omission => event.event === "omitted");

/** What was left out of a message. */
export const omittedFrom = (task: ReplayTask, message: number) =>
  omissionsOf(task).filter((one) => one.message === message);

/** The messages that a version was left out of. */
export const lossesOf = (task: ReplayTask, version: number) =>
  omissionsOf(task).filter((one) => one.version === version);

/** The last loss of a claim that stood in the way of the deliverable: of the claim itself, or of the premise that it waited for. */
export function lossBehind(task: ReplayTask, missing: ReplayMissing): Omission | undefined {
  const { claim, reason, premise, from, to } = missing;
  const { messages, versions } = task;
  const isOf = (what: number | undefined) => (one: Omission) =>
    versions[one.version - 1].claim === what;
  if (reason === "lost")
    return omissionsOf(task)
      .filter(isOf(claim))
      .findLast(({ message }) => {
        const way = messages[message - 1];
        return way.from === from && way.to === to;
      });
  if (reason !== "waiting") return undefined;
  return omissionsOf(task)
    .filter(isOf(premise))
    .findLast((one) => isNeverGot(task, one));
}

/** The last loss on account of which an agent had to guess a premise. */
export function lossBeforeGuess(task: ReplayTask, fault: number, premise: number) {
  const { agent, t } = task.versions[fault - 1];
  return omissionsOf(task).findLast(
    (one) =>
      one.t <= t &&
      task.messages[one.message - 1].to === agent &&
      task.versions[one.version - 1].claim === premise,
  );
}

/** Whether the receiver of a message never got what was left out of it. */
function isNeverGot({ messages, versions }: ReplayTask, { message, version }: Omission): boolean {
  const { to } = messages[message - 1];
  return !versions.some(
    ({ agent, claim }) => agent === to && claim === versions[version - 1].claim,
  );
}

/** "facts is left out of the message to medical". */
export function leftOutText(
  task: ReplayTask,
  { version, message }: Pick<Omission, "version" | "message">,
  names: Names,
): string {
  const claim = names.claims[task.versions[version - 1].claim];
  return `${claim} is left out of the message to ${names.agents[task.messages[message - 1].to]}`;
}

/**
 * The same fault in another team: the same claim, made as often before, by an agent with the same luck. 0: it is not there.
 * @param keys keys of the agents of this team and of the other
 */
export function twinOf(
  task: ReplayTask,
  fault: number,
  other: ReplayTask,
  keys: readonly [readonly number[], readonly number[]],
): number {
  const ordinal = (of: ReplayTask, version: number): number => {
    const { agent, claim } = of.versions[version - 1];
    return of.versions
      .slice(0, version - 1)
      .filter((v) => v.message === 0 && v.agent === agent && v.claim === claim).length;
  };
  const { agent, claim, cause } = task.versions[fault - 1];
  const place = ordinal(task, fault);
  return (
    faultsOf(other).find((candidate) => {
      const twin = other.versions[candidate - 1];
      return (
        twin.claim === claim &&
        twin.cause === cause &&
        keys[1][twin.agent] === keys[0][agent] &&
        ordinal(other, candidate) === place
      );
    }) ?? 0
  );
}
