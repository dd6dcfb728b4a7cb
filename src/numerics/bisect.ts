// Bisection, for equations of one unknown whose sign changes once.

/**
 * Where a condition that does not hold at `low` and holds at `high` begins to hold.
 * @param halvings how often the interval is halved
 */
export function bisect(
  low: number,
  high: number,
  holds: (x: number) => boolean,
  halvings: number,
): number {
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
