// Results that commands read: a file, or a folder with result.json as `run`, `compare` and `sweep` write it.
import { dirname } from "node:path";
import { parseResult, type ResultDocument, ResultError } from "../charts/results.ts";
import { UsageError } from "./errors.ts";
import type { World } from "./world.ts";

export interface FoundResult {
  /** Path of the file. */
  readonly path: string;
  readonly result: ResultDocument;
}

/** @throws UsageError when there is no such result, or it cannot be read */
export function readResult(world: World, operand: string): FoundResult {
  const { path, text } = findText(world, operand);
  try {
    return { path, result: parseResult(text, path) };
  } catch (error) {
    if (error instanceof ResultError) throw new UsageError(error.message);
    throw error;
  }
}

/** The text of manifest.json beside a result.json; undefined where there is none that can be read. */
export function readManifest(world: World, path: string): string | undefined {
  if (!/(^|[\\/])result\.json$/.test(path)) return undefined;
  try {
    return readText(world, `${dirname(path)}/manifest.json`);
  } catch {
    return undefined;
  }
}

function findText(world: World, operand: string): { path: string; text: string } {
  const inFolder = `${operand.replace(/[\\/]+$/, "")}/result.json`;
  for (const path of [inFolder, operand]) {
    try {
      return { path, text: readText(world, path) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (path === inFolder && (code === "ENOENT" || code === "ENOTDIR")) continue;
      if (code === "ENOENT") throw new UsageError(`there is no ${operand}`, HINT);
      if (code === "EISDIR") throw new UsageError(`${operand} has no result.json`, HINT);
      throw new UsageError(`cannot read ${path}: ${(error as Error).message}`);
    }
  }
  throw new UsageError(`there is no ${operand}`, HINT);
}

const HINT =
  "A result is the folder that run, compare or sweep says it saved to, or a file with what --json prints.";

/** Bytes that are read at once. */
const CHUNK = 1 << 20;

function readText(world: World, path: string): string {
  const file = world.disk.open(path);
  try {
    const chunks: Uint8Array[] = [];
    for (let position = 0; ; ) {
      const chunk = new Uint8Array(CHUNK);
      const read = file.read(chunk, position);
      if (read === 0) break;
      chunks.push(chunk.subarray(0, read));
      position += read;
    }
    return Buffer.concat(chunks).toString("utf8");
  } finally {
    file.close();
  }
}
