// Shares on the log-odds scale, on which errors of prediction are about as large near 0 and 1 as in the middle.
import type { MetricValue } from "../../experiment/result.ts";
import { logistic, logit } from "../../numerics/logit.ts";
import { square } from "../../numerics/power.ts";
import { clamp } from "../../numerics/statistics.ts";

/**
 * Log-odds of a share seen in n trials. Shares of 0 and 1 count as half a trial away from them, so that their log-odds
 * are finite.
 */
export function logOdds(share: number, n: number): number {
  const half = 0.5 / n;
  return logit(clamp(share, half, 1 - half));
}

/** 97.5 % quantile of the normal distribution. */
export const Z = 1.959963984540054;

/** Variance of the log-odds of an estimated share, by the delta method from its 95 % interval. */
export function logOddsVariance({ mean, ci }: MetricValue, n: number): number {
  const half = 0.5 / n;
  const share = clamp(mean ?? 0.5, half, 1 - half);
  const [low, high] = [ci[0] ?? 0, ci[1] ?? 1];
  const error = (high - low) / (2 * Z);
  return square(error / (share * (1 - share)));
}

/** Variance with which n trials tell the log-odds of a share, by the delta method at these log-odds. */
export function samplingVariance(logOdds: number, n: number): number {
  return 1 / (n * logistic(logOdds) * logistic(-logOdds));
}
