// The columns of replications.csv, replications.ndjson and replications.parquet: one row per replication of a scenario.
import { METRICS, type MetricDefinition } from "../metrics/definitions.ts";
import { type CauseField, COUNTED_CAUSES } from "../model/causes.ts";
import { MISSING } from "../model/missing.ts";
import { FIELD, OUTCOME_FIELDS, type OutcomeField } from "../model/outcome.ts";
import type { Subject } from "../scenario/objectives/subjects.ts";
import { type ColumnOf, type ColumnType, column, type Factor, originColumns } from "./columns.ts";
import type { ReplicationRow } from "./rows.ts";

/**
 * Columns of the table of replications.
 * @param subjects what scenarios state of their tasks; the table has no columns for what they do not. By default it has all
 */
export function replicationColumns(
  factors: readonly Factor[],
  subjects: readonly Subject[] | undefined = undefined,
): ColumnOf<ReplicationRow>[] {
  const outcome = OUTCOME_COLUMNS.filter(({ name }) => {
    const subject = SUBJECT_OF.get(name);
    return subject === undefined || (subjects?.includes(subject) ?? true);
  });
  return [...originColumns(factors), ...REPLICATION_COLUMNS, ...outcome];
}

/** Which replication a row is. */
export const REPLICATION_COLUMNS: readonly ColumnOf<ReplicationRow>[] = [
  column(
    "replication",
    "int64",
    "Number of the replication within the scenario, from 0.",
    ({ replication }) => replication,
  ),
  column(
    "instance",
    "int64",
    "Number of the task instance that it shares with its repeats, from 0.",
    ({ instance }) => instance,
  ),
];

/** Type and unit of an outcome field, and what it means. Without a text it is what a metric is the mean of, and means the same. */
type OutcomeFacts = readonly [type: ColumnType, unit: string, text?: string];

/** Fields whose tables stand in the engine: versions by cause, and missing claims by reason. */
type TableField = CauseField | (typeof MISSING)[number]["field"];
const TABLES = Object.fromEntries<OutcomeFacts>([
  ...COUNTED_CAUSES.map(
    ({ field }) => [field, ["int64", field === "inherited" ? "versions" : "faults"]] as const,
  ),
  ...MISSING.map(({ field }) => [field, ["int64", "claims"]] as const),
]) as Record<TableField, OutcomeFacts>;

/** The other fields: sums over the tasks of the replication, but for the makespan and the backlog. */
const OUTCOMES: Readonly<Record<Exclude<OutcomeField, TableField>, OutcomeFacts>> = {
  replications: ["int64", "replications", "Always 1, so that sums over rows can become means."],
  tasks: ["int64", "tasks", "Tasks of the replication."],
  success: ["int64", "tasks", "Tasks that succeed, as the scenario defines it."],
  failure: ["int64", "tasks", "Tasks that did not succeed."],
  errorsAtAggregation: ["int64", "versions"],
  deliverableErrors: ["int64", "claims"],
  missingClaims: ["int64", "claims"],
  turns: ["int64", "turns"],
  messages: ["int64", "messages"],
  claimsMade: ["int64", "claims", "Claims that at least one agent made."],
  claimsRedundant: ["int64", "claims", "Claims that two or more agents made."],
  tokens: ["double", "tokens"],
  overheadTokens: ["double", "tokens"],
  cost: ["double", "US dollars"],
  latency: [
    "double",
    "seconds",
    "Simulated time from arrival to deliverable, summed over the delivered tasks.",
  ],
  makespan: ["double", "seconds", "Simulated time until the last task has ended."],
  faults: ["int64", "faults"],
  descendants: ["int64", "versions", "Erroneous versions that descend from those faults."],
  reviews: ["int64", "reviews", "Reviews that agents made of their own work."],
  caught: ["int64", "looks"],
  missed: ["int64", "looks"],
  falseAlarms: ["int64", "looks"],
  corrected: ["int64", "answers"],
  misled: ["int64", "answers"],
  exhausted: ["int64", "tasks", "Tasks in which a loop used up its rounds."],
  stalled: ["int64", "tasks", "Tasks in which a loop ended because a round changed nothing."],
  outOfTurns: ["int64", "tasks", "Tasks in which an agent reached limits.turnsPerClaim."],
  cutOff: ["int64", "tasks", "Tasks that were cut off by a limit and counted as failed."],
  heldUp: [
    "int64",
    "tasks",
    "Tasks cut off that waited for a turn while its agent was off (agents.X.shifts).",
  ],
  turnedAway: [
    "int64",
    "tasks",
    "Tasks that were turned away because too many others were under way.",
  ],
  delivered: ["int64", "tasks", "Tasks that ended with a deliverable."],
  neverArrived: ["int64", "tasks", "Tasks still to come when the replication reached a limit."],
  escalated: [
    "int64",
    "tasks",
    "Tasks that a router by difficulty judged hard, or for which an escalation ran.",
  ],
  callsRetried: ["int64", "calls"],
  callsFailed: ["int64", "turns"],
  timed: ["int64", "tasks", "Tasks that have a latency objective."],
  onTime: ["int64", "tasks", "Tasks that end within the latency objective."],
  successOnTime: ["int64", "tasks", "Successful tasks that end within the latency objective."],
  arrivalTime: [
    "double",
    "seconds",
    "Mean interval of an open workload, times the tasks that ended on their own; with a profile, the time in which as many arrive.",
  ],
  busyOrchestrator: ["double", "seconds", "Time for which the busiest orchestrator was busy."],
  busyWorker: ["double", "seconds", "Time for which the busiest worker was busy."],
  policyActions: ["int64", "actions"],
  violations: ["int64", "actions"],
  violationsCaught: ["int64", "actions"],
  valued: ["int64", "tasks", "Tasks that state what their claims are worth."],
  loss: ["double", "US dollars"],
  lossWrong: ["double", "US dollars"],
  lossMissing: ["double", "US dollars"],
  urgent: ["int64", "tasks", "Tasks that cost something if they are late."],
  lossLate: ["double", "US dollars"],
  tooled: ["int64", "tasks", "Tasks in which tools can fail."],
  totalCost: ["double", "US dollars"],
  quality: ["double", "tasks"],
  critical: ["int64", "tasks", "Tasks that have a critical claim."],
  criticalSuccess: ["int64", "tasks", "Tasks in which all critical claims are right."],
  watched: ["int64", "replications", "Whether the backlog is watched: 1 or 0."],
  backlogPeak: ["int64", "tasks", "Largest number of tasks that have arrived and not ended."],
  backlogArea: [
    "double",
    "seconds",
    "Tasks that have arrived and not ended, times the seconds for which they were there.",
  ],
  backlogLimited: ["int64", "replications", "Whether the backlog has an objective: 1 or 0."],
  backlogAbove: ["double", "seconds", "Time for which the backlog was above its objective."],
  backlogClearing: [
    "double",
    "seconds",
    "Longest time for which the backlog was above its objective without a break.",
  ],
  busyLimit: [
    "double",
    "seconds",
    "Calls under the busiest rate limit, times the time that the limit grants per call.",
  ],
};

/** The fields that there are only where scenarios state what they are about. */
const SUBJECT_FIELDS = {
  valued: ["valued", "loss", "lossWrong", "lossMissing", "totalCost", "quality"],
  critical: ["critical", "criticalSuccess"],
  urgent: ["urgent", "lossLate"],
  tooled: ["tooled", "faultsTool"],
  heldUp: ["heldUp"],
  watched: ["watched", "backlogPeak", "backlogArea"],
  backlogLimited: ["backlogLimited", "backlogAbove", "backlogClearing"],
} as const satisfies Record<Subject, readonly OutcomeField[]>;

const SUBJECT_OF: ReadonlyMap<string, Subject> = new Map(
  Object.entries(SUBJECT_FIELDS).flatMap(([subject, fields]) =>
    fields.map((field) => [field, subject as Subject] as const),
  ),
);

const FACTS: Readonly<Record<OutcomeField, OutcomeFacts>> = { ...OUTCOMES, ...TABLES };

/** The outcome of a replication. */
export const OUTCOME_COLUMNS: readonly ColumnOf<ReplicationRow>[] = OUTCOME_FIELDS.map((name) => {
  const [type, unit, text = meanOf(name).description] = FACTS[name];
  return column(name, type, text, ({ outcome }) => outcome[FIELD[name]], unit);
});

function meanOf(field: OutcomeField): MetricDefinition {
  return METRICS.find((metric) => metric.meanOf === field) as MetricDefinition;
}
