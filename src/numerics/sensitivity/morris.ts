/**
 * Morris screening: which of many inputs matter at all, from a few steps of each (Morris, "Factorial sampling plans for preliminary
 * computational experiments", Technometrics 33, 1991), by the mean size of its effects, mu* (Campolongo, Cariboni and Saltelli, "An
 * effective screening design for sensitivity analysis of large models", Environmental Modelling & Software 22, 2007, who also move
 * groups of inputs together).
 *
 * Inputs stand on four levels, the middles of the quarters of (0, 1), so that quantiles of any distribution exist there. A trajectory
 * starts anywhere and moves one input after the other, in a random order, by two levels.
 */
import { Draws, type RootKey } from "../draws.ts";
import { type Interval, tInterval } from "../intervals.ts";
import { average, standardError, variance } from "../statistics.ts";
import { randomOrder } from "./design.ts";

/** Apart from all that other draws use. */
const DOMAIN = 0x4d4f5252;
const START = 0;
const ORDER = 1;

const LEVELS = 4;
/** How far a coordinate moves. */
export const STEP = 1 / 2;

export interface Trajectory {
  /** One more than inputs; coordinates in (0, 1). */
  readonly points: readonly (readonly number[])[];
  /** The input that moves after each point but the last. */
  readonly order: readonly number[];
}

/** @param groups coordinates of each input; together 0 … n - 1 */
export function morrisTrajectory(
  groups: readonly (readonly number[])[],
  root: RootKey,
  index: number,
): Trajectory {
  const draws = new Draws(root, DOMAIN);
  draws.enter(index);
  const order = randomOrder(groups.length, (i) => draws.uniform(ORDER, i, 0, 0));
  const dimensions = groups.reduce((sum, group) => sum + group.length, 0);
  const start = Array.from(
    { length: dimensions },
    (_, i) => (Math.floor(draws.uniform(START, i, 0, 0) * LEVELS) + 0.5) / LEVELS,
  );
  const points = [start];
  for (const j of order) {
    const next = [...points[points.length - 1]];
    for (const i of groups[j]) next[i] += next[i] < 0.5 ? STEP : -STEP;
    points.push(next);
  }
  return { points, order };
}

export interface Effects {
  /** Mean size of the elementary effects: change of the function over change of the coordinate. */
  readonly muStar: Interval;
  /** Their standard deviation, with signs: large where the effect depends on other inputs or is no straight line. */
  readonly sigma: number;
}

/**
 * @param trajectories two or more
 * @param values of the function, by trajectory and point
 * @param groups as of the trajectories
 */
export function morrisEffects(
  trajectories: readonly Trajectory[],
  values: readonly (readonly number[])[],
  groups: readonly (readonly number[])[],
): Effects[] {
  return groups.map(([coordinate], j) => {
    const effects = trajectories.map(({ points, order }, t) => {
      const k = order.indexOf(j);
      return (
        (values[t][k + 1] - values[t][k]) / (points[k + 1][coordinate] - points[k][coordinate])
      );
    });
    const sizes = effects.map(Math.abs);
    const muStar = tInterval(average(sizes), standardError(sizes), sizes.length - 1);
    return { muStar, sigma: Math.sqrt(variance(effects)) };
  });
}
