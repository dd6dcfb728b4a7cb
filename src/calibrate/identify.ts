/**
 * Which parameters the targets pin down: profile intervals in a quadratic model of the loss (Gauss-Newton).
 *
 * Near the fitted point u* the misses are taken to be linear, m(u) = m* + J (u - u*), so that the sum of squares
 * Q(u) = Σ w m² is a quadratic function. The profile interval of parameter i is the set of u_i for which the other
 * parameters, within their ranges, can bring Q(u) to Q(u*) + 1 or below. Where tolerances are read as half-widths of
 * 95 % intervals (1.96 σ), a rise of 1 is a rise of χ² by 3.84, and this is the 95 % interval of the profile likelihood
 * (Venzon and Moolgavkar, "A method for computing profile-likelihood-based confidence intervals", Applied Statistics 37,
 * 1988) of the model. All coordinates are those of the unit box: places in the ranges, on their scales.
 */
import { bracket } from "../numerics/bisect.ts";
import { symmetricEigen } from "../numerics/linearAlgebra.ts";
import { clamp } from "../numerics/statistics.ts";

/** Rise of Σ w m² that bounds the profile interval. */
const RISE = 1;

/** Share of the range up to which a parameter is pinned down, and from which it is not pinned down at all. */
export const PINNED = 0.25;
export const FREE = 0.75;

/** Distance to an end of the range, in ranges, that counts as on it. */
const ON_BOUND = 1e-3;

/** Correlations above this one are told. */
const STRONG = 0.9;

/** Curvatures below this share of the largest are rounding: such a direction is not determined at all. */
const FLAT = 1e-12;

export type Identification = "pinned" | "weak" | "free";

export interface Profile {
  /** In the unit box; within the range of the parameter. */
  readonly interval: readonly [low: number, high: number];
  readonly verdict: Identification;
}

export interface Correlation {
  /** Indices of two parameters, the lower one first. */
  readonly parameters: readonly [number, number];
  /** In [-1, 1]: to keep the fit, both rise together (> 0), or one falls as the other rises. */
  readonly r: number;
}

export interface Identifiability {
  readonly profiles: readonly Profile[];
  readonly correlations: readonly Correlation[];
}

/** The misses near a point: n parameters, one row of J per target. */
export interface LinearModel {
  /** The point, in [0, 1]^n. */
  readonly point: ArrayLike<number>;
  /** Misses there, times the square roots of their weights. */
  readonly misses: readonly number[];
  /** Derivatives of these, one row per miss with one entry per parameter. */
  readonly jacobian: readonly (readonly number[])[];
}

/** Judges every parameter by the model. */
export function identify(model: LinearModel): Identifiability {
  const quadratic = new Quadratic(model);
  const n = model.point.length;
  const profiles = Array.from({ length: n }, (_, i) => {
    const interval = [quadratic.reach(i, -1), quadratic.reach(i, 1)] as const;
    const share = interval[1] - interval[0];
    const verdict = share < PINNED ? "pinned" : share < FREE ? "weak" : "free";
    return { interval, verdict } as const;
  });
  return { profiles, correlations: correlations(quadratic.hessian, n) };
}

/** On which bound of its range a coordinate is. */
export function boundOf(unit: number): "low" | "high" | null {
  if (unit <= ON_BOUND) return "low";
  return unit >= 1 - ON_BOUND ? "high" : null;
}

const SWEEPS = 2000;
const HALVINGS = 40;
const STILL = 1e-9;

/** Q(u* + d) - Q(u*) = 2 gᵀd + dᵀHd, with g = Jᵀm and H = JᵀJ. */
class Quadratic {
  /** Row-major n × n. */
  readonly hessian: Float64Array;
  private readonly gradient: Float64Array;
  private readonly n: number;
  private readonly point: ArrayLike<number>;

  constructor({ point, misses, jacobian }: LinearModel) {
    const n = point.length;
    this.n = n;
    this.point = point;
    this.hessian = new Float64Array(n * n);
    this.gradient = new Float64Array(n);
    jacobian.forEach((row, k) => {
      for (let i = 0; i < n; i++) {
        this.gradient[i] += row[i] * misses[k];
        for (let j = 0; j < n; j++) this.hessian[i * n + j] += row[i] * row[j];
      }
    });
  }

  /** The end of the profile interval of coordinate i on one side, by bisection: the profile is convex. */
  reach(i: number, side: -1 | 1): number {
    const end = side < 0 ? 0 : 1;
    if (this.profile(i, end) <= RISE) return end;
    const isOutside = (at: number) => !(this.profile(i, at) <= RISE);
    const [inside] = bracket(this.point[i], end, isOutside, HALVINGS);
    return inside;
  }

  /** Least rise of Q over the box with coordinate i held, by coordinate descent. */
  private profile(i: number, at: number): number {
    const step = new Float64Array(this.n);
    step[i] = at - this.point[i];
    for (let sweep = 0; sweep < SWEEPS && this.descend(step, i); sweep++);
    let rise = 0;
    for (let j = 0; j < this.n; j++) rise += step[j] * (this.gradient[j] + this.slope(step, j));
    return rise;
  }

  /** Minimises over one coordinate after another; false when none moves any more. */
  private descend(step: Float64Array, held: number): boolean {
    let hasMoved = false;
    for (let j = 0; j < this.n; j++) {
      const curvature = this.hessian[j * this.n + j];
      if (j === held || curvature === 0) continue;
      const free = step[j] - this.slope(step, j) / curvature;
      const next = clamp(free, -this.point[j], 1 - this.point[j]);
      hasMoved ||= Math.abs(next - step[j]) > STILL;
      step[j] = next;
    }
    return hasMoved;
  }

  /** Half the derivative of Q by coordinate j. */
  private slope(step: Float64Array, j: number): number {
    let sum = this.gradient[j];
    for (let k = 0; k < this.n; k++) sum += this.hessian[j * this.n + k] * step[k];
    return sum;
  }
}

/** Strong correlations of the inverse of H; directions that are flat count as all but flat. */
function correlations(hessian: Float64Array, n: number): Correlation[] {
  const { values, vectors } = symmetricEigen(hessian, n);
  const least = FLAT * values[n - 1];
  if (!(least > 0)) return [];
  const covariance = (i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < n; k++)
      sum += (vectors[i * n + k] * vectors[j * n + k]) / Math.max(values[k], least);
    return sum;
  };
  const found: Correlation[] = [];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const r = covariance(i, j) / Math.sqrt(covariance(i, i) * covariance(j, j));
      if (Math.abs(r) > STRONG) found.push({ parameters: [i, j], r: clamp(r, -1, 1) });
    }
  return found;
}
