// Deliveries: for every edge, the set of claims whose present version got from its sender to its receiver, in words of 32
// like the marks of ledgers. What is not in the set is new to the receiver: it was never sent, or lost on the way.
import type { Marks } from "./marks.ts";
import { BOOKED, wordOf } from "./marks.ts";
import type { TopologyPlan } from "./plan.ts";

export class Deliveries {
  private readonly topology: TopologyPlan;
  private readonly marks: Marks;
  /** bits[edge * words + word]. Empty until something is sent: most tasks of a team without edges need none. */
  private bits = new Int32Array(0);
  private isBlank = true;

  constructor(topology: TopologyPlan, marks: Marks) {
    this.topology = topology;
    this.marks = marks;
  }

  /** Begins a task: nothing has got anywhere. */
  open(): void {
    this.isBlank = true;
  }

  /** Brings the books of a sender's edges up to date with its ledger. To be called before it sends. */
  update(from: number): void {
    const { bits: marked, words } = this.marks;
    if (this.isBlank) this.clear();
    const { start } = this.topology;
    for (let word = 0; word < words; word++) {
      const row = this.marks.row(from, word);
      const renewed = ~marked[row + BOOKED];
      marked[row + BOOKED] = -1;
      if (renewed === 0) continue;
      for (let edge = start[from]; edge < start[from + 1]; edge++)
        this.bits[edge * words + word] &= ~renewed;
    }
  }

  /** Claims of a word whose present version the receiver at the end of the edge has got. */
  got(edge: number, word: number): number {
    return this.bits[edge * this.marks.words + word];
  }

  /** Books the arrival of these claims of a word. */
  arrive(edge: number, word: number, claims: number): void {
    this.bits[edge * this.marks.words + word] |= claims;
  }

  /** Makes a claim count as new along an edge. */
  forget(edge: number, claim: number): void {
    if (this.isBlank) return;
    this.bits[edge * this.marks.words + wordOf(claim)] &= ~(1 << claim);
  }

  private clear(): void {
    const length = this.topology.to.length * this.marks.words;
    if (this.bits.length < length) this.bits = new Int32Array(length);
    else this.bits.fill(0, 0, length);
    this.isBlank = false;
  }
}
