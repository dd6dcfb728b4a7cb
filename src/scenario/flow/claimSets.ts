// Sets of claims, one a row, in words of 32: what an agent may hold, what an edge may carry.

const LOG_WORD = 5;
const WORD = 1 << LOG_WORD;

export class ClaimSets {
  readonly claims: number;
  /** Words of a row. */
  readonly words: number;
  private readonly bits: Int32Array;

  /** Empty sets of claims 0 .. claims - 1. */
  constructor(rows: number, claims: number) {
    this.claims = claims;
    this.words = wordsOf(claims);
    this.bits = new Int32Array(rows * this.words);
  }

  has(row: number, claim: number): boolean {
    return (this.bits[row * this.words + (claim >>> LOG_WORD)] & (1 << claim)) !== 0;
  }

  /** Adds a claim, and returns whether it was new. */
  add(row: number, claim: number): boolean {
    const word = row * this.words + (claim >>> LOG_WORD);
    const before = this.bits[word];
    this.bits[word] |= 1 << claim;
    return this.bits[word] !== before;
  }

  /** Puts all claims into a row. */
  fill(row: number): void {
    const end = (row + 1) * this.words;
    this.bits.fill(-1, row * this.words, end);
    this.bits[end - 1] = -1 >>> (this.words * WORD - this.claims);
  }

  /** Adds the claims of a row of other sets, and returns whether one of them was new. */
  addRow(row: number, others: ClaimSets, other: number): boolean {
    const { words, bits } = this;
    let grown = 0;
    for (let word = 0; word < words; word++) {
      const more = others.bits[other * words + word] & ~bits[row * words + word];
      bits[row * words + word] |= more;
      grown |= more;
    }
    return grown !== 0;
  }

  clear(row: number): void {
    this.bits.fill(0, row * this.words, (row + 1) * this.words);
  }

  isEmpty(row: number): boolean {
    for (let word = row * this.words; word < (row + 1) * this.words; word++)
      if (this.bits[word] !== 0) return false;
    return true;
  }

  /** The claims of a row, ascending. */
  list(row: number): number[] {
    const claims: number[] = [];
    for (let word = 0; word < this.words; word++) {
      let rest = this.bits[row * this.words + word];
      for (; rest !== 0; rest &= rest - 1)
        claims.push((word << LOG_WORD) + (WORD - 1) - Math.clz32(rest & -rest));
    }
    return claims;
  }

  copy(): ClaimSets {
    const { bits, claims, words } = this;
    const copy = new ClaimSets(bits.length / words, claims);
    copy.bits.set(bits);
    return copy;
  }

  /** Adds all rows of other sets of the same shape, and returns whether a claim was new. */
  addAll(others: ClaimSets): boolean {
    let grown = 0;
    for (let word = 0; word < this.bits.length; word++) {
      const more = others.bits[word] & ~this.bits[word];
      this.bits[word] |= more;
      grown |= more;
    }
    return grown !== 0;
  }

  equals(others: ClaimSets): boolean {
    return this.bits.every((word, i) => word === others.bits[i]);
  }
}

/** Words of a set of claims. */
export function wordsOf(claims: number): number {
  return Math.ceil(claims / WORD);
}
