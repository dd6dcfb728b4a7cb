// The record of an experiment: the folder that its result goes to, and the files in it. The same input gives the same
// folder and the same bytes.
import { createHash } from "node:crypto";
import { ENGINE, type ExperimentResult } from "../experiment/result.ts";
import { commonPrefix } from "../report/text.ts";
import { type Experiment, experimentManifest } from "../results/manifest.ts";
import { canonicalJson } from "../scenario/normalise.ts";
import { jsonText } from "./json.ts";
import { type FileStore, writeFile } from "./world.ts";

const HASH_LENGTH = 10;

/** Folder of a result: `out/NAME-HASH`. */
export function folderOf(out: string, experiment: Experiment, interrupted: boolean): string {
  const { scenarios, seed, sampling, baseline } = experiment;
  const { semantics } = ENGINE;
  const json = canonicalJson({ scenarios, seed, ...sampling, baseline, semantics });
  const hash = createHash("sha256").update(json).digest("hex").slice(0, HASH_LENGTH);
  // What was interrupted must not take the place of what was completed.
  return `${out}/${nameOf(experiment)}-${hash}${interrupted ? "-interrupted" : ""}`;
}

function nameOf({ scenarios, baseline }: Experiment): string {
  const names = scenarios.map((scenario) => scenario.name);
  if (names.length === 1) return names[0];
  return commonPrefix(names).slice(0, -1) || (baseline === undefined ? "run" : "compare");
}

/**
 * Writes result.json and manifest.json.
 * @param command what to type to get this result again
 */
export function writeRecord(
  files: FileStore,
  out: string,
  folder: string,
  result: ExperimentResult,
  experiment: Experiment,
  command: string,
): void {
  const manifest = experimentManifest(experiment, command);
  writeFile(files, out, `${folder}/result.json`, jsonText(result));
  writeFile(files, out, `${folder}/manifest.json`, jsonText(manifest));
}

/** A command line as one would type it. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoted).join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
