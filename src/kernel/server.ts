/** First-come-first-served servers: who is served at once, who waits, who is next. */

import { grown } from "./arrays.ts";

const NONE = -1;

/**
 * Servers and customers are integers from 0 on. The queues are linked lists through the customers,
 * so a customer can wait at one server at a time; customer numbers should be small, for they index
 * an array.
 */
export class Servers {
  private readonly capacity: Int32Array;
  private readonly inService: Int32Array;
  private readonly inQueue: Int32Array;
  /** The ends of each queue; without meaning while nobody waits. */
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  /** Of a customer that waits, the one behind it. */
  private behind = new Int32Array(64);

  /**
   * `count` servers, each for `capacity` customers at a time: one number for all, or one for each.
   * Throws RangeError unless every capacity is an integer of at least 1.
   */
  constructor(count: number, capacity: number | ArrayLike<number> = 1) {
    const capacities = Array.from({ length: count }, (_, server) =>
      typeof capacity === "number" ? capacity : capacity[server],
    );
    for (const c of capacities) {
      if (!Number.isInteger(c) || c < 1) {
        throw new RangeError(`A capacity is ${c}: a capacity is an integer of at least 1.`);
      }
    }
    this.capacity = Int32Array.from(capacities);
    this.inService = new Int32Array(count);
    this.inQueue = new Int32Array(count);
    this.first = new Int32Array(count);
    this.last = new Int32Array(count);
  }

  /**
   * True if the customer seized a slot at once; false if it waits, behind those that came before.
   */
  request(server: number, customer: number): boolean {
    if (this.inService[server] < this.capacity[server]) {
      this.inService[server]++;
      return true;
    }
    this.queue(server, customer);
    return false;
  }

  /**
   * Frees a slot. The customer that waited longest seizes it at once and is returned; -1 if none
   * waits. Throws RangeError if no slot is taken.
   */
  release(server: number): number {
    this.free(server);
    return this.next(server);
  }

  /** Lets a customer wait behind those that came before, whether or not a slot is free: see {@link next}. */
  queue(server: number, customer: number): void {
    if (customer >= this.behind.length) this.grow(customer);
    if (this.inQueue[server]++ === 0) this.first[server] = customer;
    else this.behind[this.last[server]] = customer;
    this.last[server] = customer;
  }

  /** Frees a slot and leaves it free. Throws RangeError if no slot is taken. */
  free(server: number): void {
    if (this.inService[server] === 0) {
      throw new RangeError(`Server ${server} is idle: only a slot that is taken can be released.`);
    }
    this.inService[server]--;
  }

  /** Lets the customer that waited longest seize a slot and returns it; -1 if no slot is free or none waits. */
  next(server: number): number {
    if (this.inQueue[server] === 0 || this.inService[server] === this.capacity[server]) return NONE;
    const customer = this.first[server];
    this.first[server] = this.behind[customer];
    this.inQueue[server]--;
    this.inService[server]++;
    return customer;
  }

  /** Number of customers that wait. */
  waiting(server: number): number {
    return this.inQueue[server];
  }

  /** Number of customers in service. */
  busy(server: number): number {
    return this.inService[server];
  }

  /** Empties all servers and queues. */
  reset(): void {
    this.inService.fill(0);
    this.inQueue.fill(0);
  }

  private grow(customer: number): void {
    this.behind = grown(this.behind, 2 * customer);
  }
}
