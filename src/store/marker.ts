// store.json: what makes a folder a store, and whose. It is written once, whole or not at all, and never changed.
import { join } from "node:path";
import { createNumbered, type Disk, ifExists, readAll, writeAll } from "./disk.ts";
import {
  type Engine,
  foreignFolder,
  invalidMarker,
  newerSchema,
  noStore,
  onDisk,
  otherEngine,
} from "./errors.ts";

const NAME = "store.json";
const SCHEMA = "faultline/store@1";
/** What is still to become store.json, or was left over when its writer was stopped. */
const DRAFT = /^\.store-\d+\.tmp$/;
/** More than any store.json has. */
const MOST_BYTES = 4096;

/**
 * Checks that a folder holds a store of this engine.
 * @throws StoreError missing, foreign, invalid, newer, semantics, disk
 */
export function checkStore(disk: Disk, folder: string, engine: Engine): void {
  const stranger = strangerIn(disk, folder);
  const theirs = readMarker(disk, folder);
  if (theirs === undefined)
    throw stranger === undefined ? noStore(folder) : foreignFolder(folder, stranger);
  if (theirs.semantics !== engine.semantics) throw otherEngine(folder, theirs, engine);
}

/**
 * Makes a folder a store of this engine, unless it is one. Of several who do so at the same time the first one decides.
 * @throws StoreError foreign, invalid, newer, semantics, disk
 */
export function makeStore(disk: Disk, folder: string, engine: Engine): void {
  onDisk(`make the folder ${folder}`, () => disk.makeFolder(folder));
  if (strangerIn(disk, folder) === undefined && readMarker(disk, folder) === undefined)
    writeMarker(disk, folder, engine);
  checkStore(disk, folder, engine);
}

/**
 * When a folder became a store, in seconds: two machines that see one folder see one moment.
 * @throws StoreError disk
 */
export const storeSince = (disk: Disk, folder: string): number =>
  onDisk(`read ${folder}`, () => disk.writtenAt(join(folder, NAME)));

/**
 * Something in the folder that does not become store.json. To be called before store.json is looked for: what a store has
 * besides comes after it, and so cannot be seen without it.
 */
function strangerIn(disk: Disk, folder: string): string | undefined {
  const names = onDisk(`read ${folder}`, () => ifExists(() => disk.list(folder))) ?? [];
  return names.find((name) => name !== NAME && !DRAFT.test(name));
}

function readMarker(disk: Disk, folder: string): Engine | undefined {
  const path = join(folder, NAME);
  const bytes = onDisk(`read ${path}`, () => {
    const file = ifExists(() => disk.open(path));
    if (file === undefined) return undefined;
    const buffer = Buffer.alloc(MOST_BYTES);
    try {
      return buffer.subarray(0, readAll(file, buffer, 0));
    } finally {
      file.close();
    }
  });
  return bytes && parseMarker(bytes.toString(), path);
}

function parseMarker(text: string, path: string): Engine {
  const { schema, semantics, version } = parseMap(text, path);
  const format = /^faultline\/store@(\d+)$/.exec(String(schema));
  if (format === null) throw invalidMarker(path, "its schema is no store's");
  if (Number(format[1]) > 1) throw newerSchema(path, format[0]);
  if (typeof semantics !== "number" || typeof version !== "string")
    throw invalidMarker(path, "it does not say which engine the results are of");
  return { semantics, version };
}

function parseMap(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw invalidMarker(path, "it is no JSON");
  }
}

function writeMarker(disk: Disk, folder: string, { semantics, version }: Engine): void {
  const text = `${JSON.stringify({ schema: SCHEMA, semantics, version })}\n`;
  const path = join(folder, NAME);
  onDisk(`write ${path}`, () => {
    const draft = createNumbered(disk, 1, (number) => join(folder, `.store-${number}.tmp`));
    try {
      try {
        writeAll(draft.file, Buffer.from(text), 0);
        draft.file.sync();
      } finally {
        draft.file.close();
      }
      disk.publish(draft.path, path);
    } catch (error) {
      disk.remove(draft.path);
      throw error;
    }
  });
}
