// Beliefs: the answers to a claim that an agent has seen. It holds one of them; the others stand beside it as rivals, in
// the order in which they came. Each has a weight, which grows whenever the answer is seen again: the urn from which
// mechanisms/revising.ts draws.
import { grown } from "../kernel/arrays.ts";

export class Beliefs {
  /** Weight of the answer held, by slot. */
  readonly held: Float64Array;
  /** First rival of each slot: a row, or 0. */
  readonly first: Int32Array;
  /** Of a rival: a version with the answer, its weight, and the next rival of the same slot (0: none). */
  version = new Int32Array(16);
  weight = new Float64Array(16);
  next = new Int32Array(16);
  private count = 1;

  constructor(slots: number) {
    this.held = new Float64Array(slots);
    this.first = new Int32Array(slots);
  }

  /** Begins a task with so many slots. */
  open(slots: number): void {
    this.held.fill(0, 0, slots);
    this.first.fill(0, 0, slots);
    this.count = 1;
  }

  /** The rival of a slot with an answer, or 0. `values`: the answer of every version. */
  find(slot: number, answer: number, values: Int32Array): number {
    let rival = this.first[slot];
    while (rival !== 0 && values[this.version[rival]] !== answer) rival = this.next[rival];
    return rival;
  }

  /** Adds a rival behind those that there are. */
  add(slot: number, version: number, weight: number): void {
    const rival = this.count++;
    if (rival === this.version.length) this.grow();
    this.version[rival] = version;
    this.weight[rival] = weight;
    this.next[rival] = 0;
    const last = this.last(slot);
    if (last === 0) this.first[slot] = rival;
    else this.next[last] = rival;
  }

  /** Removes a rival of a slot. */
  remove(slot: number, rival: number): void {
    if (this.first[slot] === rival) {
      this.first[slot] = this.next[rival];
      return;
    }
    let before = this.first[slot];
    while (this.next[before] !== rival) before = this.next[before];
    this.next[before] = this.next[rival];
  }

  /** The version that came first of those that stand beside the one held; 0: none. */
  firstVersion(slot: number): number {
    return this.version[this.first[slot]];
  }

  /** Whether a version stands beside the one held. */
  has(slot: number, version: number): boolean {
    let rival = this.first[slot];
    while (rival !== 0 && this.version[rival] !== version) rival = this.next[rival];
    return rival !== 0;
  }

  private last(slot: number): number {
    let last = this.first[slot];
    while (last !== 0 && this.next[last] !== 0) last = this.next[last];
    return last;
  }

  private grow(): void {
    const length = 2 * this.version.length;
    this.version = grown(this.version, length);
    this.weight = grown(this.weight, length);
    this.next = grown(this.next, length);
  }
}
