import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareProfile, type RatePiece, timeOf } from "../../src/kernel/rateProfile.ts";

const PERIOD = 24;

/** Pieces at different whole times of a round of 24 ticks, in tenths, of which one at least is above 0. */
const pieces = fc
  .uniqueArray(fc.tuple(fc.nat(PERIOD - 1), fc.nat(50)), {
    selector: ([from]) => from,
    minLength: 1,
    maxLength: 8,
  })
  .filter((all) => all.some(([, tenths]) => tenths > 0))
  .map((all) =>
    all
      .map(([from, tenths]): RatePiece => ({ from, factor: tenths / 10 }))
      .sort((a, b) => a.from - b.from),
  );

/** The factor in whole tick `tick` of a round, by the definition. */
function factorAt(all: readonly RatePiece[], tick: number): number {
  const begun = all.findLast(({ from }) => from <= tick) ?? all[all.length - 1];
  return begun.factor;
}

/** The cumulative rate up to a time from the start, tick by tick. */
function cumulative(all: readonly RatePiece[], start: number, time: number): number {
  let sum = 0;
  for (let tick = 0; tick < time; tick++)
    sum += factorAt(all, (start + tick) % PERIOD) * Math.min(1, time - tick);
  return sum;
}

describe("a profile", () => {
  const start = fc.nat(PERIOD - 1);
  const x = fc.double({ min: 0, max: 200, noNaN: true });

  it("is inverted to the time at which its sum, tick by tick, passes the number", () => {
    fc.assert(
      fc.property(pieces, start, x, (all, start, x) => {
        const time = timeOf(prepareProfile(all, PERIOD, start), x);
        expect(cumulative(all, start, time)).toBeCloseTo(x, 6);
        expect(cumulative(all, start, time + 0.01)).toBeGreaterThan(x - 1e-9);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("that is nowhere smaller never lets anything come later", () => {
    const more = fc.array(fc.nat(30), { minLength: PERIOD, maxLength: PERIOD });
    fc.assert(
      fc.property(pieces, more, start, x, (all, more, start, x) => {
        const larger = more.map((tenths, from) => ({
          from,
          factor: factorAt(all, from) + tenths / 10,
        }));
        const [few, many] = [all, larger].map((one) => prepareProfile(one, PERIOD, start));
        expect(timeOf(many, x)).toBeLessThanOrEqual(timeOf(few, x) + 1e-9);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("lets nothing that is later come earlier", () => {
    fc.assert(
      fc.property(pieces, start, x, x, (all, start, a, b) => {
        const profile = prepareProfile(all, PERIOD, start);
        expect(timeOf(profile, Math.min(a, b))).toBeLessThanOrEqual(
          timeOf(profile, Math.max(a, b)),
        );
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("lets what falls into a pause come at its end", () => {
    const open = [
      { from: 9, factor: 2 },
      { from: 17, factor: 0 },
    ];
    const [midnight, evening] = [0, 20].map((start) => prepareProfile(open, PERIOD, start));
    expect([0, 2, 15, 16, 18].map((x) => timeOf(midnight, x))).toEqual([9, 10, 16.5, 33, 34]);
    expect([0, 16].map((x) => timeOf(evening, x))).toEqual([13, 37]);
  });

  it("refuses factors that are none, and rates of nothing at all", () => {
    for (const factor of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => prepareProfile([{ from: 0, factor }], PERIOD)).toThrow(
        new RangeError(`A factor is ${factor}: a factor is finite and at least 0.`),
      );
    expect(() => prepareProfile([{ from: 0, factor: 0 }], PERIOD)).toThrow(
      new RangeError("All factors are 0: at least one is above 0."),
    );
  });
});
