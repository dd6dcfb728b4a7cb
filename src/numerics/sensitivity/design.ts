/**
 * The points of a global sensitivity analysis. A base point is two independent points of the unit cube, A and B; all its other
 * points have some inputs from B and the rest from A, and are named by the mask of those from B (so A is 0). An input may be a
 * group of several coordinates.
 *
 * Saltelli's design is A, B, and A with one input from B, for each input (Saltelli, Annoni, Azzini, Campolongo, Ratto and
 * Tarantola, "Variance based sensitivity analysis of model output", Computer Physics Communications 181, 2010). Two designs
 * contain it: all masks, where there are few inputs; and Saltelli's with a path from A to B along which inputs change one by one
 * in a random order, which tells Shapley effects as well (Goda, "A simple algorithm for global sensitivity analysis with Shapley
 * effects", Reliability Engineering and System Safety 213, 2021; Song, Nelson and Staum, SIAM/ASA J. Uncertainty Quantification
 * 4, 2016, for the random orders).
 */
import { Draws, type RootKey } from "../draws.ts";
import { ScrambledSobol } from "../scrambledSobol.ts";
import { MAX_DIMENSIONS } from "../sobol.ts";
import { subsetsOf } from "./subsets.ts";

/** Up to so many inputs, all masks are evaluated. */
export const MOST_OF_A_CUBE = 4;

/** Apart from all that other draws use. */
const DOMAIN = 0x53414c54;
const ORDER = 0;
const COORDINATE = 1;

/** What is evaluated of one base point. */
export interface BaseDesign {
  /** In increasing order; the first is A and the last is B. */
  readonly masks: readonly number[];
  /** Order in which inputs change from A to B; undefined where all masks are there. */
  readonly order?: readonly number[];
}

/** All masks. @param inputs 1 to MOST_OF_A_CUBE, or a few more */
export const cubeDesign = (inputs: number): BaseDesign => ({
  masks: Array.from({ length: subsetsOf(inputs) }, (_, mask) => mask),
});

/** Saltelli's design with a path. @param order a permutation of 0 … inputs - 1 */
export function pathDesign(order: readonly number[]): BaseDesign {
  const masks = new Set([...order.map((j) => 1 << j), ...pathOf(order)]);
  return { masks: [...masks].sort((a, b) => a - b), order };
}

/** Masks along the path: of no input, of the first one, of the first two, … of all. */
export function pathOf(order: readonly number[]): number[] {
  const path = [0];
  for (const j of order) path.push(path[path.length - 1] | (1 << j));
  return path;
}

/** Points per base point of the design that `designOf` gives. */
export const sizeOfDesign = (inputs: number): number =>
  inputs <= MOST_OF_A_CUBE ? subsetsOf(inputs) : 2 * inputs;

/** A function that gives the design of a base point, by its number. @param inputs 1 to MOST_INPUTS */
export function designOf(inputs: number, root: RootKey): (base: number) => BaseDesign {
  if (inputs <= MOST_OF_A_CUBE) {
    const cube = cubeDesign(inputs);
    return () => cube;
  }
  const draws = new Draws(root, DOMAIN);
  return (base) => {
    draws.enter(base);
    return pathDesign(randomOrder(inputs, (i) => draws.uniform(ORDER, i, 0, 0)));
  };
}

/** A random order of 0 … size - 1 (Fisher and Yates; Durstenfeld 1964). */
export function randomOrder(size: number, uniform: (i: number) => number): number[] {
  const order = Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(uniform(i) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/**
 * Coordinates of base points in (0, 1): of scrambled nets, each scrambled independently, so that differences between nets tell how
 * far estimates err (Owen 1997). Coordinates beyond the 40 dimensions of the Sobol' sequence are independent draws.
 */
export class BasePoints {
  private readonly dimensions: number;
  private readonly sobol: ScrambledSobol;
  private readonly others: Draws;

  /** @param dimensions of the unit cube: coordinates of all inputs together */
  constructor(root: RootKey, dimensions: number) {
    this.dimensions = dimensions;
    this.sobol = new ScrambledSobol(root, Math.min(2 * dimensions, MAX_DIMENSIONS));
    this.others = new Draws(root, DOMAIN);
  }

  /** The coordinates of A and B of a point of a net. */
  at(net: number, point: number): readonly [a: readonly number[], b: readonly number[]] {
    this.sobol.enter(net, point);
    this.others.enter(net);
    const all = Array.from({ length: 2 * this.dimensions }, (_, i) =>
      i < MAX_DIMENSIONS ? this.sobol.coordinate(i) : this.others.uniform(COORDINATE, i, point, 0),
    );
    return [all.slice(0, this.dimensions), all.slice(this.dimensions)];
  }
}

/**
 * The point of a mask: coordinates of the inputs in it are those of B.
 * @param groups coordinates of each input
 */
export function mixed(
  [a, b]: readonly [readonly number[], readonly number[]],
  groups: readonly (readonly number[])[],
  mask: number,
): number[] {
  const point = [...a];
  for (const [j, coordinates] of groups.entries())
    if ((mask & (1 << j)) !== 0) for (const i of coordinates) point[i] = b[i];
  return point;
}
