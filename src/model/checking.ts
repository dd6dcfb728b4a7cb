// Checking: an agent looks at a version and accepts or flags it. Self-checks, peers and orchestrators differ in
// recall, in false alarms and in what they look at; the look itself is the same.
import type { TaskCase } from "./case.ts";
import { CHECK, HEED } from "./decisions.ts";
import { ACCEPTED, CONTESTED, firstOf, HELD, IN_SCOPE, RECEIVED, REDO, REVIEWED } from "./marks.ts";
import type { Observer } from "./observer.ts";
import { FIELD } from "./outcome.ts";
import { CHECK_KINDS, type CheckOf, edgeBetween, SELF } from "./plan.ts";

/** Whether the agent reviews its own work at all. */
function hasSelfCheck(task: TaskCase, agent: number): boolean {
  const { recall, falseAlarm } = task.plan.agents;
  const row = agent * CHECK_KINDS.length + SELF;
  return recall[row] > 0 || falseAlarm[row] > 0;
}

/** Whether the ledger holds a version that the agent made itself and has not reviewed. */
export function needsReview(task: TaskCase, agent: number): boolean {
  if (!hasSelfCheck(task, agent)) return false;
  for (let word = 0; word < task.marks.words; word++)
    if (unreviewed(task, agent, word) !== 0) return true;
  return false;
}

function unreviewed({ marks }: TaskCase, agent: number, word: number): number {
  const { bits } = marks;
  const row = marks.row(agent, word);
  const isDone = bits[row + RECEIVED] | bits[row + REVIEWED] | bits[row + REDO];
  return bits[row + HELD] & bits[row + IN_SCOPE] & ~isDone;
}

/** A self-check: the agent looks at all it made since its last review; what it flags is made again. */
export function review(task: TaskCase, agent: number, observer: Observer | undefined): void {
  task.outcome[FIELD.reviews]++;
  task.unreviewed[agent] = 0;
  for (let word = 0; word < task.marks.words; word++)
    for (let rest = unreviewed(task, agent, word); rest !== 0; rest &= rest - 1) {
      const claim = firstOf(word, rest);
      const slot = task.slot(agent, claim);
      const flagged = look(task, agent, SELF, slot, task.held[slot], observer);
      task.marks.add(agent, claim, flagged ? REDO : REVIEWED);
    }
}

/** Whether a check phase would find anything to look at. */
export function hasUnchecked(task: TaskCase, agent: number, of: CheckOf): boolean {
  for (let word = 0; word < task.marks.words; word++)
    if (unchecked(task, agent, word, of) !== 0) return true;
  return false;
}

function unchecked({ marks }: TaskCase, agent: number, word: number, of: CheckOf): number {
  const { bits } = marks;
  const row = marks.row(agent, word);
  const standing = marks.standing(agent, word);
  const received = bits[row + RECEIVED];
  const accepted = bits[row + ACCEPTED];
  switch (of) {
    case "accepted":
      return standing & accepted;
    case "own":
      return standing & ~(accepted | received);
    case "received":
      return standing & (bits[row + CONTESTED] | (received & ~accepted));
    case "all":
      return standing & (bits[row + CONTESTED] | ~accepted);
  }
}

/**
 * A check phase of one agent. A version that passes is accepted; a flagged one leaves the ledger and its sender hears
 * of it; where two versions differ both are looked at, and the own one stays unless it is flagged.
 */
export function checkLedger(
  task: TaskCase,
  agent: number,
  kind: number,
  of: CheckOf,
  observer: Observer | undefined,
): void {
  for (let word = 0; word < task.marks.words; word++)
    for (let rest = unchecked(task, agent, word, of); rest !== 0; rest &= rest - 1)
      checkClaim(task, agent, firstOf(word, rest), kind, observer);
}

function checkClaim(
  task: TaskCase,
  agent: number,
  claim: number,
  kind: number,
  observer: Observer | undefined,
): void {
  const slot = task.slot(agent, claim);
  const own = task.held[slot];
  const rival = task.rival[slot];
  const ownPasses = !look(task, agent, kind, slot, own, observer);
  const rivalPasses = rival > 0 && !look(task, agent, kind, slot, rival, observer);
  if (!ownPasses) reject(task, agent, own);
  if (rival > 0 && !rivalPasses) reject(task, agent, rival);
  settle(task, agent, claim, ownPasses, rivalPasses);
}

/** What stays in a ledger after a check: the own version if it passed, else the rival if that did, else nothing. */
function settle(
  task: TaskCase,
  agent: number,
  claim: number,
  ownPasses: boolean,
  rivalPasses: boolean,
): void {
  const rival = task.rival[task.slot(agent, claim)];
  if (rival > 0) task.contest(agent, claim, 0);
  if (!ownPasses && rivalPasses) task.hold(agent, claim, rival);
  if (ownPasses || rivalPasses) {
    task.marks.add(agent, claim, ACCEPTED);
    return;
  }
  task.reject(agent, claim);
  if (task.marks.has(agent, claim, RECEIVED)) task.hold(agent, claim, 0);
  else task.marks.add(agent, claim, REDO);
}

/** One look at one version: true when it is flagged. A family is blind to its own common-cause errors. */
function look(
  task: TaskCase,
  agent: number,
  kind: number,
  slot: number,
  version: number,
  observer: Observer | undefined,
): boolean {
  const { key, family, recall, falseAlarm } = task.plan.agents;
  const { versions } = task;
  const row = agent * CHECK_KINDS.length + kind;
  const ordinal = task.looks[slot * CHECK_KINDS.length + kind]++ * CHECK_KINDS.length + kind;
  task.changes++;
  const erroneous = versions.isErroneous(version);
  const isBlind = erroneous && versions.family[version] === family[agent] + 1;
  const chance = isBlind ? 0 : erroneous ? recall[row] : falseAlarm[row];
  const claim = versions.claim[version];
  const flagged =
    heedsObjection(task, agent, version, ordinal) ||
    (chance > 0 && task.draws.uniform(CHECK, key[agent], claim, ordinal) < chance);
  if (erroneous) task.outcome[flagged ? FIELD.caught : FIELD.missed]++;
  else if (flagged) task.outcome[FIELD.falseAlarms]++;
  observer?.checked(task, agent, kind, version, flagged);
  return flagged;
}

/** Whether the checker goes by what somebody said of the same version in an earlier check phase: that it is wrong. */
function heedsObjection(task: TaskCase, agent: number, version: number, ordinal: number): boolean {
  const { heed, key } = task.plan.agents;
  if (heed[agent] === 0 || task.versions.carrier[version] === 0) return false;
  const objection = task.versions.rejected[task.versions.parent[version]];
  if (objection === 0 || objection === task.checkPhases) return false;
  const claim = task.versions.claim[version];
  return task.draws.uniform(HEED, key[agent], claim, ordinal) < heed[agent];
}

/** Marks the version that a rejected copy was taken from, if there is a way back to its owner. */
function reject(task: TaskCase, agent: number, version: number): void {
  const source = task.versions.parent[version];
  if (task.versions.carrier[version] === 0 || source === 0) return;
  if (edgeBetween(task.plan.topology, agent, task.versions.owner[source]) >= 0)
    task.versions.reject(source, task.checkPhases);
}

/** What an agent hears when it begins to work: rejected work of its own is made again, rejected copies go. */
export function takeBack(task: TaskCase, agent: number): void {
  if (task.versions.rejections === 0) return;
  const { marks } = task;
  for (let word = 0; word < marks.words; word++)
    for (let rest = marks.bits[marks.row(agent, word) + HELD]; rest !== 0; rest &= rest - 1)
      takeBackClaim(task, agent, firstOf(word, rest));
}

function takeBackClaim(task: TaskCase, agent: number, claim: number): void {
  const { marks, versions } = task;
  const version = task.held[task.slot(agent, claim)];
  if (versions.rejected[version] === 0) return;
  versions.rejected[version] = 0;
  const isOwn = !marks.has(agent, claim, RECEIVED);
  if (isOwn && marks.has(agent, claim, IN_SCOPE)) marks.add(agent, claim, REDO);
  else task.hold(agent, claim, 0);
}
