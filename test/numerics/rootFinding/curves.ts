// Curves that cross 0, and noise on them, for the test of crossings and the table of their coverage.
import type { CrossingOptions } from "../../../src/numerics/rootFinding/crossing.ts";
import { Random } from "../random.ts";

export interface NoisyOptions {
  readonly seed: string;
  readonly run?: number;
  /** Standard deviation of the part that all places share. */
  readonly sd?: number;
  /** Standard deviation of the rest, in units of `sd`. */
  readonly own?: number;
}

/** Observations of a curve: a part of the noise is the same at all places, the rest is not. */
export function noisy(
  curve: (x: number) => number,
  { seed, run = 0, sd = 0.1, own = 0.3 }: NoisyOptions,
): CrossingOptions["observe"] {
  const [common, apart] = [new Random(seed), new Random(`${seed} apart`)];
  common.enter(run);
  apart.enter(run);
  const luck: number[] = [];
  return async (x, first, end) => {
    while (luck.length < end) luck.push(common.normal());
    return Array.from(
      { length: end - first },
      (_, i) => curve(x) + sd * (luck[first + i] + own * apart.normal()),
    );
  };
}

/** Curves over 0..1 that fall through 0 once, by name, with their root. */
export const CURVES: readonly (readonly [
  name: string,
  curve: (x: number) => number,
  root: number,
])[] = [
  ["a line", (x) => 0.4 - x, 0.4],
  ["a curve that bends", (x) => (1 - x) ** 3 - 0.064, 0.6],
  ["a curve like a queue's", (x) => 3 - 1 / (1 - 0.95 * x), 2 / 3 / 0.95],
  ["a jump", (x) => (x < 0.437 ? 0.3 : -0.3), 0.437],
  ["a curve that is flat at the crossing", (x) => 8 * (0.5 - x) ** 3, 0.5],
];
