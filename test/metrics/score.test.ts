import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Clear,
  composites,
  costNormalisedAccuracy,
  costPerSuccess,
  EQUAL_WEIGHTS,
  lowerIsBetter,
  paretoFront,
  type Weights,
} from "../../src/metrics/score.ts";
import { midRanks, spearman, spearmanInterval } from "../../src/numerics/ranks.ts";

const agent = (
  cost: number,
  latency: number,
  efficacy: number,
  assurance: number | null = 1,
  reliability = 1,
): Clear => ({ cost, latency, efficacy, assurance, reliability });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const amount = fc.integer({ min: 1, max: 100 });
const agents = fc.array(
  fc.record({
    cost: amount,
    latency: amount,
    efficacy: share,
    assurance: share,
    reliability: share,
  }),
  { minLength: 1, maxLength: 12 },
);

describe("ratios of cost and efficacy", () => {
  test("are percent for a dollar and dollars for a success", () => {
    expect(costNormalisedAccuracy(0.5, 2)).toBe(25);
    expect(costPerSuccess(2, 0.5)).toBe(4);
  });

  test("are nothing where they divide by 0", () => {
    expect(costNormalisedAccuracy(0.5, 0)).toBeNull();
    expect(costPerSuccess(2, 0)).toBeNull();
  });
});

describe("normalisation", () => {
  test("min-max gives the least 1, the most 0, and proportion between", () => {
    expect(lowerIsBetter([1, 2, 5])).toEqual([1, 0.75, 0]);
  });

  test("best gives the least over the own", () => {
    expect(lowerIsBetter([1, 2, 5], "best")).toEqual([1, 0.5, 0.2]);
  });

  test("all have 1 where all are equal, and nothing may be negative", () => {
    expect(lowerIsBetter([3, 3])).toEqual([1, 1]);
    expect(lowerIsBetter([0, 0], "best")).toEqual([1, 1]);
    expect(() => lowerIsBetter([1, -1])).toThrow(/must be finite and >= 0$/);
  });
});

describe("the composite", () => {
  test("is the weighted mean of the normalised dimensions", () => {
    const set = [agent(1, 10, 0.5, 0.8, 0.3), agent(3, 20, 0.9, 0.6, 0.7)];
    const [cheap, dear] = composites(set);
    expect(cheap).toBeCloseTo((1 + 1 + 0.5 + 0.8 + 0.3) / 5, 12);
    expect(dear).toBeCloseTo((0 + 0 + 0.9 + 0.6 + 0.7) / 5, 12);
    const [only] = composites(set, { ...EQUAL_WEIGHTS, cost: 0, latency: 0, assurance: 0 });
    expect(only).toBeCloseTo((0.5 + 0.3) / 2, 12);
  });

  test("lies within 0 and 1, whatever the scale of weights, costs and latencies", () => {
    fc.assert(
      fc.property(agents, amount, amount, (set, factor, weight) => {
        const scores = composites(set) as number[];
        const weights = Object.fromEntries(
          Object.keys(EQUAL_WEIGHTS).map((name) => [name, weight]),
        ) as Weights;
        const scaled = set.map((one) => ({
          ...one,
          cost: one.cost * factor,
          latency: one.latency * factor,
        }));
        for (const [i, score] of composites(scaled, weights).entries())
          expect(score).toBeCloseTo(scores[i], 6);
        for (const score of scores) expect(score >= 0 && score <= 1 + 1e-12).toBe(true);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("is nothing where a dimension that counts is missing; the others stand without it", () => {
    const set = [agent(1, 1, 0.5), agent(9, 1, 0.5, null), agent(2, 1, 0.5)];
    const [first, none, last] = composites(set);
    expect(none).toBeNull();
    expect(first).toBeGreaterThan(last as number);
    expect([first, last]).toEqual(composites([set[0], set[2]]));
    expect(composites(set, { ...EQUAL_WEIGHTS, assurance: 0 })).not.toContain(null);
  });

  test.each([
    [{ ...EQUAL_WEIGHTS, cost: -1 }, /must be finite and >= 0$/],
    [{ ...EQUAL_WEIGHTS, cost: Number.NaN }, /must be finite and >= 0$/],
    [{ cost: 0, latency: 0, efficacy: 0, assurance: 0, reliability: 0 }, /must be above 0$/],
  ])("refuses weights %o", (weights, message) => {
    expect(() => composites([agent(1, 1, 1)], weights)).toThrow(message);
  });
});

describe("the Pareto front", () => {
  test("has who is not beaten in both, and equals together", () => {
    const set = [agent(1, 0, 0.5), agent(2, 0, 0.5), agent(2, 0, 0.7), agent(1, 0, 0.5)];
    expect(paretoFront(set)).toEqual([true, false, true, true]);
  });

  test("is never empty, and nobody on it is beaten", () => {
    fc.assert(
      fc.property(agents, (set) => {
        const front = paretoFront(set);
        expect(front).toContain(true);
        const onIt = set.filter((_, i) => front[i]);
        for (const a of set)
          for (const b of onIt) expect(a.cost < b.cost && a.efficacy >= b.efficacy).toBe(false);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe("rank correlation", () => {
  test("equal values share their mean rank", () => {
    expect([...midRanks([10, 30, 10, 20])]).toEqual([1.5, 4, 1.5, 3]);
  });

  test("is 1 - 6 Σd² / (n (n² - 1)) without ties", () => {
    expect(spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).toBeCloseTo(1 - (6 * 4) / (5 * 24), 12);
  });

  test("asks for order alone, and its sign turns with it", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 20 }),
        (x) => {
          const y = x.map((value) => (value * 7919) % 101);
          const rho = spearman(x, y) as number;
          expect(spearman(x.map(Math.exp), y)).toBeCloseTo(rho, 12);
          expect(
            spearman(
              x.map((value) => -value),
              y,
            ),
          ).toBeCloseTo(-rho, 12);
          expect(spearman(x, x)).toBeCloseTo(1, 12);
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  test("is nothing where one does not vary, and needs pairs", () => {
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeUndefined();
    expect(() => spearman([1], [1, 2])).toThrow(RangeError);
  });

  test("the interval holds the estimate, and narrows with the number of pairs", () => {
    const uniform = (a: number, b: number) => ((a * 7919 + b * 104_729 + 1) % 99_991) / 99_991;
    const width = (n: number) => {
      const x = Array.from({ length: n }, (_, i) => i);
      const y = x.map((value) => value + n * uniform(3, value));
      const interval = spearmanInterval(x, y, uniform, 400);
      if (interval === undefined) throw new Error("must have a value");
      expect(interval.lo).toBeLessThan(interval.mean);
      expect(interval.hi).toBeGreaterThan(interval.mean);
      return interval.hi - interval.lo;
    };
    expect(width(400)).toBeLessThan(width(25) / 2);
  });
});
