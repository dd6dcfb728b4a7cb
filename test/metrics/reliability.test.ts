import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Reliability } from "../../src/metrics/reliability.ts";
import { wilson } from "../../src/numerics/intervals.ts";
import { coverage } from "../numerics/random.ts";

type Instance = readonly [successes: number, repeats: number];

function reliabilityOf(instances: readonly Instance[]): Reliability {
  const reliability = new Reliability();
  for (const [successes, repeats] of instances) reliability.add(successes, repeats);
  return reliability;
}

const instance = fc
  .tuple(fc.nat(), fc.integer({ min: 1, max: 10 }))
  .map(([seed, repeats]): Instance => [seed % (repeats + 1), repeats]);
const instances = fc.array(instance, { maxLength: 60 });

describe("Reliability", () => {
  it("gives the published pass^k of τ-bench airline (gpt-4o, 50 tasks × 4 trials)", () => {
    const reliability = new Reliability();
    [14, 12, 10, 4, 10].forEach((tasks, successes) => {
      for (let i = 0; i < tasks; i++) reliability.add(successes, 4);
    });
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
    const { lo } = wilson(30, 30);
    for (const k of [1, 4, 8]) {
      expect(perfect.estimate(k)!.mean).toBe(1);
      expect(perfect.estimate(k)!.hi).toBe(1);
      expect(perfect.estimate(k)!.lo).toBeCloseTo(lo, 10);
    }
  });

  it("is Wilson's interval over instances at k = all repeats, where every outcome is 0 or 1", () => {
    const mixed = reliabilityOf(Array.from({ length: 40 }, (_, i): Instance => [8 - (i % 4), 8]));
    const expected = wilson(10, 40);
    const { mean, lo, hi } = mixed.estimate(8)!;
    expect([mean, lo, hi].map((x) => x.toFixed(9))).toEqual(
      [expected.mean, expected.lo, expected.hi].map((x) => x.toFixed(9)),
    );
  });

  it("merges to the same bytes in any order, also from other threads", () => {
    fc.assert(
      fc.property(instances, instances, instances, (a, b, c) => {
        const whole = JSON.stringify(reliabilityOf([...a, ...b, ...c]).pack());
        for (const order of [
          [a, b, c],
          [c, a, b],
          [b, c, a],
        ]) {
          const merged = new Reliability();
          for (const part of order) {
            merged.merge(Reliability.unpack(structuredClone(reliabilityOf(part).pack())));
          }
          expect(JSON.stringify(merged.pack())).toBe(whole);
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  // Coverage .950-.952; false alarms: 1e-4 a case.
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
    const share = coverage(`pass ${p} ${k}`, 2000, truth, (random) => {
      const reliability = new Reliability();
      for (let i = 0; i < 100; i++) reliability.add(random.betaBinomial(8, p, icc), 8);
      return reliability.estimate(k);
    });
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.97);
  });

  it("rejects impossible instances and k", () => {
    const reliability = new Reliability();
    expect(() => reliability.add(3, 2)).toThrow(/successes <= repeats/);
    expect(() => reliability.add(-1, 2)).toThrow(RangeError);
    expect(() => reliability.add(0.5, 2)).toThrow(/integers/);
    expect(() => reliability.estimate(0)).toThrow(/must be an integer >= 1/);
  });
});
