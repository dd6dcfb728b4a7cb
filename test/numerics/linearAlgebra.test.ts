import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  choleskyFactor,
  identity,
  solvePositive,
  symmetricEigen,
} from "../../src/numerics/linearAlgebra.ts";

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

describe("choleskyFactor", () => {
  it("gives the matrix back, also a singular one", () => {
    const cases = [
      [4, 2, -2, 2, 5, 1, -2, 1, 6],
      [1, 1, 1, 1],
      [0, 0, 0, 0],
    ];
    for (const matrix of cases) {
      const n = Math.sqrt(matrix.length);
      const factor = choleskyFactor(matrix, n);
      const ones = new Float64Array(n).fill(1);
      expect(distance(composed(factor, ones, n), matrix)).toBeLessThan(1e-12);
      for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) expect(factor[i * n + j]).toBe(0);
    }
  });
});

describe("solvePositive", () => {
  it("solves equations whose solution is known", () => {
    const entry = fc.double({ min: -1, max: 1, noNaN: true });
    const system = fc.integer({ min: 1, max: 8 }).chain((n) =>
      fc.record({
        factor: fc.array(entry, { minLength: n * n, maxLength: n * n }),
        x: fc.array(entry, { minLength: n, maxLength: n }),
      }),
    );
    fc.assert(
      fc.property(system, ({ factor, x }) => {
        const n = x.length;
        const indices = x.map((_, i) => i);
        // BBᵀ + I is positive definite, with a condition of at most 1 + n².
        const matrix = indices.flatMap((i) =>
          indices.map((j) =>
            indices.reduce(
              (sum, k) => sum + factor[i * n + k] * factor[j * n + k],
              i === j ? 1 : 0,
            ),
          ),
        );
        const right = indices.map((i) => indices.reduce((s, j) => s + matrix[i * n + j] * x[j], 0));
        const solution = solvePositive(matrix, right);
        for (const i of indices) expect(solution[i]).toBeCloseTo(x[i], 10);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("refuses what has no decomposition", () => {
    expect(() => solvePositive([1, 2, 2, 1], [1, 1])).toThrow(/must be positive definite$/);
    expect(() => solvePositive([1, 2, 3], [1, 1])).toThrow(/must have n² entries$/);
  });
});
