import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  digamma,
  incompleteBeta,
  logGamma,
  trigamma,
  upperIncompleteGamma,
} from "../../src/numerics/gamma.ts";

const probability = fc.integer({ min: 1, max: 1e6 - 1 }).map((x) => x / 1e6);

describe("logGamma", () => {
  it("is the logarithm of the factorial", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 13);
      factorial *= n;
    }
  });

  it("fulfils the reflection formula", () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
    for (const x of [0.01, 0.3, 0.77]) {
      const product = logGamma(x) + logGamma(1 - x);
      expect(product).toBeCloseTo(Math.log(Math.PI / Math.sin(Math.PI * x)), 13);
    }
  });

  it("rejects arguments that are not positive", () => {
    expect(() => logGamma(0)).toThrow(/must be > 0/);
    expect(() => logGamma(Number.NaN)).toThrow(RangeError);
  });
});

describe("the derivatives of logGamma", () => {
  it("have their closed forms at 1, 1/2 and 2", () => {
    // Euler's constant.
    const euler = 0.5772156649015329;
    expect(digamma(1)).toBeCloseTo(-euler, 14);
    expect(digamma(0.5)).toBeCloseTo(-euler - 2 * Math.LN2, 13);
    expect(digamma(2)).toBeCloseTo(1 - euler, 14);
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 13);
    expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 13);
    expect(trigamma(2)).toBeCloseTo(Math.PI ** 2 / 6 - 1, 13);
  });

  it("are what differences tend to", () => {
    for (const x of [0.3, 4, 9.99, 25, 1e4]) {
      const h = 1e-4 * x;
      expect((logGamma(x + h) - logGamma(x - h)) / (2 * h) / digamma(x)).toBeCloseTo(1, 6);
      expect((digamma(x + h) - digamma(x - h)) / (2 * h) / trigamma(x)).toBeCloseTo(1, 6);
    }
  });

  it("reject arguments that are not positive", () => {
    expect(() => digamma(0)).toThrow(RangeError);
    expect(() => trigamma(-1)).toThrow(RangeError);
  });
});

describe("upperIncompleteGamma", () => {
  it("has the closed forms of a = 1 and a = 2, far into the tail", () => {
    for (const x of [1e-9, 0.3, 1, 1.999, 2, 3.001, 10, 100, 700]) {
      expect(upperIncompleteGamma(1, x) / Math.exp(-x)).toBeCloseTo(1, 12);
      expect(upperIncompleteGamma(2, x) / (Math.exp(-x) * (1 + x))).toBeCloseTo(1, 12);
    }
  });

  // A&S 6.5.21: Q(a + 1, x) = Q(a, x) + xᵃ e⁻ˣ / Γ(a + 1).
  it("fulfils the recurrence between a and a + 1", () => {
    const positive = fc.double({ min: 0.01, max: 60, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (a, x) => {
        const step = Math.exp(a * Math.log(x) - x - logGamma(a + 1));
        expect(upperIncompleteGamma(a + 1, x)).toBeCloseTo(upperIncompleteGamma(a, x) + step, 11);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("falls from 1 to 0 and rejects arguments outside of its domain", () => {
    expect(upperIncompleteGamma(3, 0)).toBe(1);
    expect(upperIncompleteGamma(3, Number.POSITIVE_INFINITY)).toBe(0);
    expect(() => upperIncompleteGamma(0, 1)).toThrow(RangeError);
    expect(() => upperIncompleteGamma(1, -1)).toThrow(RangeError);
  });
});

describe("incompleteBeta", () => {
  it("has the closed forms of a = 1, b = 1 and a = b = 1/2", () => {
    for (const x of [1e-6, 0.1, 0.5, 0.9, 1 - 1e-6]) {
      for (const shape of [0.5, 2, 37]) {
        expect(incompleteBeta(x, 1, shape)).toBeCloseTo(1 - (1 - x) ** shape, 13);
        expect(incompleteBeta(x, shape, 1)).toBeCloseTo(x ** shape, 13);
      }
      const arcsine = (2 / Math.PI) * Math.asin(Math.sqrt(x));
      expect(incompleteBeta(x, 0.5, 0.5)).toBeCloseTo(arcsine, 13);
    }
  });

  it("is exact to 11 digits for large shapes (reference: mpmath, 40 digits)", () => {
    expect(incompleteBeta(0.3, 1000, 2300)).toBeCloseTo(0.354016133126, 11);
    expect(incompleteBeta(0.95, 9500, 501)).toBeCloseTo(0.511895032957, 11);
  });

  it("rises from 0 to 1 and mirrors", () => {
    const shape = fc.double({ min: 0.1, max: 500, noNaN: true });
    fc.assert(
      fc.property(probability, shape, shape, (x, a, b) => {
        const value = incompleteBeta(x, a, b);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(value).toBeCloseTo(1 - incompleteBeta(1 - x, b, a), 10);
      }),
      { seed: 1, numRuns: 300 },
    );
    expect(incompleteBeta(0, 2, 3)).toBe(0);
    expect(incompleteBeta(1, 2, 3)).toBe(1);
  });

  it("rejects arguments outside of its domain", () => {
    expect(() => incompleteBeta(1.1, 1, 1)).toThrow(RangeError);
    expect(() => incompleteBeta(0.5, 0, 1)).toThrow(RangeError);
  });
});
