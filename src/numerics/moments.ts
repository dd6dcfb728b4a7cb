/**
 * Streaming mean vector and co-moment matrix of clusters.
 * Update: Welford (1962). Merge: Chan, Golub, LeVeque, "Algorithms for computing the sample
 * variance", The American Statistician 37 (1983).
 */

/** Form of {@link Moments} in which it goes to another thread: plain values, in typed arrays that are not copied. */
export interface PackedMoments {
  readonly count: number;
  readonly mean: Float64Array;
  /** Lower triangle of Σ (x - mean)(x - mean)ᵀ, row by row. */
  readonly comoment: Float64Array;
}

/**
 * Count, mean vector and co-moments of a stream of vectors, in memory O(dimension²).
 *
 * The state is a function of the sequence of `add` and `merge` calls alone: accumulators of fixed
 * chunks, merged in index order, give the same bytes for any number of threads. Two components fed
 * with the same values have bitwise equal means and covariances.
 */
export class Moments {
  readonly dimension: number;
  #count = 0;
  readonly #mean: Float64Array;
  readonly #comoment: Float64Array;
  readonly #delta: Float64Array;

  /**
   * @param dimension number of components of every vector, an integer >= 1
   * @throws RangeError on another dimension
   */
  constructor(dimension: number) {
    if (!Number.isInteger(dimension) || dimension < 1) {
      throw new RangeError(`Moments of dimension ${dimension}: must be an integer >= 1`);
    }
    this.dimension = dimension;
    this.#mean = new Float64Array(dimension);
    this.#comoment = new Float64Array((dimension * (dimension + 1)) / 2);
    this.#delta = new Float64Array(dimension);
  }

  /** Number of vectors added. */
  get count(): number {
    return this.#count;
  }

  /** Adds one vector; reads its first `dimension` components, unchecked. Allocates nothing. */
  add(vector: Float64Array | readonly number[]): void {
    const before = this.#count;
    const after = before + 1;
    const mean = this.#mean;
    const delta = this.#delta;
    for (let i = 0; i < mean.length; i++) {
      delta[i] = vector[i] - mean[i];
      mean[i] += delta[i] / after;
    }
    this.#addOuterProduct(before / after);
    this.#count = after;
  }

  /**
   * Takes in all that `other` has seen, as if it came after what this one has seen.
   * @throws RangeError when the dimensions differ
   */
  merge(other: Moments): void {
    if (other.dimension !== this.dimension) {
      throw new RangeError(
        `Cannot merge dimension ${other.dimension} into ${this.dimension}: must be equal`,
      );
    }
    if (other.#count === 0) return;
    const total = this.#count + other.#count;
    const share = other.#count / total;
    const mean = this.#mean;
    const delta = this.#delta;
    for (let i = 0; i < mean.length; i++) {
      delta[i] = other.#mean[i] - mean[i];
      mean[i] += delta[i] * share;
    }
    for (let k = 0; k < this.#comoment.length; k++) this.#comoment[k] += other.#comoment[k];
    this.#addOuterProduct(this.#count * share);
    this.#count = total;
  }

  /** Mean of component i; NaN before the first vector. */
  mean(i: number): number {
    return this.#count === 0 ? Number.NaN : this.#mean[i];
  }

  /** Unbiased covariance of components i and j (the variance for i = j); NaN below two vectors. */
  covariance(i: number, j: number): number {
    if (this.#count < 2) return Number.NaN;
    const entry = i < j ? (j * (j + 1)) / 2 + i : (i * (i + 1)) / 2 + j;
    return this.#comoment[entry] / (this.#count - 1);
  }

  /** Forgets all vectors. */
  clear(): void {
    this.#count = 0;
    this.#mean.fill(0);
    this.#comoment.fill(0);
  }

  /** To be sent before the next `add` or `merge`. */
  pack(): PackedMoments {
    return { count: this.#count, mean: this.#mean, comoment: this.#comoment };
  }

  static unpack({ count, mean, comoment }: PackedMoments): Moments {
    const moments = new Moments(mean.length);
    moments.#count = count;
    moments.#mean.set(mean);
    moments.#comoment.set(comoment);
    return moments;
  }

  /** Adds weight · delta · deltaᵀ to the lower triangle. A row of zeros, such as a metric that never moves, is skipped. */
  #addOuterProduct(weight: number): void {
    const delta = this.#delta;
    const comoment = this.#comoment;
    let entry = 0;
    for (let i = 0; i < delta.length; i++) {
      const scaled = weight * delta[i];
      if (scaled === 0) entry += i + 1;
      else for (let j = 0; j <= i; j++) comoment[entry++] += scaled * delta[j];
    }
  }
}
