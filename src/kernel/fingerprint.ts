/**
 * A rolling 64-bit hash of a sequence of events: equal runs have equal fingerprints.
 *
 * Two 32-bit lanes take in a word each and leak into one another, in a round of bijections after
 * the manner of a Feistel cipher. So a change of one field of one event always changes the state,
 * and any other change does but for a chance of about 2^-64. Against accident, not against an
 * adversary.
 */

const START_A = 0x6a09e667;
const START_B = 0x3c6ef372;

const TWO_POW_MINUS_32 = 2 ** -32;

export class Fingerprint {
  private a = START_A;
  private b = START_B;

  /**
   * Appends an event. `time` is an integer below 2^53, `priority` one below 2^11; the others are
   * int32, but for `sequence`, which enters modulo 2^32.
   */
  add(
    time: number,
    priority: number,
    sequence: number,
    kind: number,
    subject: number,
    detail: number,
  ): void {
    this.absorb(time, sequence);
    this.absorb((priority << 21) ^ (time * TWO_POW_MINUS_32), kind);
    this.absorb(subject, detail);
  }

  /** The fingerprint of the events added so far: 16 hexadecimal digits. */
  hex(): string {
    return hex32(this.a) + hex32(this.b);
  }

  /** Forgets all events. */
  reset(): void {
    this.a = START_A;
    this.b = START_B;
  }

  private absorb(x: number, y: number): void {
    const a = Math.imul(this.a ^ x, 0x21f0aaad);
    const b = Math.imul(this.b ^ y, 0x735a2d97);
    this.a = a ^ (b >>> 15);
    this.b = b ^ (this.a >>> 15);
  }
}

function hex32(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
