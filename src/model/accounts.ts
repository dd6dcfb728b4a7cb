// The accounts of a task: its outcome, counted when it ends.
import type { TaskCase } from "./case.ts";
import { CAUSES } from "./causes.ts";
import { countMissing } from "./missing.ts";
import { FIELD } from "./outcome.ts";
import type { ClaimKinds } from "./plan.ts";

/** The field that counts the versions of each cause; -1: none does. */
const FIELD_OF_CAUSE = Int32Array.from(CAUSES, (cause) =>
  "field" in cause ? FIELD[cause.field] : -1,
);

/** Counts the outcome of a task. `seconds`: from its arrival to its end. */
export function countOutcome(task: TaskCase, seconds: number): void {
  const { outcome } = task;
  countDeliverable(task);
  countFaults(task);
  outcome[FIELD.tasks] = 1;
  if (task.plan.canToolsFail) outcome[FIELD.tooled] = 1;
  const { kinds } = task.plan.task;
  if (kinds?.hasValue) countClaims(task, kinds);
  outcome[succeeds(task) ? FIELD.success : FIELD.failure] = 1;
  if (outcome[FIELD.delivered] === 1) outcome[FIELD.latency] = seconds;
  countTime(task, seconds);
  if (kinds?.hasValue) countLosses(task);
}

/** Room for the rounding of a sum of weights. */
const ROUNDING = 1e-9;

/** Whether the task succeeds as the scenario defines it. A task that is not delivered never does. */
function succeeds({ outcome, plan }: TaskCase): boolean {
  const { success } = plan;
  if (outcome[FIELD.delivered] === 0) return false;
  if (success === "all")
    return outcome[FIELD.missingClaims] === 0 && outcome[FIELD.deliverableErrors] === 0;
  if (success === "critical") return outcome[FIELD.criticalSuccess] === outcome[FIELD.critical];
  return outcome[FIELD.quality] >= success - ROUNDING;
}

/** Counts whether the task met the latency objective, if there is one. A task that is not delivered does not. */
function countTime({ outcome, plan }: TaskCase, seconds: number): void {
  if (plan.latencyObjective === undefined) return;
  outcome[FIELD.timed] = 1;
  const isLate = outcome[FIELD.delivered] === 0 || seconds > plan.latencyObjective;
  if (plan.lateLoss !== undefined) {
    outcome[FIELD.urgent] = 1;
    outcome[FIELD.lossLate] = isLate ? plan.lateLoss : 0;
  }
  if (isLate) return;
  outcome[FIELD.onTime] = 1;
  outcome[FIELD.successOnTime] = outcome[FIELD.success];
}

function countDeliverable(task: TaskCase): void {
  for (let claim = 0; claim < task.size; claim++) {
    const version = task.deliverable[claim];
    if (version === 0) countMissing(task, claim);
    else if (task.versions.isErroneous(version)) task.outcome[FIELD.deliverableErrors]++;
  }
}

/** What the claims that are wrong or missing cost, and how much of the weight is right: all of it where there is none. */
function countClaims(task: TaskCase, { loss, weight, isCritical }: ClaimKinds): void {
  const { outcome } = task;
  let right = 0;
  let all = 0;
  let critical = 0;
  let criticalRight = 0;
  for (let claim = 0; claim < task.size; claim++) {
    const kind = task.kindOf[claim];
    const version = task.deliverable[claim];
    all += weight[kind];
    critical += isCritical[kind];
    if (version === 0) outcome[FIELD.lossMissing] += loss[kind];
    else if (task.versions.isErroneous(version)) outcome[FIELD.lossWrong] += loss[kind];
    else {
      right += weight[kind];
      criticalRight += isCritical[kind];
    }
  }
  if (critical > 0) {
    outcome[FIELD.critical] = 1;
    outcome[FIELD.criticalSuccess] = criticalRight === critical ? 1 : 0;
  }
  outcome[FIELD.quality] = all > 0 ? right / all : 1;
}

/** Adds up what was lost, and what was spent. */
function countLosses({ outcome }: TaskCase): void {
  outcome[FIELD.valued] = 1;
  outcome[FIELD.loss] =
    outcome[FIELD.lossWrong] + outcome[FIELD.lossMissing] + outcome[FIELD.lossLate];
  outcome[FIELD.totalCost] = outcome[FIELD.cost] + outcome[FIELD.loss];
}

function countFaults(task: TaskCase): void {
  const { faults, faultCount, descendants, causeCounts } = task.versions;
  for (let cause = 0; cause < causeCounts.length; cause++)
    if (FIELD_OF_CAUSE[cause] >= 0) task.outcome[FIELD_OF_CAUSE[cause]] = causeCounts[cause];
  task.outcome[FIELD.faults] = faultCount;
  for (let i = 0; i < faultCount; i++) task.outcome[FIELD.descendants] += descendants[faults[i]];
}
