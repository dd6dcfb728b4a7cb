// Pairing with a baseline: which scenarios can be paired, and how much smaller it makes the variance of a difference.
import { FIELD, OUTCOME_SIZE, type OutcomeField } from "../model/outcome.ts";
import type { Plan } from "../model/plan.ts";
import type { OverNets } from "../numerics/netSums.ts";
import { square } from "../numerics/power.ts";
import { contrastCovariance, deviation, ROUNDING } from "../numerics/ratios.ts";
import { repeatsOf, tasksOf, warmUpOf } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";

/** What two plans, or their scenarios, must have in common to be compared. */
type Paired = Pick<Plan, "repeats" | "tasks" | "warmUp">;

/** What a scenario must have in common with those that it is compared with. */
export function pairedBy(scenario: Scenario): Paired {
  return {
    repeats: repeatsOf(scenario),
    tasks: tasksOf(scenario),
    warmUp: warmUpOf(scenario),
  };
}

/** Whether plans can be compared replication by replication. */
export function canBePaired(a: Paired, b: Paired): boolean {
  return a.repeats === b.repeats && a.tasks === b.tasks && a.warmUp === b.warmUp;
}

/**
 * (var(a) + var(b)) / var(a - b) of the means per task of one outcome field in a scenario and in its baseline: unpaired
 * runs would need that many times the replications for an equally sharp difference. Below 1 where pairing does harm.
 * Variances of the ratios field / tasks by the delta method, over nets. Kleijnen, "Statistical Techniques in
 * Simulation" (1974), on common random numbers.
 *
 * Null where it is undefined: below two nets, or where the difference does not vary (a scenario against itself).
 * @param sums of the scenario, followed by those of the baseline on the same instances
 */
export function pairingGain(sums: OverNets, field: OutcomeField): number | null {
  if (sums.count < 2 || !(sums.mean(FIELD.tasks) > 0)) return null;
  const own = deviation(sums, FIELD[field], FIELD.tasks);
  const base = deviation(sums, OUTCOME_SIZE + FIELD[field], FIELD.tasks);
  const unpaired = contrastCovariance(sums, own, own) + contrastCovariance(sums, base, base);
  const paired = unpaired - 2 * contrastCovariance(sums, own, base);
  // Relative to the means, since nets of unequal size leave rounding even where nothing varies.
  const scale = square(sums.mean(FIELD[field])) + square(sums.mean(OUTCOME_SIZE + FIELD[field]));
  const isConstant = unpaired <= square(ROUNDING) * scale;
  return !isConstant && paired > ROUNDING * unpaired ? unpaired / paired : null;
}
