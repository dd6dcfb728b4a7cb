import fc from "fast-check";
import { expect, it } from "vitest";
import { solvePositive } from "../../src/numerics/cholesky.ts";

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
          indices.reduce((sum, k) => sum + factor[i * n + k] * factor[j * n + k], i === j ? 1 : 0),
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
