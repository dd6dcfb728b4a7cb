/**
 * Maximum of a smooth function of a few variables whose gradient is known, and likelihood intervals around it.
 *
 * Newton's method with the Hessian by central differences of the gradient, which serves several steps, damped as by Levenberg
 * (1944) where the function is not concave or a step does not climb; variables stay within their bounds. Intervals by profile
 * likelihood: Venzon and Moolgavkar, "A method for computing profile-likelihood-based confidence intervals", Applied Statistics
 * 37 (1988).
 */
import { LEVEL, upperProbability } from "../intervals.ts";
import { solvePositive } from "../linearAlgebra.ts";
import { studentQuantile } from "../quantiles.ts";
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

export interface MaximiseOptions {
  /** A variable that stays as it is. */
  readonly fixed?: number;
  /** Observed information near the start, to begin with. */
  readonly information?: Float64Array;
  /** Steps end where the next one would gain less than this. */
  readonly gain?: number;
}

const MOST_STEPS = 200;
const GAIN = 1e-10;
/** For differences of the gradient. */
const WIDTH = 1e-4;
/** Largest step of a variable: a log-odds or a spread. */
const LONGEST = 2;
/** A Hessian serves further steps as long as each promises this much less than the one before. */
const PROGRESS = 0.25;

/** Climbs from a start to the nearest maximum. */
export function maximise(
  objective: Objective,
  start: Float64Array,
  { fixed, information: known, gain: least = GAIN }: MaximiseOptions = {},
): Maximum {
  const begin = start.map((x, i) => clamp(x, ...objective.bounds[i]));
  let here: Maximum = { point: begin, ...objective.at(begin) };
  let matrix = known ?? information(objective, begin);
  let isFresh = known === undefined;
  let damping = 0;
  let promised = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = moveFrom(here, matrix, freeVariables(objective, here, fixed), damping);
    if (move !== undefined && move.gain < least) return here;
    const isSlow = move === undefined || move.gain > PROGRESS * promised;
    const next = isSlow && !isFresh ? undefined : move && climbed(objective, here, move.point);
    if (next !== undefined) {
      here = next;
      isFresh = false;
      promised = move?.gain ?? promised;
      damping = damping < 1e-3 ? 0 : damping / 10;
    } else if (!isFresh) {
      matrix = information(objective, here.point);
      isFresh = true;
    } else {
      damping = damping === 0 ? 1e-3 : damping * 10;
      if (damping > 1e9) return here;
    }
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

/** Observed information, the negative Hessian, row-major. */
export function information(objective: Objective, point: Float64Array): Float64Array {
  const n = point.length;
  const matrix = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const [low, high] = [-WIDTH, WIDTH].map((by) => {
      const x = clamp(point[j] + by, ...objective.bounds[j]);
      return { x, ...objective.at(point.map((own, i) => (i === j ? x : own))) };
    });
    for (let i = 0; i < n; i++) {
      const entry = (low.gradient[i] - high.gradient[i]) / (high.x - low.x);
      matrix[i * n + j] += entry / 2;
      matrix[j * n + i] += entry / 2;
    }
  }
  return matrix;
}

/** Where a damped step leads, and what it promises to gain; undefined where the function is not concave even so. */
function moveFrom(
  { point, gradient }: Maximum,
  matrix: Float64Array,
  free: readonly number[],
  damping: number,
) {
  const slope = free.map((i) => gradient[i]);
  const damped = part(matrix, free, point.length).map((entry, i) =>
    i % (free.length + 1) === 0 ? entry + damping : entry,
  );
  const step = solved(damped, slope);
  if (step === undefined) return undefined;
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

/** Rows and columns of some of n variables. */
const part = (matrix: Float64Array, free: readonly number[], n: number): Float64Array =>
  Float64Array.from(free.flatMap((i) => free.map((j) => matrix[i * n + j])));

/** Undefined unless the matrix is positive definite. */
function solved(matrix: Float64Array, right: readonly number[]): Float64Array | undefined {
  try {
    return solvePositive(matrix, right);
  } catch {
    return undefined;
  }
}

/**
 * Covariance of the variables: the inverse of the observed information, row-major. Infinite variances where there is none in
 * some direction.
 */
export function covariance(objective: Objective, { point }: Maximum): Float64Array {
  const variables = [...point.keys()];
  const matrix = information(objective, point);
  const unit = (j: number) => variables.map((i) => (i === j ? 1 : 0));
  const unknown = (j: number) => unit(j).map((x) => (x === 1 ? Number.POSITIVE_INFINITY : 0));
  return Float64Array.from(variables.flatMap((j) => [...(solved(matrix, unit(j)) ?? unknown(j))]));
}

/** A likelihood of few clusters is not much less certain than of these: it has a spread of its own that tells so. */
const FEWEST_FREE = 4;

/**
 * Intervals of variables by profile likelihood: the values at which the likelihood, with all others at their best, is not too far
 * below its maximum. A bound of the variable ends it. How far is too far goes by Student's t with one degree of freedom fewer than
 * there are clusters: the normal quantile, which holds for many, makes intervals too narrow for few.
 */
export function profileIntervals(
  objective: Objective,
  maximum: Maximum,
  clusters: number,
  level = LEVEL,
): (readonly [low: number, high: number])[] {
  const z = studentQuantile(upperProbability(level), Math.max(FEWEST_FREE, clusters - 1));
  const known = information(objective, maximum.point);
  return objective.bounds.map((bounds, variable) => {
    const [low, high] = bounds.map((bound) => {
      const missing = profile(objective, maximum, variable, known, z);
      return profileEnd(missing, maximum.point[variable], bound, z);
    });
    return [low, high];
  });
}

/**
 * By how much the root of the deviance, √(2 (maximum - profile)), exceeds z. Where nearby values follow each other, each search
 * begins where the last one ended.
 */
function profile(
  objective: Objective,
  maximum: Maximum,
  variable: number,
  known: Float64Array,
  z: number,
): (x: number) => number {
  let start = maximum.point;
  return (x) => {
    const held = start.map((own, i) => (i === variable ? x : own));
    const options = { fixed: variable, information: known, gain: 1e-6 };
    const { point, value } = maximise(objective, held, options);
    if (Number.isFinite(value)) start = point;
    return Math.sqrt(Math.max(0, 2 * (maximum.value - value))) - z;
  };
}

/** Of the end of an interval; relative to it where it is large. */
const PRECISION = 1e-4;
/** First step on the way there, and how much further than where a straight line leads the next ones go. */
const FIRST_WIDTH = 0.25;
const BEYOND = 1.2;
const FURTHEST = 4;

/**
 * Where the root of the deviance reaches z on the way from the maximum to a bound. It is nearly a straight line, so that the place
 * is found by straight lines (regula falsi, Illinois variant).
 */
function profileEnd(missing: (x: number) => number, at: number, bound: number, z: number): number {
  if (at === bound) return bound;
  const direction = bound > at ? 1 : -1;
  const within = (x: number) => (direction * (x - bound) > 0 ? bound : x);
  let inside = { x: at, by: -z };
  let outside = { x: within(at + direction * FIRST_WIDTH), by: Number.NaN };
  while (!((outside.by = missing(outside.x)) >= 0)) {
    if (outside.x === bound) return bound;
    const reach = clamp((BEYOND * z) / (outside.by + z), BEYOND, FURTHEST);
    inside = outside;
    outside = { x: within(at + (outside.x - at) * reach), by: Number.NaN };
  }
  const precision = PRECISION * Math.max(1, Math.abs(outside.x));
  while (Math.abs(outside.x - inside.x) > precision) {
    const x = (inside.x * outside.by - outside.x * inside.by) / (outside.by - inside.by);
    const by = missing(x);
    if (Math.abs(by) < PRECISION) return x;
    const isBeyond = by >= 0;
    const other = isBeyond ? inside : outside;
    if (isBeyond) outside = { x, by };
    else inside = { x, by };
    // An end that stays counts half, so that both ends close in.
    other.by /= 2;
  }
  return outside.x;
}
