// Parameters that were fitted without a model, and the ensemble around them. An ensemble of its own would take hours for
// each. So the shipped one is moved there: it keeps its spread, on the scale of each parameter, about other values.
import { join } from "node:path";
import { STUDY } from "../../../advise/candidates/candidates.ts";
import { shippedEnsemble } from "../../../advise/candidates/members.ts";
import type { EnsembleFile } from "../../../calibrate/ensemble/file.ts";
import { loadCalibration } from "../../../calibrate/file/load.ts";
import { fromUnit, type Parameter, toUnit } from "../../../calibrate/parameters.ts";
import { Problems, ScenarioError } from "../../../documents/checking/problems.ts";
import { readWithBases } from "../../../documents/reading/extend.ts";
import { nodeFiles } from "../../../documents/reading/nodeFiles.ts";
import { nodeAt, toPlain } from "../../../documents/reading/tree.ts";
import { clamp } from "../../../numerics/statistics.ts";

/** The free numbers of the study with their scales, and the ensemble around its own values. */
export interface Ensemble {
  readonly file: EnsembleFile;
  /** In the order of the ensemble's columns. */
  readonly parameters: readonly Parameter[];
}

/** @throws ScenarioError when a file of the study is not valid */
export async function scaledEnsemble(): Promise<Ensemble> {
  const targets = join(STUDY, "targets.yaml");
  const file = shippedEnsemble();
  const { calibration } = await loadCalibration(targets, { files: nodeFiles(targets) });
  const parameters = file.parameters.map(({ path, in: own }) => {
    const found = calibration.parameters.find((p) => p.path === path && p.in === own);
    if (found === undefined) throw new RangeError(`${own}:${path} is free in the ensemble alone`);
    return found;
  });
  return { file, parameters };
}

/**
 * The ensemble around the values that stand in a folder, within the ranges of the parameters.
 * @throws ScenarioError when a file there is not valid
 */
export function ensembleAround({ file, parameters }: Ensemble, folder: string): EnsembleFile {
  if (folder === STUDY) return file;
  const [there, here] = [folder, STUDY].map((one) => placesIn(one, file, parameters));
  const members = file.members.map((member) => ({
    ...member,
    values: member.values.map((value, i) => {
      const unit = there[i] + toUnit(parameters[i], value) - here[i];
      return Number(fromUnit(parameters[i], clamp(unit, 0, 1)).toPrecision(6));
    }),
  }));
  return { ...file, members };
}

/** Where the values in a folder lie in the ranges of the parameters, 0..1. */
function placesIn(
  folder: string,
  { parameters }: EnsembleFile,
  ranges: readonly Parameter[],
): number[] {
  return parameters.map(({ path, in: name = "" }, i) => {
    const { low, high } = ranges[i];
    return toUnit(ranges[i], clamp(numberIn(join(folder, name), path), low, high));
  });
}

function numberIn(file: string, path: string): number {
  const problems = new Problems();
  const { tree } = readWithBases(file, nodeFiles(file), problems);
  const node = tree && nodeAt(tree, path.split("."));
  if (node === undefined) throw new ScenarioError(problems.sorted());
  return toPlain(node) as number;
}
