// Send: which versions go along which edges, and what is left out on the way. What becomes of them when they arrive:
// mechanisms/receiving.ts.
import { sample } from "../../numerics/quantileTable.ts";
import type { TaskCase } from "../case.ts";
import { MESSAGE_TIME, OMIT } from "../decisions.ts";
import { ACCEPTED, firstOf } from "../marks.ts";
import { messageTokens, spendOnMessage } from "../mechanisms/spending.ts";
import { FIELD } from "../outcome.ts";
import type { SendStep, SendWhat } from "../steps.ts";
import { phase } from "./phase.ts";

export const send = phase<SendStep>({
  begin(task, step, scheduler) {
    const { mailbag } = task;
    const first = mailbag.count;
    task.sends++;
    for (let i = 0; i < step.from.length; i++) writeFrom(task, step, step.from[i]);
    for (let message = first; message < mailbag.count; message++) {
      scheduler.sendMessage(task, message, messageTime(task, message));
      task.observer?.sent?.(task, message);
    }
  },
});

/** Ticks until a message arrives. */
function messageTime(task: TaskCase, message: number): number {
  const { topology } = task.plan;
  const key = topology.key[task.mailbag.edge[message]];
  return Math.round(sample(topology.latency, task.draws.uniform(MESSAGE_TIME, key, task.sends, 0)));
}

/** Puts the messages of one sender into the mailbag. */
function writeFrom(task: TaskCase, step: SendStep, from: number): void {
  const { start, to } = task.plan.topology;
  task.deliveries.update(from);
  const text = step.broadcast ? writtenForAll(task, step, from) : 0;
  let isWritten = false;
  for (let edge = start[from]; edge < start[from + 1]; edge++) {
    if (step.isTarget[to[edge]] === 0) continue;
    const tellsAssignment = task.newAssignment[to[edge]] === from + 1;
    if (tellsAssignment) task.newAssignment[to[edge]] = 0;
    if (!tellsAssignment && !isAnythingDue(task, from, edge, step.what)) continue;
    const carried = writeCopy(task, from, edge, step);
    if (!step.broadcast || !isWritten) bookMessage(task, from, step.broadcast ? text : carried);
    isWritten = true;
  }
}

/** Books what is written last: a message to one receiver, or one text for all. Only models write in tokens. */
function bookMessage(task: TaskCase, from: number, versions: number): void {
  const { agents } = task.plan;
  const tokens = messageTokens(task, versions);
  const message = task.mailbag.count - 1;
  task.outcome[FIELD.messages]++;
  if (agents.isModel[from] === 0) {
    task.observer?.written?.(task, message, 0, 0);
    return;
  }
  const dollars = tokens * agents.priceOutput[from];
  task.outcome[FIELD.tokens] += tokens;
  task.outcome[FIELD.overheadTokens] += tokens;
  task.pay(from, dollars);
  task.observer?.written?.(task, message, tokens, dollars);
  if (task.plan.budgetCovers === "all") spendOnMessage(task, tokens);
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
  { what, showsTally }: SendStep,
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
        task.observer?.omitted?.(task, message, claim);
      } else {
        const slot = task.slot(from, claim);
        task.mailbag.add(task.held[slot], showsTally ? voices(task, from, slot) : 1);
        carried++;
      }
    }
    task.deliveries.arrive(edge, word, arriving);
  }
  return carried;
}

/** Agents for whose answer the sender speaks: the weight of the answer with it, in words of its own. */
function voices({ plan, beliefs }: TaskCase, from: number, slot: number): number {
  const self = plan.agents.belief.self[from];
  return self > 0 ? beliefs.held[slot] / self : 1;
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
