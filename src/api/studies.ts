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
import {
  reproduceSeeds as reproduceOneWithSeeds,
  type SeedsOptions,
  type SeedsReproduction,
} from "../literature/seeds.ts";
import { STUDIES } from "../literature/studies.ts";
import type { Study, StudyOptions } from "../literature/study.ts";
import { unknownName } from "./names.ts";

export { KIM2025_SUCCESS, type SuccessRate } from "../literature/kim2025/published.ts";
export { KIM2025 } from "../literature/kim2025/study.ts";
export type { PredictionOptions, PredictionStudy } from "../literature/kim2025/unseen/study.ts";
/**
 * Predicts each published model of the study kim2025 from the others, and compares with what was published. It takes minutes.
 * @throws ScenarioError if a file of the fitted parameters is not valid
 *
 * @example
 * import { leaveOneOut } from "faultline/studies";
 *
 * const { rows, experience } = await leaveOneOut({ replications: 8 });
 * for (const { kind, name, score } of rows) console.log(kind, name, score.rSquared, score.regret);
 * console.log(experience.own.stated.trust);
 */
export { leaveOneOut } from "../literature/kim2025/unseen/study.ts";
export type { Reproduction, TargetResult } from "../literature/reproduce.ts";
export type { SeedsOptions, SeedsReproduction, TargetOverSeeds } from "../literature/seeds.ts";
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
  if (brief && ablations) throw new RangeError("brief and ablations: must not both be true");
  if (study === "all" && !brief && !ablations) return reproduceAll(STUDIES, options);
  const found = studyOf(study);
  if (ablations) {
    if (found.ablations !== undefined) return reproduceOne(found.ablations, options);
    throw new RangeError(`the study ${found.name} has no mechanism to switch off`);
  }
  if (!brief) return reproduceOne(found, options);
  if (found.brief === undefined) throw new RangeError(`the study ${found.name} has no brief part`);
  return reproduceOne(found.brief, options);
}

/**
 * Runs a study with several seeds, none of which had a part in any choice: how often each figure is in range, and how far its
 * simulated values lie apart.
 * @param study its name, one of `STUDIES`
 * @returns the document of `faultline reproduce STUDY --seeds K --json`; where it was interrupted, of the seeds that were
 *   complete
 * @throws RangeError if there is no such study, or the number of seeds is no integer >= 1
 *
 * @example
 * import { reproduceSeeds } from "faultline/studies";
 *
 * const { targets } = await reproduceSeeds("relay", { seeds: 3, replications: 80 });
 * console.log(targets.map(({ id, means, verdicts }) => [id, means, verdicts]));
 */
export async function reproduceSeeds(
  study: string | Study,
  options: SeedsOptions,
): Promise<SeedsReproduction> {
  return reproduceOneWithSeeds(studyOf(study), options);
}

/** @throws RangeError if there is no such study */
function studyOf(study: string | Study): Study {
  if (typeof study !== "string") return study;
  const found = STUDIES.find(({ name }) => name === study);
  const names = STUDIES.map(({ name }) => name);
  return found ?? unknownName("study", study, names);
}
