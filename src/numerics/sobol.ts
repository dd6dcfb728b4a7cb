/**
 * The Sobol sequence: points that fill the unit cube evenly, however many of them are taken.
 *
 * Sobol, "On the distribution of points in a cube and the approximate evaluation of integrals", USSR Computational
 * Mathematics and Mathematical Physics 7 (1967), in the Gray-code order of Antonov and Saleev (1979), with the direction
 * numbers of Joe and Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput.
 * 30 (2008), file new-joe-kuo-6.21201.
 *
 * The first point is the origin, followed by (1/2, 1/2, …): without it the first 2^k points would no longer have one
 * in each of 2^k equal intervals of every axis (Owen, "On dropping the first Sobol' point", 2020). So sizes that are
 * powers of two are the most even.
 */

import { power } from "./power.ts";

/** From the second dimension on: coefficients of the primitive polynomial as bits, and the first direction numbers. */
const JOE_KUO: readonly (readonly [polynomial: number, first: readonly number[]])[] = [
  [0, [1]],
  [1, [1, 3]],
  [1, [1, 3, 1]],
  [2, [1, 1, 1]],
  [1, [1, 1, 3, 3]],
  [4, [1, 3, 5, 13]],
  [2, [1, 1, 5, 5, 17]],
  [4, [1, 1, 5, 5, 5]],
  [7, [1, 1, 7, 11, 19]],
  [11, [1, 1, 5, 1, 1]],
  [13, [1, 1, 1, 3, 11]],
  [14, [1, 3, 5, 5, 31]],
  [1, [1, 3, 3, 9, 7, 49]],
  [13, [1, 1, 1, 15, 21, 21]],
  [16, [1, 3, 1, 13, 27, 49]],
  [19, [1, 1, 1, 15, 7, 5]],
  [22, [1, 3, 1, 15, 13, 25]],
  [25, [1, 1, 5, 5, 19, 61]],
  [1, [1, 3, 7, 11, 23, 15, 103]],
  [4, [1, 3, 7, 13, 13, 15, 69]],
  [7, [1, 1, 3, 13, 7, 35, 63]],
  [8, [1, 3, 5, 9, 1, 25, 53]],
  [14, [1, 3, 1, 13, 9, 35, 107]],
  [19, [1, 3, 1, 5, 27, 61, 31]],
  [21, [1, 1, 5, 11, 19, 41, 61]],
  [28, [1, 3, 5, 3, 3, 13, 69]],
  [31, [1, 1, 7, 13, 1, 19, 1]],
  [32, [1, 3, 7, 5, 13, 19, 59]],
  [37, [1, 1, 3, 9, 25, 29, 41]],
  [41, [1, 3, 5, 13, 23, 1, 55]],
  [42, [1, 3, 7, 3, 13, 59, 17]],
  [50, [1, 3, 1, 3, 5, 53, 69]],
  [55, [1, 1, 5, 5, 23, 33, 13]],
  [56, [1, 1, 7, 7, 1, 61, 123]],
  [59, [1, 1, 7, 9, 13, 61, 49]],
  [62, [1, 3, 3, 5, 3, 55, 33]],
  [14, [1, 3, 1, 15, 31, 13, 49, 245]],
  [21, [1, 3, 5, 15, 31, 59, 63, 97]],
  [22, [1, 3, 1, 11, 11, 11, 77, 249]],
];

/** Most dimensions. */
export const MAX_DIMENSIONS = JOE_KUO.length + 1;
/** Most points: as many as 32 bits can tell apart. */
export const MAX_SOBOL_SIZE = 2 ** 32;

const BITS = 32;

/**
 * Coordinates of the points, in [0, 1): `sample(index, dimension)` with 0 <= index < 2^32.
 * @throws RangeError when there are more than MAX_DIMENSIONS
 */
export function sobol(dimensions: number): (index: number, dimension: number) => number {
  const directions = Array.from({ length: dimensions }, (_, i) => directionNumbers(i));
  return (index, dimension) => sobolBits(directions[dimension], index) / power(2, BITS);
}

/** A coordinate of point `index` (0 to 2^32 - 1) as a uint32, in units of 2^-32. */
export function sobolBits(directions: Uint32Array, index: number): number {
  let bits = 0;
  for (let gray = (index ^ (index >>> 1)) >>> 0, i = 0; gray !== 0; gray >>>= 1, i++)
    if (gray & 1) bits ^= directions[i];
  return bits >>> 0;
}

/**
 * The 32 direction numbers of a dimension, as fractions of 2^32 (Joe and Kuo 2008, equation 2).
 * @throws RangeError when the dimension is not from 0 to MAX_DIMENSIONS - 1
 */
export function directionNumbers(dimension: number): Uint32Array {
  if (dimension >= MAX_DIMENSIONS)
    throw new RangeError(`a Sobol sequence has at most ${MAX_DIMENSIONS} dimensions`);
  if (dimension === 0) return Uint32Array.from({ length: BITS }, (_, i) => 1 << (BITS - 1 - i));
  const [polynomial, first] = JOE_KUO[dimension - 1];
  const degree = first.length;
  const v = new Uint32Array(BITS);
  for (let i = 0; i < BITS; i++) {
    if (i < degree) {
      v[i] = first[i] << (BITS - 1 - i);
      continue;
    }
    v[i] = v[i - degree] ^ (v[i - degree] >>> degree);
    for (let k = 1; k < degree; k++) if ((polynomial >>> (degree - 1 - k)) & 1) v[i] ^= v[i - k];
  }
  return v;
}
