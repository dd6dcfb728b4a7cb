// The breakdown of a replication: what each agent did and cost, what became of each kind of claim, and how the tasks of each class
// went. It is counted where somebody asks for it.
import { type BreakdownLayout, TASKS } from "./breakdownLayout.ts";
import type { TaskCase } from "./case.ts";
import { DISTORTED } from "./causes.ts";
import { FIELD } from "./outcome.ts";

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
