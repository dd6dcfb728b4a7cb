/**
 * The pending events, in the total order (time, priority, sequence).
 *
 * A 4-ary heap over typed arrays: flatter than a binary one, with the four children side by side in
 * memory (LaMarca and Ladner, "The influence of caches on the performance of heaps", 1996). The
 * heap moves keys and slot numbers; what an event says stays in its slot. Times past the end are
 * infinite, so that a group of children can be read whole.
 */

import { grown } from "./arrays.ts";

const LOG_ARITY = 2;
const ARITY = 1 << LOG_ARITY;
const INITIAL_CAPACITY = 64;

/** A rank is priority * RANKS + sequence: one double to compare, exact below 2^53. */
const RANKS = 2 ** 45;

/**
 * A priority queue of events. Of events at one time the smaller priority goes first, and of those
 * of one priority the one pushed first. No two events tie.
 */
export class EventQueue {
  /** The event popped last. */
  time = 0;
  priority = 0;
  sequence = 0;
  kind = 0;
  subject = 0;
  detail = 0;

  /** Number of pending events. */
  size = 0;

  private pushed = 0;
  private times = new Float64Array(0);
  private ranks = new Float64Array(0);
  /** A permutation of all slots; those from index `size` on are free. */
  private slots = new Int32Array(0);
  private kinds = new Int32Array(0);
  private subjects = new Int32Array(0);
  private details = new Int32Array(0);

  constructor() {
    this.grow(INITIAL_CAPACITY);
  }

  /**
   * Adds an event. `time` is any finite number of ticks, `priority` an integer from 0 to 255;
   * `kind`, `subject` and `detail` are int32 and mean nothing here. Nothing is checked.
   */
  push(time: number, priority: number, kind: number, subject: number, detail: number): void {
    if (this.size + ARITY > this.slots.length) this.grow(2 * this.slots.length);
    const { times, ranks, slots } = this;
    const rank = priority * RANKS + this.pushed++;
    let hole = this.size++;
    const slot = slots[hole];
    this.kinds[slot] = kind;
    this.subjects[slot] = subject;
    this.details[slot] = detail;
    while (hole > 0) {
      const parent = (hole - 1) >> LOG_ARITY;
      if (!before(time, rank, times[parent], ranks[parent])) break;
      times[hole] = times[parent];
      ranks[hole] = ranks[parent];
      slots[hole] = slots[parent];
      hole = parent;
    }
    times[hole] = time;
    ranks[hole] = rank;
    slots[hole] = slot;
  }

  /** Takes the first event out and into the fields of this object; false if there is none. */
  pop(): boolean {
    if (this.size === 0) return false;
    const { times, ranks, slots } = this;
    const slot = slots[0];
    this.time = times[0];
    this.priority = Math.floor(ranks[0] / RANKS);
    this.sequence = ranks[0] - this.priority * RANKS;
    this.kind = this.kinds[slot];
    this.subject = this.subjects[slot];
    this.detail = this.details[slot];

    // The last event fills the hole at the root, sinking below every earlier child.
    const last = --this.size;
    const time = times[last];
    const rank = ranks[last];
    const lastSlot = slots[last];
    slots[last] = slot;
    times[last] = Number.POSITIVE_INFINITY;
    let hole = 0;
    for (let child = 1; child < last; child = (hole << LOG_ARITY) + 1) {
      // Which child is least is a toss-up, so it is worked out without branches to mispredict.
      const left = child + this.earlier(child + 1, child);
      const right = child + 2 + this.earlier(child + 3, child + 2);
      const least = left + ((right - left) & -this.earlier(right, left));
      if (before(time, rank, times[least], ranks[least])) break;
      times[hole] = times[least];
      ranks[hole] = ranks[least];
      slots[hole] = slots[least];
      hole = least;
    }
    times[hole] = time;
    ranks[hole] = rank;
    slots[hole] = lastSlot;
    return true;
  }

  /** Forgets all pending events and starts the sequence again at 0; keeps the memory. */
  clear(): void {
    this.times.fill(Number.POSITIVE_INFINITY, 0, this.size);
    this.size = 0;
    this.pushed = 0;
  }

  /** 1 if entry i comes before entry j, else 0. */
  private earlier(i: number, j: number): number {
    const { times, ranks } = this;
    return times[i] === times[j] ? +(ranks[i] < ranks[j]) : +(times[i] < times[j]);
  }

  private grow(capacity: number): void {
    const used = this.slots.length;
    this.times = grown(this.times, capacity);
    this.ranks = grown(this.ranks, capacity);
    this.slots = grown(this.slots, capacity);
    this.kinds = grown(this.kinds, capacity);
    this.subjects = grown(this.subjects, capacity);
    this.details = grown(this.details, capacity);
    this.times.fill(Number.POSITIVE_INFINITY, used);
    for (let i = used; i < capacity; i++) this.slots[i] = i;
  }
}

function before(time: number, rank: number, otherTime: number, otherRank: number): boolean {
  return time < otherTime || (time === otherTime && rank < otherRank);
}
