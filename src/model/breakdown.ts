// The breakdown of a replication: what each agent did and cost, what became of each kind of claim, and how the tasks of each class
// went. They are counted where somebody asks for them, in one row of numbers beside the outcome.
import type { TaskCase } from "./case.ts";
import { DISTORTED } from "./causes.ts";
import { FIELD } from "./outcome.ts";

/**
 * Per agent: turns and dollars; dollars that are lost through errors that began with it. In a stream of tasks also seconds: of
 * all its staff in their shifts, of these at work and idle, and for which turns have waited for it.
 */
const AGENT_FIELDS = ["turns", "cost", "loss", "there", "busy", "idle", "waited"] as const;
/** Per kind of claim: how many there were, and how many were wrong, missing, or either in the deliverable. */
const CLAIM_FIELDS = ["claims", "wrong", "missing", "lost"] as const;
/** Per class: tasks, those that succeeded, were delivered, had to be and were in time, and seconds of those delivered. */
const CLASS_FIELDS = ["tasks", "success", "delivered", "timed", "onTime", "latency"] as const;

const FIELDS = { agents: AGENT_FIELDS, claims: CLAIM_FIELDS, classes: CLASS_FIELDS } as const;

/** What a breakdown goes by. */
export type BreakdownKind = keyof typeof FIELDS;
export type FieldOf<K extends BreakdownKind> = (typeof FIELDS)[K][number];

/** Which agents, claims and classes there are, and where each of their fields stands in the row. Field 0 counts the tasks. */
export class BreakdownLayout {
  readonly names: Readonly<Record<BreakdownKind, readonly string[]>>;
  /** US dollars that a claim of each kind costs which is wrong or missing. */
  readonly loss: Float64Array;
  /** US dollars that each agent costs per second in which it has nothing to do. */
  readonly idlePrice: Float64Array;
  readonly size: number;
  private readonly first: Readonly<Record<BreakdownKind, number>>;

  constructor(
    names: Readonly<Record<BreakdownKind, readonly string[]>>,
    { loss, idlePrice }: Pick<BreakdownLayout, "loss" | "idlePrice">,
  ) {
    const claims = 1 + names.agents.length * AGENT_FIELDS.length;
    const classes = claims + names.claims.length * CLAIM_FIELDS.length;
    this.names = names;
    this.loss = loss;
    this.idlePrice = idlePrice;
    this.first = { agents: 1, claims, classes };
    this.size = classes + names.classes.length * CLASS_FIELDS.length;
  }

  /** Position of a field of an agent, a claim or a class. */
  at<K extends BreakdownKind>(kind: K, part: number, field: FieldOf<K>): number {
    return this.rowOf(kind, part) + (FIELDS[kind] as readonly string[]).indexOf(field);
  }

  /** Position of its first field. */
  rowOf(kind: BreakdownKind, part: number): number {
    return this.first[kind] + part * FIELDS[kind].length;
  }
}

/** Position of the number of tasks. */
export const TASKS = 0;

/** Counts what a task that has ended adds to the breakdown of its replication. `seconds`: from its arrival to its end. */
export function countBreakdown(
  task: TaskCase,
  layout: BreakdownLayout,
  row: Float64Array,
  seconds: number,
): void {
  row[TASKS]++;
  countAgents(task, layout, row);
  if (layout.names.claims.length > 0) countClaims(task, layout, row);
  if (layout.names.classes.length > 0) countClass(task, layout, row, seconds);
}

function countAgents({ turnsTaken, spent }: TaskCase, layout: BreakdownLayout, row: Float64Array) {
  for (let agent = 0; agent < turnsTaken.length; agent++) {
    const at = layout.rowOf("agents", agent);
    row[at] += turnsTaken[agent];
    row[at + 1] += spent[agent];
  }
}

function countClaims(task: TaskCase, layout: BreakdownLayout, row: Float64Array): void {
  for (let claim = 0; claim < task.size; claim++) {
    const kind = task.kindOf[claim];
    const version = task.deliverable[claim];
    const at = layout.rowOf("claims", kind);
    row[at]++;
    if (version > 0 && !task.versions.isErroneous(version)) continue;
    row[at + 3]++;
    if (version === 0) row[at + 2]++;
    else {
      row[at + 1]++;
      const agent = culprit(task, task.versions.origin[version]);
      row[layout.at("agents", agent, "loss")] += layout.loss[kind];
    }
  }
}

/** The agent with which an error began: who made the faulty version, or sent what went wrong on the way. */
function culprit({ versions, mailbag }: TaskCase, fault: number): number {
  if (versions.cause[fault] !== DISTORTED) return versions.owner[fault];
  return mailbag.from[versions.carrier[fault] - 1];
}

function countClass(
  { outcome, taskClass }: TaskCase,
  layout: BreakdownLayout,
  row: Float64Array,
  seconds: number,
): void {
  const at = layout.rowOf("classes", taskClass);
  row[at]++;
  row[at + 1] += outcome[FIELD.success];
  row[at + 2] += outcome[FIELD.delivered];
  row[at + 3] += outcome[FIELD.timed];
  row[at + 4] += outcome[FIELD.onTime];
  if (outcome[FIELD.delivered] === 1) row[at + 5] += seconds;
}
