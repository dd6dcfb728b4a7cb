/**
 * Latin hypercube sampling: each axis is cut into as many rows as there are points, and every row has one point.
 *
 * McKay, Beckman and Conover, "A comparison of three methods for selecting values of input variables in the analysis
 * of output from a computer code", Technometrics 21 (1979). Rows are matched at random, and a point lies anywhere in its
 * row; both are keyed draws of the seed, so that an axis added at the end changes no other.
 */
import { Draws, type RootKey } from "./draws.ts";

/** Apart from all that replications draw. */
const DOMAIN = 0x4c485321;
const SHUFFLE = 0;
const PLACE = 1;

export const MAX_LATIN_SIZE = 1_000_000;

/**
 * Coordinates of the points, in [0, 1): `sample(index, dimension)`.
 * @throws RangeError when the size is not from 1 to MAX_LATIN_SIZE
 */
export function latinHypercube(
  dimensions: number,
  size: number,
  root: RootKey,
): (index: number, dimension: number) => number {
  if (!(Number.isInteger(size) && size >= 1 && size <= MAX_LATIN_SIZE))
    throw new RangeError(`a Latin hypercube has 1 to ${MAX_LATIN_SIZE} points`);
  const draws = new Draws(root, DOMAIN);
  const rows = Array.from({ length: dimensions }, (_, dimension) =>
    permutation(size, (i) => draws.uniform(SHUFFLE, dimension, i, 0)),
  );
  return (index, dimension) => {
    // Exact but for the division: a row has 20 bits at most, and a draw 33.
    const inRow = draws.uniform(PLACE, dimension, index, 0);
    return (rows[dimension][index] + inRow) / size;
  };
}

/** A random order of 0 … size - 1 (Fisher and Yates; Durstenfeld 1964). */
function permutation(size: number, uniform: (i: number) => number): Uint32Array {
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(uniform(i) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
