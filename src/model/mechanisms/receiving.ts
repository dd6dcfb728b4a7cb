// Receiving: what goes wrong with the versions of a message on the way, and what the receiver's ledger makes of them.
import type { TaskCase } from "../case.ts";
import { DISTORT } from "../decisions.ts";
import { REDO } from "../marks.ts";
import { wrongAnswer } from "./making.ts";

/** Delivers a message: each version that it carries comes into the receiver's ledger, or stands beside its own. */
export function receiveMessage(task: TaskCase, message: number): void {
  const { start, items } = task.mailbag;
  for (let item = start[message]; item < start[message + 1]; item++)
    receiveVersion(task, message, items[item]);
  task.observer?.delivered?.(task, message);
}

function receiveVersion(task: TaskCase, message: number, source: number): void {
  const { versions, mailbag } = task;
  const agent = mailbag.to[message];
  const claim = versions.claim[source];
  task.arrive(mailbag.edge[message], claim);
  const own = task.held[task.slot(agent, claim)];
  const isDistorted = goesWrong(task, message, source);
  if (own > 0 && !isDistorted && versions.value[own] === versions.value[source]) return;
  const copy = isDistorted
    ? addDistorted(task, message, source)
    : versions.addCopy(agent, source, message + 1);
  const replaces = mailbag.authority[message] === 1 || task.marks.has(agent, claim, REDO);
  if (own === 0 || replaces) task.hold(agent, claim, copy);
  task.contest(agent, claim, own === 0 || replaces ? 0 : copy);
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

function addDistorted(task: TaskCase, message: number, source: number): number {
  const { edge, sent, to } = task.mailbag;
  const key = task.plan.topology.key[edge[message]];
  const answer = wrongAnswer(task, key, task.versions.claim[source], sent[message]);
  return task.versions.addDistorted(to[message], source, message + 1, answer);
}
