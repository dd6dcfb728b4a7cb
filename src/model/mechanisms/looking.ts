// Looking: one look at one version, in a review or in a check.
import type { TaskCase } from "../case.ts";
import { CHECK } from "../decisions.ts";
import { FIELD } from "../outcome.ts";
import { CHECK_KINDS } from "../plan.ts";
import { heedsObjection } from "./rejecting.ts";

/** One look at one version: true when it is flagged. A family is blind to its own common-cause errors. */
export function look(
  task: TaskCase,
  agent: number,
  kind: number,
  slot: number,
  version: number,
): boolean {
  const { key, family, recall, falseAlarm } = task.plan.agents;
  const { versions } = task;
  const row = agent * CHECK_KINDS.length + kind;
  const ordinal = task.looks[slot * CHECK_KINDS.length + kind]++ * CHECK_KINDS.length + kind;
  task.changes++;
  const erroneous = versions.isErroneous(version);
  const isBlind = erroneous && versions.family[version] === family[agent] + 1;
  const chance = isBlind ? 0 : erroneous ? recall[row] : falseAlarm[row];
  const claim = versions.claim[version];
  const flagged =
    heedsObjection(task, agent, version, ordinal) ||
    (chance > 0 && task.draws.uniform(CHECK, key[agent], claim, ordinal) < chance);
  if (erroneous) task.outcome[flagged ? FIELD.caught : FIELD.missed]++;
  else if (flagged) task.outcome[FIELD.falseAlarms]++;
  task.observer?.checked?.(task, agent, kind, version, flagged);
  return flagged;
}
