// News: what an event means for a version of a claim.
import type { ReplayEvent, ReplayTask } from "../../experiment/replay/document.ts";

/** Kinds of news, from the most telling to the least. */
const KINDS = [
  "delivered",
  "caught",
  "corrected",
  "misled",
  "born",
  "infected",
  "inherited",
  "missed",
  "unseen",
  "omitted",
  "falseAlarm",
  "swayed",
  "received",
  "made",
  "passed",
  "trusted",
] as const;

/** Something that happened to a version, worth a mark. */
export interface News {
  readonly kind: (typeof KINDS)[number];
  readonly version: number;
  /** Agent in whose ledger it happened; -1: in the deliverable. */
  readonly agent: number;
  /** The message that it was left out of. */
  readonly message?: number;
}

/** News of an error: where the viewer who looks for errors stops. */
export const ERROR_NEWS: ReadonlySet<News["kind"]> = new Set([
  "born",
  "inherited",
  "infected",
  "caught",
  "corrected",
  "misled",
  "missed",
  "unseen",
  "delivered",
] as const);

/** News of an error that is undone. */
export const GOOD_NEWS: ReadonlySet<News["kind"]> = new Set(["caught", "corrected"] as const);

/** The most telling of several news, the first of its kind; undefined if there are none. */
export function mostTelling<T extends News>(all: readonly T[]): T | undefined {
  const rank = ({ kind }: News) => KINDS.indexOf(kind);
  return [...all].sort((a, b) => rank(a) - rank(b))[0];
}

/** What an event means; nothing if it is not about a version. */
export function newsOf(task: ReplayTask, event: ReplayEvent): News[] {
  if (event.event === "made" || event.event === "received") {
    const { erroneous, cause, agent } = task.versions[event.version - 1];
    const kinds =
      event.event === "made"
        ? ({ right: "made", fault: "born", heir: "inherited" } as const)
        : ({ right: "received", fault: "born", heir: "infected" } as const);
    const isHeir = cause === "inherited" || cause === "copy";
    const kind = erroneous ? (isHeir ? kinds.heir : kinds.fault) : kinds.right;
    return [{ kind, version: event.version, agent }];
  }
  if (event.event === "checked") {
    const { version, agent, flagged } = event;
    const { erroneous } = task.versions[version - 1];
    const kind = erroneous ? (flagged ? "caught" : "missed") : flagged ? "falseAlarm" : "passed";
    return [{ kind, version, agent }];
  }
  if (event.event === "acceptedUnseen") {
    const { version, agent } = event;
    return [{ kind: task.versions[version - 1].erroneous ? "unseen" : "trusted", version, agent }];
  }
  if (event.event === "revised") {
    const { agent, before, after } = event;
    const [was, is] = [before, after].map((version) => task.versions[version - 1].erroneous);
    return [{ kind: was === is ? "swayed" : is ? "misled" : "corrected", version: after, agent }];
  }
  if (event.event === "omitted") {
    const { version, message } = event;
    return [{ kind: "omitted", version, message, agent: task.messages[message - 1].from }];
  }
  if (event.event === "delivered")
    return task.deliverable
      .filter((version) => version > 0 && task.versions[version - 1].erroneous)
      .map((version) => ({ kind: "delivered", version, agent: -1 }));
  return [];
}
