import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rootKey } from "../../../src/numerics/draws.ts";
import {
  BasePoints,
  designOf,
  MOST_OF_A_CUBE,
  mixed,
  pathOf,
  sizeOfDesign,
} from "../../../src/numerics/sensitivity/design.ts";
import { allOf, MOST_INPUTS } from "../../../src/numerics/sensitivity/subsets.ts";

const root = rootKey("design");
const anyInputs = fc.integer({ min: 1, max: MOST_INPUTS });

describe("a design", () => {
  it("has A, B and A with each single input from B, and as many points as said", () => {
    fc.assert(
      fc.property(anyInputs, fc.nat({ max: 1000 }), (inputs, base) => {
        const { masks } = designOf(inputs, root)(base);
        const singles = Array.from({ length: inputs }, (_, j) => 2 ** j);
        expect(masks).toEqual(expect.arrayContaining([0, allOf(inputs), ...singles]));
        expect(masks).toEqual([...new Set(masks)].sort((a, b) => a - b));
        expect(masks).toHaveLength(sizeOfDesign(inputs));
      }),
    );
  });

  it("of many inputs has a path from A to B that takes them one by one, in another order each time", () => {
    fc.assert(
      fc.property(fc.integer({ min: MOST_OF_A_CUBE + 1, max: MOST_INPUTS }), (inputs) => {
        const of = designOf(inputs, root);
        const orders = [0, 1, 2, 3].map((base) => of(base).order ?? []);
        for (const [base, order] of orders.entries()) {
          expect([...order].sort((a, b) => a - b)).toEqual(order.map((_, j) => j));
          expect(of(base).masks).toEqual(expect.arrayContaining(pathOf(order)));
        }
        expect(new Set(orders.map(String)).size).toBeGreaterThan(1);
      }),
    );
  });
});

describe("base points", () => {
  it("are even in every coordinate of A and of B, also beyond the dimensions of the sequence", () => {
    const points = new BasePoints(root, 24);
    const all = Array.from({ length: 64 }, (_, point) => points.at(3, point));
    for (const side of [0, 1])
      for (let i = 0; i < 24; i++) {
        const values = all.map((ends) => ends[side][i]);
        expect(Math.min(...values)).toBeGreaterThan(0);
        expect(Math.max(...values)).toBeLessThan(1);
        const cells = new Set(values.map((value) => Math.floor(value * 64)));
        // A coordinate of the sequence has one point in each of 64 cells; independent draws fill about 40 of them.
        if (24 * side + i < 40) expect(cells.size).toBe(64);
        else expect(cells.size).toBeGreaterThan(25);
      }
  });

  it("mix as their mask says, with all coordinates of an input", () => {
    const ends = [
      [1, 2, 3],
      [4, 5, 6],
    ] as const;
    const groups = [[0], [1, 2]];
    expect(mixed(ends, groups, 0)).toEqual([1, 2, 3]);
    expect(mixed(ends, groups, 1)).toEqual([4, 2, 3]);
    expect(mixed(ends, groups, 2)).toEqual([1, 5, 6]);
    expect(mixed(ends, groups, 3)).toEqual([4, 5, 6]);
  });
});
