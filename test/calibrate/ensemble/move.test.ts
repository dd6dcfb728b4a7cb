// Moves on a banana whose moments numerical integration knows, by emulators that are wrong. Seeds are fixed; each test says
// how often another seed would fail.
import { expect, test } from "vitest";
import { Emulator, minusTwoLogAt } from "../../../src/calibrate/ensemble/emulator.ts";
import { move } from "../../../src/calibrate/ensemble/move.ts";
import { average, variance } from "../../../src/numerics/statistics.ts";
import { ensembleOf, PLAN, target } from "./support.ts";

// x is normal, and y lies about a wave of it: no quadratic function.
const TARGETS = [target("x", 0.5, 0.15), target("wave", 0.5, 0.03)];
const banana = ({ 0: x, 1: y }: ArrayLike<number>) => [x, y - 0.3 * Math.sin(4 * (x - 0.5))];

interface Moments {
  readonly means: readonly [x: number, y: number];
  readonly variances: readonly [x: number, y: number];
}

/** By the midpoint rule. */
function exactMoments(cells = 400): Moments {
  const sums = [0, 0, 0, 0, 0];
  for (let i = 0; i < cells; i++)
    for (let j = 0; j < cells; j++) {
      const [x, y] = [(i + 0.5) / cells, (j + 0.5) / cells];
      const said = { figures: banana([x, y]), variances: [0, 0] };
      const weight = Math.exp(-minusTwoLogAt(TARGETS, said) / 2);
      [1, x, y, x * x, y * y].forEach((one, k) => {
        sums[k] += weight * one;
      });
    }
  const [x, y, xx, yy] = sums.slice(1).map((sum) => sum / sums[0]);
  return { means: [x, y], variances: [xx - x * x, yy - y * y] };
}

function momentsOf(members: readonly { readonly point: Float64Array }[]): Moments {
  const [x, y] = [0, 1].map((d) => members.map(({ point }) => point[d]));
  return { means: [average(x), average(y)], variances: [variance(x), variance(y)] };
}

const EXACT = exactMoments();

/** Largest miss of a mean in deviations, and of a variance as a share. */
function missesOf({ means, variances }: Moments) {
  const of = (d: 0 | 1) => Math.abs(means[d] - EXACT.means[d]) / Math.sqrt(EXACT.variances[d]);
  const ratio = (d: 0 | 1) => Math.abs(variances[d] / EXACT.variances[d] - 1);
  return { mean: Math.max(of(0), of(1)), variance: Math.max(ratio(0), ratio(1)) };
}

/** An emulator of a plane in place of the banana. */
function flatEmulator(): Emulator {
  const simulated = Array.from({ length: 64 }, (_, i) => {
    const point = Float64Array.of((i % 8) / 7, Math.floor(i / 8) / 7);
    return { point, figures: [point[0] + 0.1, 0.5 * (point[1] + 0.5)], variances: [0.01, 0.02] };
  });
  return new Emulator(TARGETS, simulated, Number.POSITIVE_INFINITY);
}

const SHAPE = [
  [0.3, 0.3],
  [0.3, 0.7],
  [0.7, 0.3],
  [0.7, 0.7],
].map((one) => Float64Array.from(one));

const simulated = (point: Float64Array) => {
  const figures = banana(point);
  return { point, minusTwoLog: minusTwoLogAt(TARGETS, { figures, variances: [0, 0] }) };
};

/** 512 members that begin at the same point. */
const movedTogether = (seed: string, sweeps: number, simulate = simulated) =>
  move({
    ...{ seed, sweeps, emulator: flatEmulator(), shape: SHAPE },
    members: Array.from({ length: 512 }, () => simulated(Float64Array.of(0.5, 0.5))),
    simulate: async (points) => points.map(simulate),
  });

// Of 512 independent points a mean is off by more than 4.5 of its 0.044 deviations, or a variance by more than 4.5 of its √(2/512),
// once in 30,000 seeds. In 30 other seeds the largest misses were 0.09 and 0.15.
test("from one point members come to the simulated likelihood, though the emulator tells of something else", async () => {
  const { members, moved } = await movedTogether("moves", 60);
  const misses = missesOf(momentsOf(members));
  expect(misses.mean).toBeLessThan(0.2);
  expect(misses.variance).toBeLessThan(0.28);
  // Steps are sized for 3 of 10.
  expect(moved / 60).toBeGreaterThan(0.2);
  expect(moved / 60).toBeLessThan(0.4);
});

test("the same seed gives the same members, another one others", async () => {
  const one = await movedTogether("moves", 3);
  expect(await movedTogether("moves", 3)).toEqual(one);
  expect((await movedTogether("others", 3)).members).not.toEqual(one.members);
});

test("nothing outside of the unit box is simulated, and nothing is taken that has no value", async () => {
  const asked: number[] = [];
  const half = (point: Float64Array) => {
    asked.push(...point);
    return point[0] > 0.6 ? undefined : simulated(point);
  };
  const { members } = await movedTogether("half", 20, half as typeof simulated);
  expect(Math.min(...asked)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...asked)).toBeLessThanOrEqual(1);
  expect(Math.max(...members.map(({ point }) => point[0]))).toBeLessThanOrEqual(0.6);
  expect(Math.max(...asked.filter((_, i) => i % 2 === 0))).toBeGreaterThan(0.6);
});

// Of 256 independent points a mean is off by more than 6 of its 0.063 deviations, or a variance by more than 5.6 of its √(2/256),
// once in 10^7 seeds. The 24 candidates leave more than that: in 30 other seeds the largest misses were 0.12 and 0.32.
test("few candidates leave duplicates, and moves part them", async () => {
  const drawn = (moves: number) => {
    const plan = { ...PLAN, waves: 2, points: 48, candidates: 24, moves };
    return ensembleOf(TARGETS, banana, { seed: "few 0", plan });
  };
  const still = await drawn(0);
  expect(still).toMatchObject({ distinct: 24, moved: 0 });
  expect(missesOf(momentsOf(still.members)).variance).toBeGreaterThan(0.5);

  const moved = await drawn(60);
  expect(moved.distinct).toBe(256);
  expect(moved).toMatchObject({ effective: still.effective, checks: still.checks });
  const misses = missesOf(momentsOf(moved.members));
  expect(misses.mean).toBeLessThan(0.38);
  expect(misses.variance).toBeLessThan(0.5);
});
