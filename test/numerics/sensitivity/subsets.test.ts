import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shapleyValues, sizeOf } from "../../../src/numerics/sensitivity/subsets.ts";

const worthOf = (players: number, worth: (mask: number) => number) =>
  Array.from({ length: 2 ** players }, (_, mask) => worth(mask));

describe("Shapley values", () => {
  it("are those of the glove game: one left glove is scarce", () => {
    // Player 0 has the left glove, 1 and 2 a right one each; a pair is worth 1 (Shapley 1953: 2/3, 1/6, 1/6).
    const values = shapleyValues(
      3,
      worthOf(3, (u) => Number((u & 1) !== 0 && (u & 6) !== 0)),
    );
    expect(values[0]).toBeCloseTo(2 / 3, 14);
    expect(values[1]).toBeCloseTo(1 / 6, 14);
    expect(values[2]).toBeCloseTo(1 / 6, 14);
  });

  it("are the players' own worths where these add up", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 }),
        (own) => {
          const worth = worthOf(own.length, (u) =>
            own.reduce((sum, value, j) => (u & (1 << j) ? sum + value : sum), 0),
          );
          for (const [j, value] of shapleyValues(own.length, worth).entries())
            expect(value).toBeCloseTo(own[j], 10);
        },
      ),
    );
  });

  it("add up to the worth of all, and treat players alike that are alike", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 6, maxLength: 6 }),
        (by) => {
          // The worth depends on the size of the set alone.
          const values = shapleyValues(
            5,
            worthOf(5, (u) => (u === 0 ? 0 : by[sizeOf(u)])),
          );
          for (const value of values) expect(value).toBeCloseTo(by[5] / 5, 10);
        },
      ),
    );
  });
});
