// Parameter sets of the shipped ensemble: the study's free numbers in other combinations that fit its published figures.
import { join } from "node:path";
import {
  type EnsembleFile,
  type FileOverrides,
  loadEnsemble,
  overridesOf,
} from "../../calibrate/ensemble/file.ts";
import { nodeFiles } from "../../documents/reading/nodeFiles.ts";
import { evenly } from "../simulation/sets.ts";
import { STUDY } from "./candidates.ts";

export interface ParameterSet {
  /** Number of the member in the ensemble, from 1. */
  readonly id: number;
  /** What it sets in each file of the study; `Candidates.valuesOf` says what that comes to on a task. */
  readonly values: readonly FileOverrides[];
}

/**
 * Evenly spaced members of the ensemble, in its order.
 * @param count how many, from 1; all of them where the ensemble has no more
 * @param ensemble default: the one that ships
 * @throws RangeError when the count is not a whole number from 1
 * @throws ScenarioError when the shipped ensemble cannot be read
 */
export function parameterSets(count: number, ensemble = shippedEnsemble()): ParameterSet[] {
  if (!(Number.isInteger(count) && count >= 1))
    throw new RangeError(`${count} parameter sets: must be a whole number from 1`);
  const ids = evenly(ensemble.members.length, count).map((index) => index + 1);
  return parameterSetsNumbered(ids, ensemble);
}

/**
 * Members of the ensemble by number, from 1.
 * @param ensemble default: the one that ships
 * @throws RangeError when there is no such member
 * @throws ScenarioError when the shipped ensemble cannot be read
 */
export function parameterSetsNumbered(
  ids: readonly number[],
  ensemble = shippedEnsemble(),
): ParameterSet[] {
  return ids.map((id) => {
    const member = ensemble.members[id - 1];
    if (member === undefined)
      throw new RangeError(`Parameter set ${id}: must be from 1 to ${ensemble.members.length}`);
    return { id, values: overridesOf(ensemble, member) };
  });
}

/**
 * The ensemble that ships.
 * @throws ScenarioError when it cannot be read
 */
export function shippedEnsemble(): EnsembleFile {
  const file = join(STUDY, "ensemble.csv");
  return loadEnsemble(file, nodeFiles(file));
}
