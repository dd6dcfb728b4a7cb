import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identity, symmetricEigen } from "../../src/numerics/linearAlgebra.ts";

const symmetric = fc.integer({ min: 1, max: 8 }).chain((n) =>
  fc
    .array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: n * n, maxLength: n * n })
    .map((entries) => ({
      n,
      matrix: entries.map((_, at) => {
        const [i, j] = [Math.floor(at / n), at % n];
        return entries[Math.min(i, j) * n + Math.max(i, j)];
      }),
    })),
);

/** Largest difference of entries between two matrices. */
const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);

/** V diag(values) Vᵀ. */
function composed(vectors: Float64Array, values: ArrayLike<number>, n: number): number[] {
  return Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += vectors[i * n + k] * values[k] * vectors[j * n + k];
    return sum;
  });
}

describe("the eigen decomposition of a symmetric matrix", () => {
  it("reconstructs it from orthonormal vectors and ascending values", () => {
    fc.assert(
      fc.property(symmetric, ({ n, matrix }) => {
        const { values, vectors } = symmetricEigen(matrix, n);
        expect(distance(composed(vectors, values, n), matrix)).toBeLessThan(1e-11);
        const ones = new Float64Array(n).fill(1);
        expect(distance(composed(vectors, ones, n), identity(n))).toBeLessThan(1e-13);
        expect([...values]).toEqual([...values].sort((a, b) => a - b));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("has the closed form of the path graph's Laplacian: 2 - 2 cos(πk / n)", () => {
    const n = 9;
    const laplacian = new Float64Array(n * n);
    for (let i = 0; i + 1 < n; i++) {
      laplacian[i * n + i]++;
      laplacian[(i + 1) * n + i + 1]++;
      laplacian[i * n + i + 1] = laplacian[(i + 1) * n + i] = -1;
    }
    const { values } = symmetricEigen(laplacian, n);
    const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos((Math.PI * k) / n));
    expect(distance(values, expected)).toBeLessThan(1e-14);
  });

  it("keeps the relative accuracy of small eigenvalues under bad scaling", () => {
    // S [[2, 1], [1, 2]] S with S = diag(1, 1e-10): determinant 3e-20, trace 2 + 2e-20.
    const { values } = symmetricEigen([2, 1e-10, 1e-10, 2e-20], 2);
    expect(values[0] / 1.5e-20).toBeCloseTo(1, 12);
  });

  it("refuses entries that are not finite, and a wrong count", () => {
    expect(() => symmetricEigen([1, Number.NaN, Number.NaN, 1], 2)).toThrow(/must be finite$/);
    expect(() => symmetricEigen([1, 2, 3], 2)).toThrow(/n² entries$/);
  });
});
