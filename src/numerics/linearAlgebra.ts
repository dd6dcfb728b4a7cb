/**
 * Linear algebra of small symmetric matrices, row-major n × n: eigenvectors by cyclic Jacobi rotations, and Cholesky's
 * decomposition A = LLᵀ.
 *
 * Golub and Van Loan, "Matrix Computations", 4th ed., sections 8.5 and 4.2. With the relative threshold used here the small
 * eigenvalues of a positive definite matrix keep the accuracy that its scaling allows (Demmel and Veselic, "Jacobi's
 * method is more accurate than QR", 1992). A library's QL algorithm loses them, and the sign of its eigenvectors would
 * change the path of every search.
 */

/** Eigenvalues in ascending order; eigenvector k, of length 1, is column k of row-major `vectors`. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Convergence is quadratic after a few sweeps; this many are never needed in practice. */
const MAX_SWEEPS = 60;

/**
 * Decomposes a symmetric row-major n × n matrix; only its upper triangle is read. Throws RangeError
 * unless it has n² finite entries.
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): SymmetricEigen {
  checkSize(matrix, n);
  const a = upperTriangle(matrix, n);
  const v = identity(n);
  for (let sweep = 0; sweep < MAX_SWEEPS && rotateAll(a, v, n); sweep++);
  return sorted(a, v, n);
}

/** Row-major identity matrix of n × n. */
export function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

function upperTriangle(matrix: ArrayLike<number>, n: number): Float64Array {
  const upper = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) {
      const entry = matrix[i * n + j];
      if (!Number.isFinite(entry))
        throw new RangeError(`Entry (${i}, ${j}) is ${entry}: entries must be finite`);
      upper[i * n + j] = entry;
    }
  return upper;
}

/** One sweep over all pairs; false if every off-diagonal entry was negligible. */
function rotateAll(a: Float64Array, v: Float64Array, n: number): boolean {
  let rotated = false;
  for (let p = 0; p < n - 1; p++)
    for (let q = p + 1; q < n; q++) {
      const size = Math.sqrt(Math.abs(a[p * n + p])) * Math.sqrt(Math.abs(a[q * n + q]));
      if (Math.abs(a[p * n + q]) <= Number.EPSILON * size) continue;
      rotate(a, v, n, p, q);
      rotated = true;
    }
  return rotated;
}

/** Rotates in the plane of p < q so that entry (p, q) becomes 0; the smaller of both angles. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  a[p * n + p] -= tangent * apq;
  a[q * n + q] += tangent * apq;
  a[p * n + q] = 0;
  for (let i = 0; i < n; i++) {
    if (i !== p && i !== q) {
      const ip = i < p ? i * n + p : p * n + i;
      const iq = i < q ? i * n + q : q * n + i;
      turn(a, ip, iq, cosine, sine);
    }
    turn(v, i * n + p, i * n + q, cosine, sine);
  }
}

function turn(m: Float64Array, p: number, q: number, cosine: number, sine: number): void {
  const x = m[p];
  const y = m[q];
  m[p] = cosine * x - sine * y;
  m[q] = sine * x + cosine * y;
}

function sorted(a: Float64Array, v: Float64Array, n: number): SymmetricEigen {
  const order = Array.from({ length: n }, (_, k) => k);
  order.sort((j, k) => a[j * n + j] - a[k * n + k] || j - k);
  const values = Float64Array.from(order, (k) => a[k * n + k]);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) vectors[i * n + k] = v[i * n + order[k]];
  return { values, vectors };
}

/**
 * Factor L of a positive semidefinite matrix A = LLᵀ, lower triangular. A direction without variance gets a column of
 * zeros. Only the lower triangle of A is read. Throws RangeError unless it has n² entries.
 */
export function choleskyFactor(matrix: ArrayLike<number>, n: number): Float64Array {
  checkSize(matrix, n);
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * n + j];
      for (let k = 0; k < j; k++) rest -= lower[i * n + k] * lower[j * n + k];
      if (i === j) lower[i * n + i] = Math.sqrt(Math.max(0, rest));
      else if (lower[j * n + j] > 0) lower[i * n + j] = rest / lower[j * n + j];
    }
  return lower;
}

/**
 * Solves Ax = b. Only the lower triangle of A is read.
 * @throws RangeError unless A has n² entries and is positive definite beyond rounding
 */
export const solvePositive = (matrix: ArrayLike<number>, right: ArrayLike<number>): Float64Array =>
  solveFactored(choleskyFactor(matrix, right.length), right);

/**
 * Solves LLᵀx = b for a factor of {@link choleskyFactor}.
 * @throws RangeError where the factor has a zero on its diagonal
 */
export function solveFactored(lower: Float64Array, right: ArrayLike<number>): Float64Array {
  const n = right.length;
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    if (!(lower[i * n + i] > 0)) throw new RangeError("Matrix: must be positive definite");
    for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
    x[i] /= lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
    x[i] /= lower[i * n + i];
  }
  return x;
}

function checkSize(matrix: ArrayLike<number>, n: number): void {
  if (matrix.length !== n * n)
    throw new RangeError(`Matrix of ${matrix.length} entries for n = ${n}: must have n² entries`);
}
