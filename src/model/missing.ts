// Missing claims: why the deliverable lacks one, told from the state in which the task ended. Every missing claim has one
// reason: what stood in its way last.
import type { TaskCase } from "./case.ts";
import { ACCEPTED, HELD, IN_SCOPE, REDO } from "./marks.ts";
import { missingPremise } from "./mechanisms/lacking.ts";
import { FIELD } from "./outcome.ts";
import type { Plan, TopologyPlan } from "./plan.ts";
import type { AggregateStep, WorkStep } from "./steps.ts";

/** The task was turned away or cut off. */
const UNDELIVERED = 0;
/** It is in the scope of no agent that works. */
const NEVER_ASSIGNED = 1;
/** An agent could have made it, and had no turn left. Detail: the agent. */
const OUT_OF_TURNS = 2;
/** Its makers work on ready claims only and lack a premise. Detail: the premise. */
const WAITING = 3;
/** Turns yielded nothing since all their calls failed. Detail: the agent. */
const FAILED_CALLS = 4;
/** A check (or a guard) rejected it, and no other version came in time. Detail: the agent that rejected it. */
const REJECTED = 5;
/** It was made and left out of a message. Detail: the edge. */
const LOST = 6;
/** It was made, and nothing carried it to where the deliverable is built. Detail: the agent that it got to last. */
const UNSENT = 7;
/** It is there and was not checked, where only what passed a check counts. Detail: the agent that holds it. */
const UNCHECKED = 8;

/** Name, what the detail is, and field of the outcome of every reason, by its number. */
export const MISSING = [
  { name: "undelivered", detail: "nothing", field: "missingUndelivered" },
  { name: "neverAssigned", detail: "nothing", field: "missingNeverAssigned" },
  { name: "outOfTurns", detail: "agent", field: "missingOutOfTurns" },
  { name: "waiting", detail: "claim", field: "missingWaiting" },
  { name: "failedCalls", detail: "agent", field: "missingFailedCalls" },
  { name: "rejected", detail: "agent", field: "missingRejected" },
  { name: "lost", detail: "edge", field: "missingLost" },
  { name: "unsent", detail: "agent", field: "missingUnsent" },
  { name: "unchecked", detail: "agent", field: "missingUnchecked" },
] as const;

export type MissingReason = (typeof MISSING)[number]["name"];

const FIELDS = Int32Array.from(MISSING, ({ field }) => FIELD[field]);

/** Counts a claim that the deliverable lacks, with its reason. */
export function countMissing(task: TaskCase, claim: number): void {
  const why = whyMissing(task, claim);
  const reason = why % FIELDS.length;
  task.outcome[FIELD.missingClaims]++;
  task.outcome[FIELDS[reason]]++;
  task.observer?.missing?.(task, claim, reason, Math.floor(why / FIELDS.length) - 1);
}

/** A reason and its detail (-1: none) in one number. */
function because(reason: number, detail: number): number {
  return (detail + 1) * FIELDS.length + reason;
}

function whyMissing(task: TaskCase, claim: number): number {
  const { aggregate } = task.plan;
  const { outcome } = task;
  if (outcome[FIELD.cutOff] + outcome[FIELD.turnedAway] > 0) return because(UNDELIVERED, -1);
  if (outcome[FIELD.delivered] === 0) return because(FAILED_CALLS, aggregate.by);
  const unchecked = holderUnchecked(task, aggregate, claim);
  if (unchecked >= 0)
    return because(task.failedTurns[unchecked] > 0 ? FAILED_CALLS : UNCHECKED, unchecked);
  if (task.author < 0 && task.firstMaker[claim] > 0) return whyMadeInVain(task, claim);
  return whyNotMade(task, claim);
}

/** An agent whose version would count if it had passed its check; -1: none. */
function holderUnchecked(
  task: TaskCase,
  { acceptedOnly, from }: AggregateStep,
  claim: number,
): number {
  if (!acceptedOnly) return -1;
  for (const agent of from)
    if (stands(task, agent, claim) && !task.marks.has(agent, claim, ACCEPTED)) return agent;
  return -1;
}

function stands({ marks }: TaskCase, agent: number, claim: number): boolean {
  return marks.has(agent, claim, HELD) && !marks.has(agent, claim, REDO);
}

/** It was made, and is in none of the ledgers that count. */
function whyMadeInVain(task: TaskCase, claim: number): number {
  const obstacle = task.obstacle[claim];
  if (obstacle > 0) return because(LOST, obstacle - 1);
  if (obstacle < 0) return because(REJECTED, -obstacle - 1);
  const { count } = task.plan.agents;
  const holder = lastHolder(task, claim);
  if (holder >= 0) return because(UNSENT, holder);
  for (let agent = 0; agent < count; agent++)
    if (task.marks.has(agent, claim, REDO)) return because(REJECTED, agent);
  return because(REJECTED, task.firstMaker[claim] - 1);
}

/** The agent in whose ledger the newest version of a claim stands: where it got to; -1: none. */
function lastHolder(task: TaskCase, claim: number): number {
  let last = -1;
  for (let agent = 0; agent < task.plan.agents.count; agent++)
    if (stands(task, agent, claim) && newest(task, agent, claim) > newest(task, last, claim))
      last = agent;
  return last;
}

/** The number of the version that an agent holds; 0 of no agent. */
function newest(task: TaskCase, agent: number, claim: number): number {
  return agent < 0 ? 0 : task.held[task.slot(agent, claim)];
}

/** It is in the ledger of nobody who was to make it. */
function whyNotMade(task: TaskCase, claim: number): number {
  let waits = because(NEVER_ASSIGNED, -1);
  for (const step of task.plan.steps) {
    if (step.op !== "work") continue;
    for (const agent of step.who) {
      if (task.author >= 0 && agent !== task.author) continue;
      if (!task.marks.has(agent, claim, IN_SCOPE)) continue;
      const why = whyNotMadeBy(task, step, agent, claim);
      if (why % FIELDS.length !== WAITING) return why;
      waits = why;
    }
  }
  return waits;
}

function whyNotMadeBy(task: TaskCase, step: WorkStep, agent: number, claim: number): number {
  if (task.marks.has(agent, claim, REDO)) return because(REJECTED, agent);
  // Attempts without a version: a guard stopped them.
  if (task.attempts[task.slot(agent, claim)] > 0) return because(REJECTED, agent);
  if (task.failedTurns[agent] > 0) return because(FAILED_CALLS, agent);
  const premise = step.onlyReady ? missingPremise(task, agent, claim) : -1;
  return premise < 0 ? because(OUT_OF_TURNS, agent) : because(WAITING, premise);
}

// ---------------------------------------------------------------- told to an observer

/** What the reason of a missing claim is about: numbers of a claim and of agents. */
export interface Obstacle {
  readonly premise?: number;
  readonly agent?: number;
  readonly from?: number;
  readonly to?: number;
}

/** What a reason and its detail are about. @param detail -1: nothing is known */
export function obstacleOf({ topology }: Plan, reason: number, detail: number): Obstacle {
  const { detail: kind } = MISSING[reason];
  if (detail < 0 || kind === "nothing") return {};
  if (kind === "agent") return { agent: detail };
  if (kind === "claim") return { premise: detail };
  return { from: senderOf(topology, detail), to: topology.to[detail] };
}

/** The agent that an edge runs from. */
function senderOf({ start }: TopologyPlan, edge: number): number {
  let agent = 0;
  while (start[agent + 1] <= edge) agent++;
  return agent;
}
