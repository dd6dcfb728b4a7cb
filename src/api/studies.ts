/**
 * Published figures beside what the simulation gives.
 *
 * @module faultline/studies
 */
import {
  type Reproduction,
  reproduceAll,
  reproduce as reproduceOne,
} from "../literature/reproduce.ts";
import { STUDIES } from "../literature/studies.ts";
import type { Study, StudyOptions } from "../literature/study.ts";
import { unknownName } from "./names.ts";

export type { PredictionOptions, PredictionStudy } from "../literature/kim2025/predictions.ts";
/**
 * Predicts each published model of the study kim2025 from the others, and compares with what was published.
 * @throws ScenarioError if a file of the fitted parameters is not valid
 *
 * @example
 * import { leaveOneOut } from "faultline/studies";
 *
 * const { chosen, coverage } = await leaveOneOut({
 *   numbers: ["task.difficulty"],
 *   replications: 8,
 * });
 * console.log(chosen.score.meanAbsoluteError, coverage);
 */
export { leaveOneOut } from "../literature/kim2025/predictions.ts";
export { KIM2025_SUCCESS, type SuccessRate } from "../literature/kim2025/published.ts";
export { KIM2025 } from "../literature/kim2025/study.ts";
export type { Reproduction, TargetResult } from "../literature/reproduce.ts";
export type { Study, StudyFigure, StudyResult, StudyTable } from "../literature/study.ts";
export { STUDIES };

/** How much of a study to run. */
export interface ReproduceOptions extends StudyOptions {
  /** Whether only that part of the study is run by which it is known, in seconds; default: false. */
  readonly brief?: boolean;
  /** Whether, instead, what drives the study is run: its scenarios with one mechanism less; default: false. */
  readonly ablations?: boolean;
}

/**
 * Runs a study: scenarios that answer a question of the field, each published figure beside the simulated one.
 * @param study its name, one of `STUDIES`, or `"all"`
 * @returns the document of `faultline reproduce --json`; where it was interrupted, of what was complete
 * @throws RangeError if there is no such study, or it has no such part
 *
 * @example
 * import { reproduce } from "faultline/studies";
 *
 * const { targets, summary } = await reproduce("kim2025", { brief: true, replications: 80 });
 * console.log(summary, targets.map(({ id, pass }) => [id, pass]));
 */
export async function reproduce(
  study: string | Study,
  { brief = false, ablations = false, ...options }: ReproduceOptions = {},
): Promise<Reproduction> {
  const names = STUDIES.map(({ name }) => name);
  if (brief && ablations) throw new RangeError("brief and ablations: must not both be true");
  if (study === "all" && !brief && !ablations) return reproduceAll(STUDIES, options);
  const found = typeof study === "string" ? STUDIES.find(({ name }) => name === study) : study;
  if (found === undefined) return unknownName("study", String(study), names);
  if (ablations) {
    if (found.ablations !== undefined) return reproduceOne(found.ablations, options);
    throw new RangeError(`the study ${found.name} has no mechanism to switch off`);
  }
  if (!brief) return reproduceOne(found, options);
  if (found.brief === undefined) throw new RangeError(`the study ${found.name} has no brief part`);
  return reproduceOne(found.brief, options);
}
