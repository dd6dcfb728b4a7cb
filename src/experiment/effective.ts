// Effective replications: how many independent ones would give as narrow an interval as those that are spread over nets.
import { METRICS } from "../metrics/definitions.ts";
import type { Sample } from "../metrics/sample.ts";
import { FIELD, type OutcomeField } from "../model/outcome.ts";
import { LEVEL, upperProbability } from "../numerics/intervals.ts";
import { NETS } from "../numerics/nets.ts";
import { square } from "../numerics/power.ts";
import { studentQuantile } from "../numerics/quantiles.ts";
import { contrastCovariance, deviation, ROUNDING } from "../numerics/ratios.ts";

/**
 * By metric that is a mean per task; undefined where there are less than two instances per net.
 *
 * The variance that independent instances would have is known well, from all instances; that of the nets only from their
 * spread, so that the figure is uncertain by a quarter.
 */
export function effectiveReplications(sample: Sample): Record<string, number> | undefined {
  const { instances } = sample;
  if (instances < 2 * NETS) return undefined;
  const replications = sample.total("replications");
  // Student's factor: 32 nets make intervals a little wider than many instances would.
  const factor = square(quantile(instances - 1) / quantile(NETS - 1));
  const result: Record<string, number> = {};
  for (const { name, meanOf } of METRICS) {
    if (meanOf === undefined) continue;
    const spread = varianceOverNets(sample, meanOf);
    const independent = varianceOverInstances(sample, meanOf);
    const isConstant = independent <= ROUNDING * sample.tally.squares[FIELD[meanOf]];
    if (isConstant || spread <= ROUNDING * independent) continue;
    result[name] = Math.round((replications * factor * independent) / spread);
  }
  return result;
}

const quantile = (df: number) => studentQuantile(upperProbability(LEVEL), df);

/** Variance of the sum of a field over all instances, from how its nets differ. */
function varianceOverNets({ sums }: Sample, field: OutcomeField): number {
  const own = deviation(sums, FIELD[field], FIELD.tasks);
  return sums.count * contrastCovariance(sums, own, own);
}

/** The same if instances were independent. All have the same number of tasks. */
function varianceOverInstances(sample: Sample, field: OutcomeField): number {
  const { instances, tally } = sample;
  const squares = tally.squares[FIELD[field]] - square(sample.total(field)) / instances;
  return (squares * instances) / (instances - 1);
}
