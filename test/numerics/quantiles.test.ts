import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../src/numerics/distributions.ts";
import { binomialCdf, chiSquaredTail, studentQuantile } from "../../src/numerics/quantiles.ts";

const probability = fc.integer({ min: 1, max: 1e6 - 1 }).map((x) => x / 1e6);

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

describe("chiSquaredTail", () => {
  // With 1 degree of freedom it is a squared normal number.
  it("is the two-sided tail of the normal distribution for df = 1", () => {
    for (const p of [1e-12, 1e-3, 0.05, 0.5, 0.99]) {
      const z = normalQuantile(p / 2);
      expect(chiSquaredTail(z * z, 1) / p).toBeCloseTo(1, 11);
    }
  });

  it.each([
    [2, 5.991464547],
    [3, 7.814727903],
    [10, 18.30703805],
  ])("is .05 at the tabulated quantile for df = %d", (df, x) => {
    expect(chiSquaredTail(x, df)).toBeCloseTo(0.05, 9);
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
