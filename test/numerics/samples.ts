/** Test statistics that are standard normal when all is well, for tests of random numbers. */

/**
 * Bound on the absolute value of such a statistic. Beyond it lies a standard normal variable with
 * probability 3.8e-8, so a test of a thousand statistics raises a false alarm for one seed in
 * 26,000.
 */
export const Z_BOUND = 5.5;

/**
 * Pearson's chi-square of counts against equal chances, made normal by Wilson and Hilferty (1931).
 */
export function chiSquareZ(counts: ArrayLike<number>): number {
  const values = Array.from(counts);
  const expected = values.reduce((sum, n) => sum + n, 0) / values.length;
  const chiSquare = values.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  const freedom = values.length - 1;
  const variance = 2 / (9 * freedom);
  return (Math.cbrt(chiSquare / freedom) - (1 - variance)) / Math.sqrt(variance);
}

/** Correlation of uniform numbers x(i) and y(i), i < n, by their known mean and variance. */
export function correlationZ(
  n: number,
  x: (i: number) => number,
  y: (i: number) => number,
): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (x(i) - 0.5) * (y(i) - 0.5);
  return (12 * sum) / Math.sqrt(n);
}

/** A count of n trials of probability p. */
export function binomialZ(count: number, n: number, p: number): number {
  return (count - n * p) / Math.sqrt(n * p * (1 - p));
}
