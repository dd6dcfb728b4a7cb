import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../src/numerics/distributions.ts";
import {
  binomialCdf,
  incompleteBeta,
  logGamma,
  studentQuantile,
} from "../../src/numerics/quantiles.ts";

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

describe("binomialCdf", () => {
  it("sums the binomial probabilities", () => {
    const p = 0.3;
    let term = 0.7 ** 12;
    let sum = 0;
    for (let k = 0; k <= 12; k++) {
      sum += term;
      expect(binomialCdf(k, 12, p)).toBeCloseTo(sum, 13);
      term *= (((12 - k) / (k + 1)) * p) / (1 - p);
    }
    expect(binomialCdf(-1, 12, p)).toBe(0);
    expect(binomialCdf(12, 12, p)).toBe(1);
  });
});

describe("studentQuantile", () => {
  it.each([
    [1, 12.7062047364],
    [2, 4.3026527297],
    [5, 2.5705818366],
    [30, 2.0422724563],
    [100, 1.9839715185],
  ])("is the tabulated value at .975 for df = %d", (df, t) => {
    expect(Math.abs(studentQuantile(0.975, df) - t)).toBeLessThan(1e-9);
  });

  it("has the closed forms of df = 1 and 2", () => {
    fc.assert(
      fc.property(probability, (p) => {
        const cauchy = -1 / Math.tan(Math.PI * p);
        const two = ((2 * p - 1) * Math.SQRT1_2) / Math.sqrt(p * (1 - p));
        expect(Math.abs(studentQuantile(p, 1) - cauchy)).toBeLessThan(
          1e-9 * (1 + Math.abs(cauchy)),
        );
        expect(Math.abs(studentQuantile(p, 2) - two)).toBeLessThan(1e-9 * (1 + Math.abs(two)));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("has the closed form of df = 4", () => {
    for (const p of [0.6, 0.75, 0.9, 0.975, 0.9995]) {
      const root = Math.sqrt(4 * p * (1 - p));
      const four = 2 * Math.sqrt(Math.cos(Math.acos(root) / 3) / root - 1);
      expect(Math.abs(studentQuantile(p, 4) - four)).toBeLessThan(1e-10 * four);
    }
  });

  it("tends to the normal quantile", () => {
    const z = normalQuantile(0.975);
    expect(studentQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(z);
    expect(studentQuantile(0.975, 1e6) - z).toBeCloseTo((z ** 3 + z) / 4e6, 10);
  });

  it("has no seam where the series takes over from the iteration", () => {
    for (const p of [0.51, 0.75, 0.975, 0.9999, 1 - 1e-12]) {
      const below = studentQuantile(p, 99_999.999);
      expect(Math.abs(studentQuantile(p, 1e5) - below)).toBeLessThan(1e-9);
    }
  });

  it("falls with the degrees of freedom, rises with p and is odd", () => {
    const df = fc.double({ min: 1, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.501, max: 1 - 1e-10, noNaN: true }), df, (p, nu) => {
        const t = studentQuantile(p, nu);
        expect(t).toBeGreaterThan(normalQuantile(p) - 1e-9);
        expect(studentQuantile(p, 1.5 * nu)).toBeLessThan(t + 1e-9);
        expect(studentQuantile(p - 0.0005, nu)).toBeLessThan(t);
        expect(studentQuantile(1 - p, nu)).toBeCloseTo(-t, 5 - Math.ceil(Math.log10(t + 1)));
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(studentQuantile(0.5, 3)).toBe(0);
  });

  it("rejects arguments outside of its domain", () => {
    expect(() => studentQuantile(1, 5)).toThrow(/must be in \(0, 1\)/);
    expect(() => studentQuantile(0.5, 0.5)).toThrow(/must be >= 1/);
  });
});
