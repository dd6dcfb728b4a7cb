import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Moments } from "../../src/numerics/moments.ts";
import { Random } from "./random.ts";

const vector = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
  minLength: 3,
  maxLength: 3,
});
const vectors = fc.array(vector, { minLength: 2, maxLength: 40 });

function momentsOf(rows: readonly number[][]): Moments {
  const moments = new Moments(3);
  for (const row of rows) moments.add(row);
  return moments;
}

/** Means and covariances by the definition, in two passes. */
function twoPass(rows: readonly number[][]) {
  const mean = [0, 1, 2].map((i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
  const covariance = (i: number, j: number) =>
    rows.reduce((sum, row) => sum + (row[i] - mean[i]) * (row[j] - mean[j]), 0) / (rows.length - 1);
  return { mean, covariance };
}

function expectSame(moments: Moments, rows: readonly number[][]): void {
  const { mean, covariance } = twoPass(rows);
  expect(moments.count).toBe(rows.length);
  for (let i = 0; i < 3; i++) {
    expect(Math.abs(moments.mean(i) - mean[i])).toBeLessThanOrEqual(1e-8);
    for (let j = 0; j < 3; j++) {
      const scale = 1 + Math.sqrt(covariance(i, i) * covariance(j, j));
      expect(Math.abs(moments.covariance(i, j) - covariance(i, j)) / scale).toBeLessThan(1e-8);
    }
  }
}

describe("Moments", () => {
  it("gives means and covariances of a small example", () => {
    const moments = momentsOf([
      [1, 2, 5],
      [2, 4, 5],
      [3, 9, 5],
    ]);
    expect([0, 1, 2].map((i) => moments.mean(i))).toEqual([2, 5, 5]);
    expect(moments.covariance(0, 0)).toBe(1);
    expect(moments.covariance(1, 1)).toBe(13);
    expect(moments.covariance(0, 1)).toBe(3.5);
    expect(moments.covariance(1, 0)).toBe(3.5);
    expect(moments.covariance(2, 0)).toBe(0);
  });

  it("agrees with the two-pass formulas", () => {
    fc.assert(
      fc.property(vectors, (rows) => expectSame(momentsOf(rows), rows)),
      { seed: 1, numRuns: 200 },
    );
  });

  it("does not lose small variances beside large means", () => {
    const rows = [1, 2, 3, 4].map((x) => [1e9 + x, 1e9 - x, 1e9]);
    const moments = momentsOf(rows);
    expect(moments.covariance(0, 0)).toBeCloseTo(5 / 3, 6);
    expect(moments.covariance(0, 1)).toBeCloseTo(-5 / 3, 6);
  });

  it("merges parts to the whole, wherever it is cut", () => {
    fc.assert(
      fc.property(vectors, fc.nat(), fc.nat(), (rows, a, b) => {
        const [from, to] = [a % (rows.length + 1), b % (rows.length + 1)].sort((x, y) => x - y);
        const merged = new Moments(3);
        for (const part of [rows.slice(0, from), rows.slice(from, to), rows.slice(to)]) {
          merged.merge(momentsOf(part));
        }
        expectSame(merged, rows);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("gives the same bytes for the same chunks, whichever thread computed them", () => {
    const random = new Random("chunks");
    const rows = Array.from({ length: 1000 }, () => [random.normal(), random.normal(), 8]);
    const chunks = Array.from({ length: 10 }, (_, k) => rows.slice(100 * k, 100 * (k + 1)));
    const inOneGo = new Moments(3);
    for (const chunk of chunks) inOneGo.merge(momentsOf(chunk));

    const packed = chunks.map((chunk) => structuredClone(momentsOf(chunk).pack()));
    const merged = new Moments(3);
    for (const one of packed) merged.merge(Moments.unpack(one));

    expect(merged.pack()).toEqual(inOneGo.pack());
  });

  it("keeps components with equal values bitwise equal", () => {
    fc.assert(
      fc.property(vectors, (rows) => {
        const half = rows.length >> 1;
        const twins = rows.map((row) => [row[0], row[0], row[1]]);
        const moments = momentsOf(twins.slice(0, half));
        moments.merge(momentsOf(twins.slice(half)));
        expect(moments.mean(0)).toBe(moments.mean(1));
        expect(moments.covariance(0, 1)).toBe(moments.covariance(0, 0));
        expect(moments.covariance(1, 1)).toBe(moments.covariance(0, 0));
        expect(moments.covariance(0, 2)).toBe(moments.covariance(1, 2));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("has no mean before one vector and no covariance before two", () => {
    const moments = new Moments(3);
    expect(moments.mean(0)).toBeNaN();
    moments.add([1, 2, 3]);
    expect(moments.mean(2)).toBe(3);
    expect(moments.covariance(0, 0)).toBeNaN();
  });

  it("rejects wrong dimensions", () => {
    expect(() => new Moments(0)).toThrow(RangeError);
    expect(() => new Moments(1.5)).toThrow(RangeError);
    expect(() => new Moments(2).merge(new Moments(3))).toThrow(/must be equal/);
  });
});
