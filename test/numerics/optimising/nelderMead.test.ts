import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NelderMead } from "../../../src/numerics/optimising/nelderMead.ts";
import { edge, holed, type Objective, rosenbrock, sphere } from "./functions.ts";

function move(search: NelderMead, objective: Objective): number {
  const points = search.ask();
  search.tell(points.map(objective));
  return points.length;
}

/** Runs until it stops by itself; throws if it needs more evaluations than these. */
function solve(start: number[], objective: Objective, evaluations: number): NelderMead {
  const search = new NelderMead({ start });
  let left = evaluations;
  while (search.stopped === undefined && left > 0) left -= move(search, objective);
  expect(search.stopped).toBe("tolerance");
  return search;
}

describe("Nelder-Mead finds the minimum", () => {
  it.each([
    [1, 200],
    [2, 400],
    [5, 2000],
    [8, 6000],
  ])(
    "of Rosenbrock's valley, or a sphere in one, in %i dimensions in %i evaluations",
    (n, evaluations) => {
      const objective = n === 1 ? sphere(0.75) : rosenbrock;
      const { best } = solve(new Array(n).fill(0.6), objective, evaluations);
      for (const x of best?.point ?? [0]) expect(x).toBeCloseTo(0.75, 6);
    },
  );

  it("on the boundary, from inside and from another corner", () => {
    for (const start of [
      [0.5, 0.5, 0.5, 0.5],
      [1, 1, 0, 0],
    ]) {
      const { best } = solve(start, edge, 3000);
      expect(best?.value).toBeLessThan(1e-10);
    }
  });

  it("beside points without a finite value, which rank last", () => {
    const { best } = solve([0.4, 0.41, 0.5], holed, 3000);
    for (const x of best?.point ?? [0]) expect(x).toBeCloseTo(0.2, 6);
  });
});

describe("a simplex", () => {
  it("never asks for a point outside the box, whatever it is told", () => {
    const start = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(start, fc.array(fc.double(), { minLength: 100, maxLength: 100 }), (x, told) => {
        const search = new NelderMead({ start: x });
        for (let at = 0; at + 5 < told.length; ) {
          const points = search.ask();
          expect(points.flatMap((point) => [...point]).every((c) => c >= 0 && c <= 1)).toBe(true);
          search.tell(told.slice(at, at + points.length));
          at += points.length;
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("collapses and stops on a plateau, and where no value is finite", () => {
    for (const constant of [1, Number.NaN]) {
      const search = new NelderMead({ start: [0.3, 0.7] });
      for (let t = 0; t < 500 && search.stopped === undefined; t++) move(search, () => constant);
      expect(search.stopped).toBe("tolerance");
    }
  });

  it("that is resumed from JSON after any move goes on byte for byte", () => {
    let resumed = new NelderMead({ start: [0.2, 0.1, 0.9] });
    const whole = new NelderMead({ start: [0.2, 0.1, 0.9] });
    for (let t = 0; t < 300; t++) {
      move(whole, rosenbrock);
      move(resumed, rosenbrock);
      resumed = NelderMead.fromJSON(JSON.parse(JSON.stringify(resumed)));
      expect(JSON.stringify(resumed)).toBe(JSON.stringify(whole));
    }
    expect(resumed.best).toEqual(whole.best);
  });

  it("makes the moves of the method on a slope: reflection, then expansion", () => {
    // In two dimensions: edges of 0.1, slope towards large x; the worst vertex is the start.
    const search = new NelderMead({ start: [0.3, 0.3], step: 0.1 });
    const slope: Objective = ([x, y]) => -2 * x - y;
    expect(search.best).toBeUndefined();
    expect(search.ask()).toHaveLength(3);
    move(search, slope);
    const close = (expected: number[]) => {
      const [point] = search.ask();
      for (const [i, x] of expected.entries()) expect(point[i]).toBeCloseTo(x, 14);
    };
    close([0.4, 0.4]);
    move(search, slope);
    close([0.45, 0.45]);
    move(search, slope);
    expect(search.best?.value).toBeCloseTo(-1.35, 14);
  });

  it("refuses what is outside its ranges", () => {
    expect(() => new NelderMead({ start: [] })).toThrow(/at least one coordinate$/);
    expect(() => new NelderMead({ start: [2] })).toThrow(/must be in \[0, 1\]$/);
    expect(() => new NelderMead({ start: [0], step: 0.6 })).toThrow(/must be in \(0, 0.5\]$/);
    expect(() => new NelderMead({ start: [0], tolerance: 0 })).toThrow(/must be > 0$/);
    expect(() => new NelderMead({ start: [0] }).tell([1])).toThrow(/must be one per point$/);
  });
});
