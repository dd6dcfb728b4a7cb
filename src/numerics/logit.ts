// The log-odds scale of shares, on which they have no ends.

/** Log-odds of a share in [0, 1]; infinite at its ends. */
export function logit(share: number): number {
  return Math.log(share / (1 - share));
}

/** The share in [0, 1] that has these log-odds: the inverse of {@link logit}. */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** log(1 + e^x), without overflow: minus the logarithm of one minus the share with log-odds x. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** The share in [0, 1] whose log-odds lie `by` above those of a share in (0, 1). */
export function shifted(share: number, by: number): number {
  return 1 / (1 + ((1 - share) / share) * Math.exp(-by));
}
