// Designs that are samples of the unit cube, a dimension for every axis.
import type { RootKey } from "../../numerics/draws.ts";
import { latinHypercube } from "../../numerics/latinHypercube.ts";
import { MAX_SOBOL_SIZE, sobol } from "../../numerics/sobol.ts";
import { type Axis, valueAtShare } from "./axes.ts";
import type { Design } from "./design.ts";

/**
 * @param size number of points, 1 to 10^6
 * @throws RangeError when there are fewer or more
 */
export function latinHypercubeDesign(axes: readonly Axis[], size: number, root: RootKey): Design {
  return designOf(axes, size, latinHypercube(axes.length, size, root));
}

/**
 * @param size number of points, 1 to 2^32
 * @throws RangeError when there are fewer or more, or too many axes
 */
export function sobolDesign(axes: readonly Axis[], size: number): Design {
  if (!(Number.isInteger(size) && size >= 1 && size <= MAX_SOBOL_SIZE))
    throw new RangeError(`a Sobol design has 1 to ${MAX_SOBOL_SIZE} points`);
  return designOf(axes, size, sobol(axes.length));
}

function designOf(
  axes: readonly Axis[],
  size: number,
  sample: (index: number, dimension: number) => number,
): Design {
  return {
    count: size,
    pointAt: (index) => axes.map((axis, dimension) => valueAtShare(axis, sample(index, dimension))),
    // Every coordinate takes a value once: points are distinct wherever one of the chosen axes is a range.
    isDistinctOn: (isChosen) =>
      size === 1 || axes.some(({ kind }, i) => isChosen[i] && kind === "range"),
  };
}
