// A set of texts in few bytes each: of millions of runs it is remembered that they came.
import { hash } from "node:crypto";

/** Share of places that are taken at most. */
const FULLEST = 0.7;

/**
 * Keeps 64 bits of each text, at least 12 bytes in all. Texts that are different count as the same with a chance of one in 10^7
 * among a million of them.
 */
export class TextSet {
  /** Two words per place; both zero where none is taken. */
  private words = new Uint32Array(2 * 1024);
  private size = 0;

  has(text: string): boolean {
    const [high, low] = keyOf(text);
    return this.words[2 * this.placeOf(high, low) + 1] !== 0;
  }

  add(text: string): void {
    const [high, low] = keyOf(text);
    if (!this.put(high, low)) return;
    this.size++;
    if (this.size > (FULLEST * this.words.length) / 2) this.grow();
  }

  /** Whether it is new. */
  private put(high: number, low: number): boolean {
    const place = 2 * this.placeOf(high, low);
    if (this.words[place + 1] !== 0) return false;
    this.words[place] = high;
    this.words[place + 1] = low;
    return true;
  }

  /** Where a key is, or would be. */
  private placeOf(high: number, low: number): number {
    const { words } = this;
    const places = words.length / 2;
    for (let place = high & (places - 1); ; place = (place + 1) & (places - 1))
      if (words[2 * place + 1] === 0 || (words[2 * place] === high && words[2 * place + 1] === low))
        return place;
  }

  private grow(): void {
    const { words } = this;
    this.words = new Uint32Array(2 * words.length);
    for (let i = 0; i < words.length; i += 2)
      if (words[i + 1] !== 0) this.put(words[i], words[i + 1]);
  }
}

/** Two words; the second is never zero. */
function keyOf(text: string): readonly [number, number] {
  const digest = hash("sha1", text, "buffer");
  return [digest.readUInt32LE(0), digest.readUInt32LE(4) || 1];
}
