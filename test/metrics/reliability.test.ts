import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Reliability } from "../../src/metrics/reliability.ts";
import { wilson } from "../../src/numerics/intervals.ts";
import { share } from "../../src/numerics/ratios.ts";
import { coverage, netSumsOf } from "../numerics/random.ts";

type Instance = readonly [successes: number, repeats: number];

function reliabilityOf(instances: readonly Instance[]): Reliability {
  const reliability = new Reliability();
  for (const [i, [successes, repeats]] of instances.entries())
    reliability.add(i, successes, repeats);
  return reliability;
}

const instance = fc
  .tuple(fc.nat(), fc.integer({ min: 1, max: 10 }))
  .map(([seed, repeats]): Instance => [seed % (repeats + 1), repeats]);
const instances = fc.array(instance, { maxLength: 60 });

describe("Reliability", () => {
  it("gives the published pass^k of τ-bench airline (gpt-4o, 50 tasks × 4 trials)", () => {
    const reliability = reliabilityOf(
      [14, 12, 10, 4, 10].flatMap((tasks, successes) =>
        Array.from({ length: tasks }, (): Instance => [successes, 4]),
      ),
    );
    const exact = [84 / 200, (10 / 6 + 4 / 2 + 10) / 50, (4 / 4 + 10) / 50, 10 / 50];
    const published = [0.42, 0.273, 0.22, 0.2];
    for (let k = 1; k <= 4; k++) {
      const { mean, lo, hi } = reliability.estimate(k)!;
      expect(mean).toBeCloseTo(exact[k - 1], 14);
      expect(Math.round(mean * 1000) / 1000).toBe(published[k - 1]);
      expect(lo).toBeLessThan(mean);
      expect(hi).toBeGreaterThan(mean);
    }
    expect(reliability.estimate(5)).toBeUndefined();
  });

  it("is the share of all k-subsets of the repeats that succeed", () => {
    const outcomes = [true, false, true, true, false, true];
    const reliability = reliabilityOf([[4, 6]]);
    for (let k = 1; k <= 6; k++) {
      let subsets = 0;
      let passing = 0;
      for (let mask = 0; mask < 64; mask++) {
        const chosen = outcomes.filter((_, i) => (mask >> i) & 1);
        if (chosen.length !== k) continue;
        subsets++;
        if (chosen.every(Boolean)) passing++;
      }
      expect(reliability.estimate(k)!.mean).toBeCloseTo(passing / subsets, 14);
    }
  });

  it("does not rise with k where all instances have the same number of repeats", () => {
    const same = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(same, (successes) => {
        const reliability = reliabilityOf(successes.map((c) => [c, 8]));
        let previous = 1;
        for (let k = 1; k <= 8; k++) {
          const { mean, lo, hi } = reliability.estimate(k)!;
          expect(mean).toBeLessThanOrEqual(previous + 1e-12);
          expect(0 <= lo && lo <= mean && mean <= hi && hi <= 1).toBe(true);
          previous = mean;
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("averages over the instances with at least k repeats", () => {
    const reliability = reliabilityOf([
      [2, 2],
      [3, 6],
    ]);
    expect(reliability.estimate(1)!.mean).toBeCloseTo(0.75, 14);
    expect(reliability.estimate(3)!.mean).toBeCloseTo(1 / 20, 14);
  });

  it("takes instances as the trials where all of them agree", () => {
    const perfect = reliabilityOf(Array.from({ length: 30 }, (): Instance => [8, 8]));
    for (const k of [1, 4, 8]) {
      expect(perfect.estimate(k)!.mean).toBe(1);
      expect(perfect.estimate(k)!.hi).toBe(1);
      // Less what 30 nets say of their variance, which is not very well known.
      expect(perfect.estimate(k)!.lo).toBeLessThan(wilson(30, 30).lo);
      expect(perfect.estimate(k)!.lo).toBeGreaterThan(wilson(26, 26).lo);
    }
  });

  it("is the interval of a share at k = all repeats, where every outcome is 0 or 1", () => {
    // Shares of unequal nets: instances 0 to 7 are the second of their net.
    const successes = Array.from({ length: 40 }, (_, i) => 8 - (i % 3));
    const all = reliabilityOf(successes.map((c): Instance => [c, 8])).estimate(8)!;
    const expected = share(netSumsOf(successes.map((c) => [c === 8 ? 1 : 0, 1])), 0, 1)!;
    for (const side of ["mean", "lo", "hi"] as const)
      expect(all[side]).toBeCloseTo(expected[side], 12);
  });

  it("knows more where nets agree", () => {
    // Each net has one instance of 8 successes and one of 4: a net is like all others.
    const spread = Array.from({ length: 64 }, (_, i): Instance => [i < 32 ? 8 : 4, 8]);
    const mixed = Array.from({ length: 64 }, (_, i): Instance => [i % 2 === 0 ? 8 : 4, 8]);
    const width = (of: Instance[]) => {
      const { lo, hi } = reliabilityOf(of).estimate(1)!;
      return hi - lo;
    };
    expect(width(spread)).toBeLessThan(width(mixed) / 2);
  });

  it("does not depend on the order in which instances are added", () => {
    fc.assert(
      fc.property(instances, fc.integer({ min: 1, max: 10 }), (all, k) => {
        const backwards = new Reliability();
        for (let i = all.length - 1; i >= 0; i--) backwards.add(i, ...all[i]);
        expect(backwards.estimate(k)).toEqual(reliabilityOf(all).estimate(k));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  // Coverage .948-.951; false alarms: 3e-4 a case.
  it.each([
    [0.6, 1],
    [0.6, 4],
    [0.6, 8],
    [0.9, 2],
  ])("has coverage .95 for beta-binomial instances (p = %d, k = %d; 2,000 runs)", (p, k) => {
    const icc = 0.44;
    const weight = (1 - icc) / icc;
    let truth = 1;
    for (let i = 0; i < k; i++) truth *= (p * weight + i) / (weight + i);
    const covered = coverage(`pass ${p} ${k}`, 2000, truth, (random) => {
      const reliability = new Reliability();
      for (let i = 0; i < 100; i++) reliability.add(i, random.betaBinomial(8, p, icc), 8);
      return reliability.estimate(k);
    });
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });

  it("rejects impossible instances and k", () => {
    const reliability = new Reliability();
    expect(() => reliability.add(0, 3, 2)).toThrow(/successes <= repeats/);
    expect(() => reliability.add(0, -1, 2)).toThrow(RangeError);
    expect(() => reliability.add(0, 0.5, 2)).toThrow(/integers/);
    expect(() => reliability.estimate(0)).toThrow(/must be an integer >= 1/);
  });
});
