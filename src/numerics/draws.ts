/**
 * Keyed random draws: every draw is a pure function of the key that names it, never of other draws.
 *
 * Counter-based generators are described by Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3" (SC 2011). This one is built from 32-bit multiply and xorshift
 * rounds, the fastest mixing that JavaScript has. The constants and shifts of the rounds are those
 * of the low-bias finaliser by Wellons and TheIronBorn (nullprogram.com, "hash prospector", 2018).
 */
import seedrandom from "seedrandom";

/** Two uint32 words that stand for a scenario's seed; plain data, to be handed to workers. */
export interface RootKey {
  readonly high: number;
  readonly low: number;
}

/** Odd integer next to 2^32 / golden ratio: spreads consecutive integers over all 32 bits. */
export const GOLDEN = 0x9e3779b1;

const MULTIPLIER_1 = 0x21f0aaad;
const MULTIPLIER_2 = 0x735a2d97;

const TWO_POW_MINUS_32 = 2 ** -32;

/**
 * Low-bias bijection of a 32-bit word (int32 result): every output bit depends on every input bit.
 */
export function finalise(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), MULTIPLIER_1);
  h = Math.imul(h ^ (h >>> 15), MULTIPLIER_2);
  return h ^ (h >>> 15);
}

/** A uint32 as a number in the open interval (0, 1): an odd multiple of 2^-33. */
export function openUnit(bits: number): number {
  return (bits + 0.5) * TWO_POW_MINUS_32;
}

/** Combines two 32-bit words into a uint32. Not symmetric; a bijection in either argument. */
export function mix(a: number, b: number): number {
  return finalise(finalise(a) + b + GOLDEN) >>> 0;
}

/** Stable uint32 key of a text: FNV-1a over its UTF-16 code units, then finalised. */
export function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return finalise(h) >>> 0;
}

/** Root key of a seed text, by seedrandom (ARC4). Call it once a scenario. */
export function rootKey(seed: string): RootKey {
  const generator = seedrandom(seed);
  return { high: generator.int32() >>> 0, low: generator.int32() >>> 0 };
}

/**
 * The draws of one domain (a use of randomness that must share no stream with another), at one
 * index (a replication, say) at a time. Index 0 is entered at the start.
 *
 * A draw is named by `kind` (0 to 63), `subject` and `object` (any 32-bit integers) and `ordinal`
 * (0 to 2^26 - 1). Arguments are not checked; larger ones wrap round and name other draws.
 */
export class Draws {
  private readonly key0: number;
  private readonly key1: number;
  // Signed words, so that V8 keeps them as small integers.
  private state0 = 0;
  private state1 = 0;

  /** `domain` is any 32-bit integer. */
  constructor(root: RootKey, domain: number) {
    this.absorb(root.high, root.low, domain);
    this.key0 = this.state0;
    this.key1 = this.state1;
    this.enter(0);
  }

  /** Moves to another index (0 to 2^32 - 1): distinct indices have distinct 64-bit states. */
  enter(index: number): void {
    this.absorb(this.key0, this.key1, index);
  }

  /** Narrows the index by one more word: of one index, distinct words have distinct states too. */
  within(word: number): void {
    this.absorb(this.state0, this.state1, word);
  }

  /** Uniform uint32 of this name. */
  bits(kind: number, subject: number, object: number, ordinal: number): number {
    // Two lanes, so that names which meet in one lane stay apart in the other.
    let name = Math.imul((kind << 26) | ordinal, GOLDEN);
    name ^= name >>> 15;
    let a = Math.imul(this.state0 ^ subject, MULTIPLIER_1);
    let b = Math.imul(this.state1 ^ object, MULTIPLIER_2);
    a = Math.imul((a ^ (a >>> 15)) + name, 0xed5ad4bb);
    b = Math.imul(b ^ (b >>> 15) ^ name, 0xac4c1b51);
    return finalise((a ^ (a >>> 16)) + (b ^ (b >>> 15))) >>> 0;
  }

  /** Uniform number of this name in the open interval (0, 1): an odd multiple of 2^-33. */
  uniform(kind: number, subject: number, object: number, ordinal: number): number {
    return openUnit(this.bits(kind, subject, object, ordinal));
  }

  /** Sets the state to a strong mix of a 64-bit key and a word; a bijection in the word. */
  private absorb(key0: number, key1: number, word: number): void {
    const a = finalise(key0 ^ word);
    const b = finalise(key1 + a);
    this.state0 = finalise(a ^ b);
    this.state1 = b;
  }
}
