/**
 * pass^k: the probability that k repeats of one instance all succeed.
 * Unbiased estimator C(c, k) / C(n, k) for c successes in n repeats, averaged over instances:
 * Yao et al., "τ-bench" (2024), arXiv 2406.12045.
 */

import {
  effectiveSampleSize,
  type Interval,
  LEVEL,
  wilsonClustered,
} from "../numerics/intervals.ts";
import { NETS, netOf } from "../numerics/nets.ts";
import { square } from "../numerics/power.ts";

/**
 * Counts instances by net, repeats and successes: a sufficient statistic for pass^k at every k. Integer counts, so that
 * the result does not depend on the order of `add`. Memory grows with the square of the largest number of repeats,
 * not with the number of instances.
 */
export class Reliability {
  /** #rows[n][net * (n + 1) + c]; an empty row stands for a number of repeats not seen yet. */
  readonly #rows: Float64Array[] = [];

  /**
   * Adds one instance.
   * @throws RangeError unless 0 <= successes <= repeats are integers
   */
  add(instance: number, successes: number, repeats: number): void {
    if (!(Number.isInteger(successes) && Number.isInteger(repeats))) {
      throw new RangeError(`${successes} of ${repeats} repeats: both must be integers`);
    }
    if (successes < 0 || successes > repeats) {
      throw new RangeError(`${successes} of ${repeats} repeats: needs 0 <= successes <= repeats`);
    }
    this.#row(repeats)[netOf(instance) * (repeats + 1) + successes]++;
  }

  /**
   * pass^k over the instances with at least k repeats; `undefined` when there is none.
   *
   * The interval is Wilson's at the effective sample size of the nets: it stays within [0, 1]
   * and does not collapse where all instances agree. Where instances differ in their number of
   * repeats, every k averages over its own instances, and only then can pass^k rise with k.
   * @param k number of repeats that must all succeed, an integer >= 1
   */
  estimate(k: number, level = LEVEL): Interval | undefined {
    if (!Number.isInteger(k) || k < 1) {
      throw new RangeError(`pass^k with k = ${k}: k must be an integer >= 1`);
    }
    const instances = new Float64Array(NETS);
    const passes = new Float64Array(NETS);
    for (let n = k; n < this.#rows.length; n++) {
      this.#rows[n].forEach((count, cell) => {
        const net = Math.floor(cell / (n + 1));
        instances[net] += count;
        passes[net] += count * passAllOf(k, cell % (n + 1), n);
      });
    }
    const all = total(instances);
    if (all === 0) return undefined;
    const nets = instances.filter((count) => count > 0).length;
    const mean = total(passes) / all;
    let squares = 0;
    for (let net = 0; net < NETS; net++)
      squares += square(((passes[net] - mean * instances[net]) * nets) / all);
    const size = effectiveSampleSize(mean, squares, { nets, instances: all, trials: all }, level);
    return wilsonClustered(mean, size, level);
  }

  /** The counts of instances with this number of repeats, made on first use. */
  #row(repeats: number): Float64Array {
    while (this.#rows.length <= repeats) this.#rows.push(new Float64Array(0));
    if (this.#rows[repeats].length === 0)
      this.#rows[repeats] = new Float64Array(NETS * (repeats + 1));
    return this.#rows[repeats];
  }
}

const total = (numbers: Float64Array) => numbers.reduce((sum, x) => sum + x, 0);

/** C(c, k) / C(n, k): the probability that k of n repeats, drawn at random, are among the c successes. */
export function passAllOf(k: number, c: number, n: number): number {
  if (c < k) return 0;
  let probability = 1;
  for (let i = 0; i < k; i++) probability *= (c - i) / (n - i);
  return probability;
}
