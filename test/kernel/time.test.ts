import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TICKS_PER_SECOND, toSeconds, toTicks } from "../../src/kernel/time.ts";

describe("ticks", () => {
  it("are microseconds", () => {
    expect(TICKS_PER_SECOND).toBe(1_000_000);
    expect(toTicks(1.25)).toBe(1_250_000);
    expect(toSeconds(1_250_000)).toBe(1.25);
  });

  it("are whole, with half a tick rounded up and nothing below 0", () => {
    expect(toTicks(0.4e-6)).toBe(0);
    expect(toTicks(0.5e-6)).toBe(1);
    expect(toTicks(2.5e-6)).toBe(3);
    expect(toTicks(-3)).toBe(0);
    expect(Object.is(toTicks(-0), 0)).toBe(true);
  });

  it("survive the way to seconds and back for 100 years", () => {
    fc.assert(
      fc.property(fc.nat({ max: 100 * 366 * 86_400 * TICKS_PER_SECOND }), (ticks) => {
        expect(toTicks(toSeconds(ticks))).toBe(ticks);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
