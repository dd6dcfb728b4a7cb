// The arithmetic mean, which figures, laws and scores are all made with.

/** Mean of the numbers; NaN of none. */
export function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}
