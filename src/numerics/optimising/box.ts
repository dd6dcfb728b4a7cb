/**
 * Bounds of the unit box: a smooth map of all reals onto [0, 1], so that searches need no bounds.
 *
 * It is pycma's linear-quadratic transformation (Hansen, Akimoto and Baudis, CMA-ES/pycma, class
 * `BoxConstraintsLinQuadTransformation`): the identity inside, a parabola within a margin of either
 * bound, mirrored and repeated beyond. Unlike a penalty it needs no weight and keeps ranks; unlike
 * clamping it never flattens a search against a bound; and a minimum on a bound, where a linear
 * slope ends, looks like the bottom of a parabola.
 */

/** Half the width of the curved zone at a bound. */
const MARGIN = 0.05;

/** Length of one monotone stretch of the map. */
const STRETCH = 1 + 2 * MARGIN;

/** Image in [0, 1] of a free coordinate (any finite number). */
export function toBox(free: number): number {
  const fold = Math.abs(free + MARGIN) % (2 * STRETCH);
  const t = fold > STRETCH ? 2 * STRETCH - fold : fold;
  if (t < 2 * MARGIN) return (t * t) / (4 * MARGIN);
  const rest = STRETCH - t;
  if (rest < 2 * MARGIN) return 1 - (rest * rest) / (4 * MARGIN);
  return t - MARGIN;
}

/** The free coordinate in [-margin, 1 + margin] whose image is `x` in [0, 1]. */
export function fromBox(x: number): number {
  if (x < MARGIN) return 2 * Math.sqrt(MARGIN * x) - MARGIN;
  if (x > 1 - MARGIN) return 1 + MARGIN - 2 * Math.sqrt(MARGIN * (1 - x));
  return x;
}

/** Throws RangeError unless a point has `dimension` coordinates, all in [0, 1]. */
export function checkInBox(point: ArrayLike<number>, dimension: number): void {
  if (point.length !== dimension)
    throw new RangeError(
      `Point of ${point.length} coordinates: must have as many as the dimension, ${dimension}`,
    );
  for (let i = 0; i < dimension; i++)
    if (!(point[i] >= 0 && point[i] <= 1))
      throw new RangeError(`Coordinate ${i} is ${point[i]}: must be in [0, 1]`);
}
