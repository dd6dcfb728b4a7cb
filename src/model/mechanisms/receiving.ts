// Receiving: what goes wrong with the versions of a message on the way, and what the receiver's ledger makes of them.
import type { TaskCase } from "../case.ts";
import { DISTORT } from "../decisions.ts";
import { REDO } from "../marks.ts";
import { wrongAnswer } from "./making.ts";

/** Delivers message m: each version that it carries comes into the receiver's ledger, or stands beside its own. */
export function receiveMessage(task: TaskCase, message: number): void {
  const { start, items, to, authority } = task.mailbag;
  for (let item = start[message]; item < start[message + 1]; item++)
    receiveVersion(task, to[message], items[item], message, authority[message] === 1);
  task.observer?.delivered?.(task, message);
}

function receiveVersion(
  task: TaskCase,
  agent: number,
  source: number,
  message: number,
  isAuthority: boolean,
): void {
  const { versions } = task;
  const claim = versions.claim[source];
  task.arrive(task.mailbag.edge[message], claim);
  const own = task.held[task.slot(agent, claim)];
  const isDistorted = goesWrong(task, message, source);
  if (own > 0 && !isDistorted && versions.value[own] === versions.value[source]) return;
  const copy = isDistorted
    ? distorted(task, agent, source, message)
    : versions.addCopy(agent, source, message + 1);
  if (own === 0 || isAuthority || task.marks.has(agent, claim, REDO)) {
    task.hold(agent, claim, copy);
    task.contest(agent, claim, 0);
  } else {
    task.contest(agent, claim, copy);
  }
  task.observer?.received?.(task, agent, copy);
}

function goesWrong(task: TaskCase, message: number, source: number): boolean {
  const { agents, topology } = task.plan;
  const { edge, from, sent } = task.mailbag;
  const chance = agents.distortion[from[message]];
  if (chance === 0 || task.versions.isErroneous(source)) return false;
  const claim = task.versions.claim[source];
  return task.draws.uniform(DISTORT, topology.key[edge[message]], claim, sent[message]) < chance;
}

function distorted(task: TaskCase, agent: number, source: number, message: number): number {
  const { edge, sent } = task.mailbag;
  const key = task.plan.topology.key[edge[message]];
  const answer = wrongAnswer(task, key, task.versions.claim[source], sent[message]);
  return task.versions.addDistorted(agent, source, message + 1, answer);
}
