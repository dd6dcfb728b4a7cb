// Cuts JSON into its items while it comes, so that a document of any size takes as much memory as its largest item. It knows
// strings and nesting, and leaves everything else to JSON.parse.
import { LISTS } from "./pieces.ts";

/** Longest item, and longest document around the items, in bytes. */
const LONGEST = 1 << 27;
/** No name of a list is longer. */
const LONGEST_KEY = 24;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Takes what has been cut; texts are JSON. Undefined stands for a text that is too long. */
export interface Pieces {
  /**
   * Without it, items are passed over.
   * @param within the list of the document that the item belongs to; none if the document is a list itself
   */
  item?(text: string | undefined, line: number, within: string | undefined): void;
  /** The end of an object that no list stands in: it is a piece itself. Of others, it is what stands around the lists, which are empty in it. */
  document(text: string | undefined, line: number, isCut: boolean): void;
  /** Something between documents that is no JSON. */
  debris(line: number): void;
}

/** Bytes that come in several chunks and become a text. */
class Collected {
  private parts: Uint8Array[] = [];
  private length = 0;

  add(part: Uint8Array): void {
    this.length += part.length;
    if (this.length > LONGEST) this.parts = [];
    else if (part.length > 0) this.parts.push(part);
  }

  /** Undefined if it is too long. */
  get text(): string | undefined {
    return this.length > LONGEST ? undefined : Buffer.concat(this.parts).toString("utf8");
  }

  take(): string | undefined {
    const { text } = this;
    this.parts = [];
    this.length = 0;
    return text;
  }
}

export class Cutter {
  private readonly pieces: Pieces;
  private depth = 0;
  private line = 1;
  private isInString = false;
  private isEscaped = false;
  /** The depth at which items stand; 0 where there are none. */
  private itemDepth = 0;
  private isInItem = false;
  private itemLine = 1;
  private readonly item = new Collected();
  /** The object around lists. */
  private isInDocument = false;
  private documentLine = 1;
  private isCut = false;
  private readonly outside = new Collected();
  /** The last string at depth 1 of an object, which is a key if a list follows. */
  private key = "";
  private list: string | undefined;
  private isListNew = false;
  private isDebris = false;

  constructor(pieces: Pieces) {
    this.pieces = pieces;
  }

  /** The text of the document up to here, without the items of its lists. */
  get before(): string {
    return this.outside.text ?? "";
  }

  /** Whether a document has begun that has not ended. */
  get isOpen(): boolean {
    return this.depth > 0;
  }

  /** The line that is being read. */
  get currentLine(): number {
    return this.line;
  }

  /** Takes the next bytes, wherever they were split. They must not change afterwards. */
  push(chunk: Uint8Array): void {
    let at = 0;
    /** Where the part of the chunk begins that belongs to what is being collected. */
    let from = 0;
    const keep = (to: number) => {
      if (this.isInItem) {
        if (this.pieces.item !== undefined) this.item.add(chunk.subarray(from, to));
      } else if (this.isInDocument && this.itemDepth === 0)
        this.outside.add(chunk.subarray(from, to));
      from = to;
    };
    while (at < chunk.length) {
      if (this.isInString) {
        at = this.passString(chunk, at);
        continue;
      }
      const byte = chunk[at];
      if (byte <= 0x20) {
        if (byte === NEWLINE) this.line++;
        at++;
        continue;
      }
      if (this.isListNew) {
        this.isListNew = false;
        // A list of numbers or texts is a value like others.
        if (byte === OPEN_OBJECT) {
          keep(at);
          this.itemDepth = this.depth;
          this.isCut = true;
        }
      }
      if (this.depth === this.itemDepth && this.depth > 0) {
        const isEnd = byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT;
        if (isEnd && this.isInItem) {
          keep(at);
          this.endItem();
        } else if (!isEnd && !this.isInItem) {
          from = at;
          this.isInItem = true;
          this.itemLine = this.line;
        }
      }
      if (byte === QUOTE) {
        if (this.depth === 0) this.tellDebris();
        this.isInString = true;
        if (this.depth === 1 && this.isInDocument) this.key = "";
        at++;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (this.depth === 0) {
          from = at;
          this.begin(byte);
        } else this.depth++;
        at++;
        if (byte === OPEN_LIST && this.depth === 2 && this.isInDocument && LISTS.has(this.key)) {
          this.list = this.key;
          this.isListNew = true;
        }
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (this.depth === 0) this.tellDebris();
        else if (this.depth === this.itemDepth) {
          // The end of the list; its bracket belongs to the document.
          this.itemDepth = 0;
          this.list = undefined;
          from = at;
          this.depth--;
        } else {
          this.depth--;
          if (this.isInItem && this.depth === this.itemDepth) {
            keep(at + 1);
            this.endItem();
          }
        }
        at++;
        if (this.depth === 0 && this.isInDocument) {
          keep(at);
          this.endDocument();
        }
      } else {
        if (this.depth === 0 && byte !== COMMA) this.tellDebris();
        at++;
      }
    }
    keep(chunk.length);
  }

  private begin(byte: number): void {
    this.depth = 1;
    this.isDebris = false;
    this.isCut = false;
    this.key = "";
    this.list = undefined;
    this.documentLine = this.line;
    this.isInDocument = byte === OPEN_OBJECT;
    this.itemDepth = byte === OPEN_LIST ? 1 : 0;
  }

  /** The position behind the string, or behind the chunk if it goes on. */
  private passString(chunk: Uint8Array, start: number): number {
    let at = start;
    if (this.isEscaped) {
      this.isEscaped = false;
      at++;
    }
    let end = chunk.indexOf(QUOTE, at);
    while (end >= 0 && backslashesBefore(chunk, end, at) % 2 === 1)
      end = chunk.indexOf(QUOTE, end + 1);
    const stop = end < 0 ? chunk.length : end;
    if (end < 0) this.isEscaped = backslashesBefore(chunk, stop, at) % 2 === 1;
    else this.isInString = false;
    if (this.depth === 1 && this.isInDocument && this.key.length < LONGEST_KEY)
      this.key += Buffer.from(chunk.subarray(start, Math.min(stop, start + LONGEST_KEY))).toString(
        "latin1",
      );
    return end < 0 ? chunk.length : end + 1;
  }

  private endItem(): void {
    this.isInItem = false;
    this.pieces.item?.(this.item.take(), this.itemLine, this.list);
  }

  private endDocument(): void {
    this.isInDocument = false;
    this.pieces.document(this.outside.take(), this.documentLine, this.isCut);
  }

  private tellDebris(): void {
    if (!this.isDebris) this.pieces.debris(this.line);
    this.isDebris = true;
  }
}

function backslashesBefore(chunk: Uint8Array, end: number, start: number): number {
  let count = 0;
  while (end - 1 - count >= start && chunk[end - 1 - count] === BACKSLASH) count++;
  return count;
}
