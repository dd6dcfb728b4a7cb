// The store: a folder to which finished records are appended, and from which none is ever lost. It is content-addressed:
// a record is found by what decides its outcome, never by when or by whom it was computed. It knows nothing of what the
// records mean.
//
//     FOLDER/store.json              which engine the records are of (marker.ts)
//     FOLDER/cells/part-0001.ndjson  records, one per line (parts.ts, record.ts)
//
// Any number of processes may use a store at once, without locks: nothing is ever changed but by appending to parts of
// one's own. A process that is killed loses at most the record that it was writing; what it leaves behind is found by its
// missing end or wrong checksum when the store is opened, is told, and does not count.
import { type Disk, nodeDisk } from "./disk.ts";
import { changedRecord, type Engine, StoreConflict, strayRecord } from "./errors.ts";
import { checkStore, makeStore, storeSince } from "./marker.ts";
import { findParts, type Line, PartWriter, PieceReader, readLines } from "./parts.ts";
import {
  decodeRecord,
  encodeRecord,
  type Head,
  type InputsText,
  keyOf,
  readHead,
  type StoredRecord,
} from "./record.ts";
import { damagedRecord, moreDamaged, tornRecord } from "./warnings.ts";

export interface StoreOptions extends Engine {
  /** To write, a folder is made where it is missing; to read, it must be a store. */
  readonly mode: "read" | "write";
  readonly disk?: Disk;
}

/**
 * Opens a store. It shows what was there when it was opened and what was appended through it since; what other processes
 * append is seen after `refresh`. Memory is about 200 bytes per record.
 * @throws StoreError missing, foreign, invalid, newer, semantics, disk
 * @throws StoreConflict where two parts hold different final outcomes of the same inputs
 */
export function openStore(folder: string, options: StoreOptions): Store {
  const { disk = nodeDisk, mode } = options;
  if (mode === "write") makeStore(disk, folder, options);
  else checkStore(disk, folder, options);
  return new Store(folder, options, disk);
}

/** Where a record stands. */
interface Place {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly offset: number;
  /** Bytes, without the end of the line. */
  readonly length: number;
  readonly final: boolean;
}

/** Where a line begins. */
type LineStart = Pick<Line, "number" | "offset">;

const START: LineStart = { number: 1, offset: 0 };

/** Most damaged records of a part that have a warning each. */
const MOST_TOLD = 10;

export class Store {
  readonly folder: string;
  /** The engine that the records are of. */
  readonly engine: Engine;
  private readonly mode: "read" | "write";
  private readonly disk: Disk;
  private readonly index = new Map<string, Place>();
  private readonly reader: PieceReader;
  private readonly partPaths: string[] = [];
  /** Where the line after the last one that was read begins, of every part. */
  private readonly ends = new Map<string, LineStart>();
  private readonly told: string[] = [];
  private nextPart = 1;
  private writer: PartWriter | undefined;
  private isClosed = false;

  /** @internal Stores are opened with `openStore`. */
  constructor(folder: string, { semantics, version, mode }: StoreOptions, disk: Disk) {
    this.folder = folder;
    this.engine = { semantics, version };
    this.mode = mode;
    this.disk = disk;
    this.reader = new PieceReader(disk);
    try {
      this.scan();
    } catch (error) {
      this.reader.close();
      throw error;
    }
  }

  /** When the folder became a store, in seconds: the same wherever it is seen from. @throws StoreError disk */
  get since(): number {
    return storeSince(this.disk, this.folder);
  }

  /** Number of records. */
  get size(): number {
    return this.index.size;
  }

  /** Paths of the files that hold the records. */
  get parts(): readonly string[] {
    return this.partPaths;
  }

  /** What was found when the store was opened that is no record: torn and damaged lines, foreign files. */
  get warnings(): readonly string[] {
    return this.told;
  }

  /** Keys of all records, those that stand together one after the other. */
  keys(): IterableIterator<string> {
    return this.index.keys();
  }

  has(key: string): boolean {
    return this.index.has(key);
  }

  /** Whether there is a record of this key whose outcome is final. */
  isFinal(key: string): boolean {
    return this.index.get(key)?.final === true;
  }

  /** Where a record stands, as `FILE:LINE`, or undefined where there is none. */
  placeOf(key: string): string | undefined {
    const place = this.index.get(key);
    return place && placeText(place);
  }

  /** The record of a key, or undefined where there is none. @throws StoreError damaged, disk */
  read(key: string): StoredRecord | undefined {
    const line = this.readLine(key);
    return line && decodeRecord(line);
  }

  /** The key that a record of these inputs has in this store. @throws TypeError for values that JSON cannot hold */
  keyOf(inputs: object | InputsText): string {
    return keyOf(inputs, this.engine.semantics);
  }

  /**
   * Appends a record, and returns its key. When it returns, the record outlasts the end of this process, however that
   * comes; it outlasts a power failure when the next record is appended a second later, and after `close`. A record that is
   * there already is not written again; neither is one that is not final, where there is any.
   * @param inputs plain values that decide the outcome, or their text
   * @param outcome plain values
   * @param options `final: false` for an outcome that may be another one next time, such as a crash: it is told by
   *   `isFinal`, and stands until a final one is appended
   * @throws StoreConflict where there is another final outcome
   * @throws StoreError disk; what was stored before is kept, and appending may be tried again
   * @throws TypeError for values that JSON cannot hold
   */
  append(inputs: object | InputsText, outcome: object, { final = true } = {}): string {
    const { key, line } = encodeRecord({ inputs, outcome, final }, this.engine.semantics);
    this.appendLine(key, final, line);
    return key;
  }

  /**
   * Appends a record of another store of the same semantics, byte by byte; otherwise as `append`.
   * @returns whether it was written
   */
  copy(key: string, from: Store): boolean {
    const line = from.readLine(key);
    if (line === undefined) throw new RangeError(`Key ${key}: must be of a record of the store`);
    return this.appendLine(key, from.isFinal(key), line);
  }

  /** Whether this store and another one that both have a key have the same record of it, byte by byte. */
  agrees(key: string, other: Store): boolean {
    const line = this.readLine(key);
    const others = other.readLine(key);
    return line !== undefined && others !== undefined && line.equals(others);
  }

  /** Ends the use of the store. @throws StoreError disk, where what was appended last may not outlast a power failure */
  close(): void {
    this.isClosed = true;
    this.reader.close();
    const { writer } = this;
    this.writer = undefined;
    writer?.close();
  }

  /**
   * Looks for what other processes have appended since. A line without its end may be on its way, and is looked at again.
   * @throws as `openStore` does
   */
  refresh(): void {
    const { paths } = findParts(this.disk, this.folder);
    for (const path of paths) {
      if (path === this.writer?.path) continue;
      if (!this.partPaths.includes(path)) this.partPaths.push(path);
      this.scanPart(path, { mayGrow: true });
    }
  }

  // -------------------------------------------------------------- reading

  private scan(): void {
    const { paths, next, warnings } = findParts(this.disk, this.folder);
    this.nextPart = next;
    this.told.push(...warnings);
    for (const path of paths) {
      this.partPaths.push(path);
      this.scanPart(path, { mayGrow: false });
    }
  }

  /** Reads a part from where it was read to. */
  private scanPart(path: string, { mayGrow }: { readonly mayGrow: boolean }): void {
    let damaged = 0;
    const from = this.ends.get(path) ?? START;
    for (const line of readLines(this.disk, path, from)) {
      if (!line.isWhole && mayGrow) break;
      const { number, offset, bytes } = line;
      if (line.isWhole)
        this.ends.set(path, { number: number + 1, offset: offset + bytes.length + 1 });
      const place = `${path}:${line.number}`;
      const head = line.isWhole ? readHead(line.bytes) : undefined;
      if (head !== undefined) this.enter(head, line, path);
      else if (!line.isWhole) this.told.push(tornRecord(place));
      else if (++damaged <= MOST_TOLD) this.told.push(damagedRecord(place));
    }
    if (damaged > MOST_TOLD) this.told.push(moreDamaged(path, damaged - MOST_TOLD));
  }

  private enter({ key, semantics, final }: Head, line: Line, path: string): void {
    const place: Place = {
      path,
      line: line.number,
      offset: line.offset,
      length: line.bytes.length,
      final,
    };
    if (semantics !== this.engine.semantics)
      throw strayRecord(placeText(place), semantics, this.engine.semantics);
    if (this.isNews(key, final, line.bytes, placeText(place))) this.index.set(key, place);
  }

  /**
   * Whether a record says more than the store knows.
   * @param where where the record stands, for people
   */
  private isNews(key: string, final: boolean, line: Buffer, where: string): boolean {
    const known = this.index.get(key);
    if (known === undefined) return true;
    if (final && known.final && !this.lineAt(known).equals(line))
      throw new StoreConflict(key, [placeText(known), where]);
    return final && !known.final;
  }

  private readLine(key: string): Buffer | undefined {
    if (this.isClosed) throw new Error("The store is closed");
    const place = this.index.get(key);
    return place && this.lineAt(place);
  }

  private lineAt(place: Place): Buffer {
    const line = this.reader.read(place.path, place.offset, place.length);
    if (readHead(line) === undefined) throw changedRecord(placeText(place));
    return line;
  }

  // -------------------------------------------------------------- writing

  private appendLine(key: string, final: boolean, line: Buffer): boolean {
    if (this.mode === "read") throw new Error("The store is open to read only");
    if (this.isClosed) throw new Error("The store is closed");
    if (!this.isNews(key, final, line, `what is to be appended to ${this.folder}`)) return false;
    const writer = this.writable();
    const place = writer.append(line);
    this.index.set(key, { path: writer.path, length: line.length, final, ...place });
    return true;
  }

  /** The part to append to: begun when there is something to append, and after one that broke. */
  private writable(): PartWriter {
    if (this.writer?.isBroken) {
      const { writer } = this;
      this.writer = undefined;
      writer.close();
    }
    if (this.writer === undefined) {
      this.writer = new PartWriter(this.disk, this.folder, this.nextPart++);
      this.partPaths.push(this.writer.path);
    }
    return this.writer;
  }
}

function placeText({ path, line }: Place): string {
  return `${path}:${line}`;
}
