// Checking: an agent looks at a version and accepts or flags it. Self-checks, peers and orchestrators differ in
// recall, in false alarms and in what they look at; the look itself is the same.
import { ACCEPTED, HELD, IN_SCOPE, REDO, REVIEWED, type TaskCase } from "./case.ts";
import { CHECK, HEED } from "./decisions.ts";
import type { Observer } from "./observer.ts";
import { FIELD } from "./outcome.ts";
import { CHECK_KINDS, type CheckOf, SELF, type TopologyPlan } from "./plan.ts";

/** Whether the agent reviews its own work at all. */
function hasSelfCheck(task: TaskCase, agent: number): boolean {
  const { recall, falseAlarm } = task.plan.agents;
  const row = agent * CHECK_KINDS.length + SELF;
  return recall[row] > 0 || falseAlarm[row] > 0;
}

/** Whether the ledger holds a version that the agent made itself and has not reviewed. */
export function needsReview(task: TaskCase, agent: number): boolean {
  if (!hasSelfCheck(task, agent)) return false;
  for (let claim = 0; claim < task.size; claim++) if (isUnreviewed(task, agent, claim)) return true;
  return false;
}

function isUnreviewed(task: TaskCase, agent: number, claim: number): boolean {
  const slot = task.slot(agent, claim);
  return (
    (task.flags[slot] & (HELD | REVIEWED | REDO | IN_SCOPE)) === (HELD | IN_SCOPE) &&
    task.versions.carrier[task.held[slot]] === 0
  );
}

/** A self-check: the agent looks at all it made since its last review; what it flags is made again. */
export function review(task: TaskCase, agent: number, observer: Observer | undefined): void {
  task.outcome[FIELD.reviews]++;
  task.unreviewed[agent] = 0;
  for (let claim = 0; claim < task.size; claim++) {
    if (!isUnreviewed(task, agent, claim)) continue;
    const slot = task.slot(agent, claim);
    const flagged = look(task, agent, SELF, slot, task.held[slot], observer);
    task.flags[slot] |= flagged ? REDO : REVIEWED;
  }
}

/** Whether a check phase would find anything to look at. */
export function hasUnchecked(task: TaskCase, agent: number, of: CheckOf): boolean {
  for (let claim = 0; claim < task.size; claim++)
    if (isUnchecked(task, task.slot(agent, claim), of)) return true;
  return false;
}

function isUnchecked(task: TaskCase, slot: number, of: CheckOf): boolean {
  const flags = task.flags[slot];
  if ((flags & (HELD | REDO)) !== HELD) return false;
  if (of === "accepted") return (flags & ACCEPTED) !== 0;
  if (of !== "own" && task.rival[slot] > 0) return true;
  if ((flags & ACCEPTED) !== 0) return false;
  const received = task.versions.carrier[task.held[slot]] > 0;
  return of === "all" || received === (of === "received");
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
  for (let claim = 0; claim < task.size; claim++) {
    const slot = task.slot(agent, claim);
    if (!isUnchecked(task, slot, of)) continue;
    const own = task.held[slot];
    const rival = task.rival[slot];
    const ownPasses = !look(task, agent, kind, slot, own, observer);
    const rivalPasses = rival > 0 && !look(task, agent, kind, slot, rival, observer);
    if (!ownPasses) reject(task, agent, own);
    if (rival > 0 && !rivalPasses) reject(task, agent, rival);
    settle(task, agent, slot, ownPasses, rivalPasses);
  }
}

/** What stays in a slot after a check: the own version if it passed, else the rival if that did, else nothing. */
function settle(
  task: TaskCase,
  agent: number,
  slot: number,
  ownPasses: boolean,
  rivalPasses: boolean,
): void {
  const own = task.held[slot];
  const rival = task.rival[slot];
  task.rival[slot] = 0;
  if (!ownPasses && rivalPasses) task.hold(agent, slot, rival);
  if (ownPasses || rivalPasses) task.flags[slot] |= ACCEPTED;
  else if (task.versions.carrier[own] === 0) task.flags[slot] |= REDO;
  else task.hold(agent, slot, 0);
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
  if (hasEdge(task.plan.topology, agent, task.versions.owner[source]))
    task.versions.reject(source, task.checkPhases);
}

function hasEdge(topology: TopologyPlan, from: number, to: number): boolean {
  let low = topology.start[from];
  let high = topology.start[from + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (topology.to[middle] < to) low = middle + 1;
    else high = middle;
  }
  return low < topology.start[from + 1] && topology.to[low] === to;
}

/** What an agent hears when it begins to work: rejected work of its own is made again, rejected copies go. */
export function takeBack(task: TaskCase, agent: number): void {
  if (task.versions.rejections === 0) return;
  for (let claim = 0; claim < task.size; claim++) {
    const slot = task.slot(agent, claim);
    const version = task.held[slot];
    if (version === 0 || task.versions.rejected[version] === 0) continue;
    task.versions.rejected[version] = 0;
    const isOwn = task.versions.carrier[version] === 0;
    if (isOwn && (task.flags[slot] & IN_SCOPE) !== 0) task.flags[slot] |= REDO;
    else task.hold(agent, slot, 0);
  }
}
