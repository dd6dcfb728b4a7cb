import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rootKey } from "../../src/numerics/draws.ts";
import { ScrambledSobol } from "../../src/numerics/scrambledSobol.ts";
import { chiSquareZ, correlationZ, Z_BOUND } from "./samples.ts";

const DIMENSIONS = 3;
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function coordinate(net: number, point: number, dimension: number, seed = "a fixed seed"): number {
  const points = new ScrambledSobol(rootKey(seed), DIMENSIONS);
  points.enter(net, point);
  return points.coordinate(dimension);
}

/** The first points of a net, each a row of coordinates. */
function pointsOf(net: number, count: number, seed = "a fixed seed"): number[][] {
  const points = new ScrambledSobol(rootKey(seed), DIMENSIONS);
  return Array.from({ length: count }, (_, point) => {
    points.enter(net, point);
    return Array.from({ length: DIMENSIONS }, (_, i) => points.coordinate(i));
  });
}

/** 0, 1 … count - 1. */
const all = (count: number) => Array.from({ length: count }, (_, i) => i);
const sorted = (numbers: number[]) => numbers.sort((a, b) => a - b);

describe("a point of a scrambled net", () => {
  it("depends on its number and its net alone, not on what was read before", () => {
    const name = fc.tuple(uint32, uint32, fc.integer({ min: 0, max: DIMENSIONS - 1 }));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), (names) => {
        const points = new ScrambledSobol(rootKey("a fixed seed"), DIMENSIONS);
        const read = ([net, point, dimension]: [number, number, number]) => {
          points.enter(net, point);
          return points.coordinate(dimension);
        };
        const alone = names.map((one) => coordinate(...one));
        expect(names.map(read)).toEqual(alone);
        expect(names.toReversed().map(read)).toEqual(alone.toReversed());
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("is the midpoint of a cell of 2^-32 in the open unit interval", () => {
    fc.assert(
      fc.property(uint32, uint32, (net, point) => {
        const cell = coordinate(net, point, 1) * 2 ** 32 - 0.5;
        expect(Number.isInteger(cell) && cell >= 0 && cell < 2 ** 32).toBe(true);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  // Statistics beyond Z_BOUND: one in 26 million each.
  it.each([0, 1, 2, 31, 1000, 2 ** 32 - 1])("is uniform over the nets: point %d", (point) => {
    for (let dimension = 0; dimension < DIMENSIONS; dimension++) {
      const counts = new Int32Array(64);
      const points = new ScrambledSobol(rootKey("uniform"), DIMENSIONS);
      for (let net = 0; net < 20_000; net++) {
        points.enter(net, point);
        counts[Math.floor(64 * points.coordinate(dimension))]++;
      }
      expect(Math.abs(chiSquareZ(counts))).toBeLessThan(Z_BOUND);
    }
  });

  it("exists in as many dimensions as the sequence has", () => {
    expect(() => new ScrambledSobol(rootKey("a"), 1e6)).toThrow(RangeError);
  });
});

describe("the first 2^k points of a net", () => {
  it.each([0, 1, 2, 5, 8])("have one in each of 2^k equal parts of every axis: k = %d", (k) => {
    for (let net = 0; net < 20; net++) {
      const points = pointsOf(net, 2 ** k);
      for (let i = 0; i < DIMENSIONS; i++) {
        const parts = points.map((point) => Math.floor(point[i] * 2 ** k));
        expect(sorted(parts)).toEqual(all(2 ** k));
      }
    }
  });

  it.each([1, 4, 7])("have one in every box of the first two dimensions: k = %d", (k) => {
    for (let net = 0; net < 20; net++) {
      const points = pointsOf(net, 2 ** k);
      // Boxes of 2^-a by 2^-(k - a).
      for (let a = 0; a <= k; a++) {
        const boxes = points.map(
          ([x, y]) => Math.floor(x * 2 ** a) * 2 ** (k - a) + Math.floor(y * 2 ** (k - a)),
        );
        expect(sorted(boxes)).toEqual(all(2 ** k));
      }
    }
  });

  it("have as many in every box as it is large, also for the blocks that follow", () => {
    const points = pointsOf(7, 2 ** 7);
    for (let block = 0; block < 8; block++) {
      const boxes = points
        .slice(16 * block, 16 * (block + 1))
        .map(([x, y]) => Math.floor(4 * x) * 4 + Math.floor(4 * y));
      expect(sorted(boxes)).toEqual(all(16));
    }
  });

  it("integrate a smooth function with a far smaller variance than independent ones", () => {
    // x y - 1/4 over the unit square has the variance 7/144 (mean 1/4, E x² E y² = 1/9).
    const means = all(400).map((net) => {
      const points = pointsOf(net, 32);
      return points.reduce((sum, [x, y]) => sum + x * y - 0.25, 0) / 32;
    });
    const mean = means.reduce((sum, x) => sum + x, 0) / 400;
    const variance = means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 399;
    // Unbiased: false alarms as above. 1,000 times fewer replications would do at rate n^-3; 100 is asked for.
    expect(Math.abs(mean / Math.sqrt(variance / 400))).toBeLessThan(Z_BOUND);
    expect(7 / 144 / 32 / variance).toBeGreaterThan(100);
  });
});

// Statistics beyond Z_BOUND: one in 26 million each.
describe("what is independent", () => {
  const length = 20_000;
  /** Point 3 of one net after the other: a sequence that no evenness ties together. */
  const over = (dimension: number, seed: string, shift = 0) => {
    const points = new ScrambledSobol(rootKey(seed), DIMENSIONS);
    return Float64Array.from({ length }, (_, net) => {
      points.enter(net + shift, 3);
      return points.coordinate(dimension);
    });
  };
  const base = over(0, "a");

  it.each<[string, Float64Array]>([
    ["dimensions", over(1, "a")],
    ["dimensions that lie apart", over(2, "a")],
    ["neighbouring nets", over(0, "a", 1)],
    ["nets that lie 32 apart", over(0, "a", 32)],
    ["roots", over(0, "b")],
  ])("%s", (_, other) => {
    const z = correlationZ(
      length,
      (i) => base[i],
      (i) => other[i],
    );
    expect(Math.abs(z)).toBeLessThan(Z_BOUND);
    // Also of the distances from the middle, where a mirrored net would show.
    const folded = (x: number) => Math.abs(2 * x - 1);
    const apart = correlationZ(
      length,
      (i) => folded(base[i]),
      (i) => folded(other[i]),
    );
    expect(Math.abs(apart)).toBeLessThan(Z_BOUND);
  });
});
