// Rejecting: what follows when a check finds a version wrong. It leaves the ledger in which it was found, or is made again
// there; its sender hears of it when its next work begins; and a later checker of another copy may heed the objection.
import type { TaskCase } from "../case.ts";
import { HEED } from "../decisions.ts";
import { firstOf, HELD, IN_SCOPE, RECEIVED } from "../marks.ts";
import { edgeBetween } from "../plan.ts";

/** Takes a rejected version out of the checker's ledger. The checker makes its own work again. */
export function drop(task: TaskCase, agent: number, claim: number): void {
  task.reject(agent, claim);
  if (task.marks.has(agent, claim, RECEIVED)) task.hold(agent, claim, 0, 0);
  else task.flag(agent, claim);
}

/** Marks the version that a rejected copy was taken from, if there is a way back to its owner. */
export function sendBack(task: TaskCase, agent: number, version: number): void {
  const source = task.versions.parent[version];
  if (task.versions.carrier[version] === 0 || source === 0) return;
  if (edgeBetween(task.plan.topology, agent, task.versions.owner[source]) >= 0)
    task.versions.reject(source, task.checkPhases);
}

/** What an agent hears when it begins to work: rejected work of its own is made again, rejected copies go. */
export function hearRejections(task: TaskCase, agent: number): void {
  if (task.versions.rejections === 0) return;
  const { marks } = task;
  for (let word = 0; word < marks.words; word++)
    for (let rest = marks.bits[marks.row(agent, word) + HELD]; rest !== 0; rest &= rest - 1)
      hearRejection(task, agent, firstOf(word, rest));
}

function hearRejection(task: TaskCase, agent: number, claim: number): void {
  const { marks, versions } = task;
  const version = task.held[task.slot(agent, claim)];
  if (versions.rejected[version] === 0) return;
  versions.rejected[version] = 0;
  const isOwn = !marks.has(agent, claim, RECEIVED);
  if (isOwn && marks.has(agent, claim, IN_SCOPE)) task.flag(agent, claim);
  else task.hold(agent, claim, 0, 0);
}

/** Whether the checker heeds an objection to the same version from an earlier check phase. */
export function heedsObjection(
  task: TaskCase,
  agent: number,
  version: number,
  ordinal: number,
): boolean {
  const { heed, key } = task.plan.agents;
  if (heed[agent] === 0 || task.versions.carrier[version] === 0) return false;
  const objection = task.versions.rejected[task.versions.parent[version]];
  if (objection === 0 || objection === task.checkPhases) return false;
  const claim = task.versions.claim[version];
  return task.draws.uniform(HEED, key[agent], claim, ordinal) < heed[agent];
}
