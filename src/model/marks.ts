// Marks of ledgers: for every agent and every mark, the set of claims that have it, in words of 32. So a scan for what is
// missing, due or unchecked is a few operations on words, and steps from one claim found to the next.

/** Marks of a claim in an agent's ledger: columns of a row, which stands for 32 claims of one agent. */
export const IN_SCOPE = 0;
/** Its holder reviewed it and found nothing. */
export const REVIEWED = 1;
/** The books of its holder's edges are about the version held: see deliveries.ts. */
export const BOOKED = 2;
/** Its holder checked and accepted it. */
export const ACCEPTED = 3;
/** It was flagged and is to be made again. */
export const REDO = 4;
/** The ledger holds a version of it. */
export const HELD = 5;
/** The version held came by message. */
export const RECEIVED = 6;
/** A differing version came in and stands beside the one held. */
export const CONTESTED = 7;

const LOG_MARKS = 3;
const LOG_WORD = 5;
const WORD = 1 << LOG_WORD;

export class Marks {
  /** Words of an agent for the instance at hand. */
  words = 1;
  /** bits[row + mark]: bit c of a word w is claim 32 w + c. */
  readonly bits: Int32Array;
  private readonly agents: number;
  /** Claims that there are in the last word. */
  private last = 0;

  /** Room for tasks of up to `claims` claims. */
  constructor(agents: number, claims: number) {
    this.agents = agents;
    this.bits = new Int32Array((agents * Math.ceil(claims / WORD)) << LOG_MARKS);
  }

  /** Begins an instance of `size` claims, all of them in the scope of every agent and none with another mark. */
  open(size: number): void {
    const words = (size + WORD - 1) >>> LOG_WORD;
    this.words = words;
    this.last = -1 >>> (words * WORD - size);
    this.bits.fill(0, 0, (this.agents * words) << LOG_MARKS);
    for (let agent = 0; agent < this.agents; agent++)
      for (let word = 0; word < words; word++)
        this.bits[this.row(agent, word) + IN_SCOPE] = this.all(word);
  }

  /** The claims that there are in a word. */
  all(word: number): number {
    return word === this.words - 1 ? this.last : -1;
  }

  /** Row of 32 claims of an agent. */
  row(agent: number, word: number): number {
    return (agent * this.words + word) << LOG_MARKS;
  }

  /** Claims of a word whose versions their holder stands by: held, and not flagged by themselves. */
  standing(agent: number, word: number): number {
    const row = this.row(agent, word);
    return this.bits[row + HELD] & ~this.bits[row + REDO];
  }

  /** Claims of a word that are in their agent's scope and not in its ledger. */
  unmade(agent: number, word: number): number {
    const row = this.row(agent, word);
    return this.bits[row + IN_SCOPE] & ~this.bits[row + HELD];
  }

  has(agent: number, claim: number, mark: number): boolean {
    return (this.bits[this.rowOf(agent, claim) + mark] & (1 << claim)) !== 0;
  }

  add(agent: number, claim: number, mark: number): void {
    this.bits[this.rowOf(agent, claim) + mark] |= 1 << claim;
  }

  remove(agent: number, claim: number, mark: number): void {
    this.bits[this.rowOf(agent, claim) + mark] &= ~(1 << claim);
  }

  /** Another version comes into the ledger, or none does: what was said of the one before no longer holds. */
  renew(agent: number, claim: number, isHeld: boolean, isReceived: boolean): void {
    const { bits } = this;
    const row = this.rowOf(agent, claim);
    const bit = 1 << claim;
    bits[row + REVIEWED] &= ~bit;
    bits[row + BOOKED] &= ~bit;
    bits[row + ACCEPTED] &= ~bit;
    bits[row + REDO] &= ~bit;
    bits[row + HELD] = isHeld ? bits[row + HELD] | bit : bits[row + HELD] & ~bit;
    bits[row + RECEIVED] = isReceived ? bits[row + RECEIVED] | bit : bits[row + RECEIVED] & ~bit;
  }

  /** The first claim of an agent that has a mark; -1: none. */
  first(agent: number, mark: number): number {
    for (let word = 0; word < this.words; word++) {
      const bits = this.bits[this.row(agent, word) + mark];
      if (bits !== 0) return firstOf(word, bits);
    }
    return -1;
  }

  private rowOf(agent: number, claim: number): number {
    return this.row(agent, wordOf(claim));
  }
}

/** The first claim among those of a word, of which there must be one; `bits & (bits - 1)` are the others. */
export function firstOf(word: number, bits: number): number {
  return (word << LOG_WORD) + (WORD - 1) - Math.clz32(bits & -bits);
}

/** The word that a claim is in. */
export function wordOf(claim: number): number {
  return claim >>> LOG_WORD;
}

/** Among the claims of the word that `claim` is in: itself and those after it. */
export function onwards(claim: number): number {
  return -1 << claim;
}
