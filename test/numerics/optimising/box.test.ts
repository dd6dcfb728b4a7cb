import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBox, toBox } from "../../../src/numerics/optimising/box.ts";

describe("the map of free coordinates to the unit box", () => {
  it("never leaves the box", () => {
    const anywhere = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
    );
    fc.assert(
      fc.property(anywhere, (free) => {
        const x = toBox(free);
        expect(x >= 0 && x <= 1).toBe(true);
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it("is undone by its inverse, and the identity away from the bounds", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (x) => {
        expect(toBox(fromBox(x))).toBeCloseTo(x, 14);
        if (x >= 0.05 && x <= 0.95) expect(fromBox(x)).toBe(x);
      }),
      { seed: 1, numRuns: 1000 },
    );
    expect([0, 1].map((x) => toBox(fromBox(x)))).toEqual([0, 1]);
  });

  it("is continuous with slope at most 1, mirrored at its turning points", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 1e-6, max: 0.1, noNaN: true }),
        (free, step) => {
          expect(Math.abs(toBox(free + step) - toBox(free))).toBeLessThan(step * (1 + 1e-8));
          expect(toBox(-0.05 - step)).toBeCloseTo(toBox(-0.05 + step), 14);
          expect(toBox(1.05 - step)).toBeCloseTo(toBox(1.05 + step), 14);
        },
      ),
      { seed: 1, numRuns: 1000 },
    );
  });
});
