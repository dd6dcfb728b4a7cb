/**
 * Linear equations with a symmetric positive definite matrix, by Cholesky's decomposition A = LLᵀ.
 *
 * Golub and Van Loan, "Matrix Computations", 4th ed., section 4.2.
 */

/**
 * Solves Ax = b. A is row-major n × n; only its lower triangle is read.
 * @throws RangeError unless A has n² entries and is positive definite beyond rounding
 */
export function solvePositive(matrix: ArrayLike<number>, right: ArrayLike<number>): Float64Array {
  const n = right.length;
  if (matrix.length !== n * n)
    throw new RangeError(`Matrix of ${matrix.length} entries for n = ${n}: must have n² entries`);
  const lower = decomposed(matrix, n);
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
    x[i] /= lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
    x[i] /= lower[i * n + i];
  }
  return x;
}

/** L, in the lower triangle. */
function decomposed(matrix: ArrayLike<number>, n: number): Float64Array {
  const lower = Float64Array.from(matrix);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let rest = lower[i * n + j];
      for (let k = 0; k < j; k++) rest -= lower[i * n + k] * lower[j * n + k];
      if (i > j) lower[i * n + j] = rest / lower[j * n + j];
      else if (rest > 0) lower[i * n + i] = Math.sqrt(rest);
      else throw new RangeError("Matrix: must be positive definite");
    }
  return lower;
}
