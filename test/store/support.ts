// Stores in a folder of their own, records to fill them with, and a disk that fails.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type Disk, type DiskFile, nodeDisk } from "../../src/store/disk.ts";
import { openStore, type Store, type StoreOptions } from "../../src/store/store.ts";

export const ENGINE = { semantics: 3, version: "1.2.3" };

/** A folder for each test; the store of a test is in a folder of it that does not exist yet. */
export const place = { folder: "", store: "" };

/** To be called at the top of a test file: makes the folder before each test, and takes it away afterwards. */
export function useFolders(): void {
  beforeEach(() => {
    place.folder = mkdtempSync(join(tmpdir(), "faultline-store-"));
    place.store = join(place.folder, "store");
  });

  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    rmSync(place.folder, { recursive: true });
  });
}

const opened: Store[] = [];

/** Opens a store, which is closed when the test ends. */
export function open(
  mode: StoreOptions["mode"],
  folder = place.store,
  options: Partial<StoreOptions> = {},
): Store {
  const store = openStore(folder, { ...ENGINE, mode, ...options });
  opened.push(store);
  return store;
}

export const inputsOf = (i: number) => ({ scenario: { rate: i / 100, name: "é\n" }, seed: "s" });
export const outcomeOf = (i: number) => ({ success: { mean: i / 7, ci: [i / 8, null] } });

/** Appends records by their number; returns the keys. */
export function fill(store: Store, numbers: readonly number[]): string[] {
  return numbers.map((i) => store.append(inputsOf(i), outcomeOf(i)));
}

export const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => from + i);

/** Paths of the parts of a store, in order. */
export function partsOf(folder = place.store): string[] {
  const cells = join(folder, "cells");
  return readdirSync(cells)
    .sort()
    .map((name) => join(cells, name));
}

/** Replaces what a part holds. */
export function changePart(path: string, change: (bytes: Buffer) => Uint8Array): void {
  writeFileSync(path, change(readFileSync(path)));
}

/** What the error is that `act` throws; fails where it throws none. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** How a disk fails. */
export interface Failure {
  /** Operations on files that still succeed, of this kind. */
  after: number;
  on: "create" | "write" | "sync" | "read";
  code: string;
  /** Bytes that a failing write writes all the same. */
  partly?: number;
  /** Whether what was written cannot be cut back. */
  stuck?: boolean;
}

/** Node's disk, but that it fails as told, from a moment on until `failure` is unset. */
export class FailingDisk implements Disk {
  failure: Failure | undefined;
  now = 0;
  /** Most bytes that one call reads or writes. */
  most = Number.POSITIVE_INFINITY;
  /** Calls of `sync` that succeeded. */
  syncs = 0;

  constructor(failure?: Failure) {
    this.failure = failure;
  }

  makeFolder = nodeDisk.makeFolder;
  list = nodeDisk.list;
  publish = nodeDisk.publish;
  remove = nodeDisk.remove;
  writtenAt = nodeDisk.writtenAt;
  clock = () => this.now;

  open(path: string): DiskFile {
    return this.wrap(nodeDisk.open(path));
  }

  create(path: string): DiskFile {
    this.fail("create");
    return this.wrap(nodeDisk.create(path));
  }

  private wrap(file: DiskFile): DiskFile {
    return {
      read: (buffer, position) => {
        this.fail("read");
        return file.read(buffer.subarray(0, this.most), position);
      },
      write: (bytes, position) => {
        this.fail("write", () => {
          const written = bytes.subarray(0, this.failure?.partly ?? 0);
          if (written.length > 0) file.write(written, position);
        });
        return file.write(bytes.subarray(0, this.most), position);
      },
      truncate: (length) => {
        if (this.failure?.stuck) throw errorOf("EIO");
        file.truncate(length);
      },
      sync: () => {
        this.fail("sync");
        file.sync();
        this.syncs++;
      },
      close: () => file.close(),
    };
  }

  private fail(on: Failure["on"], first = () => {}): void {
    if (this.failure?.on !== on || this.failure.after-- > 0) return;
    first();
    throw errorOf(this.failure.code);
  }
}

function errorOf(code: string): Error {
  return Object.assign(new Error(`${code}: it fails`), { code });
}
