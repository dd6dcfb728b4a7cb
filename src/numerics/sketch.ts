/**
 * Mergeable quantile sketch with bounded relative error.
 * Masson, Rim, Lee, "DDSketch", PVLDB 12 (2019), with the linearly interpolated buckets of its
 * reference implementation: the bucket of a number is the leading bits of its floating-point
 * form, so that no logarithm is taken and every engine finds the same bucket.
 */

import { lastWhere } from "./bisect.ts";
import { type Interval, LEVEL, upperProbability } from "./intervals.ts";
import { binomialCdf } from "./quantiles.ts";
import { clamp } from "./statistics.ts";

/** Leading mantissa bits that tell buckets apart: 2^7 = 128 buckets in every octave. */
const MANTISSA_BITS = 7;
const BUCKETS_PER_OCTAVE = 1 << MANTISSA_BITS;

/** Bits of a double's upper word below the bucket index: its other 13 mantissa bits. */
const DROPPED_BITS = 20 - MANTISSA_BITS;

/** Bucket index of Infinity, above that of every finite number. */
const BUCKET_LIMIT = 2047 * BUCKETS_PER_OCTAVE;

/** Largest relative error of a quantile: half a bucket over the lower edge of its octave. */
export const RELATIVE_ERROR = 1 / (2 * BUCKETS_PER_OCTAVE);

// One number seen as a double and as two words, to read and write its bits.
const DOUBLE = new Float64Array(1);
const WORDS = new Uint32Array(DOUBLE.buffer);
const UPPER_WORD = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/**
 * Form of {@link Sketch} in which it is handed over: zeros, whether all numbers are integers, the least and the greatest;
 * then the index and the count of every bucket that holds some, in their order. Empty where there is no number.
 */
export type PackedSketch = Float64Array;

/**
 * Quantiles of a stream of finite numbers >= 0 within {@link RELATIVE_ERROR} (0.39 %; numbers below
 * 2^-1022 within 2^-1030). When all of them are integers, quantiles up to 256 are exact; zeros,
 * minimum and maximum always are. Bucket counts are integers: the result does not depend on the
 * order of `add` and `merge`. Memory: 1 kB for every octave between the extremes.
 */
export class Sketch {
  #count = 0;
  #zeros = 0;
  #integral = true;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  /** Index of the bucket that #buckets[0] counts; a multiple of BUCKETS_PER_OCTAVE. */
  #first = 0;
  #buckets = new Float64Array(0);
  /** Indices of the buckets that hold some, so that few numbers cost little wherever they lie. */
  readonly #filled: number[] = [];

  /** How many numbers were added. */
  get count(): number {
    return this.#count;
  }

  /** Smallest number added; Infinity before the first. */
  get min(): number {
    return this.#min;
  }

  /** Largest number added; -Infinity before the first. */
  get max(): number {
    return this.#max;
  }

  /**
   * Adds a number. Allocates only when it falls into a bucket that was empty.
   * @param x finite and >= 0
   * @throws RangeError on another x
   */
  add(x: number): void {
    if (x > 0) {
      this.#addToBucket(bucketOf(x), 1);
      if (x !== Math.floor(x)) this.#integral = false;
    } else if (x === 0) {
      this.#zeros++;
      this.#count++;
    } else {
      throw new RangeError(`Cannot sketch ${x}: must be >= 0`);
    }
    if (x < this.#min) this.#min = x;
    if (x > this.#max) this.#max = x;
  }

  /** Takes in all that `other` has seen. */
  merge(other: Sketch): void {
    this.mergePacked(other.pack());
  }

  /** Forgets all numbers; keeps the memory. */
  clear(): void {
    this.#count = 0;
    this.#zeros = 0;
    this.#integral = true;
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = Number.NEGATIVE_INFINITY;
    for (const index of this.#filled) this.#buckets[index - this.#first] = 0;
    this.#filled.length = 0;
  }

  /**
   * The smallest number added that is >= a share q of all numbers added (inverse of the
   * empirical distribution), within the error stated above; `undefined` before the first.
   * @param q in [0, 1]
   */
  quantile(q: number): number | undefined {
    if (!(q >= 0 && q <= 1)) throw new RangeError(`Quantile of ${q}: must be in [0, 1]`);
    if (this.#count === 0) return undefined;
    // q · count may come out a few units of rounding above the integer that is meant.
    return this.#ofRank(Math.ceil(q * this.#count * (1 - 4 * Number.EPSILON)));
  }

  /** How many of the numbers added lie in the bucket of x or below it; x is finite and >= 0. */
  countAtMost(x: number): number {
    let total = this.#zeros;
    if (x === 0) return total;
    const slots = Math.min(this.#buckets.length, bucketOf(x) - this.#first + 1);
    for (let slot = 0; slot < slots; slot++) total += this.#buckets[slot];
    return total;
  }

  /**
   * Quantile with the distribution-free interval between two order statistics, whose ranks are
   * binomial quantiles; at least `level` for independent numbers. David, Nagaraja, "Order
   * Statistics" (2003), 7.1. `mean` holds the quantile. When there are too few numbers to bound
   * the quantile (from above: q^n > (1 - level) / 2, e.g. p95 below 72), lo is 0, hi is Infinity.
   * @param q in (0, 1)
   * @param effectiveN number of independent numbers that those added are worth; rounded
   */
  quantileInterval(q: number, effectiveN = this.#count, level = LEVEL): Interval | undefined {
    if (!(q > 0 && q < 1)) throw new RangeError(`Interval of the quantile ${q}: must be in (0, 1)`);
    if (!(effectiveN >= 0)) throw new RangeError(`Effective size ${effectiveN}: must be >= 0`);
    const mean = this.quantile(q);
    if (mean === undefined) return undefined;
    const n = Math.max(1, Math.round(effectiveN));
    const p = upperProbability(level);
    // The rank r of n numbers stands for the ranks from (r - 1) / n to r / n of all: take the outer.
    const lower = lastWhere(n, (rank) => binomialCdf(rank - 1, n, q) <= 1 - p);
    const upper = 1 + lastWhere(n, (rank) => binomialCdf(rank - 1, n, q) < p);
    const scale = this.#count / n;
    return {
      mean,
      lo: lower >= 1 ? this.#ofRank(Math.floor((lower - 1) * scale) + 1) : 0,
      hi: upper <= n ? this.#ofRank(Math.ceil(upper * scale)) : Number.POSITIVE_INFINITY,
    };
  }

  pack(): PackedSketch {
    if (this.#count === 0) return new Float64Array(0);
    const packed = new Float64Array(4 + 2 * this.#filled.length);
    packed.set([this.#zeros, Number(this.#integral), this.#min, this.#max]);
    Int32Array.from(this.#filled)
      .sort()
      .forEach((index, i) => {
        packed[4 + 2 * i] = index;
        packed[5 + 2 * i] = this.#buckets[index - this.#first];
      });
    return packed;
  }

  /** Takes in all that the sketch has seen that was packed. */
  mergePacked(packed: PackedSketch): void {
    if (packed.length === 0) return;
    const [zeros, integral, min, max] = packed;
    for (let i = 4; i < packed.length; i += 2) this.#addToBucket(packed[i], packed[i + 1]);
    this.#count += zeros;
    this.#zeros += zeros;
    this.#integral &&= integral === 1;
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
  }

  #addToBucket(index: number, count: number): void {
    let slot = index - this.#first;
    if (slot < 0 || slot >= this.#buckets.length) slot = this.#grow(index);
    if (this.#buckets[slot] === 0) this.#filled.push(index);
    this.#buckets[slot] += count;
    this.#count += count;
  }

  /** Extends the buckets by whole octaves until they hold this one; returns its slot. */
  #grow(index: number): number {
    if (index >= BUCKET_LIMIT) throw new RangeError("Cannot sketch Infinity: must be finite");
    const octave = index - (index % BUCKETS_PER_OCTAVE);
    const empty = this.#buckets.length === 0;
    const first = empty ? octave : Math.min(octave, this.#first);
    const end = Math.max(octave + BUCKETS_PER_OCTAVE, this.#first + this.#buckets.length);
    const grown = new Float64Array(end - first);
    if (!empty) grown.set(this.#buckets, this.#first - first);
    this.#first = first;
    this.#buckets = grown;
    return index - first;
  }

  /** The number of this rank among all added, 1 <= rank <= count; ranks outside give the extremes. */
  #ofRank(rank: number): number {
    if (rank <= 1) return this.#min;
    if (rank >= this.#count) return this.#max;
    let below = this.#zeros;
    if (rank <= below) return 0;
    let slot = -1;
    while (below < rank) below += this.#buckets[++slot];
    const value = this.#representative(this.#first + slot);
    return clamp(value, this.#min, this.#max);
  }

  /** Centre of a bucket: of all its numbers, or of its integers alone when only these were added. */
  #representative(index: number): number {
    const lower = lowerEdge(index);
    const width = lowerEdge(index + 1) - lower;
    return this.#integral ? lower + Math.max(0, Math.floor((width - 1) / 2)) : lower + width / 2;
  }
}

function bucketOf(x: number): number {
  DOUBLE[0] = x;
  return WORDS[UPPER_WORD] >>> DROPPED_BITS;
}

/** The smallest number in a bucket. */
function lowerEdge(index: number): number {
  WORDS[UPPER_WORD] = index << DROPPED_BITS;
  WORDS[1 - UPPER_WORD] = 0;
  return DOUBLE[0];
}
