/** Functions to minimise over the unit box, in the standard forms of the literature. */

/** Value of a point of the unit box. */
export type Objective = (point: Float64Array) => number;

/** Rosenbrock's valley on [-2, 2]^n: minimum 0 where every coordinate of the box is 0.75. */
export const rosenbrock: Objective = (point) => {
  const z = point.map((x) => 4 * x - 2);
  let sum = 0;
  for (let i = 0; i + 1 < z.length; i++) sum += 100 * (z[i + 1] - z[i] ** 2) ** 2 + (1 - z[i]) ** 2;
  return sum;
};

/** Rastrigin's function on [-5.12, 5.12]^n moved by 1.3: about 10^n minima, the least is 0. */
export const rastrigin: Objective = (point) =>
  point
    .map((x) => 10.24 * x - 6.42)
    .reduce((sum, z) => sum + z * z - 10 * Math.cos(2 * Math.PI * z) + 10, 0);

/** Squared distance to `centre` in every coordinate. */
export const sphere =
  (centre: number): Objective =>
  (point) =>
    point.reduce((sum, x) => sum + (x - centre) ** 2, 0);

/** Ellipsoid of condition 1e6 about 0.4, its axes turned by a Householder reflection. */
export const ellipsoid: Objective = (point) => {
  const n = point.length;
  const mirrored = point.map((x) => x - 0.4);
  const mean = mirrored.reduce((sum, x) => sum + x, 0) / n;
  return mirrored.reduce((sum, x, i) => sum + 1e6 ** (i / (n - 1)) * (x - 2 * mean) ** 2, 0);
};

/** Least 0 at (0, 0.3, 1, 1): three coordinates on their bounds, one of them short of its vertex. */
export const edge: Objective = ([a, b, c, d]) =>
  a + (b - 0.3) ** 2 + 3 * (1 - c) + (1.2 - d) ** 2 - 0.04;

/** NaN in a ball around the centre, infinities beyond a plane, else a sphere about 0.2. */
export const holed: Objective = (point) => {
  if (sphere(0.5)(point) < 0.02) return Number.NaN;
  if (point[0] > 0.9) return Number.NEGATIVE_INFINITY;
  if (point[1] > 0.9) return Number.POSITIVE_INFINITY;
  return sphere(0.2)(point);
};
