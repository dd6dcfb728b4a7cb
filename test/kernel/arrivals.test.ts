import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ArrivalSpec, nextDelay, prepareArrivals } from "../../src/kernel/arrivals.ts";
import { Draws, rootKey } from "../../src/numerics/draws.ts";

/** The delays before tasks 1 to n. */
function delays(spec: ArrivalSpec, n: number): number[] {
  const draws = new Draws(rootKey("arrivals"), 1);
  const arrivals = prepareArrivals(spec);
  return Array.from({ length: n }, (_, i) =>
    nextDelay(arrivals, draws.uniform(0, 0, 0, i + 1), i + 1),
  );
}

const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

describe("arrivals", () => {
  it("at fixed intervals are at the nearest ticks to their multiples", () => {
    const interval = fc.double({ min: 0, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(interval, fc.integer({ min: 1, max: 50 }), (interval, n) => {
        const arrival = delays({ kind: "fixed", interval }, n).reduce((at, d) => at + d, 0);
        expect(arrival).toBe(Math.round(n * interval));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("take whole delays, never negative", () => {
    const spec = fc.record({
      kind: fc.constantFrom("fixed" as const, "poisson" as const, "bursts" as const),
      interval: fc.double({ min: 0, max: 1e12, noNaN: true }),
      burst: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(spec, (spec) => {
        const whole = (delay: number) => Number.isInteger(delay) && delay >= 0;
        expect(delays(spec, 20).filter((delay) => !whole(delay))).toEqual([]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  // The bounds are 4.42 standard errors: a false alarm for one seed in 100,000 each.
  const n = 200_000;
  it("of a Poisson process have exponential delays of the mean interval", () => {
    const values = delays({ kind: "poisson", interval: 1e6 }, n);
    expect(Math.abs(mean(values) / 1e6 - 1)).toBeLessThan(4.42 / Math.sqrt(n));
    const late = values.filter((v) => v > 2e6).length / n;
    const tail = Math.exp(-2);
    expect(Math.abs(late - tail)).toBeLessThan(4.42 * Math.sqrt((tail * (1 - tail)) / n));
  });

  it("in bursts come together, with the same mean interval a task", () => {
    const burst = 5;
    const values = delays({ kind: "bursts", interval: 1e6, burst }, n);
    expect(values.filter((delay, i) => (delay === 0) !== ((i + 1) % burst !== 0))).toEqual([]);
    expect(Math.abs(mean(values) / 1e6 - 1)).toBeLessThan(4.42 / Math.sqrt(n / burst));
    const gaps = values.filter((delay) => delay > 0);
    const late = gaps.filter((v) => v > 2e6 * burst).length / gaps.length;
    const tail = Math.exp(-2);
    const error = Math.sqrt((tail * (1 - tail)) / gaps.length);
    expect(Math.abs(late - tail)).toBeLessThan(4.42 * error);
  });

  it("in bursts of one are a Poisson process", () => {
    expect(delays({ kind: "bursts", interval: 1234.5, burst: 1 }, 100)).toEqual(
      delays({ kind: "poisson", interval: 1234.5 }, 100),
    );
  });

  it.each<[ArrivalSpec, string]>([
    [{ kind: "fixed", interval: -1 }, "The interval is -1: an interval is finite and at least 0."],
    [
      { kind: "poisson", interval: Number.POSITIVE_INFINITY },
      "The interval is Infinity: an interval is finite and at least 0.",
    ],
    [
      { kind: "bursts", interval: 1, burst: 1.5 },
      "The burst is 1.5: a burst is an integer of at least 1.",
    ],
    [
      { kind: "bursts", interval: 1, burst: 0 },
      "The burst is 0: a burst is an integer of at least 1.",
    ],
  ])("refuse %j", (spec, message) => {
    expect(() => prepareArrivals(spec)).toThrow(new RangeError(message));
  });
});
