/** Servers: who is served at once, who waits, who is next. Within a priority the first to come is the first served. */

import { grown } from "./arrays.ts";

const NONE = -1;

/**
 * Servers and customers are integers from 0 on. A server has a queue for each priority. The queues
 * are linked lists through the customers, so a customer can wait at one server at a time; customer
 * numbers should be small, for they index an array.
 */
export class Servers {
  private readonly capacity: Int32Array;
  private readonly inService: Int32Array;
  private readonly priorities: number;
  /** Per queue: of server s those from s * priorities on. */
  private readonly inQueue: Int32Array;
  /** The ends of each queue; without meaning while nobody waits. */
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  /** Of a customer that waits, the one behind it. */
  private behind = new Int32Array(64);

  /**
   * `count` servers, each for `capacity` customers at a time: one number for all, or one for each.
   * Priorities are 0 to `priorities` - 1. Throws RangeError unless every capacity is an integer of
   * at least 1.
   */
  constructor(count: number, capacity: number | ArrayLike<number> = 1, priorities = 1) {
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
    this.priorities = priorities;
    this.inQueue = new Int32Array(count * priorities);
    this.first = new Int32Array(count * priorities);
    this.last = new Int32Array(count * priorities);
  }

  /**
   * True if the customer seized a slot at once; false if it waits, behind those of its priority
   * that came before. Smaller priorities go first; nobody in service is sent away for them.
   */
  request(server: number, customer: number, priority = 0): boolean {
    if (this.inService[server] < this.capacity[server]) {
      this.inService[server]++;
      return true;
    }
    this.queue(server, customer, priority);
    return false;
  }

  /**
   * Frees a slot. Of those with the first priority, the customer that waited longest seizes it at
   * once and is returned; -1 if none waits. Throws RangeError if no slot is taken.
   */
  release(server: number): number {
    this.free(server);
    return this.next(server);
  }

  /**
   * Lets a customer wait behind those of its priority that came before, whether or not a slot is
   * free: see {@link next}.
   */
  queue(server: number, customer: number, priority = 0): void {
    if (customer >= this.behind.length) this.grow(customer);
    const queue = server * this.priorities + priority;
    if (this.inQueue[queue]++ === 0) this.first[queue] = customer;
    else this.behind[this.last[queue]] = customer;
    this.last[queue] = customer;
  }

  /** Frees a slot and leaves it free. Throws RangeError if no slot is taken. */
  free(server: number): void {
    if (this.inService[server] === 0) {
      throw new RangeError(`Server ${server} is idle: only a slot that is taken can be released.`);
    }
    this.inService[server]--;
  }

  /**
   * Lets a customer seize a slot and returns it: of those with the first priority, the one that
   * waited longest; -1 if no slot is free or none waits.
   */
  next(server: number): number {
    if (this.inService[server] === this.capacity[server]) return NONE;
    const end = (server + 1) * this.priorities;
    for (let queue = end - this.priorities; queue < end; queue++) {
      if (this.inQueue[queue] === 0) continue;
      const customer = this.first[queue];
      this.first[queue] = this.behind[customer];
      this.inQueue[queue]--;
      this.inService[server]++;
      return customer;
    }
    return NONE;
  }

  /** Number of customers that wait. */
  waiting(server: number): number {
    const end = (server + 1) * this.priorities;
    let count = 0;
    for (let queue = end - this.priorities; queue < end; queue++) count += this.inQueue[queue];
    return count;
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
