// Aggregation: how the ledgers become one deliverable, when a loop may stop, and what is counted in the end.
import type { TaskCase } from "./case.ts";
import { SYNTHESIS } from "./decisions.ts";
import { addFault } from "./making.ts";
import { ACCEPTED, firstOf, REDO } from "./marks.ts";
import { countMissing } from "./missing.ts";
import type { Observer } from "./observer.ts";
import { FIELD } from "./outcome.ts";
import type { AggregateStep, Until } from "./plan.ts";
import {
  COMMON_CAUSE,
  CONFLICTED,
  DISTORTED,
  GUESSED,
  HANDED_OFF,
  INHERITED,
  OWN,
  SYNTHESIZED,
  UNFORESEEN,
} from "./versions.ts";

/** Claims that an agent would hand over: nobody hands over what they flagged themselves. */
function countable(
  { marks }: TaskCase,
  { acceptedOnly }: AggregateStep,
  agent: number,
  word: number,
): number {
  const standing = marks.standing(agent, word);
  return acceptedOnly ? standing & marks.bits[marks.row(agent, word) + ACCEPTED] : standing;
}

/** The version of a claim that an agent would hand over, or 0. */
function counted(task: TaskCase, step: AggregateStep, agent: number, claim: number): number {
  const { marks } = task;
  if (marks.has(agent, claim, REDO)) return 0;
  if (step.acceptedOnly && !marks.has(agent, claim, ACCEPTED)) return 0;
  return task.held[task.slot(agent, claim)];
}

// ---------------------------------------------------------------- when a loop may stop

/** Whether the condition of a loop holds. */
export function isSettled(task: TaskCase, step: AggregateStep, until: Until): boolean {
  switch (until) {
    case "never":
      return false;
    case "ahead":
      return isAhead(task, step);
    case "complete":
      return isCovered(task, step);
    case "consensus":
      return isCovered(task, step) && isAgreed(task, step);
  }
}

function isAhead(task: TaskCase, step: AggregateStep): boolean {
  for (let claim = 0; claim < task.size; claim++)
    if (leader(task, step, claim, step.lead) === 0) return false;
  return true;
}

/** Whether every claim is there: in one of the ledgers where one is enough, else in all. */
function isCovered(task: TaskCase, step: AggregateStep): boolean {
  const { marks } = task;
  const anyIsEnough = step.how === "concatenate" || step.how === "first";
  for (let word = 0; word < marks.words; word++) {
    let covered = anyIsEnough ? 0 : -1;
    for (const agent of step.from) {
      const there = countable(task, step, agent, word);
      covered = anyIsEnough ? covered | there : covered & there;
    }
    if ((covered & marks.all(word)) !== marks.all(word)) return false;
  }
  return true;
}

function isAgreed(task: TaskCase, step: AggregateStep): boolean {
  for (let claim = 0; claim < task.size; claim++) if (!agree(task, step, claim)) return false;
  return true;
}

/** Whether all ledgers that have the claim have the same answer. */
function agree(task: TaskCase, step: AggregateStep, claim: number): boolean {
  const { value } = task.versions;
  let first = 0;
  for (const agent of step.from) {
    const version = counted(task, step, agent, claim);
    if (version === 0) continue;
    if (first === 0) first = version;
    if (value[version] !== value[first]) return false;
  }
  return true;
}

// ---------------------------------------------------------------- the deliverable

/** Builds the deliverable from the ledgers. */
export function aggregate(task: TaskCase, step: AggregateStep): void {
  countErrors(task, step);
  task.outcome[FIELD.delivered] = 1;
  task.author = step.how === "first" ? firstToComplete(task, step) : -1;
  for (let claim = 0; claim < task.size; claim++) {
    const version =
      task.author >= 0 ? counted(task, step, task.author, claim) : choose(task, step, claim);
    task.deliverable[claim] =
      step.how === "synthesize" ? synthesized(task, step.by, version) : version;
  }
}

/** E: erroneous versions in the ledgers from which the deliverable is built. */
function countErrors(task: TaskCase, step: AggregateStep): void {
  for (const agent of step.from)
    for (let word = 0; word < task.marks.words; word++)
      for (let rest = countable(task, step, agent, word); rest !== 0; rest &= rest - 1)
        if (task.versions.isErroneous(task.held[task.slot(agent, firstOf(word, rest))]))
          task.outcome[FIELD.errorsAtAggregation]++;
}

function choose(task: TaskCase, step: AggregateStep, claim: number): number {
  switch (step.how) {
    case "majority":
      return mostFrequent(task, step, claim);
    case "ahead":
      return leader(task, step, claim, step.lead) || mostFrequent(task, step, claim);
    default:
      return earliest(task, step, claim);
  }
}

/** The version that came first into any of the ledgers: what a reader of concatenated answers meets first. */
function earliest(task: TaskCase, step: AggregateStep, claim: number): number {
  let best = 0;
  for (const agent of step.from) {
    const version = counted(task, step, agent, claim);
    if (version > 0 && (best === 0 || version < best)) best = version;
  }
  return best;
}

/** A representative of the answer that most ledgers hold; the one met first where two are equal. */
function mostFrequent(task: TaskCase, step: AggregateStep, claim: number): number {
  if (step.from.length > FEW_VOTERS) return mostFrequentOfMany(task, step, claim);
  let best = 0;
  let bestVotes = 0;
  for (let i = 0; i < step.from.length; i++) {
    const version = counted(task, step, step.from[i], claim);
    if (version === 0) continue;
    const votes = votesAmong(task, step, claim, step.from.length, task.versions.value[version]);
    if (votes > bestVotes) {
      best = version;
      bestVotes = votes;
      if (2 * votes > step.from.length) break;
    }
  }
  return best;
}

/** Voters up to which it is faster to count anew for each of them than to keep a table. */
const FEW_VOTERS = 64;

function mostFrequentOfMany(task: TaskCase, step: AggregateStep, claim: number): number {
  const { value } = task.versions;
  const votes = new Map<number, number>();
  for (const agent of step.from) {
    const version = counted(task, step, agent, claim);
    if (version > 0) votes.set(value[version], (votes.get(value[version]) ?? 0) + 1);
  }
  let best = 0;
  let bestVotes = 0;
  for (const agent of step.from) {
    const version = counted(task, step, agent, claim);
    const own = version > 0 ? (votes.get(value[version]) as number) : 0;
    if (own <= bestVotes) continue;
    best = version;
    bestVotes = own;
  }
  return best;
}

/**
 * First-to-ahead-by-k (MAKER, arXiv 2511.09030): votes are counted in the order of the agents until an answer leads
 * all others by `lead`; 0 when none does.
 */
function leader(task: TaskCase, step: AggregateStep, claim: number, lead: number): number {
  if (step.from.length > FEW_VOTERS) return leaderOfMany(task, step, claim, lead);
  const { answers, votes, versions } = task;
  let known = 0;
  for (let voter = 0; voter < step.from.length; voter++) {
    const version = counted(task, step, step.from[voter], claim);
    if (version === 0) continue;
    const answer = versions.value[version];
    let own = 0;
    while (own < known && answers[own] !== answer) own++;
    if (own === known) {
      answers[known] = answer;
      votes[known++] = 0;
    }
    votes[own]++;
    if (votes[own] - mostVotes(votes, known, own) >= lead) return version;
  }
  return 0;
}

function leaderOfMany(task: TaskCase, step: AggregateStep, claim: number, lead: number): number {
  const votes = new Map<number, number>();
  let first = 0;
  let firstVotes = 0;
  /** Most votes of any answer but the first. */
  let otherVotes = 0;
  for (const agent of step.from) {
    const version = counted(task, step, agent, claim);
    if (version === 0) continue;
    const answer = task.versions.value[version];
    const own = (votes.get(answer) ?? 0) + 1;
    votes.set(answer, own);
    if (own > firstVotes) {
      if (answer !== first) otherVotes = firstVotes;
      first = answer;
      firstVotes = own;
      if (firstVotes - otherVotes >= lead) return version;
    } else otherVotes = Math.max(otherVotes, own);
  }
  return 0;
}

/** Most votes of any of the first `known` answers but one. */
function mostVotes(votes: Int32Array, known: number, except: number): number {
  let most = 0;
  for (let i = 0; i < known; i++) if (i !== except && votes[i] > most) most = votes[i];
  return most;
}

function votesAmong(
  task: TaskCase,
  step: AggregateStep,
  claim: number,
  voters: number,
  answer: number,
): number {
  let votes = 0;
  for (let i = 0; i < voters; i++) {
    const version = counted(task, step, step.from[i], claim);
    if (version > 0 && task.versions.value[version] === answer) votes++;
  }
  return votes;
}

/** The agent that first had every claim; if none had, the one with the fullest ledger. */
function firstToComplete(task: TaskCase, step: AggregateStep): number {
  let best = step.from[0];
  for (const agent of step.from) {
    const sooner = task.completedAt[agent] < task.completedAt[best];
    const fuller = task.ledgerSize[agent] > task.ledgerSize[best];
    if (sooner || (task.completedAt[best] === Number.POSITIVE_INFINITY && fuller)) best = agent;
  }
  return best;
}

/** A correct version can still go wrong when it is put into the words of the deliverable. */
function synthesized(task: TaskCase, by: number, version: number): number {
  if (version === 0 || task.versions.isErroneous(version)) return version;
  const { key, synthesisLoss } = task.plan.agents;
  const claim = task.versions.claim[version];
  if (task.draws.uniform(SYNTHESIS, key[by], claim, 0) >= synthesisLoss[by]) return version;
  const attempt = task.attempts[task.slot(by, claim)];
  return addFault(task, by, claim, attempt, SYNTHESIZED);
}

// ---------------------------------------------------------------- what is counted

const FIELD_OF_CAUSE = new Int32Array(16).fill(-1);
FIELD_OF_CAUSE[OWN] = FIELD.faultsOwn;
FIELD_OF_CAUSE[COMMON_CAUSE] = FIELD.faultsCommonCause;
FIELD_OF_CAUSE[INHERITED] = FIELD.inherited;
FIELD_OF_CAUSE[GUESSED] = FIELD.faultsGuess;
FIELD_OF_CAUSE[HANDED_OFF] = FIELD.faultsHandoff;
FIELD_OF_CAUSE[CONFLICTED] = FIELD.faultsConflict;
FIELD_OF_CAUSE[DISTORTED] = FIELD.faultsDistortion;
FIELD_OF_CAUSE[SYNTHESIZED] = FIELD.faultsSynthesis;
FIELD_OF_CAUSE[UNFORESEEN] = FIELD.faultsUnforeseen;

/** Counts what the task came to. `seconds`: from its arrival to its end. */
export function countOutcome(
  task: TaskCase,
  seconds: number,
  observer: Observer | undefined,
): void {
  const { outcome } = task;
  countDeliverable(task, observer);
  countFaults(task);
  outcome[FIELD.tasks] = 1;
  const isWhole = outcome[FIELD.missingClaims] === 0 && outcome[FIELD.deliverableErrors] === 0;
  outcome[isWhole ? FIELD.success : FIELD.failure] = 1;
  if (outcome[FIELD.delivered] === 1) outcome[FIELD.latency] = seconds;
  countTime(task, seconds);
}

/** Counts whether the task kept within the objective, where there is one; what is not delivered did not. */
function countTime({ outcome, plan }: TaskCase, seconds: number): void {
  if (plan.latencyObjective === undefined) return;
  outcome[FIELD.timed] = 1;
  if (outcome[FIELD.delivered] === 0 || seconds > plan.latencyObjective) return;
  outcome[FIELD.onTime] = 1;
  outcome[FIELD.successOnTime] = outcome[FIELD.success];
}

function countDeliverable(task: TaskCase, observer: Observer | undefined): void {
  for (let claim = 0; claim < task.size; claim++) {
    const version = task.deliverable[claim];
    if (version === 0) countMissing(task, claim, observer);
    else if (task.versions.isErroneous(version)) task.outcome[FIELD.deliverableErrors]++;
  }
}

function countFaults(task: TaskCase): void {
  const { faults, faultCount, descendants, causeCounts } = task.versions;
  for (let cause = 0; cause < causeCounts.length; cause++)
    if (FIELD_OF_CAUSE[cause] >= 0) task.outcome[FIELD_OF_CAUSE[cause]] = causeCounts[cause];
  task.outcome[FIELD.faults] = faultCount;
  for (let i = 0; i < faultCount; i++) task.outcome[FIELD.descendants] += descendants[faults[i]];
}
