// Documents that commands read back: results as `run`, `compare` and `sweep` write them, manifests, plans, states.
import { isUtf8 } from "node:buffer";
import { dirname } from "node:path";
import type { Contents, KindName } from "../results/documents.ts";
import { MAX_DOCUMENT_BYTES, readDocument, type Wanted } from "../results/read.ts";
import { RESULT_KINDS, type ResultDocument, type ResultKind } from "../results/results.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT } from "./exitCodes.ts";
import { told } from "./problems.ts";
import type { World } from "./world.ts";

export interface FoundResult {
  /** Path of the file. */
  readonly path: string;
  readonly result: ResultDocument;
}

/**
 * Reads a result: a file, or a folder with result.json.
 * @param command what reads it
 * @throws UsageError when there is none; InvalidScenarioError with all problems when it is damaged or of another kind
 */
export function readResult(
  world: World,
  operand: string,
  command: string,
  kinds: readonly ResultKind[] = RESULT_KINDS,
): FoundResult {
  const { path, text } = findText(world, operand);
  return { path, result: readTold(world, text, path, { kinds, takes: `${command} takes` }) };
}

/**
 * The manifest beside a result.json; undefined where there is none.
 * @throws InvalidScenarioError when it is damaged
 */
export function readManifest(world: World, result: string): Contents["manifest"] | undefined {
  if (!/(^|[\\/])result\.json$/.test(result)) return undefined;
  const path = `${dirname(result)}/manifest.json`;
  const text = ifThere(() => readText(world, path));
  if (text === undefined) return undefined;
  return readTold(world, text, path, { kinds: ["manifest"], takes: "beside a result lies" });
}

/** The document in a text; its problems are told as those of scenarios are. @throws InvalidScenarioError */
export function readTold<K extends KindName>(
  world: World,
  text: string,
  path: string,
  wanted: Wanted<K>,
): Contents[K] {
  try {
    return readDocument(text, path, wanted);
  } catch (error) {
    throw told(world, error);
  }
}

// ---------------------------------------------------------------- files

function findText(world: World, operand: string): { path: string; text: string } {
  const inFolder = `${operand.replace(/[\\/]+$/, "")}/result.json`;
  for (const path of [inFolder, operand]) {
    try {
      return { path, text: readText(world, path) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (error instanceof CommandError) throw error;
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

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    return undefined;
  }
}

/** Bytes that are read at once. */
const CHUNK = 1 << 20;

/** @throws CommandError when the file is too large, or no text in UTF-8 */
function readText(world: World, path: string): string {
  const file = world.disk.open(path);
  try {
    const chunks: Uint8Array[] = [];
    for (let position = 0; ; ) {
      const chunk = new Uint8Array(CHUNK);
      const read = file.read(chunk, position);
      if (read === 0) return textOf(Buffer.concat(chunks), path);
      chunks.push(chunk.subarray(0, read));
      position += read;
      if (position > MAX_DOCUMENT_BYTES)
        throw new CommandError(
          `${path} is larger than ${MAX_DOCUMENT_BYTES / 2 ** 20} MB, the most that a document may have`,
          EXIT.invalidScenario,
          "Divide the sweep into several, or read the tables of --export with other programs.",
        );
    }
  } finally {
    file.close();
  }
}

function textOf(bytes: Buffer, path: string): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  throw new CommandError(
    `${path} is no text in UTF-8`,
    EXIT.invalidScenario,
    "A document of Faultline is JSON in UTF-8, without compression.",
  );
}
