import { describe, expect, it } from "vitest";
import { type DistributionSpec, prepareDistribution } from "../../../src/numerics/distributions.ts";
import { Draws, rootKey } from "../../../src/numerics/draws.ts";
import { fitFamilies } from "../../../src/numerics/fitting/families.ts";
import { fitDuration } from "../../../src/numerics/fitting/fitDuration.ts";
import { ksCriticalValue, ksDistance } from "../../../src/numerics/fitting/kolmogorovSmirnov.ts";
import { digamma } from "../../../src/numerics/gamma.ts";
import { sample } from "../../../src/numerics/quantileTable.ts";

/** Samples of a distribution, one after the other. */
function sampler(seed: string, spec: DistributionSpec) {
  const draws = new Draws(rootKey(seed), 0);
  const table = prepareDistribution(spec);
  let ordinal = 0;
  return (n: number) =>
    Float64Array.from({ length: n }, () => sample(table, draws.uniform(0, 0, 0, ordinal++)));
}

const FAMILIES: DistributionSpec[] = [
  { kind: "lognormal", mean: 4, cv: 0.5 },
  { kind: "gamma", mean: 4, cv: 0.6 },
  { kind: "weibull", mean: 4, shape: 0.7 },
  { kind: "weibull", mean: 4, shape: 2 },
];

const secondOf = (spec: DistributionSpec) =>
  "cv" in spec ? spec.cv : "shape" in spec ? spec.shape : Number.NaN;

const quantilesOf = (spec?: DistributionSpec) => (spec?.kind === "empirical" ? spec.quantiles : []);

/** Straight lines between quantiles have the mean of their ends. */
const meanBetween = (quantiles: readonly number[]) =>
  quantiles.slice(1).reduce((sum, x, i) => sum + (quantiles[i] + x) / 2, 0) /
  (quantiles.length - 1);

const meanOf = (spec: DistributionSpec) => ("mean" in spec ? spec.mean : Number.NaN);

describe("fits of families", () => {
  /** One to ten and a large one. */
  const few = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 40);
  const [lognormal, gamma, weibull] = fitFamilies(few);
  const logs = Array.from(few, Math.log);
  const n = few.length;
  const meanLog = logs.reduce((sum, x) => sum + x, 0) / n;
  const variance = logs.reduce((sum, x) => sum + (x - meanLog) ** 2, 0) / n;
  const mean = 95 / 11;

  it("lognormal: has its closed form", () => {
    expect(meanOf(lognormal.spec)).toBeCloseTo(Math.exp(meanLog + variance / 2), 12);
    expect(secondOf(lognormal.spec)).toBeCloseTo(Math.sqrt(Math.exp(variance) - 1), 12);
    const density = (x: number) =>
      -Math.log(x) -
      Math.log(2 * Math.PI * variance) / 2 -
      (Math.log(x) - meanLog) ** 2 / 2 / variance;
    expect(lognormal.logLikelihood).toBeCloseTo(
      few.reduce((sum, x) => sum + density(x), 0),
      10,
    );
  });

  it("gamma: solves its likelihood equations", () => {
    const shape = 1 / secondOf(gamma.spec) ** 2;
    expect(meanOf(gamma.spec)).toBeCloseTo(mean, 12);
    expect(Math.log(shape) - digamma(shape)).toBeCloseTo(Math.log(mean) - meanLog, 12);
  });

  it("weibull: solves its likelihood equations", () => {
    const k = secondOf(weibull.spec);
    const powers = Array.from(few, (x) => x ** k);
    const total = powers.reduce((sum, x) => sum + x, 0);
    const weighted = powers.reduce((sum, x, i) => sum + x * logs[i], 0) / total;
    expect(weighted - 1 / k).toBeCloseTo(meanLog, 12);
    // Its distribution function has the scale that belongs to the shape.
    expect(weibull.cdf((total / n) ** (1 / k))).toBeCloseTo(1 - Math.exp(-1), 12);
  });

  it("do not depend on the unit", () => {
    for (const factor of [1e-6, 1e6]) {
      const scaled = fitFamilies(few.map((x) => x * factor));
      [lognormal, gamma, weibull].forEach((fit, i) => {
        expect(meanOf(scaled[i].spec) / meanOf(fit.spec) / factor).toBeCloseTo(1, 10);
        expect(secondOf(scaled[i].spec) / secondOf(fit.spec)).toBeCloseTo(1, 10);
        expect(scaled[i].meanError / fit.meanError / factor).toBeCloseTo(1, 9);
        const shift = -n * Math.log(factor);
        expect(scaled[i].logLikelihood).toBeCloseTo(fit.logLikelihood + shift, 8);
      });
    }
  });

  it("leave out a family whose shape no scenario can say", () => {
    const nearlyEqual = Float64Array.from({ length: 50 }, (_, i) => 1000 + i / 50);
    expect(fitFamilies(nearlyEqual).map((fit) => fit.spec.kind)).toEqual(["lognormal"]);
  });
});

// 300 samples of 2,000. The coverage of exact 95 % intervals has a standard deviation of .0126: a share outside of .90 to .995 is
// a false alarm for one seed in 5,000 each.
describe.each(FAMILIES)("300 samples of %j", (spec) => {
  const draw = sampler("fits", spec);
  const fits = Array.from({ length: 300 }, () => fitDuration(draw(2000)));
  const own = fits.map((fit) => fit?.tried.find((each) => each.spec.kind === spec.kind));
  const shareOf = (holds: (fit: NonNullable<(typeof own)[number]>) => boolean) =>
    own.filter((fit) => fit !== undefined && holds(fit)).length / own.length;

  it("are fitted by their own family, as a rule", () => {
    const picked = fits.filter((fit) => fit?.tried[0].spec.kind === spec.kind).length;
    expect(picked / fits.length).toBeGreaterThanOrEqual(0.9);
  });

  it("give back their mean within its interval", () => {
    const covered = shareOf(
      (fit) => Math.abs(meanOf(fit.spec) - meanOf(spec)) < 1.96 * (fit.meanError ?? 0),
    );
    expect(covered).toBeGreaterThan(0.9);
    expect(covered).toBeLessThan(0.995);
  });

  it("give back their shape within its interval", () => {
    const covered = shareOf(
      (fit) => Math.abs(secondOf(fit.spec) - secondOf(spec)) < 1.96 * (fit.shapeError ?? 0),
    );
    expect(covered).toBeGreaterThan(0.9);
    expect(covered).toBeLessThan(0.995);
  });

  it("exceed the critical distance in about 5 %", () => {
    const exceeding = shareOf((fit) => fit.distance > ksCriticalValue(2000, spec));
    expect(exceeding).toBeGreaterThan(0.005);
    expect(exceeding).toBeLessThan(0.1);
  });
});

describe("what fits best", () => {
  it("is what was observed where no family fits", () => {
    const draw = sampler("two peaks", { kind: "uniform", low: 0, high: 1 });
    const peaks = draw(1000).map((u, i) => (i % 2 === 0 ? 1 : 10) + u);
    const fit = fitDuration(peaks);
    expect(fit?.tried.map((each) => each.spec.kind).sort()).toEqual([
      "empirical",
      "gamma",
      "lognormal",
      "weibull",
    ]);
    const [best] = fit?.tried ?? [];
    expect(best.logLikelihood).toBeNull();
    expect(best.distance).toBeLessThan(0.012);
    const quantiles = quantilesOf(best.spec);
    expect(quantiles).toHaveLength(101);
    expect(meanBetween(quantiles) / (fit?.mean ?? 0)).toBeCloseTo(1, 2);
    // The distribution can be simulated as it is.
    expect(sample(prepareDistribution(best.spec), 0.25)).toBeCloseTo(1.5, 1);
    // Fewer values than a hundred are too few to stand for themselves.
    expect(fitDuration(peaks.subarray(0, 99))?.tried[0].spec.kind).not.toBe("empirical");
  });

  it("keeps the mean of a long tail", () => {
    const draw = sampler("tail", { kind: "pareto", mean: 1, shape: 1.8 });
    const fit = fitDuration(draw(3000));
    const spec = fit?.tried[0].spec;
    expect(spec?.kind).toBe("empirical");
    const quantiles = quantilesOf(spec);
    expect(Math.abs(meanBetween(quantiles) / (fit?.mean ?? 0) - 1)).toBeLessThan(0.02);
  });

  it("is a constant where all values are equal", () => {
    expect(fitDuration(Float64Array.of(3, 3, 3))).toEqual({
      tried: [
        { spec: { kind: "constant", mean: 3 }, meanError: 0, logLikelihood: null, distance: 0 },
      ],
      count: 3,
      mean: 3,
      leftOut: 0,
    });
    expect(fitDuration(Float64Array.of(3))?.tried[0]).not.toHaveProperty("meanError");
  });

  it("is sought among positive values; the others are counted", () => {
    const fit = fitDuration(Float64Array.of(0, -1, Number.NaN, 2, Number.POSITIVE_INFINITY, 1, 4));
    expect(fit).toMatchObject({ count: 3, leftOut: 4, mean: 7 / 3 });
    expect(fitDuration(Float64Array.of(0, -2))).toBeUndefined();
  });
});

describe("the Kolmogorov-Smirnov distance", () => {
  it("is the largest gap on either side of a step", () => {
    const uniform = (x: number) => x;
    expect(ksDistance(Float64Array.of(0.5), uniform)).toBe(0.5);
    expect(ksDistance(Float64Array.of(0.1, 0.2, 0.9), uniform)).toBeCloseTo(2 / 3 - 0.2, 15);
    // Seen from below: nothing up to .8, where the uniform distribution has .8.
    expect(ksDistance(Float64Array.of(0.8, 0.9), uniform)).toBe(0.8);
  });

  it("has Stephens's critical values", () => {
    const lognormal = { kind: "lognormal", mean: 1, cv: 1 } as const;
    // Table 1A of Stephens (1974) for n = 20: .895 / (√20 - .01 + .85 / √20).
    expect(ksCriticalValue(20, lognormal)).toBeCloseTo(0.192, 3);
    // A gamma distribution of a large shape is nearly normal.
    expect(ksCriticalValue(20, { kind: "gamma", mean: 1, cv: 0.01 })).toBeCloseTo(0.192, 3);
  });
});
