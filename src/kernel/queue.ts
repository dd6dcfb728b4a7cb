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

/** Room of a slot: three facts and one to spare, so that a slot begins at a power of two. */
const LOG_FACTS = 2;

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

  /** Entries of the heap. */
  private length = 0;
  /**
   * Whether the event at the root has been popped. The next one pushed takes its place, which costs half of what it does
   * to fill the root from the end and to add at the end.
   */
  private isRootVacant = false;
  private pushed = 0;
  private times = new Float64Array(0);
  private ranks = new Float64Array(0);
  /** A permutation of all slots; those from index `length` on are free, and the root's while it is vacant. */
  private slots = new Int32Array(0);
  /** What the event of a slot says: facts[4 * slot] is its kind, then come subject and detail. */
  private facts = new Int32Array(0);

  constructor() {
    this.grow(INITIAL_CAPACITY);
  }

  /** Number of pending events. */
  get size(): number {
    return this.length - +this.isRootVacant;
  }

  /**
   * Adds an event. `time` is any finite number of ticks, `priority` an integer from 0 to 255;
   * `kind`, `subject` and `detail` are int32 and mean nothing here. Nothing is checked.
   */
  push(time: number, priority: number, kind: number, subject: number, detail: number): void {
    const rank = priority * RANKS + this.pushed++;
    const isRootVacant = this.isRootVacant;
    if (!isRootVacant && this.length + ARITY > this.slots.length) this.grow(2 * this.slots.length);
    const slot = this.slots[isRootVacant ? 0 : this.length];
    const { facts } = this;
    const fact = slot << LOG_FACTS;
    facts[fact] = kind;
    facts[fact + 1] = subject;
    facts[fact + 2] = detail;
    this.isRootVacant = false;
    if (isRootVacant) this.sink(time, rank, slot);
    else this.rise(this.length++, time, rank, slot);
  }

  /** Takes the first event out and into the fields of this object; false if there is none. */
  pop(): boolean {
    if (this.isRootVacant) this.fillRoot();
    if (this.length === 0) return false;
    const { facts } = this;
    const fact = this.slots[0] << LOG_FACTS;
    const rank = this.ranks[0];
    this.time = this.times[0];
    this.priority = Math.floor(rank / RANKS);
    this.sequence = rank - this.priority * RANKS;
    this.kind = facts[fact];
    this.subject = facts[fact + 1];
    this.detail = facts[fact + 2];
    this.isRootVacant = true;
    return true;
  }

  /** Forgets all pending events and starts the sequence again at 0; keeps the memory. */
  clear(): void {
    while (this.length > 0) this.times[--this.length] = Number.POSITIVE_INFINITY;
    this.isRootVacant = false;
    this.pushed = 0;
  }

  /** The last entry moves to the root. */
  private fillRoot(): void {
    const { times, ranks, slots } = this;
    const last = --this.length;
    const time = times[last];
    const slot = slots[last];
    times[last] = Number.POSITIVE_INFINITY;
    slots[last] = slots[0];
    this.isRootVacant = false;
    if (last > 0) this.sink(time, ranks[last], slot);
  }

  /** Puts an entry below every earlier one that it meets on its way from the hole to the root. */
  private rise(from: number, time: number, rank: number, slot: number): void {
    const { times, ranks, slots } = this;
    let hole = from;
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

  /** Puts an entry at the root, or as far below as its children are earlier. */
  private sink(time: number, rank: number, slot: number): void {
    const { times, ranks, slots, length } = this;
    let hole = 0;
    for (let child = 1; child < length; child = (hole << LOG_ARITY) + 1) {
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
    slots[hole] = slot;
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
    this.facts = grown(this.facts, capacity << LOG_FACTS);
    this.times.fill(Number.POSITIVE_INFINITY, used);
    for (let i = used; i < capacity; i++) this.slots[i] = i;
  }
}

function before(time: number, rank: number, otherTime: number, otherRank: number): boolean {
  return time < otherTime || (time === otherTime && rank < otherRank);
}
