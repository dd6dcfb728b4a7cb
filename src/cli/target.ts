// The file that a command was asked to write: a picture or a page.
import { dirname } from "node:path";
import type { Disk } from "../store/disk.ts";
import { UsageError } from "./errors.ts";
import { type World, writeFile } from "./world.ts";

/** Writes it. @throws UsageError where that cannot be */
export function writeTarget(
  { files, disk }: World,
  target: string,
  content: string | Uint8Array,
): void {
  const hint = "Name another file with --out.";
  if (isFolder(disk, target)) throw new UsageError(`cannot write ${target}: it is a folder`, hint);
  try {
    writeFile(files, dirname(target), target, content);
  } catch (error) {
    throw new UsageError(`cannot write ${target}: ${(error as Error).message}`, hint);
  }
}

/** A folder of that name would be found out only when the content is already on the disk. */
function isFolder(disk: Disk, path: string): boolean {
  try {
    disk.list(path);
    return true;
  } catch {
    return false;
  }
}
