// Check: agents look at what is in their ledgers, and accept or reject it. Peers and orchestrators differ in recall, in false
// alarms and in what they look at; the look itself is the same. What a triage leaves out is accepted when the phase begins.
import type { TaskCase } from "../case.ts";
import { ACCEPTED, CONTESTED, firstOf, RECEIVED } from "../marks.ts";
import { look } from "../mechanisms/looking.ts";
import { drop, sendBack } from "../mechanisms/rejecting.ts";
import { worthALook } from "../mechanisms/triage.ts";
import type { CheckOf, CheckStep, Triage } from "../steps.ts";
import { phase } from "./phase.ts";

export const check = phase<CheckStep>({
  begin(task, step, scheduler) {
    task.checkPhases++;
    for (let i = 0; i < step.who.length; i++) {
      if (step.triage !== undefined) acceptUnseen(task, step.who[i], step.of, step.triage);
      if (hasUnchecked(task, step.who[i], step)) scheduler.requestTurn(task, step.who[i]);
    }
  },

  act: checkLedger,
});

/** Accepts what a triage leaves out, as a look would that finds nothing. */
function acceptUnseen(task: TaskCase, agent: number, of: CheckOf, triage: Triage): void {
  for (let word = 0; word < task.marks.words; word++) {
    const claims = unchecked(task, agent, word, of);
    let rest = claims & ~worthALook(task, agent, word, claims, triage);
    for (; rest !== 0; rest &= rest - 1) acceptClaimUnseen(task, agent, firstOf(word, rest));
  }
}

function acceptClaimUnseen(task: TaskCase, agent: number, claim: number): void {
  task.settle(agent, claim);
  if (task.marks.has(agent, claim, ACCEPTED)) return;
  task.marks.add(agent, claim, ACCEPTED);
  task.changes++;
  task.observer?.acceptedUnseen?.(task, agent, task.held[task.slot(agent, claim)]);
}

/** Whether a check phase would find anything to look at. */
function hasUnchecked(task: TaskCase, agent: number, step: CheckStep): boolean {
  for (let word = 0; word < task.marks.words; word++)
    if (toLookAt(task, agent, word, step) !== 0) return true;
  return false;
}

function toLookAt(task: TaskCase, agent: number, word: number, { of, triage }: CheckStep): number {
  const claims = unchecked(task, agent, word, of);
  return triage === undefined ? claims : worthALook(task, agent, word, claims, triage);
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

/** Looks at all that one agent has to check. */
function checkLedger(task: TaskCase, step: CheckStep, agent: number): void {
  for (let word = 0; word < task.marks.words; word++)
    for (let rest = toLookAt(task, agent, word, step); rest !== 0; rest &= rest - 1)
      checkClaim(task, agent, firstOf(word, rest), step.kindOf[agent]);
}

/**
 * Checks a claim. A version that passes is accepted; a flagged one is rejected. Where answers differ all are looked at: the
 * own one stays if it passes, else the first rival that does, else none. No rival remains.
 */
function checkClaim(task: TaskCase, agent: number, claim: number, kind: number): void {
  const slot = task.slot(agent, claim);
  const own = task.held[slot];
  const ownPasses = !look(task, agent, kind, slot, own);
  if (!ownPasses) sendBack(task, agent, own);
  const rival = checkRivals(task, agent, kind, slot);
  if (!ownPasses && rival > 0)
    task.hold(agent, claim, task.beliefs.version[rival], task.beliefs.weight[rival]);
  task.settle(agent, claim);
  if (ownPasses || rival > 0) task.marks.add(agent, claim, ACCEPTED);
  else drop(task, agent, claim);
}

/** Looks at all rivals of a claim and returns the first that passes; 0: none does. */
function checkRivals(task: TaskCase, agent: number, kind: number, slot: number): number {
  const { first, version, next } = task.beliefs;
  let passed = 0;
  for (let rival = first[slot]; rival !== 0; rival = next[rival])
    if (look(task, agent, kind, slot, version[rival])) sendBack(task, agent, version[rival]);
    else if (passed === 0) passed = rival;
  return passed;
}
