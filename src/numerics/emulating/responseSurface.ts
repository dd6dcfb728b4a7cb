/**
 * Response surfaces: what a simulation says at some points of a box, as quadratic functions of the coordinates with all cross
 * terms, fitted by ridge regression.
 *
 * Box and Draper, "Response Surfaces, Mixtures, and Ridge Analyses", 2nd ed. (2007). The penalty is chosen, output by output,
 * by the error of predictions that leave the predicted point out; for ridge regression these follow from one fit (Golub,
 * Heath and Wahba, "Generalized cross-validation as a method for choosing a good ridge parameter", Technometrics 21, 1979).
 * Coordinates are standardised by the weighted mean and deviation of the points, so that a penalty means the same everywhere.
 */
import { choleskyFactor } from "../linearAlgebra.ts";
import { square } from "../power.ts";

/** Points with what was observed there. */
export interface Observations {
  /** At least one; all of the same length. */
  readonly points: readonly ArrayLike<number>[];
  /** One list per output, with one finite number per point. */
  readonly outputs: readonly ArrayLike<number>[];
  /** How much each point counts, > 0. */
  readonly weights: ArrayLike<number>;
}

/** Penalties that are tried, as shares of the total weight. */
const PENALTIES = [1e-6, 1e-4, 1e-3, 1e-2, 1e-1] as const;

/** Linear terms are penalised less: most of what happens is a slope. */
const LINEAR = 0.1;

/** Deviations below this one, in widths of the box, are no scale to measure in. */
const LEAST_DEVIATION = 1e-6;

/** Number of coefficients of a quadratic function of n coordinates. */
export const coefficientCount = (n: number): number => ((n + 1) * (n + 2)) / 2;

export class ResponseSurface {
  /** Mean squared error of predictions that leave the point out, weighted; one per output. */
  readonly errors: Float64Array;
  /** The predictions that leave the point out: one list per output, with one number per point. */
  readonly leftOut: readonly Float64Array[];
  /** Leverages φᵀA⁻¹φ of the points. */
  readonly leverages: Float64Array;

  private readonly basis: Basis;
  private readonly size: number;
  /** Coefficients, one row per output. */
  private readonly coefficients: Float64Array;
  /** Cholesky factor of the normal equations with the least penalty that an output has. */
  private readonly factor: Float64Array;
  private readonly terms: Float64Array;
  private readonly solved: Float64Array;

  /** @throws RangeError unless there are as many weights, and numbers of every output, as points, and at least one */
  constructor({ points, outputs, weights }: Observations) {
    check(points, outputs, weights);
    const n = points.length;
    this.basis = new Basis(points, weights);
    this.size = coefficientCount(points[0].length);
    this.terms = new Float64Array(this.size);
    this.solved = new Float64Array(this.size);
    const total = sumOf(weights);
    const design = this.designOf(points);
    const normal = this.normalOf(design, weights);
    const right = outputs.map((output) => this.momentsOf(design, weights, output));

    this.errors = new Float64Array(outputs.length).fill(Number.POSITIVE_INFINITY);
    this.coefficients = new Float64Array(outputs.length * this.size);
    const leftOut = outputs.map(() => new Float64Array(n));
    let factor: Float64Array | undefined;
    let leverages: Float64Array = new Float64Array(n);
    for (const penalty of PENALTIES) {
      const own = choleskyFactor(this.penalised(normal, penalty * total), this.size);
      const ownLeverages = this.leveragesOf(design, own);
      let isChosen = false;
      for (const [k, output] of outputs.entries()) {
        const solution = this.solve(own, right[k]);
        const predicted = new Float64Array(n);
        let error = 0;
        for (let i = 0; i < n; i++) {
          const share = Math.min(weights[i] * ownLeverages[i], 1 - 1e-9);
          const residual =
            (output[i] - product(design, i * this.size, solution, 0, this.size)) / (1 - share);
          predicted[i] = output[i] - residual;
          error += weights[i] * square(residual);
        }
        error /= total;
        if (!(error < this.errors[k])) continue;
        this.errors[k] = error;
        this.coefficients.set(solution, k * this.size);
        leftOut[k] = predicted;
        isChosen = true;
      }
      if (!isChosen || factor !== undefined) continue;
      factor = own;
      leverages = ownLeverages;
    }
    this.leftOut = leftOut;
    this.factor = factor ?? new Float64Array(square(this.size));
    this.leverages = leverages;
  }

  /**
   * Writes one prediction per output that is asked for, and answers the leverage of the point: the variance of predictions there grows with it,
   * as it does with the distance from the observed points.
   */
  predict(point: ArrayLike<number>, outputs: readonly number[], means: Float64Array): number {
    const { terms, size, coefficients } = this;
    this.basis.termsAt(point, terms, 0);
    for (const [i, k] of outputs.entries())
      means[i] = product(coefficients, k * size, terms, 0, size);
    return this.leverage(this.factor, terms, 0);
  }

  // ---------------------------------------------------------------- least squares

  /** Terms of all points, one row per point. */
  private designOf(points: readonly ArrayLike<number>[]): Float64Array {
    const design = new Float64Array(points.length * this.size);
    for (const [i, point] of points.entries()) this.basis.termsAt(point, design, i * this.size);
    return design;
  }

  /** Lower triangle of the weighted products of terms. */
  private normalOf(design: Float64Array, weights: ArrayLike<number>): Float64Array {
    const { size } = this;
    const normal = new Float64Array(size * size);
    for (let i = 0; i < weights.length; i++) {
      const row = i * size;
      for (let a = 0; a < size; a++) {
        const x = weights[i] * design[row + a];
        for (let b = 0, at = a * size; b <= a; b++) normal[at + b] += x * design[row + b];
      }
    }
    return normal;
  }

  private momentsOf(
    design: Float64Array,
    weights: ArrayLike<number>,
    output: ArrayLike<number>,
  ): Float64Array {
    const moments = new Float64Array(this.size);
    for (let i = 0; i < output.length; i++) {
      const y = weights[i] * output[i];
      for (let a = 0, at = i * this.size; a < this.size; a++) moments[a] += y * design[at + a];
    }
    return moments;
  }

  /** The constant is free. */
  private penalised(normal: Float64Array, penalty: number): Float64Array {
    const matrix = normal.slice();
    for (let a = 1; a < this.size; a++)
      matrix[a * this.size + a] += penalty * (a <= this.basis.dimension ? LINEAR : 1);
    return matrix;
  }

  private leveragesOf(design: Float64Array, factor: Float64Array): Float64Array {
    return Float64Array.from({ length: design.length / this.size }, (_, i) =>
      this.leverage(factor, design, i * this.size),
    );
  }

  /** φᵀA⁻¹φ of the terms that begin at a place. */
  private leverage(factor: Float64Array, terms: Float64Array, from: number): number {
    const { size, solved } = this;
    let sum = 0;
    for (let a = 0; a < size; a++) {
      const row = a * size;
      const rest = terms[from + a] - product(factor, row, solved, 0, a);
      const pivot = factor[row + a];
      solved[a] = pivot > 0 ? rest / pivot : 0;
      sum += solved[a] * solved[a];
    }
    return sum;
  }

  /** A⁻¹b. */
  private solve(factor: Float64Array, right: Float64Array): Float64Array {
    const { size } = this;
    const x = right.slice();
    for (let a = 0; a < size; a++) {
      const row = a * size;
      for (let b = 0; b < a; b++) x[a] -= factor[row + b] * x[b];
      x[a] = factor[row + a] > 0 ? x[a] / factor[row + a] : 0;
    }
    for (let a = size - 1; a >= 0; a--) {
      x[a] = factor[a * size + a] > 0 ? x[a] / factor[a * size + a] : 0;
      for (let b = 0; b < a; b++) x[b] -= factor[a * size + b] * x[a];
    }
    return x;
  }
}

/** Scalar product of n numbers each, in four sums that a processor can add side by side. */
function product(
  a: Float64Array,
  fromA: number,
  b: Float64Array,
  fromB: number,
  n: number,
): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = n & ~3;
  for (let i = 0; i < whole; i += 4) {
    s0 += a[fromA + i] * b[fromB + i];
    s1 += a[fromA + i + 1] * b[fromB + i + 1];
    s2 += a[fromA + i + 2] * b[fromB + i + 2];
    s3 += a[fromA + i + 3] * b[fromB + i + 3];
  }
  for (let i = whole; i < n; i++) s0 += a[fromA + i] * b[fromB + i];
  return s0 + s1 + (s2 + s3);
}

/** The terms 1, z_i, and z_i z_j with squares as (z_i² - 1) / √2, which have variance 1 where the z are normal. */
class Basis {
  readonly dimension: number;
  private readonly centre: Float64Array;
  private readonly deviation: Float64Array;
  private readonly z: Float64Array;

  constructor(points: readonly ArrayLike<number>[], weights: ArrayLike<number>) {
    this.dimension = points[0].length;
    this.centre = new Float64Array(this.dimension);
    this.deviation = new Float64Array(this.dimension);
    this.z = new Float64Array(this.dimension);
    const total = sumOf(weights);
    for (let d = 0; d < this.dimension; d++) {
      let mean = 0;
      for (const [i, point] of points.entries()) mean += (weights[i] / total) * point[d];
      let squares = 0;
      for (const [i, point] of points.entries())
        squares += (weights[i] / total) * square(point[d] - mean);
      this.centre[d] = mean;
      this.deviation[d] = Math.max(Math.sqrt(squares), LEAST_DEVIATION);
    }
  }

  termsAt(point: ArrayLike<number>, terms: Float64Array, from: number): void {
    const { dimension: n, z } = this;
    for (let d = 0; d < n; d++) z[d] = (point[d] - this.centre[d]) / this.deviation[d];
    let at = from;
    terms[at++] = 1;
    for (let d = 0; d < n; d++) terms[at++] = z[d];
    for (let d = 0; d < n; d++) {
      terms[at++] = (z[d] * z[d] - 1) * Math.SQRT1_2;
      for (let e = 0; e < d; e++) terms[at++] = z[d] * z[e];
    }
  }
}

function sumOf(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i];
  return sum;
}

function check(
  points: readonly ArrayLike<number>[],
  outputs: readonly ArrayLike<number>[],
  weights: ArrayLike<number>,
): void {
  if (points.length === 0) throw new RangeError("No points: there must be at least one");
  for (const { length } of [weights, ...outputs])
    if (length !== points.length)
      throw new RangeError(`${length} numbers for ${points.length} points: must be one per point`);
}
