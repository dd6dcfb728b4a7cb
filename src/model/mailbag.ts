// The mailbag: messages under way in one task, and the versions that each of them carries.
import { grown } from "../kernel/arrays.ts";

export class Mailbag {
  count = 0;
  edge = new Int32Array(16);
  from = new Int32Array(16);
  to = new Int32Array(16);
  /** 1: the receiver prefers these versions to its own, since the sender accepted them. */
  authority = new Uint8Array(16);
  /** Time that the message was sent, counted in sends of the task. */
  sent = new Int32Array(16);
  /** Versions of message m: items[start[m]] .. items[start[m + 1] - 1]. */
  start = new Int32Array(17);
  items = new Int32Array(64);
  /** For how many agents each of these versions speaks: see the field `show` of a send phase. */
  voices = new Float64Array(64);

  clear(): void {
    this.count = 0;
    this.start[0] = 0;
  }

  /** Begins a message; `add` then puts versions into it. Returns its number, counted from 0. */
  begin(edge: number, from: number, to: number, authority: boolean, sent: number): number {
    const message = this.count++;
    if (this.count === this.edge.length) this.growMessages();
    this.edge[message] = edge;
    this.from[message] = from;
    this.to[message] = to;
    this.authority[message] = authority ? 1 : 0;
    this.sent[message] = sent;
    this.start[message + 1] = this.start[message];
    return message;
  }

  add(version: number, voices: number): void {
    const end = this.start[this.count]++;
    if (end === this.items.length) this.growItems();
    this.items[end] = version;
    this.voices[end] = voices;
  }

  private growItems(): void {
    this.items = grown(this.items, 2 * this.items.length);
    this.voices = grown(this.voices, this.items.length);
  }

  private growMessages(): void {
    for (const column of ["edge", "from", "to", "sent", "start"] as const)
      this[column] = grown(this[column], 2 * this[column].length);
    this.authority = grown(this.authority, 2 * this.authority.length);
  }
}
