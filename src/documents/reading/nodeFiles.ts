// Files on disk. The only file of this room that imports Node.
//
// A file may refer to files of its project: of the nearest folder above it that has a package.json or a .git, or, where
// there is none, of its own folder; and besides these to the scenarios that ship with Faultline.
// Symbolic links are followed before the question is asked, so that a link cannot lead outside.
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { dirname, isAbsolute, join, relative as relativePath, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SCENARIOS } from "../shipped.ts";
import { FileError, MAX_FILE_BYTES, type SourceFiles } from "./files.ts";

const PROJECT_MARKS = ["package.json", ".git"];

/** The folder of the scenarios that ship with Faultline. */
export const SHIPPED = fileURLToPath(SCENARIOS);

const OF_THE_PACKAGE = /^(?:\.\/)?scenarios\/(.+)/;

/**
 * The path, from a folder, of a scenario that ships with Faultline and is called as in a clone: `scenarios/NAME.yaml`. Others
 * have none.
 */
export function shippedPath(name: string, cwd = process.cwd()): string | undefined {
  const [, path] = OF_THE_PACKAGE.exec(name) ?? [];
  return path === undefined ? undefined : relativePath(cwd, join(SHIPPED, path));
}

/**
 * Access to a scenario file and what it may extend.
 * @param scenario path of the scenario file that is to be loaded
 * @param cwd folder that relative paths start from
 */
export function nodeFiles(scenario: string, cwd = process.cwd()): SourceFiles {
  const onDisk = (path: string) => resolve(cwd, path);
  const root = projectOf(dirname(onDisk(scenario)));
  return {
    root,
    size: (path) => regularFile(onDisk(path), path, path === scenario).size,
    read: (path) => {
      regularFile(onDisk(path), path, path === scenario);
      return readBounded(onDisk(path), path);
    },
    resolve: (base, relative) => {
      const beside = join(dirname(base), relative);
      const path = existsSync(onDisk(beside)) ? beside : (shippedPath(relative, cwd) ?? beside);
      if (![root, SHIPPED].some((folder) => isWithin(folder, onDisk(path))))
        throw new FileError("outside", path);
      return path;
    },
  };
}

function projectOf(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (PROJECT_MARKS.some((mark) => existsSync(join(above, mark)))) return above;
    if (above === dirname(above)) return folder;
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relativePath(realPath(folder), realPath(path));
  return way !== ".." && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
}

/** The path with all symbolic links followed, as far as it exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realPath(above), path.slice(above.length));
  }
}

/** Only the scenario itself may be a pipe: reading any other pipe could wait for ever. */
function regularFile(path: string, shown: string, mayBePipe: boolean) {
  const stat = attempt(() => statSync(path, { throwIfNoEntry: false }), shown);
  if (stat === undefined) throw new FileError("missing", shown);
  if (stat.isDirectory()) throw new FileError("directory", shown);
  if (!stat.isFile() && !(mayBePipe && stat.isFIFO())) throw new FileError("special", shown);
  return stat;
}

const CHUNK = 1 << 14;

/** Reads little more than is allowed, whatever the size was said to be. */
function readBounded(path: string, shown: string): Uint8Array {
  const descriptor = attempt(() => openSync(path, READING), shown);
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    let patience = fstatSync(descriptor).isFIFO() ? PATIENCE : 0;
    while (length <= MAX_FILE_BYTES) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const read = attempt(() => readSome(descriptor, chunk), shown);
      if (read === 0 && (length > 0 || patience-- <= 0)) break;
      if (read === 0) pause();
      chunks.push(chunk.subarray(0, read));
      length += read;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(descriptor);
  }
}

/** A pipe to which nobody writes is opened as well: to wait for a writer would be to wait for ever, if none comes. */
const READING = constants.O_RDONLY | constants.O_NONBLOCK;
/** Pauses that a writer has to come. */
const PATIENCE = 50;
const PAUSE_MILLISECONDS = 20;

/** Bytes that were read; 0 at the end, and where nobody writes. Waits while a writer has nothing yet. */
function readSome(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      pause();
    }
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLISECONDS);
}

/** Whatever the system refuses counts as denied. */
function attempt<T>(act: () => T, shown: string): T {
  try {
    return act();
  } catch {
    throw new FileError("denied", shown);
  }
}
