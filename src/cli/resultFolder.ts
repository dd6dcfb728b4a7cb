// The folder that the result of an experiment goes to, and the files in it. The same input gives the same folder and the
// same bytes.
import { createHash } from "node:crypto";
import { canonicalJson } from "../documents/canonicalJson.ts";
import { commonPrefix } from "../documents/names.ts";
import { ENGINE, type ExperimentResult } from "../experiment/result.ts";
import { type Experiment, experimentManifest } from "../results/manifest.ts";
import { jsonText } from "./json.ts";
import type { Saving } from "./saving.ts";

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
 * Adds result.json and manifest.json to what is saved.
 * @param command what to type to get this result again
 */
export function addResult(
  saving: Saving,
  result: ExperimentResult,
  experiment: Experiment,
  command: string,
): void {
  saving.add("result.json", jsonText(result));
  saving.add("manifest.json", jsonText(experimentManifest(experiment, command)));
}
