/**
 * Quantiles of dependent numbers: a sketch whose interval knows how alike the numbers of one
 * cluster are. The share of numbers below a threshold is a ratio over clusters (Woodruff,
 * "Confidence intervals for medians", JASA 47, 1952); its variance is had from sketches alone.
 */

import { effectiveSampleSize, type Interval, LEVEL } from "./intervals.ts";
import { type PackedSketch, Sketch } from "./sketch.ts";

/** Form of {@link ClusteredSketch} in which it goes to another thread. */
export interface PackedClusteredSketch {
  readonly clusters: number;
  readonly values: PackedSketch;
  readonly bySize: PackedSketch;
  readonly byRank: PackedSketch;
}

/** Numbers from which on insertion sort is the slower one. */
const LONG = 64;

/**
 * Three sketches of the same numbers, each with another weight. Where c of the r numbers of a cluster
 * are at most t, their weights add up to c (weight 1), c · r (weight r) and c² (weight 2k - 1
 * for the k-th smallest of the cluster): all that the variance over clusters of the share at t
 * needs, for every t at once. Integer counts: the order of `add` and `merge` does not matter.
 */
export class ClusteredSketch {
  #clusters = 0;
  #values = new Sketch();
  #bySize = new Sketch();
  #byRank = new Sketch();

  /** How many numbers were added, in all clusters. */
  get count(): number {
    return this.#values.count;
  }

  /**
   * Adds one cluster: the first `size` numbers of the array, which this call sorts in place.
   * Allocates nothing once the sketches have grown.
   * @param numbers finite and >= 0
   */
  add(numbers: Float64Array, size = numbers.length): void {
    sortInPlace(numbers, size);
    for (let k = 0; k < size; k++) {
      this.#values.add(numbers[k]);
      this.#bySize.add(numbers[k], size);
      this.#byRank.add(numbers[k], 2 * k + 1);
    }
    this.#clusters++;
  }

  /** Takes in all clusters of `other`. */
  merge(other: ClusteredSketch): void {
    this.#clusters += other.#clusters;
    this.#values.merge(other.#values);
    this.#bySize.merge(other.#bySize);
    this.#byRank.merge(other.#byRank);
  }

  /** Forgets all clusters. */
  clear(): void {
    this.#clusters = 0;
    this.#values.clear();
    this.#bySize.clear();
    this.#byRank.clear();
  }

  /**
   * Quantile with its order-statistic interval at the effective sample size of the clusters;
   * `undefined` before the first number. Unbounded sides: see {@link Sketch.quantileInterval}.
   * @param q in (0, 1)
   */
  estimate(q: number, level = LEVEL): Interval | undefined {
    const quantile = this.#values.quantile(q);
    if (quantile === undefined) return undefined;
    return this.#values.quantileInterval(q, this.#effectiveSize(quantile), level);
  }

  /** To be sent before the next `add` or `merge`. */
  pack(): PackedClusteredSketch {
    return {
      clusters: this.#clusters,
      values: this.#values.pack(),
      bySize: this.#bySize.pack(),
      byRank: this.#byRank.pack(),
    };
  }

  static unpack(packed: PackedClusteredSketch): ClusteredSketch {
    const sketch = new ClusteredSketch();
    sketch.#clusters = packed.clusters;
    sketch.#values = Sketch.unpack(packed.values);
    sketch.#bySize = Sketch.unpack(packed.bySize);
    sketch.#byRank = Sketch.unpack(packed.byRank);
    return sketch;
  }

  /** Effective sample size for the share of numbers that are at most t. */
  #effectiveSize(t: number): number {
    const count = this.count;
    const share = this.#values.countAtMost(t) / count;
    // Σ (c - share · r)² over the clusters, by its three sums; the last is Σ r².
    const squares =
      this.#byRank.countAtMost(t) -
      2 * share * this.#bySize.countAtMost(t) +
      share * share * this.#bySize.count;
    const meanSize = count / this.#clusters;
    const relative = Math.max(0, squares) / (meanSize * meanSize);
    return effectiveSampleSize(share, relative, this.#clusters, count);
  }
}

/** Insertion sort, which allocates nothing, where the cluster is short; it is long for streams and large teams. */
function sortInPlace(numbers: Float64Array, size: number): void {
  if (size > LONG) {
    numbers.subarray(0, size).sort();
    return;
  }
  for (let i = 1; i < size; i++) {
    const number = numbers[i];
    let j = i - 1;
    for (; j >= 0 && numbers[j] > number; j--) numbers[j + 1] = numbers[j];
    numbers[j + 1] = number;
  }
}
