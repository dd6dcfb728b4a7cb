// Looking: one look at one version, in a review or in a check.
import type { TaskCase } from "../case.ts";
import { GUESSED, HANDED_OFF } from "../causes.ts";
import { CHECK } from "../decisions.ts";
import { FIELD } from "../outcome.ts";
import { CHECK_KINDS, SELF } from "../plan.ts";
import { missingPremise } from "./lacking.ts";
import { heedsObjection } from "./rejecting.ts";
import { ifNoticed, whenTired } from "./tiring.ts";

/**
 * One look at one version: true when it is flagged. A family is blind to its own common-cause errors, and who looks at its own
 * work to what it took for granted.
 */
export function look(
  task: TaskCase,
  agent: number,
  kind: number,
  slot: number,
  version: number,
): boolean {
  const { key, family } = task.plan.agents;
  const { versions, recall, falseAlarm } = task;
  const row = agent * CHECK_KINDS.length + kind;
  const ordinal = task.looks[slot * CHECK_KINDS.length + kind]++ * CHECK_KINDS.length + kind;
  task.changes++;
  const erroneous = versions.isErroneous(version);
  const isBlind =
    erroneous &&
    (versions.family[version] === family[agent] + 1 ||
      (kind === SELF && isBelieved(task, agent, version)));
  const seen = erroneous ? ifNoticed(task, recall[row]) : whenTired(task, falseAlarm[row]);
  const chance = isBlind ? 0 : seen;
  const claim = versions.claim[version];
  const flagged =
    heedsObjection(task, agent, version, ordinal) ||
    (chance > 0 && task.draws.uniform(CHECK, key[agent], claim, ordinal) < chance);
  if (erroneous) task.outcome[flagged ? FIELD.caught : FIELD.missed]++;
  else if (flagged) task.outcome[FIELD.falseAlarms]++;
  task.observer?.checked?.(task, agent, kind, version, flagged);
  return flagged;
}

/**
 * Whether its maker cannot tell that the version is wrong: it guessed a premise that it still lacks, or took one as it came.
 * Somebody who knows the premise can tell.
 */
function isBelieved(task: TaskCase, agent: number, version: number): boolean {
  const cause = task.versions.cause[version];
  if (cause === HANDED_OFF) return true;
  return cause === GUESSED && missingPremise(task, agent, task.versions.claim[version]) >= 0;
}
