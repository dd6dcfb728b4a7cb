// Identifiers of traces and spans: keyed hashes of the seed, the replication, the task and an ordinal. The same run has the same
// identifiers, and 64 bits keep those of a file apart.
import { Draws, type RootKey } from "../../../numerics/draws.ts";

/** A domain of draws that the model does not use. */
const IDENTIFIERS = 0x6f746c70;

const TRACE = 0;
const SPAN = 1;

export class Identifiers {
  private readonly words: Draws;
  private spans = 0;

  /**
   * @param root key of the seed
   * @param task number of the task in its replication, from 0
   */
  constructor(root: RootKey, replication: number, task: number) {
    this.words = new Draws(root, IDENTIFIERS);
    this.words.enter(replication);
    this.words.within(task);
  }

  /** Of the trace: 32 hexadecimal digits. */
  trace(): string {
    return [0, 1, 2, 3].map((word) => this.digits(TRACE, word, 0)).join("");
  }

  /** Of the next span: 16 hexadecimal digits. */
  next(): string {
    const ordinal = this.spans++;
    return this.digits(SPAN, 0, ordinal) + this.digits(SPAN, 1, ordinal);
  }

  private digits(kind: number, word: number, ordinal: number): string {
    return this.words.bits(kind, word, 0, ordinal).toString(16).padStart(8, "0");
  }
}
