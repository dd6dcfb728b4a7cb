// How far the single agent's success rate is believed when teams are predicted.
//
// A rate of 50 to 100 instances is uncertain, and the success of teams follows that of the single agent only loosely:
// so it is drawn towards the rate of the mean model (shrinkage after James and Stein, "Estimation with quadratic loss",
// 1961).

/** Share of the difference to the mean model that is believed on a known benchmark; `reproduce --leave-one-out` judges it. */
export const PULL = 0.5;

/**
 * The rate that teams are predicted from.
 * @param success rate of the single agent, 0..1
 * @param mean rate of the mean model's single agent on the same task
 * @param pull share of the difference that is believed: 0 leaves the mean, 1 the rate itself
 * @throws RangeError unless all are in [0, 1]
 */
export function pulled(success: number, mean: number, pull: number): number {
  for (const share of [success, mean, pull])
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${share}: must be in [0, 1]`);
  return mean + pull * (success - mean);
}
