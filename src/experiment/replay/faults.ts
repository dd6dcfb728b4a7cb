// Faults in a replay: where an error comes from, what became of it, and what was left out of messages before it.
import type { ReplayEvent, ReplayMissing, ReplayTask } from "./document.ts";

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

/** What became of a fault: it reached the deliverable, or a check caught it or a descendant, or neither. */
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

/** The last loss because of which an agent had to guess a premise. */
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
