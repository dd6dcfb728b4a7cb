/**
 * Least value of a convex quadratic function over a box, by a primal active-set method.
 *
 * Stark and Parker, "Bounded-variable least-squares: an algorithm and applications", Computational Statistics 10 (1995),
 * here for the normal equations; Nocedal and Wright, "Numerical Optimization", 2nd ed., section 16.5. Coordinates on a
 * bound are held there as long as the slope presses them against it.
 */
import { solvePositive } from "../linearAlgebra.ts";

/** A box around 0: `low` <= 0 <= `high` in every coordinate. */
export interface Box {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

/** In exact arithmetic far fewer changes of the active set are made; rounding could make it change for ever. */
const MAX_CHANGES = 10;

/**
 * Minimises dᵀHd / 2 + gᵀd for d in the box. H is row-major n × n, symmetric and positive definite beyond rounding.
 * @throws RangeError if it is not positive definite
 */
export function boundedMinimum(
  hessian: Float64Array,
  gradient: Float64Array,
  box: Box,
): Float64Array {
  const n = gradient.length;
  const at = new Float64Array(n);
  const isHeld = new Uint8Array(n);
  for (let change = 0; change < MAX_CHANGES * n; change++) {
    if (advance(at, freeMinimum(hessian, gradient, at, isHeld), box, isHeld)) continue;
    const released = mostPressed(at, slopes(hessian, gradient, at), box, isHeld);
    if (released < 0) break;
    isHeld[released] = 0;
  }
  return at;
}

/** The minimum over the coordinates that are not held. */
function freeMinimum(
  hessian: Float64Array,
  gradient: Float64Array,
  at: Float64Array,
  isHeld: Uint8Array,
): Float64Array {
  const n = at.length;
  const free = Array.from({ length: n }, (_, i) => i).filter((i) => !isHeld[i]);
  const matrix = Float64Array.from(free.flatMap((i) => free.map((j) => hessian[i * n + j])));
  const slope = slopes(hessian, gradient, at);
  const step = solvePositive(
    matrix,
    free.map((i) => -slope[i]),
  );
  const minimum = at.slice();
  for (const [k, i] of free.entries()) minimum[i] += step[k];
  return minimum;
}

/** Moves towards `goal` as far as the box allows; true if a bound came first, whose coordinate is held from now on. */
function advance(at: Float64Array, goal: Float64Array, box: Box, isHeld: Uint8Array): boolean {
  let share = 1;
  let first = -1;
  for (let i = 0; i < at.length; i++) {
    const bound = goal[i] < box.low[i] ? box.low[i] : goal[i] > box.high[i] ? box.high[i] : goal[i];
    if (bound === goal[i]) continue;
    const reach = (bound - at[i]) / (goal[i] - at[i]);
    if (first >= 0 && reach >= share) continue;
    share = reach;
    first = i;
  }
  if (first < 0) {
    at.set(goal);
    return false;
  }
  for (let i = 0; i < at.length; i++) at[i] += share * (goal[i] - at[i]);
  at[first] = goal[first] < box.low[first] ? box.low[first] : box.high[first];
  isHeld[first] = 1;
  return true;
}

/** The held coordinate that gains most by leaving its bound; -1 if none does. */
function mostPressed(
  at: Float64Array,
  slope: Float64Array,
  { low, high }: Box,
  isHeld: Uint8Array,
): number {
  let most = 0;
  let found = -1;
  for (let i = 0; i < at.length; i++) {
    if (!isHeld[i] || low[i] === high[i]) continue;
    const inwards = at[i] === low[i] ? -slope[i] : slope[i];
    if (inwards <= most) continue;
    most = inwards;
    found = i;
  }
  return found;
}

/** Hd + g. */
function slopes(hessian: Float64Array, gradient: Float64Array, at: Float64Array): Float64Array {
  const n = at.length;
  return gradient.map((slope, i) => {
    let sum = slope;
    for (let j = 0; j < n; j++) sum += hessian[i * n + j] * at[j];
    return sum;
  });
}
