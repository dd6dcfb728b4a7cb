// Confidences: how certain the makers of versions say they are. A version keeps what was stated of it wherever it goes.
import { grown } from "../kernel/arrays.ts";

export class Confidences {
  /** By version, from 0 to 1; NaN: nothing was stated. A version is written before it is read. */
  private stated = new Float64Array(64);

  of(version: number): number {
    return this.stated[version];
  }

  state(version: number, confidence: number): void {
    if (version >= this.stated.length) this.stated = grown(this.stated, 2 * version);
    this.stated[version] = confidence;
  }
}
