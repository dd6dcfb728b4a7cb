// Functions whose sensitivity indices are known in closed form, and their indices as estimated from a design. The script
// scripts/sensitivityCoverage.ts looks with them how often intervals hold the truth.
import { normalQuantile } from "../../../src/numerics/distributions.ts";
import { Draws, rootKey } from "../../../src/numerics/draws.ts";
import type { Interval } from "../../../src/numerics/intervals.ts";
import {
  type BaseDesign,
  BasePoints,
  designOf,
  mixed,
} from "../../../src/numerics/sensitivity/design.ts";
import {
  type InputIndices,
  type SensitivityIndices,
  sensitivityIndices,
} from "../../../src/numerics/sensitivity/indices.ts";
import { shapleyValues } from "../../../src/numerics/sensitivity/subsets.ts";

export interface KnownFunction {
  readonly name: string;
  /** Coordinates of each input. */
  readonly groups: readonly (readonly number[])[];
  readonly f: (x: readonly number[]) => number;
  readonly mean: number;
  readonly variance: number;
  /** Per input. */
  readonly truth: Readonly<Record<keyof InputIndices, readonly number[]>>;
  /** Closed index of a set. */
  readonly closed: (mask: number) => number;
}

/** By the variance of the component of each set of inputs: Sobol's decomposition. */
function known(
  name: string,
  f: KnownFunction["f"],
  mean: number,
  groups: KnownFunction["groups"],
  component: (mask: number) => number,
): KnownFunction {
  const inputs = groups.length;
  const masks = Array.from({ length: 2 ** inputs }, (_, mask) => mask);
  const closed = (u: number) =>
    masks.reduce((sum, v) => ((v & ~u) === 0 && v !== 0 ? sum + component(v) : sum), 0);
  const all = masks.length - 1;
  const variance = closed(all);
  const each = (of: (own: number) => number) => groups.map((_, j) => of(1 << j) / variance);
  const shapley = shapleyValues(inputs, masks.map(closed)).map((value) => value / variance);
  const truth = {
    first: each(closed),
    total: each((own) => variance - closed(all ^ own)),
    shapley,
  };
  return { name, f, mean, variance, groups, truth, closed: (u) => closed(u) / variance };
}

const alone = (inputs: number) => Array.from({ length: inputs }, (_, j) => [j]);

/** sin x1 + 7 sin² x2 + .1 x3⁴ sin x1, all x uniform on (-π, π) (Ishigami and Homma 1990). */
export const ISHIGAMI = (() => {
  const [a, b] = [7, 0.1];
  const p4 = Math.PI ** 4;
  const components: Readonly<Record<number, number>> = {
    1: (1 + (b * p4) / 5) ** 2 / 2,
    2: a ** 2 / 8,
    5: b ** 2 * p4 ** 2 * (1 / 18 - 1 / 50),
  };
  const f = (u: readonly number[]) => {
    const [x, y, z] = u.map((value) => Math.PI * (2 * value - 1));
    return Math.sin(x) + a * Math.sin(y) ** 2 + b * z ** 4 * Math.sin(x);
  };
  return known("Ishigami", f, a / 2, alone(3), (mask) => components[mask] ?? 0);
})();

/** Π (|4 x - 2| + a) / (1 + a), all x uniform on (0, 1) (Saltelli and Sobol' 1995). */
export const SOBOL_G = (() => {
  const a = [0, 1, 4.5, 9, 99, 99];
  const parts = a.map((value) => 1 / (3 * (1 + value) ** 2));
  const f = (u: readonly number[]) =>
    a.reduce((product, value, j) => (product * (Math.abs(4 * u[j] - 2) + value)) / (1 + value), 1);
  const component = (mask: number) =>
    parts.reduce((product, part, j) => (mask & (1 << j) ? product * part : product), 1);
  return known("Sobol' G", f, 1, alone(a.length), component);
})();

const SLOPES = [3, 2, 1];
const linear = (u: readonly number[]) =>
  SLOPES.reduce((sum, slope, j) => sum + slope * normalQuantile(u[j]), 5);

/** 5 + 3 x1 + 2 x2 + x3, all x standard normal. */
export const LINEAR = known("linear", linear, 5, alone(3), (mask) =>
  [1, 2, 4].includes(mask) ? SLOPES[Math.log2(mask)] ** 2 : 0,
);

/** The linear model, with x2 and x3 as one input. */
export const GROUPED = known("linear, grouped", linear, 5, [[0], [1, 2]], (mask) =>
  mask === 1 ? 9 : mask === 2 ? 5 : 0,
);

export interface Size {
  readonly nets: number;
  /** Base points per net. */
  readonly points: number;
}

/**
 * Indices of a function to whose values normal noise is added: part of it common to all points of a base point, as of simulations
 * with common random numbers.
 * @param noise standard deviation of either part
 */
export function indicesOf(
  { f, groups }: KnownFunction,
  seed: string,
  { nets, points }: Size,
  { noise = 0, sets = [] as readonly number[], design = undefined as BaseDesign | undefined } = {},
): SensitivityIndices {
  const root = rootKey(seed);
  const source = new BasePoints(root, groups.flat().length);
  const designed = designOf(groups.length, root);
  const draws = new Draws(root, 1);
  const normal = (replicate: number, mask: number) =>
    normalQuantile(draws.uniform(replicate, mask, 0, 0));
  const evaluated = Array.from({ length: nets }, (_, net) =>
    Array.from({ length: points }, (_, point) => {
      const base = net * points + point;
      draws.enter(base);
      const own = design ?? designed(base);
      const masks = [...new Set([...own.masks, ...sets])];
      const ends = source.at(net, point);
      const values = masks.map((mask) => {
        const y = f(mixed(ends, groups, mask));
        const of = (replicate: number) =>
          noise === 0 ? y : y + noise * (normal(replicate, -1) + normal(replicate, mask));
        return [of(0), of(1)] as const;
      });
      return { ...own, masks, values };
    }),
  );
  return sensitivityIndices(groups.length, evaluated, sets, root);
}

export const holds = ({ lo, hi }: Interval, truth: number) => lo <= truth && truth <= hi;

/** Whether each interval holds the truth, by what it is of. */
export function hits(
  { mean, truth, variance }: KnownFunction,
  found: SensitivityIndices,
): ReadonlyMap<string, boolean> {
  const inputs = found.inputs ?? [];
  return new Map([
    ["mean", holds(found.mean, mean)],
    ["variance", holds(found.variance, variance)],
    ...(Object.keys(truth) as (keyof InputIndices)[]).flatMap((index) =>
      inputs.map(
        (input, j) => [`${index} ${j + 1}`, holds(input[index], truth[index][j])] as const,
      ),
    ),
  ]);
}
