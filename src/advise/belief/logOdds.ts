// Shares on the log-odds scale, on which errors of prediction are about as large near 0 and 1 as in the middle.
import { logistic, logit } from "../../numerics/logit.ts";
import { normalMean } from "../../numerics/normalMean.ts";
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

/** Variance with which n trials tell the log-odds of a share, by the delta method at these log-odds. */
export function samplingVariance(logOdds: number, n: number): number {
  return 1 / (n * logistic(logOdds) * logistic(-logOdds));
}

/** Mean of a share whose log-odds are normal: nearer to one half than its median. */
export function shareMean(logOdds: number, variance: number): number {
  const sd = Math.sqrt(variance);
  return normalMean((z) => logistic(logOdds + sd * z));
}
