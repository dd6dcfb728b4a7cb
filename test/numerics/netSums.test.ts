import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PairedSums } from "../../src/numerics/netSums.ts";
import { NETS } from "../../src/numerics/nets.ts";
import { netSumsOf } from "./random.ts";

const vector = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
  minLength: 3,
  maxLength: 3,
});
/** Less than one instance a net, up to three. */
const vectors = fc.array(vector, { minLength: 2, maxLength: 3 * NETS });

/** Sums of the nets, of which row i belongs to net i modulo 32. */
function netsOf(rows: readonly number[][]): number[][] {
  const nets = Array.from({ length: Math.min(rows.length, NETS) }, () => [0, 0, 0]);
  for (const [i, row] of rows.entries()) for (const j of [0, 1, 2]) nets[i % NETS][j] += row[j];
  return nets;
}

describe("NetSums", () => {
  it("gives means and covariances over the nets", () => {
    const sums = netSumsOf([
      [1, 2, 5],
      [2, 4, 5],
      [3, 9, 5],
    ]);
    expect([sums.instances, sums.count]).toEqual([3, 3]);
    expect([0, 1, 2].map((i) => sums.mean(i))).toEqual([2, 5, 5]);
    expect(sums.covariance(0, 0)).toBe(1);
    expect(sums.covariance(1, 1)).toBe(13);
    expect(sums.covariance(0, 1)).toBe(3.5);
    expect(sums.covariance(1, 0)).toBe(3.5);
    expect(sums.covariance(2, 0)).toBe(0);
  });

  it("deals instances out to 32 nets in turn", () => {
    // The instances of a net cancel but for the net's number.
    const rows = Array.from({ length: 4 * NETS }, (_, i) => [
      (i % NETS) / 4 + (i < 2 * NETS ? 1000 : -1000),
    ]);
    const sums = netSumsOf(rows);
    expect([sums.instances, sums.count]).toEqual([4 * NETS, NETS]);
    expect(sums.mean(0)).toBe((NETS - 1) / 2);
    // The variance of 0, 1 … n - 1 is n (n + 1) / 12.
    expect(sums.covariance(0, 0)).toBe((NETS * (NETS + 1)) / 12);
  });

  it("agrees with the definitions of mean and covariance", () => {
    fc.assert(
      fc.property(vectors, (rows) => {
        const sums = netSumsOf(rows);
        const nets = netsOf(rows);
        const mean = [0, 1, 2].map((i) => nets.reduce((sum, net) => sum + net[i], 0) / nets.length);
        const covariance = (i: number, j: number) =>
          nets.reduce((sum, net) => sum + (net[i] - mean[i]) * (net[j] - mean[j]), 0) /
          (nets.length - 1);
        for (let i = 0; i < 3; i++) {
          expect(Math.abs(sums.mean(i) - mean[i])).toBeLessThanOrEqual(1e-8);
          for (let j = 0; j < 3; j++) {
            const scale = 1 + Math.sqrt(covariance(i, i) * covariance(j, j));
            expect(Math.abs(sums.covariance(i, j) - covariance(i, j)) / scale).toBeLessThan(1e-8);
          }
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("does not lose small variances beside large means", () => {
    const sums = netSumsOf([1, 2, 3, 4].map((x) => [1e9 + x, 1e9 - x, 1e9]));
    expect(sums.covariance(0, 0)).toBeCloseTo(5 / 3, 6);
    expect(sums.covariance(0, 1)).toBeCloseTo(-5 / 3, 6);
  });

  it("keeps components with equal values bitwise equal", () => {
    fc.assert(
      fc.property(vectors, (rows) => {
        const sums = netSumsOf(rows.map((row) => [row[0], row[0], row[1]]));
        expect(sums.mean(0)).toBe(sums.mean(1));
        expect(sums.covariance(0, 1)).toBe(sums.covariance(0, 0));
        expect(sums.covariance(1, 1)).toBe(sums.covariance(0, 0));
        expect(sums.covariance(0, 2)).toBe(sums.covariance(1, 2));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("has no mean before one instance and no covariance before two", () => {
    expect(netSumsOf([], 3).mean(0)).toBeNaN();
    const sums = netSumsOf([[1, 2, 3]]);
    expect(sums.mean(2)).toBe(3);
    expect(sums.covariance(0, 0)).toBeNaN();
  });

  it("rejects wrong dimensions", () => {
    expect(() => netSumsOf([], 0)).toThrow(RangeError);
    expect(() => netSumsOf([], 1.5)).toThrow(RangeError);
  });
});

describe("PairedSums", () => {
  it("is the sums of both vectors in one", () => {
    fc.assert(
      fc.property(vectors, (rows) => {
        const own = netSumsOf(rows.map(([a]) => [a]));
        const other = netSumsOf(rows.map(([, b, c]) => [b, c]));
        const paired = new PairedSums(own, other);
        const whole = netSumsOf(rows);
        expect([paired.instances, paired.count]).toEqual([whole.instances, whole.count]);
        for (let i = 0; i < 3; i++) {
          expect(paired.mean(i)).toBe(whole.mean(i));
          for (let j = 0; j < 3; j++) expect(paired.covariance(i, j)).toBe(whole.covariance(i, j));
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("needs the same instances on both sides", () => {
    expect(() => new PairedSums(netSumsOf([[1]]), netSumsOf([[1], [2]]))).toThrow(/must be paired/);
  });
});
