// The columns of exported tables: what each is called, holds, means and is measured in. Tables and their documentation
// (docs/columns.md) read this one list; metrics and outcome fields bring their names from where they are defined.
import { type MetricValue, readMetric } from "../experiment/result.ts";
import { METRICS, type MetricDefinition, metric } from "../metrics/definitions.ts";
import { type CauseField, COUNTED_CAUSES } from "../model/causes.ts";
import { MISSING } from "../model/missing.ts";
import { FIELD, OUTCOME_FIELDS, type OutcomeField } from "../model/outcome.ts";
import type { FactorValue } from "../sweep/designs/axes.ts";
import type { CellRow, Factors, Origin, ReplicationRow } from "./rows.ts";

/** `int64` holds integers up to ±(2^53 - 1), `double` finite numbers, `string` Unicode text. */
export type ColumnType = "string" | "int64" | "double" | "boolean";

/** What stands in a row under a column; null where there is no value. */
export type Value = string | number | boolean | null;

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether a row may have no value here. */
  readonly nullable: boolean;
  /** Empty where there is none. */
  readonly unit: string;
  readonly description: string;
}

/** A column that knows where its value stands in a source row. */
export interface ColumnOf<Source> extends Column {
  read(source: Source): Value;
}

export interface Factor {
  readonly name: string;
  readonly type: ColumnType;
}

/**
 * The factors of points, in order of appearance. A factor is `int64` if all its values are whole numbers, `double` if
 * they are numbers, `boolean` if all are true or false, and `string` otherwise.
 */
export function factorsOf(points: Iterable<Factors>): Factor[] {
  const types = new Map<string, ColumnType>();
  for (const point of points)
    for (const [name, value] of Object.entries(point))
      types.set(name, commonType(types.get(name), typeOf(value)));
  return [...types].map(([name, type]) => ({ name, type }));
}

function typeOf(value: FactorValue): ColumnType {
  if (typeof value !== "number") return typeof value === "boolean" ? "boolean" : "string";
  return Number.isSafeInteger(value) ? "int64" : "double";
}

function commonType(a: ColumnType | undefined, b: ColumnType): ColumnType {
  if (a === undefined || a === b) return b;
  const areNumbers = [a, b].every((type) => type === "int64" || type === "double");
  return areNumbers ? "double" : "string";
}

/**
 * Columns of the table of cells.
 * @param metrics names; each gives three columns, the estimate and the bounds of its interval
 * @throws RangeError when there is no metric of a name
 */
export function cellColumns(
  factors: readonly Factor[],
  metrics: readonly string[],
): ColumnOf<CellRow>[] {
  return [
    ...originColumns(factors),
    ...RESULT_COLUMNS,
    ...metrics.flatMap((name) => metricColumns(metric(name))),
  ];
}

/** Columns of the table of replications. */
export function replicationColumns(factors: readonly Factor[]): ColumnOf<ReplicationRow>[] {
  return [...originColumns(factors), ...REPLICATION_COLUMNS, ...OUTCOME_COLUMNS];
}

// ---------------------------------------------------------------- where a row comes from

/** Columns that begin both tables. */
export function originColumns(factors: readonly Factor[]): ColumnOf<Origin>[] {
  return [
    {
      name: "experiment",
      type: "string",
      nullable: true,
      unit: "",
      description: "Name of the experiment.",
      read: ({ experiment }) => experiment ?? null,
    },
    {
      name: "cell",
      type: "int64",
      nullable: false,
      unit: "",
      description: "Number of the cell, from 0; scenarios that were run together share it.",
      read: ({ cell }) => cell,
    },
    {
      name: "scenario",
      type: "string",
      nullable: false,
      unit: "",
      description: "Label of the scenario.",
      read: ({ scenario }) => scenario,
    },
    {
      name: "baseline",
      type: "string",
      nullable: true,
      unit: "",
      description: "Label of the scenario that it is paired with.",
      read: ({ baseline }) => baseline ?? null,
    },
    ...factors.map(factorColumn),
    {
      name: "seed",
      type: "string",
      nullable: false,
      unit: "",
      description: "Seed of all draws.",
      read: ({ seed }) => seed,
    },
  ];
}

/** The column of a factor. It has no value for a scenario that the factor does not apply to. */
function factorColumn({ name, type }: Factor): ColumnOf<Origin> {
  return {
    name: `factor.${name}`,
    type,
    nullable: true,
    unit: "",
    description: `Value of the factor ${name}.`,
    read({ factors }) {
      const value = Object.hasOwn(factors, name) ? factors[name] : null;
      return type === "string" && value !== null ? String(value) : value;
    },
  };
}

// ---------------------------------------------------------------- results

/** What is said of a scenario beside its metrics. */
export const RESULT_COLUMNS: readonly ColumnOf<CellRow>[] = [
  {
    name: "replications",
    type: "int64",
    nullable: true,
    unit: "replications",
    description: "Replications that the estimates are made of.",
    read: ({ result }) => result?.replications ?? null,
  },
  {
    name: "instances",
    type: "int64",
    nullable: true,
    unit: "instances",
    description: "Task instances: the independent units that the intervals are made over.",
    read: ({ result }) => result?.instances ?? null,
  },
  {
    name: "status",
    type: "string",
    nullable: false,
    unit: "",
    description:
      "`ok`; `failed`: there is no result; `not-reached`: the precision that was asked for is not reached.",
    read: ({ status }) => status,
  },
  {
    name: "message",
    type: "string",
    nullable: true,
    unit: "",
    description: "Why it failed, or what else is to be said.",
    read: ({ message }) => message ?? null,
  },
];

/** Three columns of a metric: NAME, and NAME.lo and NAME.hi for its 95 % interval. */
export function metricColumns({ name, unit, description }: MetricDefinition): ColumnOf<CellRow>[] {
  const column = (
    suffix: string,
    text: string,
    pick: (value: MetricValue) => number | null,
  ): ColumnOf<CellRow> => ({
    name: name + suffix,
    type: "double",
    nullable: true,
    unit,
    description: text,
    read({ result }) {
      const value = result && readMetric(result.metrics, name);
      return value === undefined ? null : finite(pick(value));
    },
  });
  return [
    column("", description, ({ mean }) => mean),
    column(".lo", `Lower bound of the 95 % interval of ${name}.`, ({ ci }) => ci[0]),
    column(".hi", `Upper bound of the 95 % interval of ${name}.`, ({ ci }) => ci[1]),
  ];
}

/** As in JSON, which knows no other numbers. */
const finite = (x: number | null) => (Number.isFinite(x) ? x : null);

// ---------------------------------------------------------------- replications

/** Which replication a row is. */
export const REPLICATION_COLUMNS: readonly ColumnOf<ReplicationRow>[] = [
  {
    name: "replication",
    type: "int64",
    nullable: false,
    unit: "",
    description: "Number of the replication within the scenario, from 0.",
    read: ({ replication }) => replication,
  },
  {
    name: "instance",
    type: "int64",
    nullable: false,
    unit: "",
    description: "Number of the task instance that it shares with its repeats, from 0.",
    read: ({ instance }) => instance,
  },
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

/** The other fields: sums over the tasks of the replication, but for the makespan. */
const OUTCOMES: Readonly<Record<Exclude<OutcomeField, TableField>, OutcomeFacts>> = {
  replications: ["int64", "replications", "Always 1, so that sums over rows can become means."],
  tasks: ["int64", "tasks", "Tasks of the replication."],
  success: ["int64", "tasks", "Tasks whose deliverable has every claim, all of them correct."],
  failure: ["int64", "tasks", "Tasks that are no success."],
  errorsAtAggregation: ["int64", "versions"],
  deliverableErrors: ["int64", "claims"],
  missingClaims: ["int64", "claims"],
  turns: ["int64", "turns"],
  messages: ["int64", "messages"],
  claimsMade: ["int64", "claims", "Claims that at least one agent made."],
  claimsRedundant: ["int64", "claims", "Claims that two agents or more made."],
  tokens: ["double", "tokens"],
  overheadTokens: ["double", "tokens"],
  cost: ["double", "US dollars"],
  latency: [
    "double",
    "seconds",
    "Simulated time from arrival to deliverable, of the tasks delivered.",
  ],
  makespan: ["double", "seconds", "Simulated time until the last task has ended."],
  faults: ["int64", "faults"],
  descendants: ["int64", "versions", "Erroneous versions that descend from those faults."],
  reviews: ["int64", "reviews", "Reviews that agents made of their own work."],
  caught: ["int64", "looks"],
  missed: ["int64", "looks"],
  falseAlarms: ["int64", "looks"],
  exhausted: ["int64", "tasks", "Tasks in which a loop used up its rounds."],
  stalled: ["int64", "tasks", "Tasks in which a loop ended because a round changed nothing."],
  outOfTurns: ["int64", "tasks", "Tasks in which an agent reached limits.turnsPerClaim."],
  cutOff: ["int64", "tasks", "Tasks that were cut off by a limit and counted as failed."],
  turnedAway: ["int64", "tasks", "Tasks that came when too many others were under way."],
  delivered: ["int64", "tasks", "Tasks for which something was handed over."],
  neverArrived: ["int64", "tasks", "Tasks still to come when the replication reached a limit."],
  escalated: [
    "int64",
    "tasks",
    "Tasks that a router by difficulty found hard, or for which an escalation called in more.",
  ],
  callsRetried: ["int64", "calls"],
  callsFailed: ["int64", "turns"],
  timed: ["int64", "tasks", "Tasks that have a latency objective."],
  onTime: ["int64", "tasks", "Tasks that end within the latency objective."],
  successOnTime: ["int64", "tasks", "Successful tasks that end within the latency objective."],
  arrivalTime: [
    "double",
    "seconds",
    "Mean interval of an open workload times the tasks that came to an end by themselves.",
  ],
  busyOrchestrator: ["double", "seconds", "Time that the busiest orchestrator was taken."],
  busyWorker: ["double", "seconds", "Time that the busiest worker was taken."],
  policyActions: ["int64", "actions"],
  violations: ["int64", "actions"],
  violationsCaught: ["int64", "actions"],
  busyLimit: ["double", "seconds", "Calls of the busiest rate limit, times the share of one call."],
};

const FACTS: Readonly<Record<OutcomeField, OutcomeFacts>> = { ...OUTCOMES, ...TABLES };

/** The outcome of a replication. */
export const OUTCOME_COLUMNS: readonly ColumnOf<ReplicationRow>[] = OUTCOME_FIELDS.map((name) => {
  const [type, unit, text] = FACTS[name];
  const position = FIELD[name];
  return {
    name,
    type,
    nullable: false,
    unit,
    description: text ?? meanOf(name).description,
    read: ({ outcome }) => outcome[position],
  };
});

function meanOf(field: OutcomeField): MetricDefinition {
  return METRICS.find((metric) => metric.meanOf === field) as MetricDefinition;
}
