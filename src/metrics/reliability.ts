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
import { square } from "../numerics/power.ts";

/** Form of {@link Reliability} in which it goes to another thread: rows[n][c] instances had c successes in n repeats. */
export type PackedReliability = readonly Float64Array[];

/**
 * Counts instances by (repeats, successes): a sufficient statistic for pass^k at every k. Integer
 * counts, so that the result does not depend on the order of `add` and `merge`. Memory grows
 * with the square of the largest number of repeats, not with the number of instances.
 */
export class Reliability {
  /** #rows[n][c]; an empty row stands for a number of repeats not seen yet. */
  readonly #rows: Float64Array[] = [];

  /**
   * Adds one instance.
   * @throws RangeError unless 0 <= successes <= repeats are integers
   */
  add(successes: number, repeats: number): void {
    if (!(Number.isInteger(successes) && Number.isInteger(repeats))) {
      throw new RangeError(`${successes} of ${repeats} repeats: both must be integers`);
    }
    if (successes < 0 || successes > repeats) {
      throw new RangeError(`${successes} of ${repeats} repeats: needs 0 <= successes <= repeats`);
    }
    this.#row(repeats)[successes]++;
  }

  /** Takes in all instances of `other`. */
  merge(other: Reliability): void {
    other.#rows.forEach((row, repeats) => {
      if (row.length === 0) return;
      const own = this.#row(repeats);
      for (let c = 0; c < row.length; c++) own[c] += row[c];
    });
  }

  /**
   * pass^k over the instances with at least k repeats; `undefined` when there is none.
   *
   * The interval is Wilson's at the effective sample size of the instances: it stays within [0, 1]
   * and does not collapse where all instances agree. Where instances differ in their number of
   * repeats, every k averages over its own instances, and only then can pass^k rise with k.
   * @param k number of repeats that must all succeed, an integer >= 1
   */
  estimate(k: number, level = LEVEL): Interval | undefined {
    if (!Number.isInteger(k) || k < 1) {
      throw new RangeError(`pass^k with k = ${k}: k must be an integer >= 1`);
    }
    let instances = 0;
    let repeats = 0;
    let sum = 0;
    this.#eachCell(k, (count, passes, n) => {
      instances += count;
      repeats += count * n;
      sum += count * passes;
    });
    if (instances === 0) return undefined;
    const mean = sum / instances;
    let squares = 0;
    this.#eachCell(k, (count, passes) => {
      squares += count * square(passes - mean);
    });
    return wilsonClustered(mean, effectiveSampleSize(mean, squares, instances, repeats), level);
  }

  /** Forgets all instances. */
  clear(): void {
    this.#rows.length = 0;
  }

  /** To be sent before the next `add` or `merge`. */
  pack(): PackedReliability {
    return this.#rows;
  }

  static unpack(packed: PackedReliability): Reliability {
    const reliability = new Reliability();
    reliability.#rows.push(...packed);
    return reliability;
  }

  /** The counts of instances with this number of repeats, made on first use. */
  #row(repeats: number): Float64Array {
    while (this.#rows.length <= repeats) this.#rows.push(new Float64Array(0));
    if (this.#rows[repeats].length === 0) this.#rows[repeats] = new Float64Array(repeats + 1);
    return this.#rows[repeats];
  }

  /** Visits the cells with n >= k repeats: instances in the cell, their C(c, k) / C(n, k), and n. */
  #eachCell(k: number, visit: (count: number, passes: number, n: number) => void): void {
    for (let n = k; n < this.#rows.length; n++) {
      this.#rows[n].forEach((count, c) => {
        visit(count, passAllOf(k, c, n), n);
      });
    }
  }
}

/** C(c, k) / C(n, k): the probability that k of n repeats, drawn at random, are among the c successes. */
function passAllOf(k: number, c: number, n: number): number {
  if (c < k) return 0;
  let probability = 1;
  for (let i = 0; i < k; i++) probability *= (c - i) / (n - i);
  return probability;
}
