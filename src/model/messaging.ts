// Messages: which versions are sent along which edges, what is left out or goes wrong on the way, and what the
// receiver's ledger makes of them.
import type { TaskCase } from "./case.ts";
import { DISTORT, OMIT } from "./decisions.ts";
import { wrongAnswer } from "./making.ts";
import { ACCEPTED, firstOf, REDO } from "./marks.ts";
import type { Observer } from "./observer.ts";
import { FIELD } from "./outcome.ts";
import type { SendStep, SendWhat } from "./plan.ts";

/** Puts the messages of a send phase into the mailbag. The caller delivers them. */
export function writeMessages(
  task: TaskCase,
  step: SendStep,
  observer: Observer | undefined,
): void {
  task.sends++;
  for (let i = 0; i < step.from.length; i++) writeFrom(task, step, step.from[i], observer);
}

function writeFrom(
  task: TaskCase,
  step: SendStep,
  from: number,
  observer: Observer | undefined,
): void {
  const { start, to } = task.plan.topology;
  task.deliveries.update(from);
  const text = step.broadcast ? writtenForAll(task, step, from) : 0;
  let isWritten = false;
  for (let edge = start[from]; edge < start[from + 1]; edge++) {
    if (step.isTarget[to[edge]] === 0) continue;
    const tellsAssignment = task.newAssignment[to[edge]] === from + 1;
    if (tellsAssignment) task.newAssignment[to[edge]] = 0;
    if (!tellsAssignment && !isAnythingDue(task, from, edge, step.what)) continue;
    const carried = writeCopy(task, from, edge, step.what, observer);
    if (!step.broadcast || !isWritten) bookMessage(task, from, step.broadcast ? text : carried);
    isWritten = true;
  }
}

/** Books what is written: a message to one receiver, or one text for all. */
function bookMessage(task: TaskCase, from: number, versions: number): void {
  const { topology, agents } = task.plan;
  const tokens = topology.header + versions * topology.versionTokens;
  task.outcome[FIELD.messages]++;
  task.outcome[FIELD.tokens] += tokens;
  task.outcome[FIELD.overheadTokens] += tokens;
  task.outcome[FIELD.cost] += tokens * agents.priceOutput[from];
}

/** Versions in one text for all receivers: what any of them has not got. */
function writtenForAll(task: TaskCase, step: SendStep, from: number): number {
  const { start, to } = task.plan.topology;
  let count = 0;
  for (let word = 0; word < task.marks.words; word++) {
    let claims = 0;
    for (let edge = start[from]; edge < start[from + 1]; edge++)
      if (step.isTarget[to[edge]] === 1) claims |= due(task, from, edge, word, step.what);
    for (; claims !== 0; claims &= claims - 1) count++;
  }
  return count;
}

/** Puts what goes along an edge into a message, and returns how many versions get there. */
function writeCopy(
  task: TaskCase,
  from: number,
  edge: number,
  what: SendWhat,
  observer: Observer | undefined,
): number {
  const { topology, agents } = task.plan;
  const message = task.mailbag.begin(
    edge,
    from,
    topology.to[edge],
    what === "accepted",
    task.sends,
  );
  const passes = topology.weight[edge] * (1 - agents.omission[from]);
  let carried = 0;
  for (let word = 0; word < task.marks.words; word++) {
    const claims = due(task, from, edge, word, what);
    let arriving = claims;
    for (let rest = claims; rest !== 0; rest &= rest - 1) {
      const claim = firstOf(word, rest);
      if (isOmitted(task, edge, claim, passes)) {
        arriving &= ~(1 << claim);
        task.lose(edge, claim);
        observer?.omitted?.(task, message, claim);
      } else {
        task.mailbag.add(task.held[task.slot(from, claim)]);
        carried++;
      }
    }
    task.deliveries.arrive(edge, word, arriving);
  }
  return carried;
}

function isOmitted(task: TaskCase, edge: number, claim: number, passes: number): boolean {
  if (passes >= 1) return false;
  return task.draws.uniform(OMIT, task.plan.topology.key[edge], claim, task.sends) >= passes;
}

function isAnythingDue(task: TaskCase, from: number, edge: number, what: SendWhat): boolean {
  for (let word = 0; word < task.marks.words; word++)
    if (due(task, from, edge, word, what) !== 0) return true;
  return false;
}

/** Claims that a sender has to send along an edge: what it has flagged itself stays with it. */
function due(
  { marks, deliveries }: TaskCase,
  from: number,
  edge: number,
  word: number,
  what: SendWhat,
): number {
  const standing = marks.standing(from, word);
  if (what === "all") return standing;
  const fresh = standing & ~deliveries.got(edge, word);
  return what === "accepted" ? fresh & marks.bits[marks.row(from, word) + ACCEPTED] : fresh;
}

/** Delivers message m: each version that it carries comes into the receiver's ledger, or stands beside its own. */
export function receiveMessage(
  task: TaskCase,
  message: number,
  observer: Observer | undefined,
): void {
  const { start, items, to, authority } = task.mailbag;
  for (let item = start[message]; item < start[message + 1]; item++)
    receiveVersion(task, to[message], items[item], message, authority[message] === 1, observer);
}

function receiveVersion(
  task: TaskCase,
  agent: number,
  source: number,
  message: number,
  isAuthority: boolean,
  observer: Observer | undefined,
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
  observer?.received(task, agent, copy);
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
