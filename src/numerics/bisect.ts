// Bisection, for equations of one unknown whose sign changes once.

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
