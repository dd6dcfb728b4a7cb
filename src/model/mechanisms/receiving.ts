// Receiving: what goes wrong with the versions of a message on the way, and what the receiver's ledger makes of them.
import type { TaskCase } from "../case.ts";
import { DISTORT } from "../decisions.ts";
import { REDO } from "../marks.ts";
import { wrongAnswer } from "./making.ts";
import { messageTokens, spendOnMessage } from "./spending.ts";
import { keepConfidence } from "./stating.ts";

/** Delivers a message: each version that it carries comes into the receiver's ledger, or stands beside its own. */
export function receiveMessage(task: TaskCase, message: number): void {
  const { start } = task.mailbag;
  for (let item = start[message]; item < start[message + 1]; item++)
    receiveVersion(task, message, item);
  if (task.plan.budgetCovers === "all" && task.plan.agents.isModel[task.mailbag.to[message]] === 1)
    spendOnMessage(task, messageTokens(task, start[message + 1] - start[message]));
  task.observer?.delivered?.(task, message);
}

function receiveVersion(task: TaskCase, message: number, item: number): void {
  const { versions, mailbag } = task;
  const source = mailbag.items[item];
  const agent = mailbag.to[message];
  const claim = versions.claim[source];
  const slot = task.slot(agent, claim);
  task.arrive(mailbag.edge[message], claim);
  const weight = weightOf(task, message, item);
  const isDistorted = goesWrong(task, message, source);
  const replaces =
    task.held[slot] === 0 || mailbag.authority[message] === 1 || task.marks.has(agent, claim, REDO);
  if (!isDistorted && isSeenAgain(task, slot, versions.value[source], weight, replaces)) return;
  const copy = isDistorted
    ? addDistorted(task, message, source)
    : versions.addCopy(agent, source, message + 1);
  keepConfidence(task, copy, source);
  if (replaces) {
    task.settle(agent, claim);
    task.hold(agent, claim, copy, weight);
  } else task.contest(agent, claim, copy, weight);
  task.observer?.received?.(task, agent, copy);
}

/** How much a version in a message counts with its receiver: by who says it, along which edge, and for how many. */
function weightOf({ plan, mailbag }: TaskCase, message: number, item: number): number {
  const { isOrchestrator, belief } = plan.agents;
  const agent = mailbag.to[message];
  const inSender = isOrchestrator[mailbag.from[message]] ? belief.orchestrator : belief.peer;
  return inSender[agent] * plan.topology.trust[mailbag.edge[message]] * mailbag.voices[item];
}

/** Adds the weight to the answer if its receiver holds it, or has it as a rival that is to stay one. */
function isSeenAgain(
  { beliefs, held, versions: { value } }: TaskCase,
  slot: number,
  answer: number,
  weight: number,
  replaces: boolean,
): boolean {
  if (held[slot] > 0 && value[held[slot]] === answer) {
    beliefs.held[slot] += weight;
    return true;
  }
  const rival = replaces ? 0 : beliefs.find(slot, answer, value);
  if (rival > 0) beliefs.weight[rival] += weight;
  return rival > 0;
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
