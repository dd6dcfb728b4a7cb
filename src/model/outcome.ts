// The outcome of one task: a row of numbers, named here once. All results are made of these.

/**
 * Position of each field in an outcome row. Positions are the order of columns in files: a new field gets the next number,
 * wherever it stands here. Sums over tasks are meaningful for every field. A plain object literal, since V8 then reads the
 * positions as constants in the hot loop.
 */
export const FIELD = {
  // Counts, so that sums can become means.
  replications: 0,
  tasks: 1,
  success: 2,
  failure: 3,
  // Errors.
  errorsAtAggregation: 4,
  deliverableErrors: 5,
  missingClaims: 6,
  // Coordination.
  turns: 7,
  messages: 8,
  claimsMade: 9,
  claimsRedundant: 10,
  // Spending.
  tokens: 11,
  overheadTokens: 12,
  cost: 13,
  // Tasks with a deliverable, and seconds: latency is that of the tasks delivered.
  delivered: 47,
  latency: 14,
  makespan: 15,
  // Faults, what became of them, and their causes: see causes.ts.
  faults: 16,
  descendants: 17,
  inherited: 18,
  faultsOwn: 19,
  faultsCommonCause: 20,
  faultsGuess: 21,
  faultsHandoff: 22,
  faultsConflict: 23,
  faultsDistortion: 24,
  faultsSynthesis: 25,
  faultsUnforeseen: 41,
  // Checks.
  reviews: 26,
  caught: 27,
  missed: 28,
  falseAlarms: 29,
  // Loops that ended before their condition was met: their rounds were used up, or a round changed nothing.
  exhausted: 30,
  stalled: 49,
  // Limits: tasks that were cut off, tasks in which an agent took more turns than it could need, tasks that were turned away
  // since too many others were under way, and tasks still to come when the replication was cut off.
  cutOff: 31,
  // Tasks cut off among those with a turn that was held up since its agent was off.
  heldUp: 74,
  outOfTurns: 59,
  turnedAway: 46,
  neverArrived: 48,
  // Calls that failed and were made again, and turns that yielded nothing since all their calls failed.
  callsRetried: 32,
  callsFailed: 33,
  // Tasks with a latency objective, those that meet it, and the successes among them.
  timed: 34,
  onTime: 35,
  successOnTime: 36,
  // Seconds: the time in which the finished tasks arrived, and how long the busiest agent of each role and the busiest rate
  // limit were taken. 0 where tasks come one at a time.
  arrivalTime: 37,
  busyOrchestrator: 38,
  busyWorker: 39,
  busyLimit: 40,
  // Tasks that a router found hard, or for which more was called in.
  escalated: 42,
  // Policy-critical actions that took effect, those among them that violate the policy, and violations that a guard stopped.
  policyActions: 43,
  violations: 44,
  violationsCaught: 45,
  // Missing claims by what stood in their way: see missing.ts.
  missingUndelivered: 50,
  missingNeverAssigned: 51,
  missingOutOfTurns: 52,
  missingWaiting: 53,
  missingFailedCalls: 54,
  missingRejected: 55,
  missingLost: 56,
  missingUnsent: 57,
  missingUnchecked: 58,
  // Claims on which an agent came to stand by another answer that it had heard: a right one for a wrong one, and the reverse.
  corrected: 60,
  misled: 61,
  // Tasks that state what their claims are worth, and what becomes of it: US dollars lost, also with the spending, and the
  // share of the weight that is right; tasks with critical claims, and those in which all of these are right.
  valued: 62,
  loss: 63,
  lossWrong: 64,
  lossMissing: 65,
  totalCost: 66,
  quality: 67,
  critical: 68,
  criticalSuccess: 69,
  // Tasks that cost something if they are late, and US dollars lost since they were.
  urgent: 71,
  lossLate: 70,
  // Tasks in which tools can fail, and faults from tools that did.
  tooled: 73,
  faultsTool: 72,
  // The backlog of a replication, where it is asked for: tasks that have arrived and not ended. How many at most, and tasks
  // times seconds; where an objective is stated, seconds above it, and seconds above it without a break.
  watched: 75,
  backlogPeak: 76,
  backlogArea: 77,
  backlogLimited: 78,
  backlogAbove: 79,
  backlogClearing: 80,
} as const;

/** The name of a field of an outcome row. */
export type OutcomeField = keyof typeof FIELD;

/** Names of the fields, by position. */
export const OUTCOME_FIELDS: readonly OutcomeField[] = (Object.keys(FIELD) as OutcomeField[]).sort(
  (a, b) => FIELD[a] - FIELD[b],
);

export const OUTCOME_SIZE = OUTCOME_FIELDS.length;

/** An outcome row with the names of its fields. */
export type Outcome = Readonly<Record<OutcomeField, number>>;

export function namedOutcome(row: Float64Array): Outcome {
  return Object.fromEntries(OUTCOME_FIELDS.map((field, i) => [field, row[i]])) as Outcome;
}
