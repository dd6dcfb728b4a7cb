// The disk as the store sees it: the few operations that it is made of, and Node's way of doing them. Tests give it a
// disk that fails. All paths are whole paths; all errors are Node's, with a `code`.
import {
  closeSync,
  constants,
  fdatasyncSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

export interface Disk {
  /** Makes a folder, and those above it, where they are missing. */
  makeFolder(path: string): void;
  /** Names in a folder, in order. @throws ENOENT where there is no such folder */
  list(path: string): string[];
  /** Opens a file to read. @throws ENOENT where there is none */
  open(path: string): DiskFile;
  /** Makes a file that nobody has yet, to write. @throws EEXIST where somebody has */
  create(path: string): DiskFile;
  /**
   * Gives a finished file another name, or removes it where that name is taken. Of many who do so at once, one is first.
   */
  publish(draft: string, path: string): void;
  remove(path: string): void;
  /** When a file was written last, in seconds. @throws ENOENT where there is none */
  writtenAt(path: string): number;
  /** Milliseconds from some fixed moment. */
  clock(): number;
}

export interface DiskFile {
  /** Fills the buffer from a position; returns the number of bytes read, 0 at the end. */
  read(buffer: Uint8Array, position: number): number;
  /** Returns the number of bytes written, which may be fewer than given. */
  write(bytes: Uint8Array, position: number): number;
  truncate(length: number): void;
  /** Returns when everything written would outlast a power failure. */
  sync(): void;
  close(): void;
}

/** What file systems without hard links answer. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

export const nodeDisk: Disk = {
  makeFolder: (path) => makeFolders(path),
  list: (path) => readdirSync(path).sort(),
  // A pipe to which nobody writes is opened as well, rather than waited for.
  open: (path) => new NodeFile(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)),
  create: (path) => new NodeFile(openSync(path, "wx")),
  publish(draft, path) {
    try {
      linkSync(draft, path);
    } catch (error) {
      const code = codeOf(error) ?? "";
      if (NO_LINKS.has(code)) return renameSync(draft, path);
      if (code !== "EEXIST") throw error;
    }
    unlinkSync(draft);
  },
  remove: (path) => rmSync(path, { force: true }),
  writtenAt: (path) => Math.floor(statSync(path).mtimeMs / 1000),
  clock: () => performance.now(),
};

/**
 * Makes a folder, and those above it, where they are missing. Node's own way never comes back where a file system, such
 * as /proc, says of every new folder that there is nothing to put it in.
 * @param make makes one folder
 * @throws ENOENT where no folder can be made, ENOTDIR or EEXIST where a file is in the way, or what else the system says
 */
export function makeFolders(path: string, make: (path: string) => void = mkdirSync): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolders(above, make);
  try {
    make(path);
  } catch (error) {
    // Another process may have been faster.
    if (isFolder(path)) return;
    if (codeOf(error) !== "ENOENT") throw error;
    throw Object.assign(new Error(`no folder can be made in ${above}`), { code: "ENOENT" });
  }
}

const isFolder = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

class NodeFile implements DiskFile {
  private readonly descriptor: number;

  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  read(buffer: Uint8Array, position: number): number {
    return readSync(this.descriptor, buffer, 0, buffer.length, position);
  }

  write(bytes: Uint8Array, position: number): number {
    return writeSync(this.descriptor, bytes, 0, bytes.length, position);
  }

  truncate(length: number): void {
    ftruncateSync(this.descriptor, length);
  }

  sync(): void {
    fdatasyncSync(this.descriptor);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** The system's name for what went wrong, such as ENOSPC. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/** What `act` returns, or undefined where the file or folder that it asks for does not exist. */
export function ifExists<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Writes all bytes from a position on. */
export function writeAll(file: DiskFile, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += file.write(bytes.subarray(done), position + done);
}

/** Fills as much of the buffer as the file has from a position on; returns the number of bytes read. */
export function readAll(file: DiskFile, buffer: Uint8Array, position: number): number {
  let done = 0;
  while (done < buffer.length) {
    const read = file.read(buffer.subarray(done), position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

export interface Created {
  readonly path: string;
  readonly file: DiskFile;
}

/** Creates the first file that nobody has yet, of those whose names are numbered from a number on. */
export function createNumbered(
  disk: Disk,
  from: number,
  pathOf: (number: number) => string,
): Created {
  for (let number = from; ; number++) {
    const path = pathOf(number);
    try {
      return { path, file: disk.create(path) };
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
}
