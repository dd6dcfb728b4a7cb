import { describe, expect, it } from "vitest";
import { rootKey } from "../../../src/numerics/draws.ts";
import { morrisEffects, morrisTrajectory } from "../../../src/numerics/sensitivity/morris.ts";

const root = rootKey("morris");
const alone = (inputs: number) => Array.from({ length: inputs }, (_, j) => [j]);

function effectsOf(
  f: (x: readonly number[]) => number,
  groups: readonly (readonly number[])[],
  count = 10,
) {
  const trajectories = Array.from({ length: count }, (_, t) => morrisTrajectory(groups, root, t));
  const values = trajectories.map(({ points }) => points.map(f));
  return morrisEffects(trajectories, values, groups);
}

describe("Morris screening", () => {
  it("finds the slopes of a linear function, without spread", () => {
    const slopes = [3, -2, 0];
    const effects = effectsOf((x) => slopes.reduce((sum, b, j) => sum + b * x[j], 1), alone(3));
    for (const [j, { muStar, sigma }] of effects.entries()) {
      expect(muStar.mean).toBeCloseTo(Math.abs(slopes[j]), 12);
      expect(sigma).toBeCloseTo(0, 12);
    }
  });

  it("shows interactions and curves as spread: of x1 x2, levels of the other input", () => {
    const [first, second, third] = effectsOf(([x, y]) => x * y, alone(3), 400);
    // Effects are the other input's levels: 1/8, 3/8, 5/8, 7/8, with mean 1/2 and standard deviation √5 / 8.
    for (const { muStar, sigma } of [first, second]) {
      expect(muStar.lo).toBeLessThanOrEqual(0.5);
      expect(muStar.hi).toBeGreaterThanOrEqual(0.5);
      expect(sigma).toBeCloseTo(Math.sqrt(5) / 8, 1);
    }
    expect(third).toEqual({ muStar: { mean: 0, lo: 0, hi: 0 }, sigma: 0 });
  });

  it("moves the coordinates of a group together, within (0, 1)", () => {
    const groups = [[0, 2], [1]];
    for (let t = 0; t < 20; t++) {
      const { points, order } = morrisTrajectory(groups, root, t);
      expect(points).toHaveLength(3);
      for (const [k, j] of order.entries()) {
        const moved = [0, 1, 2].filter((i) => points[k][i] !== points[k + 1][i]);
        expect(moved).toEqual(groups[j]);
      }
      for (const x of points.flat()) expect([1, 3, 5, 7]).toContain(8 * x);
    }
  });
});
