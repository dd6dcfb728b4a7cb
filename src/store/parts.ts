// Parts: the files of a store that hold its records, one per line. Every writer has parts of its own, so that two never
// write into one file; a part that ends within a line is never added to.
import { join } from "node:path";
import { createNumbered, type Disk, type DiskFile, ifExists, readAll, writeAll } from "./disk.ts";
import { onDisk } from "./errors.ts";
import { foreignFile } from "./warnings.ts";

const FOLDER = "cells";
const NAME = /^part-(\d{4,15})\.ndjson$/;

const partPath = (folder: string, number: number): string =>
  join(folder, FOLDER, `part-${String(number).padStart(4, "0")}.ndjson`);

export interface FoundParts {
  /** Paths in the order of their numbers. */
  readonly paths: readonly string[];
  /** Number of the next part, unless another process takes it. */
  readonly next: number;
  readonly warnings: readonly string[];
}

/** The parts of a store, none where there are none yet. */
export function findParts(disk: Disk, folder: string): FoundParts {
  const cells = join(folder, FOLDER);
  const names = onDisk(`read ${cells}`, () => ifExists(() => disk.list(cells))) ?? [];
  const numberOf = (name: string) => Number(NAME.exec(name)?.[1]);
  const parts = names.filter((name) => NAME.test(name));
  parts.sort((a, b) => numberOf(a) - numberOf(b));
  return {
    paths: parts.map((name) => join(cells, name)),
    next: 1 + (parts.length > 0 ? numberOf(parts[parts.length - 1]) : 0),
    warnings: names
      .filter((name) => !NAME.test(name))
      .map((name) => foreignFile(join(cells, name))),
  };
}

// ---------------------------------------------------------------- reading

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Where the line begins in the file. */
  readonly offset: number;
  /** The line without its end; lasts until the next line is asked for. */
  readonly bytes: Buffer;
  /** Whether the line has an end. */
  readonly isWhole: boolean;
}

const NEWLINE = 10;
const BLOCK = 1 << 16;

/** The lines of a part from one on. Memory is a block, or what the longest line takes. */
export function* readLines(
  disk: Disk,
  path: string,
  from: Pick<Line, "number" | "offset">,
): Generator<Line> {
  const file = onDisk(`read ${path}`, () => disk.open(path));
  try {
    let buffer = Buffer.allocUnsafe(BLOCK);
    let { offset: start, number } = from;
    let filled = 0;
    for (;;) {
      const room = buffer.subarray(filled);
      const got = onDisk(`read ${path}`, () => file.read(room, start + filled));
      if (got === 0) break;
      filled += got;
      const text = buffer.subarray(0, filled);
      let read = 0;
      for (let end = 0; (end = text.indexOf(NEWLINE, read)) >= 0; read = end + 1)
        yield {
          number: number++,
          offset: start + read,
          bytes: text.subarray(read, end),
          isWhole: true,
        };
      const rest = text.subarray(read);
      if (rest.length === buffer.length) buffer = Buffer.allocUnsafe(2 * buffer.length);
      rest.copy(buffer);
      start += read;
      filled = rest.length;
    }
    if (filled > 0)
      yield { number, offset: start, bytes: buffer.subarray(0, filled), isWhole: false };
  } finally {
    file.close();
  }
}

/** Reads pieces of parts. Keeps one file open, since what is asked for together often stands together. */
export class PieceReader {
  private readonly disk: Disk;
  private open: { readonly path: string; readonly file: DiskFile } | undefined;

  constructor(disk: Disk) {
    this.disk = disk;
  }

  /** Bytes of a part; fewer than asked for where the part ends before. */
  read(path: string, offset: number, length: number): Buffer {
    return onDisk(`read ${path}`, () => {
      if (this.open?.path !== path) {
        this.close();
        this.open = { path, file: this.disk.open(path) };
      }
      const buffer = Buffer.allocUnsafe(length);
      return buffer.subarray(0, readAll(this.open.file, buffer, offset));
    });
  }

  close(): void {
    this.open?.file.close();
    this.open = undefined;
  }
}

// ---------------------------------------------------------------- writing

/**
 * Milliseconds between two calls to make what was written outlast a power failure. A line outlasts the end of the process
 * as soon as it is written. To outlast a power failure takes from 0.4 ms (flash) to 50 ms (network, rotating disks): with
 * one call per second, at most a twentieth of the time, and records that take longer than a second each are all safe at once.
 */
const SYNC_INTERVAL = 1000;

/** A part that only this process writes. */
export class PartWriter {
  readonly path: string;
  private readonly disk: Disk;
  private readonly file: DiskFile;
  private length = 0;
  private lines = 0;
  private syncedAt = Number.NEGATIVE_INFINITY;
  private isSynced = true;
  private broken = false;

  /** Begins a part with a number, or with the first one after it that is free. @throws StoreError disk */
  constructor(disk: Disk, folder: string, number: number) {
    const cells = join(folder, FOLDER);
    const created = onDisk(`write into ${cells}`, () => {
      disk.makeFolder(cells);
      return createNumbered(disk, number, (n) => partPath(folder, n));
    });
    this.disk = disk;
    this.path = created.path;
    this.file = created.file;
  }

  /** Whether the part ends within a line, or may not hold what was written: it takes no more lines. */
  get isBroken(): boolean {
    return this.broken;
  }

  /**
   * Appends a line, given without its end. When it returns, the line outlasts the end of this process.
   * @returns where it begins, and its number
   * @throws StoreError disk; the part is then as it was before, or broken
   */
  append(line: Buffer): { readonly offset: number; readonly line: number } {
    const offset = this.length;
    this.attempt(() => this.write(Buffer.concat([line, LINE_END])));
    if (this.disk.clock() - this.syncedAt >= SYNC_INTERVAL) this.sync();
    return { offset, line: this.lines };
  }

  /** @throws StoreError disk, where something written may be lost */
  close(): void {
    try {
      if (!this.isSynced && !this.broken) this.sync();
    } finally {
      this.attempt(() => this.file.close());
    }
  }

  private write(bytes: Buffer): void {
    try {
      writeAll(this.file, bytes, this.length);
    } catch (error) {
      this.cutBack();
      throw error;
    }
    this.length += bytes.length;
    this.lines++;
    this.isSynced = false;
  }

  private cutBack(): void {
    try {
      this.file.truncate(this.length);
    } catch {
      this.broken = true;
    }
  }

  private sync(): void {
    try {
      this.attempt(() => this.file.sync());
    } catch (error) {
      // The system may have dropped what it could not write, and says so only once.
      this.broken = true;
      throw error;
    }
    this.isSynced = true;
    this.syncedAt = this.disk.clock();
  }

  private attempt<T>(act: () => T): T {
    return onDisk(`write ${this.path}`, act);
  }
}

const LINE_END = Buffer.from("\n");
