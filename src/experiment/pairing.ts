// Pairing with a baseline: which scenarios can be paired, and how much smaller it makes the variance of a difference.
import { FIELD, OUTCOME_SIZE, type OutcomeField } from "../model/outcome.ts";
import type { Plan } from "../model/plan.ts";
import type { Moments } from "../numerics/moments.ts";
import { type Contrast, contrastCovariance } from "../numerics/ratios.ts";
import { repeatsOf, tasksOf } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";

/** What two plans, or their scenarios, must have in common to be compared. */
type Paired = Pick<Plan, "repeats" | "tasks">;

/** What a scenario must have in common with those that it is compared with. */
export function pairedBy(scenario: Scenario): Paired {
  return { repeats: repeatsOf(scenario), tasks: tasksOf(scenario) };
}

/** Whether plans can be compared replication by replication. */
export function canBePaired(a: Paired, b: Paired): boolean {
  return a.repeats === b.repeats && a.tasks === b.tasks;
}

/** Relative size below which a variance is rounding: the difference is a constant. */
const ROUNDING = 1e-12;

/**
 * (var(a) + var(b)) / var(a - b) of the means per task of one outcome field in a scenario and in its baseline: unpaired
 * runs would need that many times the replications for an equally sharp difference. Below 1 where pairing does harm.
 * Variances of the ratios field / tasks by the delta method, over clusters. Kleijnen, "Statistical Techniques in
 * Simulation" (1974), on common random numbers.
 *
 * Null where it is undefined: below two clusters, or where the difference does not vary (a scenario against itself).
 * @param moments of clusters that come with the same clusters of the baseline
 */
export function pairingGain(moments: Moments, field: OutcomeField): number | null {
  if (moments.count < 2 || !(moments.mean(FIELD.tasks) > 0)) return null;
  const own = deviation(moments, FIELD[field]);
  const base = deviation(moments, OUTCOME_SIZE + FIELD[field]);
  const unpaired = contrastCovariance(moments, own, own) + contrastCovariance(moments, base, base);
  const paired = unpaired - 2 * contrastCovariance(moments, own, base);
  return paired > ROUNDING * unpaired ? unpaired / paired : null;
}

/** Deviation of a component from its mean share of the tasks. */
function deviation(moments: Moments, index: number): Contrast {
  const weight = -moments.mean(index) / moments.mean(FIELD.tasks);
  return [
    { index, weight: 1 },
    { index: FIELD.tasks, weight },
  ];
}
