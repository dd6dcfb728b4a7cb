// What one task yields: a row of numbers, named here once. Everything that is reported is made of these.

/**
 * Position of each field in an outcome row. Sums over tasks are meaningful for every field. A plain object literal,
 * since V8 then reads the positions as constants in the hot loop.
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
  // Seconds: latency is that of the tasks delivered.
  latency: 14,
  makespan: 15,
  // Faults, what became of them, and their causes.
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
  // Checks.
  reviews: 26,
  caught: 27,
  missed: 28,
  falseAlarms: 29,
  // Limits: a loop that used up its rounds, a replication that was cut off.
  exhausted: 30,
  cutOff: 31,
  // Calls that failed and were made again, and turns that yielded nothing since all their calls failed.
  callsRetried: 32,
  callsFailed: 33,
  // Tasks that have to end within a time, those that do, and the successes among them.
  timed: 34,
  onTime: 35,
  successOnTime: 36,
  // Seconds: the time in which the tasks arrived that came to an end by themselves; what it took of the busiest agent of
  // each role and of the busiest rate limit. 0 where tasks come one at a time.
  arrivalTime: 37,
  busyOrchestrator: 38,
  busyWorker: 39,
  busyLimit: 40,
  // One more cause of faults.
  faultsUnforeseen: 41,
  // Tasks that a router found hard, or for which more was called in.
  escalated: 42,
  // Policy-critical actions that took effect, those among them that violate the policy, and violations that a guard stopped.
  policyActions: 43,
  violations: 44,
  violationsCaught: 45,
  // Tasks that came when too many others were under way.
  turnedAway: 46,
  // Tasks that were handed over, of which alone latency speaks; tasks that were still to come when the replication was cut off.
  delivered: 47,
  neverArrived: 48,
  // A loop in which a round changed nothing, so that the next would not either.
  stalled: 49,
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
  // Tasks in which an agent took more turns than it could need.
  outOfTurns: 59,
} as const;

export type OutcomeField = keyof typeof FIELD;

/** Names of the fields, in order. */
export const OUTCOME_FIELDS = Object.keys(FIELD) as readonly OutcomeField[];

export const OUTCOME_SIZE = OUTCOME_FIELDS.length;
