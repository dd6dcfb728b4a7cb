// What is believed of the success of several candidates: a joint normal distribution of their log-odds. What is found about
// one candidate also moves the others, as far as their errors of prediction are correlated.

/**
 * Success of n candidates in log-odds: n means, and an n × n covariance that is symmetric and positive semidefinite. A
 * candidate of variance 0 is known.
 */
export interface JointNormal {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/**
 * The belief after an observation of one component with an independent normal error: the update of Kalman's filter
 * ("A new approach to linear filtering and prediction problems", 1960), whose change of the covariance has rank one.
 * @param value finite, in log-odds
 * @param variance of the error, finite and > 0
 */
export function observe(
  { mean, covariance }: JointNormal,
  index: number,
  value: number,
  variance: number,
): JointNormal {
  const observed = covariance[index];
  const total = observed[index] + variance;
  const pull = (value - mean[index]) / total;
  return {
    mean: mean.map((m, i) => m + observed[i] * pull),
    covariance: covariance.map((row, i) =>
      row.map((c, j) => {
        const rest = c - (observed[i] * observed[j]) / total;
        return i === j ? Math.max(0, rest) : rest;
      }),
    ),
  };
}
