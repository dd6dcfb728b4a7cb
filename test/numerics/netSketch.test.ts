import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectiveSampleSize, rarer } from "../../src/numerics/intervals.ts";
import { NetSketch } from "../../src/numerics/netSketch.ts";
import { NETS } from "../../src/numerics/nets.ts";
import { Sketch } from "../../src/numerics/sketch.ts";
import { coverage, type Random } from "./random.ts";

/** Numbers of every instance. */
type Instances = readonly (readonly number[])[];

function sketchOf(instances: Instances, first = 0): NetSketch {
  const sketch = new NetSketch();
  for (const [i, numbers] of instances.entries()) {
    sketch.add(first + i, Float64Array.from(numbers));
    sketch.close();
  }
  return sketch;
}

function plainOf(numbers: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const x of numbers) sketch.add(x);
  return sketch;
}

/** A permutation of 1 … 210, or the beginning of it. */
const mixed = (n: number) => Array.from({ length: n }, (_, i) => ((i + 1) * 73) % 211);

const numbers = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { maxLength: 9 });
const instances = fc.array(numbers, { maxLength: 70 });

describe("NetSketch", () => {
  it("takes the share of numbers below a quantile for a share over nets", () => {
    // Nets of one number: each is below or above.
    const few = mixed(20);
    for (const q of [0.2, 0.5]) {
      const below = few.filter((x) => x <= (plainOf(few).quantile(q) as number)).length;
      const share = below / 20;
      const size = { nets: 20, instances: 20, trials: 20 };
      const worth = effectiveSampleSize(share, 20 * share * (1 - share), size);
      expect(rarer(share, size)).toBeGreaterThan(0);
      const expected = plainOf(few).quantileInterval(q, worth);
      expect(sketchOf(few.map((x) => [x])).estimate(q)).toEqual(expected);
    }
  });

  it("learns nothing more from the same number eight times", () => {
    const once = mixed(200);
    for (const q of [0.2, 0.5, 0.95]) {
      const single = sketchOf(once.map((x) => [x])).estimate(q)!;
      const eightfold = sketchOf(once.map((x) => Array<number>(8).fill(x))).estimate(q)!;
      expect(eightfold.mean).toBe(single.mean);
      // The numbers of events differ, and so does what is added for the variance that was not seen: by a rank at most.
      expect(Math.abs(eightfold.lo - single.lo)).toBeLessThan(3);
      expect(Math.abs(eightfold.hi - single.hi)).toBeLessThan(3);
    }
  });

  it("takes nets that are all alike for more than independent numbers", () => {
    const all = mixed(210);
    const alike = Array.from({ length: NETS }, () => all);
    const width = ({ lo, hi }: { lo: number; hi: number }) => hi - lo;
    const independent = plainOf(alike.flat()).quantileInterval(0.5)!;
    expect(width(sketchOf(alike).estimate(0.5)!)).toBeLessThan(width(independent) / 2);
  });

  it("does not depend on the order of numbers, instances and merges, nor on the thread", () => {
    fc.assert(
      fc.property(instances, instances, (a, b) => {
        const whole = JSON.stringify(sketchOf([...a, ...b]).pack());
        const merged = new NetSketch();
        merged.mergePacked(structuredClone(sketchOf(b, a.length).pack()));
        merged.mergePacked(sketchOf(a).pack());
        expect(JSON.stringify(merged.pack())).toBe(whole);
        expect(merged.count).toBe([...a, ...b].flat().length);
        const backwards = new NetSketch();
        for (let i = a.length - 1; i >= 0; i--) {
          backwards.add(i, Float64Array.from(a[i].toReversed()));
          backwards.close();
        }
        expect(JSON.stringify(backwards.pack())).toBe(JSON.stringify(sketchOf(a).pack()));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("holds the quantile, also with instances of unequal size and empty ones", () => {
    fc.assert(
      fc.property(instances, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (all, q) => {
        const estimate = sketchOf(all).estimate(q);
        const pooled = all.flat();
        if (pooled.length === 0) {
          expect(estimate).toBeUndefined();
        } else {
          expect(estimate!.mean).toBe(plainOf(pooled).quantile(q));
          expect(estimate!.lo <= estimate!.mean && estimate!.mean <= estimate!.hi).toBe(true);
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("reads as many numbers as it is told, in one part or in several", () => {
    const sketch = new NetSketch();
    sketch.add(0, Float64Array.of(5, 99), 1);
    sketch.add(0, Int32Array.of(4, 98), 1);
    sketch.close();
    expect(sketch.pack()).toEqual(sketchOf([[4, 5]]).pack());
  });

  it("forgets", () => {
    const sketch = sketchOf([[4, 5], [3]]);
    sketch.clear();
    expect([sketch.count, sketch.estimate(0.5)]).toEqual([0, undefined]);
    sketch.mergePacked(sketchOf([[7]]).pack());
    expect(sketch.estimate(0.5)).toEqual(sketchOf([[7]]).estimate(0.5));
  });

  // Lognormal numbers whose logarithms have an intraclass correlation of .44. Coverage .957-.960 (over 20,000 runs); false
  // alarms: 1e-5 a case.
  it.each([
    ["equal", 0.5, () => 8],
    ["equal", 0.95, () => 8],
    ["unequal", 0.5, (random: Random) => Math.floor(16 * random.uniform())],
  ])("has coverage .95 with instances of %s size (q = %d, 1,000 runs)", (kind, q, size) => {
    const truth = q === 0.5 ? 1 : Math.exp(1.6448536269514722);
    const drawn = new Float64Array(16);
    const share = coverage(`nets ${kind} ${q}`, 1000, truth, (random) => {
      const sketch = new NetSketch();
      for (let i = 0; i < 200; i++) {
        const r = size(random);
        const common = Math.sqrt(0.44) * random.normal();
        for (let k = 0; k < r; k++) drawn[k] = Math.exp(common + Math.sqrt(0.56) * random.normal());
        sketch.add(i, drawn, r);
        sketch.close();
      }
      return sketch.estimate(q);
    });
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.99);
  });
});
