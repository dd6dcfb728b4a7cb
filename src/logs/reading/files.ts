// Which files are meant: each path is a file, a folder with all that is below it, a pattern of these, or "-" for what comes in.
import {
  accessSync,
  constants,
  type Dirent,
  lstatSync,
  readdirSync,
  realpathSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { isPattern, matching } from "./pattern.ts";

export interface FoundFile {
  /** As it is shown. */
  readonly name: string;
  /** Without it, what comes in. */
  readonly path?: string;
  /** In bytes; 0 where nobody knows. */
  readonly size: number;
}

/** A path of which there is no file. */
export class NoSuchLogError extends Error {
  override readonly name = "NoSuchLogError";
}

/**
 * All files, in the order of the paths, those of a folder by name. A file that is reached twice comes once. What is hidden is
 * left out, and within a folder links to other folders are not followed, for they could lead round in a circle.
 * @param onUnreadable called for each file, folder and link that may not be read or leads nowhere
 * @throws NoSuchLogError that names all paths that are missing
 */
export function filesOf(
  paths: readonly string[],
  onUnreadable: (path: string) => void,
): FoundFile[] {
  const meant = paths.map((path) => ({ path, all: meantBy(path) }));
  const missing = meant.filter(({ all }) => all.length === 0).map(({ path }) => path);
  if (missing.length > 0) throw new NoSuchLogError(`there is no ${missing.join(", no ")}`);
  const found = new Map<string, FoundFile>();
  for (const file of meant.flatMap(({ all }) => all.flatMap((one) => below(one, onUnreadable)))) {
    const key = file.path === undefined ? "-" : realpathSync(file.path);
    if (!found.has(key)) found.set(key, file);
  }
  return [...found.values()];
}

/** A path that is there is meant itself, whatever signs are in its name. */
function meantBy(path: string): readonly string[] {
  if (path === "-" || isThere(path)) return [path];
  return isPattern(path) ? matching(path).filter(isThere) : [];
}

function below(path: string, onUnreadable: (path: string) => void): FoundFile[] {
  if (path === "-") return [{ name: "-", size: 0 }];
  const stat = statOf(path);
  if (stat === undefined || !isReadable(path)) {
    onUnreadable(path);
    return [];
  }
  if (!stat.isDirectory()) return [{ name: path, path, size: stat.size }];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.name.startsWith(".") && !leadsAway(path, entry))
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => below(join(path, name), onUnreadable));
}

/** Links to folders, and what is neither a file, a folder nor a link. */
function leadsAway(folder: string, entry: Dirent) {
  if (entry.isDirectory() || entry.isFile()) return false;
  // Links that lead nowhere, or to themselves, are told.
  return !entry.isSymbolicLink() || statOf(join(folder, entry.name))?.isFile() === false;
}

/** Undefined of what is not there, is out of reach, or leads round in a circle. */
const statOf = (path: string) => attempt(() => statSync(path));
const isThere = (path: string) => attempt(() => lstatSync(path)) !== undefined;
const isReadable = (path: string) =>
  attempt(() => {
    accessSync(path, constants.R_OK);
    return true;
  }) === true;

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
