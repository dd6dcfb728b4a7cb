/**
 * Maximum of a smooth function of a few variables whose gradient is known, and likelihood intervals around it.
 *
 * Newton's method with the Hessian by central differences of the gradient, damped as by Levenberg (1944) where the function
 * is not concave or a step does not climb; variables stay within their bounds. Intervals by profile likelihood: Venzon and
 * Moolgavkar, "A method for computing profile-likelihood-based confidence intervals", Applied Statistics 37 (1988).
 */
import { bisect } from "../bisect.ts";
import { normalQuantile } from "../distributions.ts";
import { LEVEL, upperProbability } from "../intervals.ts";
import { solvePositive } from "../linearAlgebra.ts";
import { square } from "../power.ts";
import { clamp } from "../statistics.ts";

export interface Value {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** A function to maximise. */
export interface Objective {
  at(point: Float64Array): Value;
  /** Bounds of each variable. */
  readonly bounds: readonly (readonly [low: number, high: number])[];
}

export interface Maximum extends Value {
  readonly point: Float64Array;
}

const MOST_STEPS = 100;
/** Steps end where the next one would gain less than this. */
const GAIN = 1e-10;
/** For differences of the gradient. */
const WIDTH = 1e-4;
/** Largest step of a variable: a log-odds or a spread. */
const LONGEST = 2;
/** Of the search for the end of an interval: the first step, and how often the last one is halved. */
const FIRST_WIDTH = 0.25;
const HALVINGS = 14;

/**
 * Climbs from a start to the nearest maximum.
 * @param fixed a variable that stays as it is
 */
export function maximise(objective: Objective, start: Float64Array, fixed?: number): Maximum {
  let here: Maximum = { point: start, ...objective.at(start) };
  let damping = 0;
  let hessian: Float64Array | undefined;
  for (let step = 0; step < MOST_STEPS; step++) {
    const free = freeVariables(objective, here, fixed);
    if (free.length === 0) return here;
    hessian ??= information(objective, here.point, free);
    const move = moveFrom(here, hessian, free, damping);
    if (move !== undefined && move.gain < GAIN) return here;
    const next = move && climbed(objective, here, move.point);
    if (next === undefined) {
      damping = damping === 0 ? 1e-3 : damping * 10;
      if (damping > 1e12) return here;
      continue;
    }
    here = next;
    hessian = undefined;
    damping = damping < 1e-3 ? 0 : damping / 10;
  }
  return here;
}

/** The variables that may move: neither fixed nor held at a bound. */
function freeVariables({ bounds }: Objective, { point, gradient }: Maximum, fixed?: number) {
  return bounds.flatMap(([low, high], i) => {
    const isHeld = (point[i] <= low && gradient[i] <= 0) || (point[i] >= high && gradient[i] >= 0);
    return i === fixed || isHeld ? [] : [i];
  });
}

/** Observed information, the negative Hessian, of some of the variables: row-major. */
export function information(
  objective: Objective,
  point: Float64Array,
  free: readonly number[] = [...point.keys()],
): Float64Array {
  const n = free.length;
  const matrix = new Float64Array(n * n);
  for (const [j, variable] of free.entries()) {
    const [low, high] = [-WIDTH, WIDTH].map((by) => {
      const x = clamp(point[variable] + by, ...objective.bounds[variable]);
      return { x, ...objective.at(point.map((own, i) => (i === variable ? x : own))) };
    });
    for (const [i, other] of free.entries()) {
      const entry = (low.gradient[other] - high.gradient[other]) / (high.x - low.x);
      matrix[i * n + j] += entry / 2;
      matrix[j * n + i] += entry / 2;
    }
  }
  return matrix;
}

/** Where a damped step leads, and what it promises to gain; undefined where the function is not concave even so. */
function moveFrom(
  { point, gradient }: Maximum,
  hessian: Float64Array,
  free: readonly number[],
  damping: number,
) {
  const n = free.length;
  const slope = free.map((i) => gradient[i]);
  const damped = hessian.map((entry, i) => entry + (i % (n + 1) === 0 ? damping : 0));
  let step: Float64Array;
  try {
    step = solvePositive(damped, slope);
  } catch {
    return undefined;
  }
  const moved = Float64Array.from(point);
  for (const [i, variable] of free.entries()) moved[variable] += clamp(step[i], -LONGEST, LONGEST);
  const gain = slope.reduce((sum, g, i) => sum + (g * step[i]) / 2, 0);
  return { point: moved, gain };
}

function climbed(objective: Objective, from: Maximum, to: Float64Array): Maximum | undefined {
  const point = to.map((x, i) => clamp(x, ...objective.bounds[i]));
  const there = objective.at(point);
  return there.value > from.value ? { point, ...there } : undefined;
}

/**
 * Covariance of some of the variables, the others being known: the inverse of the observed information, row-major. Infinite
 * variances where there is none in some direction.
 */
export function covariance(
  objective: Objective,
  point: Float64Array,
  free: readonly number[] = [...point.keys()],
): Float64Array {
  const n = free.length;
  const matrix = information(objective, point, free);
  const inverse = new Float64Array(n * n);
  try {
    for (let j = 0; j < n; j++) {
      const unit = Float64Array.from(free, (_, i) => (i === j ? 1 : 0));
      for (const [i, x] of solvePositive(matrix, unit).entries()) inverse[i * n + j] = x;
    }
  } catch {
    for (let i = 0; i < n; i++) inverse[i * n + i] = Number.POSITIVE_INFINITY;
  }
  return inverse;
}

/**
 * Interval of one variable by profile likelihood: the values at which the likelihood, with all others at their best, is not
 * too far below its maximum. A bound of the variable ends it.
 */
export function profileInterval(
  objective: Objective,
  maximum: Maximum,
  variable: number,
  level = LEVEL,
): readonly [low: number, high: number] {
  const least = maximum.value - square(normalQuantile(upperProbability(level))) / 2;
  const [low, high] = objective.bounds[variable];
  return [
    profileEnd(objective, maximum, variable, least, low),
    profileEnd(objective, maximum, variable, least, high),
  ];
}

/** Where, on the way from the maximum to a bound, the profile falls below a value. */
function profileEnd(
  objective: Objective,
  maximum: Maximum,
  variable: number,
  least: number,
  bound: number,
): number {
  let start = maximum.point;
  const isBelow = (x: number) => {
    const held = maximise(
      objective,
      start.map((own, i) => (i === variable ? x : own)),
      variable,
    );
    if (Number.isFinite(held.value)) start = held.point;
    return held.value < least;
  };
  let inside = maximum.point[variable];
  const direction = bound > inside ? 1 : -1;
  for (let width = FIRST_WIDTH; ; width *= 2) {
    const outside = inside + direction * width;
    const isBeyond = direction * (outside - bound) >= 0;
    if (isBeyond && !isBelow(bound)) return bound;
    if (isBeyond || isBelow(outside))
      return bisect(inside, isBeyond ? bound : outside, isBelow, HALVINGS);
    inside = outside;
  }
}
