// Bisection, for conditions that change once: over real numbers and over whole ones.

/**
 * The two ends of an interval, where a condition does not hold at `low` and holds at `high`, after halving it so often
 * around the place where it begins to hold. `low` may be above `high`.
 */
export function bracket(
  low: number,
  high: number,
  holds: (x: number) => boolean,
  halvings: number,
): readonly [low: number, high: number] {
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return [low, high];
}

/** Where the condition begins to hold: the middle of the {@link bracket}. */
export function bisect(...search: Parameters<typeof bracket>): number {
  const [low, high] = bracket(...search);
  return (low + high) / 2;
}

/** The last of 1..n at which a condition holds that holds up to some number; 0 if it holds at none. */
export function lastWhere(n: number, holds: (x: number) => boolean): number {
  let last = 0;
  let beyond = n + 1;
  while (beyond - last > 1) {
    const middle = Math.floor((last + beyond) / 2);
    if (holds(middle)) last = middle;
    else beyond = middle;
  }
  return last;
}
