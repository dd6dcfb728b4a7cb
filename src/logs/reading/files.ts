// Which files are meant: each path is a file, a folder with all that is below it, or "-" for what comes in. Patterns are expanded
// by whoever calls, as for all commands.
import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

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
 * @throws NoSuchLogError that names all paths that are missing
 */
export function filesOf(paths: readonly string[]): FoundFile[] {
  const missing = paths.filter((path) => path !== "-" && statOf(path) === undefined);
  if (missing.length > 0) throw new NoSuchLogError(`there is no ${missing.join(", no ")}`);
  const found = new Map<string, FoundFile>();
  for (const file of paths.flatMap((path) => below(path))) {
    const key = file.path === undefined ? "-" : realpathSync(file.path);
    if (!found.has(key)) found.set(key, file);
  }
  return [...found.values()];
}

function below(path: string): FoundFile[] {
  if (path === "-") return [{ name: "-", size: 0 }];
  const stat = statOf(path);
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [{ name: path, path, size: stat.size }];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.name.startsWith(".") && !leadsAway(path, entry))
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => below(join(path, name)));
}

/** Links to folders, and what is neither a file nor a folder. */
function leadsAway(
  folder: string,
  entry: { readonly name: string; isDirectory(): boolean; isFile(): boolean },
) {
  if (entry.isDirectory() || entry.isFile()) return false;
  return statOf(join(folder, entry.name))?.isFile() !== true;
}

const statOf = (path: string) => statSync(path, { throwIfNoEntry: false });
