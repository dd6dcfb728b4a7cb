import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rootKey } from "../../src/numerics/draws.ts";
import { SpreadDraws } from "../../src/numerics/spreadDraws.ts";
import { chiSquareZ, correlationZ, Z_BOUND } from "./samples.ts";

const SEED = "a fixed seed";
type Place = readonly [net: number, stream: number, point: number];
type Name = readonly [kind: number, subject: number, object: number, ordinal: number];

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const place = fc.tuple(uint32, fc.nat(999), fc.nat(2 ** 27 - 1));
const name = fc.tuple(fc.nat(63), uint32, uint32, fc.nat(2 ** 26 - 1));

function read(draws: SpreadDraws, [net, stream, point]: Place, one: Name): number {
  draws.enter(net, stream, point);
  return draws.uniform(...one);
}

const all = (count: number) => Array.from({ length: count }, (_, i) => i);
const draws = new SpreadDraws(rootKey(SEED), 1);

describe("a spread draw", () => {
  it("depends on its place and name alone, not on the draws made before", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place, name), { minLength: 1 }), uint32, (names, domain) => {
        const fresh = () => new SpreadDraws(rootKey(SEED), domain);
        const used = fresh();
        const alone = names.map((one) => read(fresh(), ...one));
        expect(names.map((one) => read(used, ...one))).toEqual(alone);
        expect(names.toReversed().map((one) => read(used, ...one))).toEqual(alone.toReversed());
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("is the midpoint of a cell of 2^-32 in the open unit interval", () => {
    fc.assert(
      fc.property(place, name, (at, one) => {
        const cell = read(draws, at, one) * 2 ** 32 - 0.5;
        expect(Number.isInteger(cell) && cell >= 0 && cell < 2 ** 32).toBe(true);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  // Statistics beyond Z_BOUND: one in 26 million each. 256 cells are more than a block of 32 or 128 has parts.
  it.each([0, 1, 16, 31, 32, 200, 2 ** 27 - 1])(
    "is uniform over nets and names: point %d",
    (point) => {
      const overNets = new Int32Array(256);
      const overNames = new Int32Array(256);
      for (let i = 0; i < 50_000; i++) {
        overNets[Math.floor(256 * read(draws, [i, 0, point], [3, 1, 2, 0]))]++;
        overNames[Math.floor(256 * read(draws, [5, 0, point], [3, i % 7, Math.floor(i / 7), 0]))]++;
      }
      expect(Math.abs(chiSquareZ(overNets))).toBeLessThan(Z_BOUND);
      expect(Math.abs(chiSquareZ(overNames))).toBeLessThan(Z_BOUND);
    },
  );
});

describe("the draws of a name at the points of a block", () => {
  it.each([
    [0, 32],
    [32, 32],
    [64, 64],
    [128, 128],
    [1024, 1024],
  ])("from point %d: one falls into each of %d equal parts", (first, size) => {
    fc.assert(
      fc.property(uint32, fc.nat(999), name, (net, stream, one) => {
        const parts = all(size).map((i) =>
          Math.floor(size * read(draws, [net, stream, first + i], one)),
        );
        expect(parts.toSorted((a, b) => a - b)).toEqual(all(size));
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  // One of 32 parts at each of 32 places: every place goes everywhere. A chi-square a place.
  it("fall into the parts in any order", () => {
    for (const point of all(32)) {
      const counts = new Int32Array(32);
      for (let i = 0; i < 20_000; i++)
        counts[Math.floor(32 * read(draws, [0, 0, point], [4, i, 0, 0]))]++;
      expect(Math.abs(chiSquareZ(counts))).toBeLessThan(Z_BOUND);
    }
  });
});

// Statistics beyond Z_BOUND: one in 26 million each.
describe("what is independent", () => {
  const length = 32 * 2000;
  /** The first block of one net after the other. */
  const sequence = (
    stream: number,
    one: Name,
    { shift = 0, first = 0, seed = SEED, domain = 1 } = {},
  ) => {
    const own = new SpreadDraws(rootKey(seed), domain);
    return Float64Array.from({ length }, (_, i) =>
      read(own, [Math.floor(i / 32) + shift, stream, first + (i % 32)], one),
    );
  };
  const base = sequence(0, [3, 1, 2, 0]);

  it.each<[string, Float64Array]>([
    ["kinds", sequence(0, [4, 1, 2, 0])],
    ["subjects", sequence(0, [3, 2, 2, 0])],
    ["objects", sequence(0, [3, 1, 3, 0])],
    ["ordinals", sequence(0, [3, 1, 2, 1])],
    ["streams, as repeats are", sequence(1, [3, 1, 2, 0])],
    ["nets", sequence(0, [3, 1, 2, 0], { shift: 1 })],
    ["blocks", sequence(0, [3, 1, 2, 0], { first: 32 })],
    ["roots", sequence(0, [3, 1, 2, 0], { seed: "another" })],
    ["domains", sequence(0, [3, 1, 2, 0], { domain: 2 })],
  ])("%s", (_, other) => {
    const z = (f: (x: number) => number) =>
      correlationZ(
        length,
        (i) => f(base[i]),
        (i) => f(other[i]),
      );
    // What has the same order has the same parts, mirrored ones the same distances from the middle, and what shares its
    // place within the parts the same remainder.
    expect(Math.abs(z((x) => x))).toBeLessThan(Z_BOUND);
    expect(Math.abs(z((x) => Math.abs(2 * x - 1)))).toBeLessThan(Z_BOUND);
    expect(Math.abs(z((x) => (32 * x) % 1))).toBeLessThan(Z_BOUND);
  });

  it("places within the part of two points of a block", () => {
    const rest = (point: number) => (net: number) =>
      (32 * read(draws, [net, 0, point], [3, 1, 2, 0])) % 1;
    for (const point of [1, 2, 16, 31])
      expect(Math.abs(correlationZ(20_000, rest(0), rest(point)))).toBeLessThan(Z_BOUND);
  });
});

describe("the mean over a net", () => {
  /** Mean and variance, over nets, of the mean of f over the first points. */
  function overNets(nets: number, points: number, f: (at: Place) => number) {
    const means = all(nets).map(
      (net) => all(points).reduce((sum, point) => sum + f([net, 0, point]), 0) / points,
    );
    const mean = means.reduce((sum, x) => sum + x, 0) / nets;
    const variance = means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (nets - 1);
    return { variance, z: (truth: number) => (mean - truth) / Math.sqrt(variance / nets) };
  }

  const x = (at: Place, object: number) => read(draws, at, [3, 0, object, 0]);

  it.each([32, 64, 128])("of a sum of two draws nearly cancels: %d points", (points) => {
    const { variance, z } = overNets(2000, points, (at) => x(at, 0) + x(at, 1));
    expect(Math.abs(z(1))).toBeLessThan(Z_BOUND);
    // 1/6 a point where they are independent; n² times less where one point falls into each of n parts.
    expect(1 / 6 / points / variance).toBeGreaterThan(500);
  });

  // Independent points have the variance 1/144 or 1/16 a point, an order at random n / (n - 1) times that. The estimated
  // variance of 4,000 means has a relative standard deviation of .022.
  it.each([32, 64])("keeps the variance of what two draws do together: %d points", (points) => {
    const product = (f: (u: number) => number) =>
      overNets(4000, points, (at) => f(x(at, 0)) * f(x(at, 1)));
    const ofDraws = product((u) => u - 0.5);
    const ofDecisions = product((u) => (u < 0.5 ? 0.5 : -0.5));
    for (const [{ variance, z }, independent] of [
      [ofDraws, 1 / 144 / points],
      [ofDecisions, 1 / 16 / points],
    ] as const) {
      expect(Math.abs(z(0))).toBeLessThan(Z_BOUND);
      expect(variance / independent).toBeGreaterThan(0.88);
      expect(variance / independent).toBeLessThan(1.16);
    }
  });

  it("of some points of a block is no worse than of independent ones", () => {
    const { variance, z } = overNets(4000, 20, (at) => x(at, 0));
    expect(Math.abs(z(0.5))).toBeLessThan(Z_BOUND);
    expect(variance * 12 * 20).toBeLessThan(1);
  });
});
