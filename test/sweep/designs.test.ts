// The designs by the properties that define them, and by points that are published.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rootKey } from "../../src/numerics/draws.ts";
import { latinHypercube } from "../../src/numerics/latinHypercube.ts";
import { MAX_DIMENSIONS, sobol } from "../../src/numerics/sobol.ts";
import {
  listed,
  type Range,
  spaced,
  spacedWhole,
  wholeNumbers,
} from "../../src/sweep/designs/axes.ts";
import { checkSize, DesignTooLargeError } from "../../src/sweep/designs/design.ts";
import { gridDesign } from "../../src/sweep/designs/grid.ts";
import { pointsDesign } from "../../src/sweep/designs/points.ts";
import { latinHypercubeDesign, sobolDesign } from "../../src/sweep/designs/unitCube.ts";
import { zipDesign } from "../../src/sweep/designs/zip.ts";

const unit: Range = { kind: "range", from: 0, to: 1, scale: "linear" };
const pointsOf = ({ count, pointAt }: ReturnType<typeof gridDesign>) =>
  Array.from({ length: count }, (_, i) => pointAt(i));
/** The rows of width 1 / size that values in [0, 1) fall in, in order. */
const rowsOf = (values: readonly number[], size: number) =>
  values.map((value) => Math.floor(value * size)).sort((a, b) => a - b);
const range = (length: number) => Array.from({ length }, (_, i) => i);

describe("grid", () => {
  test("has every combination, the last axis fastest", () => {
    expect(pointsOf(gridDesign([listed([1, 2]), listed(["a", "b", "c"])]))).toEqual([
      [1, "a"],
      [1, "b"],
      [1, "c"],
      [2, "a"],
      [2, "b"],
      [2, "c"],
    ]);
  });

  test("has one point a combination", () => {
    const counts = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });
    fc.assert(
      fc.property(counts, (lengths) => {
        const design = gridDesign(lengths.map((count) => wholeNumbers(1, count)));
        const points = pointsOf(design).map((point) => point.join());
        expect(design.count).toBe(lengths.reduce((product, n) => product * n, 1));
        expect(new Set(points).size).toBe(design.count);
        const inOrder = points.toSorted();
        expect(points).toEqual(inOrder);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test("of a thousand million points takes no memory", () => {
    const axes = [wholeNumbers(1, 1e5), spaced(unit, 1e4)];
    const design = gridDesign(axes);
    expect(design.count).toBe(1e9);
    expect(design.pointAt(0)).toEqual([1, 0]);
    expect(design.pointAt(1e9 - 1)).toEqual([1e5, 1]);
    expect(design.pointAt(1e4)).toEqual([2, 0]);
  });
});

describe("zip", () => {
  test("goes forward on all axes together", () => {
    expect(pointsOf(zipDesign([listed([1, 2]), listed(["a", "b"])]))).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
  });

  test("refuses axes of unequal lengths", () => {
    expect(() => zipDesign([listed([1, 2]), listed([1])])).toThrow(RangeError);
  });
});

test("points are as listed", () => {
  expect(
    pointsOf(
      pointsDesign([
        [1, "a"],
        [3, "b"],
      ]),
    ),
  ).toEqual([
    [1, "a"],
    [3, "b"],
  ]);
});

describe("Latin hypercube", () => {
  test("has exactly one point in every row of every dimension", () => {
    const shape = fc.record({
      size: fc.integer({ min: 1, max: 60 }),
      dimensions: fc.integer({ min: 1, max: 6 }),
      seed: fc.string(),
    });
    fc.assert(
      fc.property(shape, ({ size, dimensions, seed }) => {
        const sample = latinHypercube(dimensions, size, rootKey(seed));
        for (let d = 0; d < dimensions; d++) {
          const values = range(size).map((i) => sample(i, d));
          expect(rowsOf(values, size)).toEqual(range(size));
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test("gives every level of a list its share", () => {
    const axes = [listed(["a", "b", "c"]), unit];
    const points = pointsOf(latinHypercubeDesign(axes, 30, rootKey("lists")));
    for (const level of ["a", "b", "c"])
      expect(points.filter(([value]) => value === level)).toHaveLength(10);
  });

  test("depends on the seed alone, and an axis at the end changes no other", () => {
    const points = (seed: string, axes: number) =>
      pointsOf(latinHypercubeDesign(new Array(axes).fill(unit), 20, rootKey(seed)));
    expect(points("a", 2)).toEqual(points("a", 2));
    expect(points("a", 3).map((point) => point.slice(0, 2))).toEqual(points("a", 2));
    expect(points("b", 2)).not.toEqual(points("a", 2));
  });

  // Seed "pairs". Rows of two dimensions are matched at random: their rank correlation over 2,000 points is within
  // 4 / sqrt(2,000) of 0, which a random matching passes but for 1 of 15,000 seeds.
  test("matches rows at random", () => {
    const size = 2000;
    const sample = latinHypercube(2, size, rootKey("pairs"));
    const sum = range(size).reduce((s, i) => s + (sample(i, 0) - 0.5) * (sample(i, 1) - 0.5), 0);
    expect(Math.abs((12 * sum) / size)).toBeLessThan(4 / Math.sqrt(size));
  });

  test("refuses a size that it cannot have", () => {
    for (const size of [0, 1.5, 1e6 + 1])
      expect(() => latinHypercube(1, size, rootKey(""))).toThrow(RangeError);
  });
});

describe("Sobol", () => {
  // Joe and Kuo, new-joe-kuo-6.21201, as SciPy 1.17 gives them with scramble=False.
  test("begins with the known points", () => {
    const sample = sobol(5);
    expect(range(8).map((i) => range(5).map((d) => sample(i, d)))).toEqual([
      [0, 0, 0, 0, 0],
      [0.5, 0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25, 0.75],
      [0.25, 0.75, 0.75, 0.75, 0.25],
      [0.375, 0.375, 0.625, 0.875, 0.375],
      [0.875, 0.875, 0.125, 0.375, 0.875],
      [0.625, 0.125, 0.875, 0.625, 0.625],
      [0.125, 0.625, 0.375, 0.125, 0.125],
    ]);
  });

  test("goes on with them in all dimensions", () => {
    const sample = sobol(MAX_DIMENSIONS);
    expect(MAX_DIMENSIONS).toBe(40);
    expect(range(MAX_DIMENSIONS).map((d) => sample(1000, d) * 1024)).toEqual(SOBOL_1000);
  });

  test("puts one of 2^k points into each of 2^k intervals of every dimension", () => {
    const sample = sobol(MAX_DIMENSIONS);
    for (const size of [1, 2, 4, 8, 16, 256, 1024])
      for (let d = 0; d < MAX_DIMENSIONS; d++) {
        const values = range(size).map((i) => sample(i, d));
        expect(rowsOf(values, size)).toEqual(range(size));
      }
  });

  test("puts one of 2^k points into each elementary rectangle of the first two dimensions", () => {
    const sample = sobol(2);
    const k = 8;
    for (let across = 0; across <= k; across++) {
      const cells = range(2 ** k).map((i) => {
        const column = Math.floor(sample(i, 0) * 2 ** across);
        return column * 2 ** (k - across) + Math.floor(sample(i, 1) * 2 ** (k - across));
      });
      expect(cells.toSorted((a, b) => a - b)).toEqual(range(2 ** k));
    }
  });

  test("is at hand at any index", () => {
    const sample = sobol(2);
    expect(sample(2 ** 32 - 1, 0)).toBe(2 ** -32);
    expect(sample(2 ** 31, 0)).toBe(3 * 2 ** -32);
  });

  test("fills ranges, and goes through lists", () => {
    const log: Range = { kind: "range", from: 0.01, to: 100, scale: "log" };
    expect(pointsOf(sobolDesign([listed(["a", "b"]), log], 4))).toEqual([
      ["a", 0.01],
      ["b", 1],
      ["b", 0.1],
      ["a", 10],
    ]);
  });

  test("refuses a size or dimension that it cannot have", () => {
    expect(() => sobolDesign([unit], 0)).toThrow(RangeError);
    expect(() => sobolDesign([unit], 2 ** 32 + 1)).toThrow(RangeError);
    expect(() => sobol(41)).toThrow(RangeError);
  });
});

describe("levels", () => {
  const valuesOf = ({ count, level }: ReturnType<typeof listed>) => range(count).map(level);

  test("are free of the noise of sums, and end exactly", () => {
    expect(valuesOf(spaced({ ...unit, from: 0.1, to: 0.5 }, 5))).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
    const log: Range = { kind: "range", from: 0.001, to: 0.1, scale: "log" };
    expect(valuesOf(spaced(log, 3))).toEqual([0.001, 0.01, 0.1]);
  });

  test("stay within their range", () => {
    const ends = fc.tuple(fc.double({ min: 1e-9, max: 1e9 }), fc.double({ min: 1e-9, max: 1e9 }));
    const drawn = fc.record({ ends, scale: fc.constantFrom("linear", "log") });
    fc.assert(
      fc.property(drawn, ({ ends: [a, b], scale }) => {
        fc.pre(a !== b);
        const axis = { kind: "range", from: Math.min(a, b), to: Math.max(a, b), scale } as Range;
        const values = valuesOf(spaced(axis, 7)) as number[];
        expect(values[0]).toBe(axis.from);
        expect(values[6]).toBe(axis.to);
        expect(values).toEqual(values.toSorted((x, y) => x - y));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("of whole numbers are rounded, equal ones once", () => {
    expect(valuesOf(spacedWhole({ ...unit, from: 1, to: 3 }, 5))).toEqual([1, 2, 3]);
    const log: Range = { kind: "range", from: 1, to: 100, scale: "log" };
    expect(valuesOf(spacedWhole(log, 7))).toEqual([1, 2, 5, 10, 22, 46, 100]);
    expect(valuesOf(wholeNumbers(2, 5))).toEqual([2, 3, 4, 5]);
  });
});

describe("the size of a design", () => {
  test("is asked about from 100,000 points on", () => {
    expect(() => checkSize(100_000, false, true)).not.toThrow();
    expect(() => checkSize(100_001, false, false)).toThrow(DesignTooLargeError);
    expect(() => checkSize(1e9, true, false)).not.toThrow();
    expect(() => checkSize(1e9, false, false)).toThrow("1,000,000,000 points");
  });

  test("is limited where every point is looked at, and where nobody can number them", () => {
    expect(() => checkSize(10_000_001, true, true)).toThrow(DesignTooLargeError);
    expect(() => checkSize(1e30, true, false)).toThrow("about 1.00e+30 points");
    expect(() => checkSize(Number.POSITIVE_INFINITY, true, false)).toThrow(DesignTooLargeError);
  });
});

/** The point of index 1000 of SciPy 1.17, times 1024. */
const SOBOL_1000 = [
  225, 99, 531, 693, 287, 929, 47, 921, 513, 71, 87, 261, 165, 393, 147, 379, 737, 353, 1015, 743,
  535, 563, 973, 553, 597, 929, 41, 1003, 61, 349, 151, 149, 303, 607, 821, 789, 869, 851, 315, 491,
];
