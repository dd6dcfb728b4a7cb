import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../src/numerics/distributions.ts";
import { tInterval, wilson } from "../../src/numerics/intervals.ts";
import { NetSums } from "../../src/numerics/netSums.ts";
import { studentQuantile } from "../../src/numerics/quantiles.ts";
import {
  affine,
  difference,
  excess,
  quotient as ofEstimates,
  productOfPowers,
  share,
} from "../../src/numerics/ratios.ts";
import { coverage, netSumsOf } from "./random.ts";

const INFINITY = Number.POSITIVE_INFINITY;

/** mean(i) / mean(j). */
const quotient = (i: number, j: number) => [
  { index: i, power: 1 },
  { index: j, power: -1 },
];

// Student's sleep data (1908): hours of sleep gained with two drugs, ten patients.
const SLEEP = [
  [0.7, 1.9],
  [-1.6, 0.8],
  [-0.2, 1.1],
  [-1.2, 0.1],
  [-0.1, -0.1],
  [3.4, 4.4],
  [3.7, 5.5],
  [0.8, 1.6],
  [0, 4.6],
  [2, 3.4],
];

const positive = fc.double({ min: 0.1, max: 100, noNaN: true });
const pairs = fc.array(fc.tuple(positive, positive), { minLength: 3, maxLength: 30 });

describe("productOfPowers", () => {
  it("has Fieller's bounds: the quotients at which the paired t statistic is at its limit", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const { mean, lo, hi } = productOfPowers(netSumsOf(rows), quotient(0, 1))!;
        const limit = studentQuantile(0.975, rows.length - 1);
        const statistic = (theta: number) => {
          const rest = netSumsOf(rows.map(([x, y]) => [x - theta * y]));
          return Math.abs(rest.mean(0)) / Math.sqrt(rest.covariance(0, 0) / rows.length);
        };
        expect(lo <= mean && mean <= hi).toBe(true);
        if (lo > 1e-6) expect(statistic(lo)).toBeCloseTo(limit, 4);
        if (hi < 1e6) expect(statistic(hi)).toBeCloseTo(limit, 4);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("has inverse bounds for the inverse quotient", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const sums = netSumsOf(rows);
        const { mean, lo, hi } = productOfPowers(sums, quotient(0, 1))!;
        const inverse = productOfPowers(sums, quotient(1, 0))!;
        expect(inverse.mean * mean).toBeCloseTo(1, 10);
        if (hi < 1e6) expect(inverse.lo * hi).toBeCloseTo(1, 6);
        if (lo > 1e-6) expect(inverse.hi * lo).toBeCloseTo(1, 6);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("is Student's interval for a mean over equal numbers of repeats", () => {
    const rows = [12, 30, 17, 22, 25, 9, 14].map((turns) => [turns, 8]);
    const sums = netSumsOf(rows);
    const error = Math.sqrt(sums.covariance(0, 0) / 7) / 8;
    const expected = tInterval(sums.mean(0) / 8, error, 6);
    const interval = productOfPowers(sums, quotient(0, 1))!;
    expect(interval.mean).toBeCloseTo(expected.mean, 12);
    expect(interval.lo).toBeCloseTo(expected.lo, 12);
    expect(interval.hi).toBeCloseTo(expected.hi, 12);
  });

  it("multiplies powers, and scales with the unit of a component", () => {
    const rows = SLEEP.map(([x, y], i) => [x + 4, y + 2, 3 + (i % 3), 8]);
    const factors = [
      { index: 0, power: 1 },
      { index: 1, power: 1 },
      { index: 2, power: -2 },
    ];
    const { mean, lo, hi } = productOfPowers(netSumsOf(rows), factors)!;
    expect(mean).toBeCloseTo((4.75 * 4.33) / 3.9 ** 2, 12);
    const scaled = rows.map(([a, b, c]) => [a, b, c / 10]);
    const interval = productOfPowers(netSumsOf(scaled), factors)!;
    const twice = [factors[0], factors[1], { index: 2, power: -1 }, { index: 2, power: -1 }];
    expect(productOfPowers(netSumsOf(scaled), twice)!.lo).toBeCloseTo(interval.lo, 9);
    expect(productOfPowers(netSumsOf(scaled), twice)!.hi).toBeCloseTo(interval.hi, 9);
    expect(interval.mean / mean).toBeCloseTo(100, 9);
    expect(interval.lo / lo).toBeCloseTo(100, 8);
    expect(interval.hi / hi).toBeCloseTo(100, 8);
  });

  it("is undefined, never a number, for a denominator of 0 and without instances", () => {
    const rows = [
      [1, 0],
      [2, 0],
      [0, 0],
    ];
    expect(productOfPowers(netSumsOf(rows), quotient(0, 1))).toBeUndefined();
    expect(productOfPowers(netSumsOf(rows), quotient(1, 1))).toBeUndefined();
    expect(productOfPowers(new NetSums(2), quotient(0, 1))).toBeUndefined();
  });

  it("bounds a numerator of 0 by 3.689 affected instances", () => {
    const rows = Array.from({ length: 96 }, () => [0, 8]);
    const count = productOfPowers(netSumsOf(rows), quotient(0, 1))!;
    expect([count.mean, count.lo]).toEqual([0, 0]);
    expect(count.hi).toBeCloseTo(3.6889 / 768, 6);
    const failingTogether = productOfPowers(netSumsOf(rows), quotient(0, 1), { unit: 8 })!;
    expect(failingTogether.hi).toBeCloseTo(3.6889 / 96, 6);
    const square = productOfPowers(netSumsOf(rows), [{ index: 0, power: 2 }])!;
    expect(square.hi).toBeCloseTo((3.6889 / 32) ** 2, 5);
  });

  it("adds the uncertainty of the denominator to the bound of a zero numerator", () => {
    const rows = [3, 9, 5, 7, 6].map((x) => [0, x]);
    const low = productOfPowers(netSumsOf(rows), [{ index: 1, power: 1 }])!.lo;
    const { hi } = productOfPowers(netSumsOf(rows), quotient(0, 1))!;
    expect(hi).toBeCloseTo(3.688879454 / 5 / low, 8);
  });

  it("gives no bound on the side of a mean that is not significantly different from 0", () => {
    const rare = [0, 0, 0, 5, 0, 0, 1, 0];
    const frequent = [40, 38, 44, 41, 39, 45, 37, 40];
    const sums = netSumsOf(rare.map((x, i) => [x, frequent[i]]));
    const overRare = productOfPowers(sums, quotient(1, 0))!;
    expect(overRare.hi).toBe(INFINITY);
    expect(overRare.lo).toBeGreaterThan(0);
    expect(overRare.lo).toBeLessThan(overRare.mean);
    const ofRare = productOfPowers(sums, quotient(0, 1))!;
    expect(ofRare.lo).toBe(0);
    expect(ofRare.hi).toBeLessThan(INFINITY);
  });

  it("knows no bound from a single instance", () => {
    const interval = productOfPowers(netSumsOf([[6, 3]]), quotient(0, 1));
    expect(interval).toEqual({ mean: 2, lo: 0, hi: INFINITY });
  });

  it("is exactly 1 for a scenario against itself, however rare its events", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(positive, fc.nat(1)), { minLength: 1 }), (data) => {
        const sums = netSumsOf([[1, 1], ...data].map(([x, y]) => [x * y, x, x * y, x]));
        const one = { mean: 1, lo: 1, hi: 1 };
        const isItself = { isItself: true };
        expect(productOfPowers(sums, quotient(0, 2), isItself)).toEqual(one);
        const factors = [...quotient(0, 1), ...quotient(3, 2)];
        const { lo, mean, hi } = productOfPowers(sums, factors, isItself)!;
        expect(mean).toBeCloseTo(1, 12);
        expect([lo, hi]).toEqual([mean, mean]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("takes what does not vary for a constant only where there are many instances", () => {
    const rows = (count: number) => netSumsOf(Array.from({ length: count }, () => [20, 5]));
    expect(productOfPowers(rows(29), quotient(0, 1))).toEqual({ mean: 4, lo: 0, hi: INFINITY });
    expect(productOfPowers(rows(30), quotient(0, 1))).toEqual({ mean: 4, lo: 4, hi: 4 });
  });

  it("knows no bound from four instances, and one from five", () => {
    const five = [6, 7, 5, 8, 6].map((x) => [x, 2]);
    const { lo, hi } = productOfPowers(netSumsOf(five.slice(1)), quotient(0, 1))!;
    expect([lo, hi]).toEqual([0, INFINITY]);
    expect(productOfPowers(netSumsOf(five), quotient(0, 1))!.hi).toBeLessThan(5);
  });

  it("rejects negative means", () => {
    expect(() => productOfPowers(netSumsOf([[-1, 1]]), quotient(0, 1))).toThrow(/must be >= 0/);
  });

  // Overdispersed Poisson counts that share the instance's difficulty, 8 repeats. Coverage
  // .950-.954; false alarms: 4e-4 a case.
  it.each([
    [10, 0.8],
    [20, 1.2],
    [50, 0.8],
    [200, 0.8],
  ])(
    "has coverage .95 of a quotient of counts (%d instances, spread %d; 2,000 runs)",
    (n, spread) => {
      const covered = coverage(`quotient ${n} ${spread}`, 2000, 10, (random) => {
        const sums = new NetSums(2);
        for (let i = 0; i < n; i++) {
          const difficulty = random.lognormal(spread);
          sums.add(
            Float64Array.of(random.poisson(24 * difficulty), random.poisson(2.4 * difficulty)),
          );
        }
        return productOfPowers(sums, quotient(0, 1));
      });
      expect(covered).toBeGreaterThan(0.93);
      expect(covered).toBeLessThan(0.97);
    },
  );

  // Coverage .957; false alarms: 2e-3.
  it("has coverage .95 of a trace-level amplification of four means (2,000 runs)", () => {
    const factors = [
      { index: 0, power: 1 },
      { index: 1, power: -1 },
      { index: 2, power: -1 },
      { index: 3, power: 1 },
    ];
    const truth = 300 / 0.3 / (40 / 0.5);
    const covered = coverage("trace", 2000, truth, (random) => {
      const sums = new NetSums(4);
      for (let i = 0; i < 100; i++) {
        const size = random.lognormal(0.8);
        sums.add(
          Float64Array.of(
            300 * size * random.lognormal(0.5),
            random.betaBinomial(8, 0.3, 0.44) / 8,
            40 * size * random.lognormal(0.5),
            random.betaBinomial(8, 0.5, 0.44) / 8,
          ),
        );
      }
      return productOfPowers(sums, factors);
    });
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });
});

describe("quotient of differences", () => {
  /** (x - y) / (u - v), each per one. */
  const of = (sums: NetSums) =>
    ofEstimates(sums, excess(sums, 0, 4, 1, 4), excess(sums, 2, 4, 3, 4));
  const any = fc.double({ min: -100, max: 100, noNaN: true });
  const four = fc.array(fc.tuple(any, any, positive, any), { minLength: 5, maxLength: 30 });
  const sumsOf = (rows: readonly (readonly number[])[]) =>
    netSumsOf(rows.map((row) => [...row, 1]));

  it("has Fieller's bounds, and none where the denominator does not differ from 0", () => {
    fc.assert(
      fc.property(four, (rows) => {
        const limit = studentQuantile(0.975, rows.length - 1);
        const statistic = (weights: readonly number[]) => {
          const rest = netSumsOf(
            rows.map((row) => [weights.reduce((s, w, i) => s + w * row[i], 0)]),
          );
          return Math.abs(rest.mean(0)) / Math.sqrt(rest.covariance(0, 0) / rows.length);
        };
        const interval = of(sumsOf(rows));
        const mean = (i: number) => netSumsOf(rows.map((row) => [row[i]])).mean(0);
        if (mean(2) - mean(3) <= 0) {
          expect(interval).toBeUndefined();
          return;
        }
        const { lo, hi } = interval!;
        const isTold = statistic([0, 0, 1, -1]) > limit;
        if (Math.abs(statistic([0, 0, 1, -1]) - limit) > 1e-6) expect(hi < INFINITY).toBe(isTold);
        if (Math.abs(lo) < 1e6) expect(statistic([1, -1, -lo, lo])).toBeCloseTo(limit, 4);
        if (Math.abs(hi) < 1e6) expect(statistic([1, -1, -hi, hi])).toBeCloseTo(limit, 4);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("is the quotient of means where what is taken off is 0", () => {
    const rows = [12, 30, 17, 22, 25, 9, 14].map((x, i) => [x, 0, 8 + (i % 3), 0]);
    const plain = productOfPowers(sumsOf(rows), quotient(0, 2))!;
    const { mean, lo, hi } = of(sumsOf(rows))!;
    expect(mean).toBeCloseTo(plain.mean, 12);
    expect(lo).toBeCloseTo(plain.lo, 10);
    expect(hi).toBeCloseTo(plain.hi, 10);
  });

  it("takes what does not vary for a constant only where there are many instances", () => {
    const rows = (count: number) => sumsOf(Array.from({ length: count }, () => [20, 5, 7, 2]));
    expect(of(rows(29))).toEqual({ mean: 3, lo: -INFINITY, hi: INFINITY });
    expect(of(rows(30))).toEqual({ mean: 3, lo: 3, hi: 3 });
  });

  it("knows no bound from four instances", () => {
    const rows = [6, 7, 5, 8].map((x) => [x, 1, 3, 1]);
    expect(of(sumsOf(rows))?.hi).toBe(INFINITY);
  });
});

describe("share", () => {
  it("tends to Wilson's interval where instances are independent and not repeated", () => {
    // Nets of 400 instances vary as they would if each drew by itself: their successes have the variance p q n.
    const n = 400;
    const deviation = Math.sqrt((n * 0.25 * 0.75 * 31) / 32);
    const rows = Array.from({ length: 32 * n }, (_, i) => [
      0.25 + (i % 2 === 0 ? deviation : -deviation) / n,
      1,
    ]);
    const interval = share(netSumsOf(rows), 0, 1)!;
    const expected = wilson((32 * n) / 4, 32 * n);
    const wider = studentQuantile(0.975, 31) / normalQuantile(0.975);
    expect(interval.mean).toBeCloseTo(0.25, 9);
    expect((interval.hi - interval.lo) / (expected.hi - expected.lo) / wider).toBeCloseTo(1, 3);
  });

  it("counts instances as the trials where all of them agree", () => {
    const rows = Array.from({ length: 40 }, () => [8, 8]);
    const interval = share(netSumsOf(rows), 0, 1)!;
    // Less what few nets say of their variance.
    expect(interval.lo).toBeLessThan(wilson(40, 40).lo);
    expect(interval.lo).toBeGreaterThan(wilson(35, 35).lo);
    expect(interval.hi).toBe(1);
    expect(share(netSumsOf([[0, 8]]), 0, 1)!.hi).toBeCloseTo(wilson(0, 1).hi, 10);
  });

  it("pools instances of unequal size", () => {
    const rows = [
      [8, 8],
      [4, 8],
      [1, 2],
    ];
    expect(share(netSumsOf(rows), 0, 1)!.mean).toBeCloseTo(13 / 18, 12);
  });

  it("finds no spread in instances of unequal size and equal share", () => {
    const rows = Array.from({ length: 60 }, (_, i) => [1 + (i % 7), 2 * (1 + (i % 7))]);
    const trials = rows.reduce((sum, [, n]) => sum + n, 0);
    const { lo, hi } = share(netSumsOf(rows), 0, 1)!;
    const independent = wilson(trials / 2, trials);
    expect(hi - lo).toBeLessThan((independent.hi - independent.lo) / 2);
    expect(hi).toBeGreaterThan(lo);
  });

  it("is undefined without trials, and rejects more successes than trials", () => {
    expect(share(netSumsOf([[0, 0]]), 0, 1)).toBeUndefined();
    expect(share(new NetSums(2), 0, 1)).toBeUndefined();
    expect(() => share(netSumsOf([[3, 2]]), 0, 1)).toThrow(RangeError);
  });

  // Coverage .942-.950; false alarms: 4e-5 a case.
  it.each([
    [10, 0.5],
    [30, 0.5],
    [100, 0.5],
    [100, 0.9],
  ])("has coverage .95 of beta-binomial shares (%d instances, p = %d; 2,000 runs)", (n, p) => {
    const covered = coverage(`share ${n} ${p}`, 2000, p, (random) => {
      const sums = new NetSums(2);
      for (let i = 0; i < n; i++) sums.add(Float64Array.of(random.betaBinomial(8, p, 0.44), 8));
      return share(sums, 0, 1);
    });
    expect(covered).toBeGreaterThan(0.92);
    expect(covered).toBeLessThan(0.97);
  });

  // Coverage .958; false alarms: 5e-5.
  it("does not miss rare shares, where the spread between instances is unknown (2,000 runs)", () => {
    const covered = coverage("rare", 2000, 0.03, (random) => {
      const sums = new NetSums(2);
      for (let i = 0; i < 30; i++) sums.add(Float64Array.of(random.betaBinomial(8, 0.03, 0.44), 8));
      return share(sums, 0, 1);
    });
    expect(covered).toBeGreaterThan(0.94);
  });
});

describe("difference", () => {
  it("gives the paired interval of Student's sleep data", () => {
    const interval = difference(netSumsOf(SLEEP), 1, 0)!;
    expect(interval.mean).toBeCloseTo(1.58, 12);
    expect(interval.lo).toBeCloseTo(0.7001142, 6);
    expect(interval.hi).toBeCloseTo(2.4598858, 6);
  });

  it("divides by the mean of a third component", () => {
    const rows = SLEEP.map(([x, y]) => [x, y, 4]);
    const interval = difference(netSumsOf(rows), 1, 0, { per: 2 })!;
    expect(interval.mean).toBeCloseTo(1.58 / 4, 12);
    expect(interval.lo).toBeCloseTo(0.7001142 / 4, 6);
    expect(difference(netSumsOf([[1, 2, 0]]), 1, 0, { per: 2 })).toBeUndefined();
  });

  it("is a constant where the difference is the same in every repeat of unequal instances", () => {
    const rows = [...Array(29).fill(8), 3].map((repeats, i) => [i + 2 * repeats, i, repeats]);
    const { mean, lo, hi } = difference(netSumsOf(rows), 0, 1, { per: 2 })!;
    for (const bound of [mean, lo, hi]) expect(bound).toBeCloseTo(2, 6);
  });

  it("is no constant where few instances have the same difference", () => {
    const rows = [8, 8, 8, 8, 8, 3].map((repeats, i) => [i + 2 * repeats, i, repeats]);
    const { mean, lo, hi } = difference(netSumsOf(rows), 0, 1, { per: 2 })!;
    expect(mean).toBeCloseTo(2, 12);
    expect([lo, hi]).toEqual([-INFINITY, INFINITY]);
  });

  it("is exactly 0 of a scenario to itself", () => {
    const sums = netSumsOf([[5, 5]]);
    expect(difference(sums, 0, 1, { isItself: true })).toEqual({ mean: 0, lo: 0, hi: 0 });
  });

  it("of shares adds to the variance what was not seen to vary", () => {
    const rows = [8, 0, 4, 8, 6, 2].map((x, i) => [x, [4, 0, 4, 8, 0, 3][i], 8]);
    const differences = rows.map(([x, y]) => (x - y) / 8);
    const mean = differences.reduce((sum, d) => sum + d) / 6;
    // 28 and 19 of 48 succeed: 20 failures and 19 successes are the rarer ones.
    const squares = differences.reduce((sum, d) => sum + (d - mean) * (d - mean), 0) + 0.5 / 21;
    const half = studentQuantile(0.975, 5) * Math.sqrt(squares / 6 / 6);
    const interval = difference(netSumsOf(rows), 0, 1, { per: 2, isShare: true })!;
    expect(interval.mean).toBeCloseTo(mean, 12);
    expect(interval.lo).toBeCloseTo(mean - half, 12);
    expect(interval.hi).toBeCloseTo(mean + half, 12);
  });

  it("of shares never collapses, and stays within -1 and 1", () => {
    const alike = Array.from({ length: 8 }, () => [8, 8, 8]);
    for (const count of [1, 2, 3, 8]) {
      const options = { per: 2, isShare: true };
      const { lo, hi } = difference(netSumsOf(alike.slice(0, count)), 0, 1, options)!;
      expect(hi).toBeGreaterThan(0.19);
      expect(hi).toBeLessThanOrEqual(1);
      expect(lo).toBeCloseTo(-hi, 12);
    }
  });

  it("bounds nothing from a single instance and is undefined without", () => {
    expect(difference(netSumsOf([[5, 2]]), 0, 1)).toEqual({ mean: 3, lo: -INFINITY, hi: INFINITY });
    expect(difference(new NetSums(2), 0, 1)).toBeUndefined();
  });

  // Coverage .949; false alarms: 1e-4.
  it("has coverage .95 (100 instances of paired counts, 2,000 runs)", () => {
    const covered = coverage("difference", 2000, 1, (random) => {
      const sums = new NetSums(3);
      for (let i = 0; i < 100; i++) {
        const difficulty = random.lognormal(0.4);
        sums.add(
          Float64Array.of(random.poisson(24 * difficulty), random.poisson(16 * difficulty), 8),
        );
      }
      return difference(sums, 0, 1, { per: 2 });
    });
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });
});

describe("affine", () => {
  const ratio = { mean: 3, lo: 2, hi: INFINITY };

  it("maps a ratio of turns to overhead in percent", () => {
    expect(affine(ratio, 100, -100)).toEqual({ mean: 200, lo: 100, hi: INFINITY });
  });

  it("swaps the bounds for a negative scale, as in absorption", () => {
    expect(affine(ratio, -1, 1)).toEqual({ mean: -2, lo: -INFINITY, hi: -1 });
  });

  it("keeps an undefined estimate, and rejects a scale of 0", () => {
    expect(affine(undefined, 100, -100)).toBeUndefined();
    expect(() => affine(ratio, 0, 1)).toThrow(/not 0/);
  });
});
