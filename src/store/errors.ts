// What can be wrong with a store, and all that is said to people about it.
import { codeOf } from "./disk.ts";

export type StoreTrouble =
  /** There is no store. */
  | "missing"
  /** The folder holds something else. */
  | "foreign"
  /** store.json cannot be understood. */
  | "invalid"
  /** The store was made by a later version, in a format of its own. */
  | "newer"
  /** The results are of another engine. */
  | "semantics"
  /** A record changed after it was found whole. */
  | "damaged"
  /** There are two outcomes of the same inputs. */
  | "conflict"
  /** The system refused to read or write. */
  | "disk";

/** Why a store cannot be used as asked. What it holds is left as it was. */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
  readonly trouble: StoreTrouble;
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(trouble: StoreTrouble, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.trouble = trouble;
    this.hint = hint;
  }
}

/** Two final outcomes of the same inputs: one of them is wrong, and nobody can say which. */
export class StoreConflict extends StoreError {
  override readonly name = "StoreConflict";
  readonly key: string;
  /** Where the two outcomes stand, as `FILE:LINE`; of one that was to be appended, the store. */
  readonly places: readonly [string, string];

  constructor(key: string, places: readonly [string, string]) {
    super(
      "conflict",
      `${places[0]} and ${places[1]} hold different outcomes of the same inputs (${key.slice(0, 10)})`,
      "an engine gives one outcome for the same inputs; delete the file that another program wrote, or begin a new store",
    );
    this.key = key;
    this.places = places;
  }
}

export const noStore = (folder: string): StoreError =>
  new StoreError("missing", `there is no store in ${folder}`);

export const foreignFolder = (folder: string, found: string): StoreError =>
  new StoreError(
    "foreign",
    `${folder} is no store: it has ${found} in it and no store.json`,
    "name a folder that does not exist yet, or an empty one",
  );

export const invalidMarker = (path: string, why: string): StoreError =>
  new StoreError(
    "invalid",
    `${path} is not what a store begins with: ${why}`,
    "bring the file back from a copy, or name another folder",
  );

export const newerSchema = (path: string, schema: string): StoreError =>
  new StoreError(
    "newer",
    `${path} is of the format ${schema}, which this version of faultline does not know`,
    "use the version of faultline that made it, or a later one",
  );

export interface Engine {
  /** Version of the engine's semantics: results of different semantics do not mix. */
  readonly semantics: number;
  /** Version of the package, for people. */
  readonly version: string;
}

const named = ({ semantics, version }: Engine) => `semantics ${semantics} (faultline ${version})`;

export const otherEngine = (folder: string, theirs: Engine, ours: Engine): StoreError =>
  new StoreError(
    "semantics",
    `${folder} holds results of another engine: of ${named(theirs)}, where this one is of ${named(ours)}`,
    "results of different engines do not mix: name another folder, or use the version that made this one",
  );

export const strayRecord = (place: string, theirs: number, ours: number): StoreError =>
  new StoreError(
    "semantics",
    `${place}: a record of semantics ${theirs} in a store of semantics ${ours}`,
    "records come from one store into another by merging, never by copying files",
  );

export const changedRecord = (place: string): StoreError =>
  new StoreError(
    "damaged",
    `${place}: the record has changed since the store was opened`,
    "open the store again: what is damaged is found and left out",
  );

/** What the system says of the errors that people meet. */
const SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EIO: "the disk reports an error",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOTDIR: "it is no folder, or lies in something that is none",
  EEXIST: "there is a file of that name",
  EISDIR: "it is a folder",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
};

/** Why the system refused something, in words and with its own name for it. */
export function systemTrouble(error: unknown): string {
  const { message } = error as Error;
  const code = codeOf(error);
  const known = code === undefined ? undefined : SYSTEM[code];
  return known === undefined ? message : `${known} (${code})`;
}

/**
 * Does something on the disk.
 * @param what what is being done, such as `write out/cells/part-0001.ndjson`
 * @throws StoreError of the kind "disk" for what the system refuses
 */
export function onDisk<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || error instanceof StoreError) throw error;
    const hint = "what was stored before is kept: mend it and start again to go on from there";
    throw new StoreError("disk", `cannot ${what}: ${systemTrouble(error)}`, hint, { cause: error });
  }
}
