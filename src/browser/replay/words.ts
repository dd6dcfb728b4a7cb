// A replay in words: what an event says, what is missing and why, and what the deliverable came to.
import type { ReplayEvent, ReplayMissing, ReplayTask } from "../../experiment/replay/document.ts";
import { type Omission, omittedFrom } from "../../experiment/replay/faults.ts";
import { CAUSE_LABELS } from "../../model/causes.ts";
import { STEP_STORIES } from "../../model/steps.ts";
import { count } from "../../wording/text.ts";
import { whyMissing } from "../../wording/whyMissing.ts";
import type { News } from "./news.ts";
import { lostText } from "./worth.ts";

/** The names that sentences need. */
export interface Names {
  readonly agents: readonly string[];
  readonly claims: readonly string[];
}

/** 12.3 s, 2:05 min from two minutes on, 9:05 h from two hours on. */
export function clock(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  const [unit, parts] = seconds < 7200 ? ["min", seconds] : ["h", seconds / 60];
  const whole = Math.round(parts);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")} ${unit}`;
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
    case "unseen":
      return `${who} accepts the wrong ${what} unseen`;
    case "corrected":
      return `${who} adopts the right ${what}`;
    case "misled":
      return `${who} is talked out of the right ${what}`;
    case "swayed":
      return `${who} adopts another wrong ${what}`;
    case "omitted":
      return leftOutText(task, { version, message: news.message as number }, names);
    case "falseAlarm":
      return `${who} rejects ${what} although it is right`;
    case "passed":
      return `${who} checks ${what} and accepts it`;
    case "trusted":
      return `${who} accepts ${what} unseen`;
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
      const load = versions.length === 0 ? nothing : count(versions.length, "claim");
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
      return verdict(task, names.claims);
    default:
      return undefined;
  }
}

/** What the deliverable came to, and what it lost in dollars. */
export function verdict(task: ReplayTask, claims: readonly string[]): string {
  const lost = lostText(task, claims);
  return verdictOf(task) + (lost === undefined ? "" : `; ${lost}`);
}

function verdictOf(task: ReplayTask): string {
  const { success, deliverable, versions } = task;
  const missing = task.missing.length;
  const wrong = deliverable.filter((v) => v > 0 && versions[v - 1].erroneous).length;
  const parts = [
    ...(wrong > 0 ? [`${count(wrong, "claim")} wrong`] : []),
    ...(missing > 0 ? [`${count(missing, "claim")} missing`] : []),
  ];
  if (parts.length === 0) return "Success: every claim is there and right";
  return `${success ? "Success" : "Failure"}: ${parts.join(", ")}`;
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

/** "facts is left out of the message to medical". */
export function leftOutText(
  task: ReplayTask,
  { version, message }: Pick<Omission, "version" | "message">,
  names: Names,
): string {
  const claim = names.claims[task.versions[version - 1].claim];
  return `${claim} is left out of the message to ${names.agents[task.messages[message - 1].to]}`;
}
