// A sample as a distribution of its own: quantiles at evenly spaced probabilities.

/** Percentiles from 0 to 100. */
const POINTS = 101;

/**
 * Quantiles of a sample of at least 100 numbers at 0, 1, …, 100 %, by linear interpolation (Hyndman and Fan 1996, type 7). The two
 * ends are set so that the lowest and the highest percent keep their means: a straight line to the maximum would make long tails
 * longer than they are.
 * @param sorted not negative, in ascending order
 */
export function empiricalQuantiles(sorted: Float64Array): number[] {
  const last = sorted.length - 1;
  const quantiles = Array.from({ length: POINTS }, (_, i) => {
    const place = (i / (POINTS - 1)) * last;
    const below = Math.min(Math.floor(place), last - 1);
    return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
  });
  const end = POINTS - 1;
  const tail = Math.max(1, Math.round(sorted.length / (POINTS - 1)));
  const lowest = meanOf(sorted.subarray(0, tail));
  const highest = meanOf(sorted.subarray(sorted.length - tail));
  quantiles[0] = Math.min(quantiles[1], Math.max(0, 2 * lowest - quantiles[1]));
  quantiles[end] = Math.max(quantiles[end - 1], 2 * highest - quantiles[end - 1]);
  return quantiles;
}

const meanOf = (numbers: Float64Array) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

/** Distribution function of quantiles at evenly spaced probabilities from 0 to 1, with straight lines between them. */
export function empiricalCdf(quantiles: readonly number[]): (x: number) => number {
  const last = quantiles.length - 1;
  return (x) => {
    if (x < quantiles[0]) return 0;
    if (x >= quantiles[last]) return 1;
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (quantiles[middle] <= x) low = middle;
      else high = middle;
    }
    return (low + (x - quantiles[low]) / (quantiles[high] - quantiles[low])) / last;
  };
}
