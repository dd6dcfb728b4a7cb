/**
 * Gaussian processes: what is known of a function of the unit box from noisy values at some points of it, with how far it is not known.
 *
 * Rasmussen and Williams, "Gaussian Processes for Machine Learning" (2006), ch. 2 and 5: a constant mean, a Matérn covariance with
 * smoothness 5/2 and a length per coordinate, and a known variance of the noise of every value. The lengths and the variance are those
 * of the greatest likelihood, with weak priors that keep them finite where few points say little.
 */
import { normalCdf } from "../distributions.ts";
import { choleskyFactor, solveFactored } from "../linearAlgebra.ts";
import { NelderMead } from "../optimising/nelderMead.ts";
import { power, square } from "../power.ts";
import { average, variance } from "../statistics.ts";

/** Values of a function at points of the unit box. */
export interface NoisyValues {
  /** At least two, all of the same length. */
  readonly points: readonly (readonly number[])[];
  /** One finite number per point. */
  readonly values: readonly number[];
  /** Variance of the noise of each value, >= 0. */
  readonly noise: readonly number[];
}

export interface Hyperparameters {
  /** Per coordinate, in widths of the box, > 0. */
  readonly lengths: readonly number[];
  /** Of the process, > 0. */
  readonly variance: number;
}

/** What is believed of the function at a point. */
export interface Belief {
  readonly mean: number;
  /** >= 0 */
  readonly variance: number;
}

/** Share of the variance that is added to the noise, so that points that are close can be told apart. */
const JITTER = 1e-8;

export class GaussianProcess {
  readonly hyperparameters: Hyperparameters;
  /** Of the values, with the hyperparameters. */
  readonly logLikelihood: number;
  private readonly points: NoisyValues["points"];
  private readonly centre: number;
  /** L of the covariances of the values, LLᵀ. */
  private readonly factor: Float64Array;
  /** K⁻¹ (y - centre) */
  private readonly weights: Float64Array;

  /** @throws RangeError unless there are as many values and noises as points, and at least two */
  constructor({ points, values, noise }: NoisyValues, hyperparameters: Hyperparameters) {
    if (points.length < 2 || values.length !== points.length || noise.length !== points.length)
      throw new RangeError(
        `${points.length} points, ${values.length} values: must be as many, 2 at least`,
      );
    this.points = points;
    this.hyperparameters = hyperparameters;
    const n = points.length;
    const jitter = JITTER * hyperparameters.variance;
    const covariances = points.flatMap((p, i) =>
      points.map((q, j) => covariance(hyperparameters, p, q) + (i === j ? noise[i] + jitter : 0)),
    );
    this.factor = choleskyFactor(covariances, n);
    const ones = this.solve(points.map(() => 1));
    const solved = this.solve(values);
    // The mean of generalised least squares.
    this.centre = sum(solved) / sum(ones);
    this.weights = solved.map((x, i) => x - this.centre * ones[i]);
    const fit = values.reduce((total, y, i) => total + (y - this.centre) * this.weights[i], 0);
    const logDeterminant =
      2 * points.reduce((total, _, i) => total + Math.log(this.factor[i * n + i]), 0);
    this.logLikelihood = -0.5 * (fit + logDeterminant + n * Math.log(2 * Math.PI));
  }

  /** @param point in the unit box */
  predict(point: readonly number[]): Belief {
    const { variance: prior } = this.hyperparameters;
    const shared = this.points.map((other) => covariance(this.hyperparameters, point, other));
    const mean = this.centre + dot(shared, this.weights);
    const explained = dot(shared, this.solve(shared));
    return { mean, variance: Math.max(0, prior - explained) };
  }

  private solve(right: ArrayLike<number>): Float64Array {
    return solveFactored(this.factor, right);
  }
}

const sum = (numbers: Float64Array) => numbers.reduce((total, x) => total + x, 0);
const dot = (a: readonly number[], b: Float64Array) =>
  a.reduce((total, x, i) => total + x * b[i], 0);

/** Matérn 5/2: variance (1 + √5 r + 5/3 r²) exp(-√5 r), with r the distance in lengths. */
function covariance(
  { lengths, variance }: Hyperparameters,
  p: readonly number[],
  q: readonly number[],
): number {
  const distance = Math.sqrt(
    5 * p.reduce((total, x, i) => total + square((x - q[i]) / lengths[i]), 0),
  );
  return variance * (1 + distance + square(distance) / 3) * power(Math.E, -distance);
}

// ---------------------------------------------------------------- fitting

/** Ranges of the hyperparameters: lengths in widths of the box, the variance in variances of the values. */
const LENGTHS = [0.05, 5] as const;
const VARIANCES = [0.05, 20] as const;
const EVALUATIONS = 120;
/** Deviation, in shares of its logarithmic range, with which a hyperparameter is drawn to the middle. */
const PRIOR = 0.35;

/** The process with the hyperparameters of the greatest likelihood. Deterministic. @throws RangeError as the constructor does */
export function fitGaussianProcess(observed: NoisyValues): GaussianProcess {
  const [{ length: dimension }] = observed.points;
  const noise = average(observed.noise);
  const scale = Math.max(variance(observed.values) - noise, noise / 10, Number.MIN_VALUE * 2 ** 60);
  const at = (unit: ArrayLike<number>): Hyperparameters => ({
    lengths: Array.from({ length: dimension }, (_, i) => between(LENGTHS, unit[i])),
    variance: scale * between(VARIANCES, unit[dimension]),
  });
  const lossAt = (unit: Float64Array) =>
    unit.reduce((total, u) => total + square((u - 0.5) / PRIOR) / 2, 0) -
    new GaussianProcess(observed, at(unit)).logLikelihood;
  const search = new NelderMead({
    start: new Array(dimension + 1).fill(0.5),
    step: 0.2,
    tolerance: 1e-3,
  });
  for (let count = 0; count < EVALUATIONS && search.stopped === undefined; ) {
    const asked = search.ask();
    search.tell(asked.map(lossAt));
    count += asked.length;
  }
  return new GaussianProcess(
    observed,
    at(search.best?.point ?? new Array(dimension + 1).fill(0.5)),
  );
}

const between = ([low, high]: readonly [number, number], unit: number) =>
  low * power(high / low, unit);

// ---------------------------------------------------------------- where to look next

/**
 * Expected improvement over a value, where more is better (Jones, Schonlau and Welch 1998). With noise, the value is the best belief at
 * a point that was seen, not the luckiest observation.
 */
export function expectedImprovement({ mean, variance }: Belief, best: number): number {
  const deviation = Math.sqrt(variance);
  if (deviation === 0) return Math.max(0, mean - best);
  const z = (mean - best) / deviation;
  const density = power(Math.E, -square(z) / 2) / Math.sqrt(2 * Math.PI);
  return (mean - best) * normalCdf(z) + deviation * density;
}
