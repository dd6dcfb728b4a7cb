import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DistributionSpec,
  exponential,
  gammaQuantile,
  lognormal,
  normalCdf,
  normalQuantile,
  prepareDistribution,
} from "../../src/numerics/distributions.ts";
import { Draws, rootKey } from "../../src/numerics/draws.ts";
import { upperIncompleteGamma } from "../../src/numerics/gamma.ts";
import { sample } from "../../src/numerics/quantileTable.ts";

/** The closed forms of a distribution; `kurtosis` is the fourth standardised moment (normal: 3). */
interface Case {
  spec: DistributionSpec;
  mean: number;
  variance: number;
  kurtosis: number;
  cdf: (x: number) => number;
}

const sigma2 = Math.log(1.25);
const e = (k: number) => Math.exp(k * sigma2);

/** Of half uniform in 0..1 and half uniform in 1..5: moments by integration. */
function empiricalKurtosis(): number {
  const raw = (k: number) => (1 / (k + 1) + (5 ** (k + 1) - 1) / (4 * (k + 1))) / 2;
  const [m, m2, m3, m4] = [1, 2, 3, 4].map(raw);
  return (m4 - 4 * m * m3 + 6 * m ** 2 * m2 - 3 * m ** 4) / (m2 - m ** 2) ** 2;
}

const cases: Record<string, Case> = {
  uniform: {
    spec: { kind: "uniform", low: 2, high: 8 },
    mean: 5,
    variance: 3,
    kurtosis: 1.8,
    cdf: (x) => (x - 2) / 6,
  },
  exponential: {
    spec: { kind: "exponential", mean: 3 },
    mean: 3,
    variance: 9,
    kurtosis: 9,
    cdf: (x) => 1 - Math.exp(-x / 3),
  },
  lognormal: {
    spec: { kind: "lognormal", mean: 4, cv: 0.5 },
    mean: 4,
    variance: 4,
    kurtosis: e(4) + 2 * e(3) + 3 * e(2) - 3,
    // The quartiles of a normal variable lie 0.6744897501960817 standard deviations from its mean.
    cdf: (x) => {
      const z = Math.log((x * Math.sqrt(1.25)) / 4) / Math.sqrt(sigma2);
      return Math.abs(Math.abs(z) - 0.6744897501960817) < 1e-12 ? 0.5 + 0.25 * Math.sign(z) : 0.5;
    },
  },
  "weibull of rising hazard (Rayleigh)": {
    spec: { kind: "weibull", mean: 2, shape: 2 },
    mean: 2,
    variance: 4 * (4 / Math.PI - 1),
    kurtosis: 3 - (6 * Math.PI ** 2 - 24 * Math.PI + 16) / (4 - Math.PI) ** 2,
    cdf: (x) => 1 - Math.exp((-Math.PI / 16) * x * x),
  },
  "weibull of falling hazard": {
    spec: { kind: "weibull", mean: 2, shape: 0.5 },
    mean: 2,
    variance: 20,
    kurtosis: 35_088 / 400,
    cdf: (x) => 1 - Math.exp(-Math.sqrt(x)),
  },
  gamma: {
    // Shape 4 and scale 1: an Erlang distribution.
    spec: { kind: "gamma", mean: 4, cv: 0.5 },
    mean: 4,
    variance: 4,
    kurtosis: 3 + 6 / 4,
    cdf: (x) => 1 - Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6),
  },
  "empirical, of two straight parts": {
    spec: { kind: "empirical", quantiles: [0, 1, 5] },
    mean: 1.75,
    variance: (1 / 3 + 31 / 3) / 2 - 1.75 ** 2,
    kurtosis: empiricalKurtosis(),
    cdf: (x) => (x < 1 ? x / 2 : 0.5 + (x - 1) / 8),
  },
  pareto: {
    spec: { kind: "pareto", mean: 6, shape: 6 },
    mean: 6,
    variance: 36 / 24,
    kurtosis: 3 + (6 * 214) / 36,
    cdf: (x) => 1 - (5 / x) ** 6,
  },
};

describe("a distribution", () => {
  for (const [name, { spec, mean, variance, kurtosis, cdf }] of Object.entries(cases)) {
    const prepared = prepareDistribution(spec);

    // Bounds of 4.42 standard errors: a false alarm for one seed in 100,000 each.
    it(`has the mean and the variance of its closed form: ${name}`, () => {
      const n = 400_000;
      const draws = new Draws(rootKey("distributions"), 1);
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < n; i++) {
        const deviation = sample(prepared, draws.uniform(0, 0, 0, i)) - mean;
        sum += deviation;
        squares += deviation * deviation;
      }
      expect(Math.abs(sum / n)).toBeLessThan(4.42 * Math.sqrt(variance / n));
      const spread = variance * Math.sqrt((kurtosis - 1) / n);
      expect(Math.abs(squares / n - variance)).toBeLessThan(4.42 * spread);
    });

    it(`has the quartiles of its closed form: ${name}`, () => {
      for (const p of [0.25, 0.5, 0.75]) expect(cdf(sample(prepared, p))).toBeCloseTo(p, 12);
    });
  }

  it("never falls as the uniform number rises, and stays finite and not negative", () => {
    const specs = [
      ...Object.values(cases).map(({ spec }) => spec),
      { kind: "constant", mean: 0 } as const,
      { kind: "lognormal", mean: 1, cv: 100 } as const,
      { kind: "gamma", mean: 1, cv: 10 } as const,
      { kind: "gamma", mean: 1, cv: 1e-4 } as const,
      { kind: "weibull", mean: 1, shape: 0.01 } as const,
      { kind: "pareto", mean: 1, shape: 1.001 } as const,
    ];
    const u = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((bits) => (bits + 0.5) / 2 ** 32);
    fc.assert(
      fc.property(fc.constantFrom(...specs), u, u, (spec, u1, u2) => {
        const prepared = prepareDistribution(spec);
        const low = sample(prepared, Math.min(u1, u2));
        const high = sample(prepared, Math.max(u1, u2));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low);
        expect(high).toBeLessThan(Number.POSITIVE_INFINITY);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it("is its mean when it cannot vary", () => {
    for (const u of [2 ** -33, 0.3, 1 - 2 ** -33]) {
      expect(sample(prepareDistribution({ kind: "constant", mean: 7 }), u)).toBe(7);
      expect(sample(prepareDistribution({ kind: "uniform", low: 7, high: 7 }), u)).toBe(7);
      expect(sample(prepareDistribution({ kind: "lognormal", mean: 7, cv: 0 }), u)).toBe(7);
      expect(sample(prepareDistribution({ kind: "gamma", mean: 7, cv: 0 }), u)).toBe(7);
      expect(sample(prepareDistribution({ kind: "empirical", quantiles: [7, 7] }), u)).toBe(7);
      expect(sample(prepareDistribution({ kind: "exponential", mean: 0 }), u)).toBe(0);
    }
  });

  it("is within a millionth of the same unprepared", () => {
    const unit = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
    const normal = prepareDistribution(cases.lognormal.spec);
    const memoryless = prepareDistribution(cases.exponential.spec);
    fc.assert(
      fc.property(unit, (u) => {
        expect(Math.abs(sample(normal, u) / lognormal(u, 4, 0.5) - 1)).toBeLessThan(1e-6);
        expect(Math.abs(sample(memoryless, u) / exponential(u, 3) - 1)).toBeLessThan(1e-6);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  const bad: [DistributionSpec, string][] = [
    [{ kind: "constant", mean: -1 }, "The mean is -1: mean is finite and at least 0."],
    [{ kind: "exponential", mean: Number.NaN }, "The mean is NaN: mean is finite and at least 0."],
    [{ kind: "pareto", mean: 1, shape: 1 }, "The shape is 1: shape is finite and greater than 1."],
    [{ kind: "weibull", mean: 1, shape: 0 }, "The shape is 0: shape is finite and at least 0.01."],
    [{ kind: "lognormal", mean: 1, cv: -1 }, "The cv is -1: cv is finite and at least 0."],
    [{ kind: "gamma", mean: 1, cv: -1 }, "The cv is -1: cv is finite and at least 0."],
    [{ kind: "empirical", quantiles: [1] }, "1 quantiles: there are at least 2."],
    [
      { kind: "empirical", quantiles: [-1, 1] },
      "The quantile 1 is -1: quantile 1 is finite and at least 0.",
    ],
    [
      { kind: "empirical", quantiles: [1, 3, 2] },
      "The quantile 3 is 2: quantile 3 is finite and at least 3.",
    ],
    [{ kind: "uniform", low: -1, high: 1 }, "The low is -1: low is finite and at least 0."],
    [{ kind: "uniform", low: 2, high: 1 }, "The high is 1: high is finite and at least low."],
    [
      { kind: "uniform", low: 2, high: Number.POSITIVE_INFINITY },
      "The high is Infinity: high is finite and at least low.",
    ],
  ];
  it.each(bad)("refuses %j", (spec, message) => {
    expect(() => prepareDistribution(spec)).toThrow(new RangeError(message));
  });
});

describe("a gamma distribution", () => {
  it("is exponential where the deviation equals the mean", () => {
    for (const u of [1e-9, 0.01, 0.3, 0.5, 0.9, 1 - 1e-9])
      expect(gammaQuantile(u, 1) / -Math.log1p(-u)).toBeCloseTo(1, 12);
  });

  // Percentage points of chi-square from the printed table, Abramowitz and Stegun (1964), table 26.8.
  it.each([
    [0.05, 10, 3.9403],
    [0.5, 1, 0.45494],
    [0.95, 1, 3.84146],
    [0.95, 10, 18.307],
    [0.995, 30, 53.672],
    [0.999, 100, 149.449],
  ])("at %f with %i degrees of freedom is %f", (p, freedom, x) => {
    expect((2 * gammaQuantile(p, freedom / 2)) / x).toBeCloseTo(1, 4);
  });

  it("is the inverse of the incomplete gamma function, whatever its shape", () => {
    const shape = fc.double({ min: -2, max: 6.9, noNaN: true }).map((log) => 10 ** log);
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), shape, (u, a) => {
        const x = gammaQuantile(u, a);
        // Below, the quantile of a small shape is too small for a number.
        if (x < 1e-300) expect(Math.log(u) / a).toBeLessThan(-600);
        else expect(Math.abs(upperIncompleteGamma(a, x) - (1 - u))).toBeLessThan(1e-7 * u);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("goes on smoothly where Wilson and Hilferty take over", () => {
    for (const u of [1e-6, 0.3, 0.5, 0.99])
      expect(gammaQuantile(u, 9_999_999.9) / gammaQuantile(u, 10_000_000.1)).toBeCloseTo(1, 7);
  });

  it("is defined for probabilities and positive shapes only", () => {
    for (const [u, a] of [
      [0, 1],
      [1, 1],
      [0.5, 0],
      [0.5, Number.POSITIVE_INFINITY],
    ])
      expect(() => gammaQuantile(u, a)).toThrow(RangeError);
  });
});

describe("an empirical distribution", () => {
  it("has the quantiles that it is made of", () => {
    const ascending = fc
      .array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 60 })
      .map((values) => values.sort((a, b) => a - b));
    fc.assert(
      fc.property(ascending, (quantiles) => {
        const prepared = prepareDistribution({ kind: "empirical", quantiles });
        for (let i = 1; i < quantiles.length - 1; i++) {
          const value = sample(prepared, i / (quantiles.length - 1));
          expect(Math.abs(value - quantiles[i])).toBeLessThanOrEqual(1e-6 * (quantiles[i] + 1e-6));
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe("the normal quantile", () => {
  // From the complementary error function of the C library.
  it.each([
    [5.725571222525139e-300, -37],
    [2.7536241186063314e-89, -20],
    [7.619853024160593e-24, -10],
    [9.865876450377012e-10, -6],
    [2.866515718791946e-7, -5],
    [0.0013498980316300957, -3],
    [0.15865525393145707, -1],
    [0.3085375387259869, -0.5],
    [0.5987063256829237, 0.25],
    [0.8413447460685429, 1],
    [0.9331927987311419, 1.5],
    [0.9772498680518208, 2],
  ])("at %f is %f", (p, z) => {
    expect(normalQuantile(p) / z).toBeCloseTo(1, 13);
  });

  it("is 0 at one half and odd around it", () => {
    expect(normalQuantile(0.5)).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 52 }), (n) => {
        const p = n / 2 ** 53;
        expect(normalQuantile(1 - p)).toBe(-normalQuantile(p) + 0);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

describe("the normal distribution function", () => {
  it("is the inverse of the quantile, to its seven digits", () => {
    for (const p of [1e-6, 0.1, 0.5, 0.9, 0.975, 1 - 1e-6])
      expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(7.5e-8);
  });
});
