// What works backwards from figures: calibration fits parameters to them, advice solves one of the model.
import { availableParallelism } from "node:os";
import type { z } from "zod";
import type { Advice } from "../advise/advise.ts";
import type { Measurement } from "../advise/belief/measurement.ts";
import type { CalibrationProgress } from "../calibrate/calibrate.ts";
import {
  type EnsembleFile,
  type FileOverrides,
  overridesOf,
  loadEnsemble as readEnsembleOf,
} from "../calibrate/ensemble/file.ts";
import type { targetsSchema } from "../calibrate/file/schema.ts";
import type { CalibrationResult } from "../calibrate/result.ts";
import type { Problem } from "../documents/checking/problems.ts";
import { memoryFiles, type SourceFiles } from "../documents/reading/files.ts";
import { nodeFiles } from "../documents/reading/nodeFiles.ts";
import type { OnProgress } from "../experiment/progress.ts";
import { withMethods } from "./names.ts";
import { filesOf, type ScenarioInput, scenarioOf, textOf } from "./scenarios.ts";

/** A calibration as one writes it: what a targets file holds, with scenarios in place of their paths. */
export interface CalibrationInput extends Omit<z.input<typeof targetsSchema>, "scenarios"> {
  /** What is simulated, by label. */
  readonly scenarios: { readonly [label: string]: ScenarioInput };
}

/** Threads, progress and the signal that ends a calibration. */
export interface CalibrateOptions {
  /** Default: the calibration's own. */
  readonly seed?: string;
  /** Size of an ensemble to be drawn after the search; default: the calibration's own, or none. */
  readonly ensemble?: number;
  /** Threads, from 1; default: all cores. The result is the same for any number. */
  readonly jobs?: number;
  /** Called now and then with the share that is done, 0..1, and with what the search has found so far. */
  readonly onProgress?: OnProgress<[state: CalibrationProgress]>;
  /** Ends the search soon: the result is the best point so far, and `interrupted` is true. */
  readonly signal?: AbortSignal;
}

/**
 * Fits free parameters to figures: CMA-ES (Hansen and Ostermeier 2001) looks around, damped Gauss-Newton goes down,
 * Nelder-Mead polishes. The table of fits is simulated with fresh draws, so that it does not flatter.
 * @param what a calibration, or the path of a targets file
 * @returns the document of `faultline calibrate --json`; undefined where it was interrupted before any point was tried
 * @throws ScenarioError with all problems of scenarios, parameters, targets and file
 * @throws NoFitError if no point gives every target a value
 *
 * @example
 * import { calibrate } from "faultline";
 *
 * const result = await calibrate({
 *   name: "rate",
 *   scenarios: {
 *     single: {
 *       name: "single",
 *       task: { graph: { shape: "chain", size: 4 } },
 *       models: { base: { errorRate: 0.1 } },
 *       agents: { worker: {} },
 *       protocol: [{ work: { who: "worker" } }, { aggregate: { how: "first" } }],
 *     },
 *   },
 *   parameters: [{ path: "models.base.errorRate", range: [0.01, 0.4], scale: "log" }],
 *   targets: [
 *     { id: "success", metric: "success", of: "single", value: 0.5, tolerance: 0.02, source: "our logs" },
 *   ],
 *   search: { levels: [{ replications: 200, evaluations: 20 }], descent: 0, polish: 10, final: 400 },
 * });
 * console.log(result?.parameters[0].fitted, result?.targets[0].simulated.mean);
 */
export async function calibrate(
  what: CalibrationInput | string,
  options: CalibrateOptions = {},
): Promise<CalibrationResult | undefined> {
  const { seed, ensemble, jobs = availableParallelism(), ...hooks } = options;
  const [file, files] =
    typeof what === "string"
      ? [what, nodeFiles(what)]
      : ["calibration", filesOf("calibration", what)];
  const { loadCalibration } = await import("../calibrate/file/load.ts");
  const { calibration } = await loadCalibration(file, { files, seed, ensemble });
  const { calibrate: search } = await import("../calibrate/calibrate.ts");
  return search(calibration, { jobs, ...hooks });
}

/** An ensemble with what each of its members sets. */
export interface LoadedEnsemble extends EnsembleFile {
  /** One list per member: values by dotted path, for one file or for every scenario. */
  readonly overrides: readonly (readonly FileOverrides[])[];
}

/**
 * Reads an ensemble that `faultline calibrate --ensemble` wrote: parameter sets in proportion to their likelihood.
 * @param file path of the table
 * @param files where it comes from; by default the disk
 * @throws ScenarioError with all problems and their places, where it is no ensemble
 *
 * @example
 * import { loadEnsemble, memoryFiles } from "faultline";
 *
 * const files = memoryFiles({
 *   "ensemble.csv": "member,minusTwoLogL,agents.yaml:models.base.errorRate\n1,3.2,0.1\n2,4.1,0.2\n",
 * });
 * const { members, overrides } = loadEnsemble("ensemble.csv", files);
 * console.log(members.length, overrides[0][0].in, overrides[0][0].overrides);
 */
export function loadEnsemble(file: string, files: SourceFiles = nodeFiles(file)): LoadedEnsemble {
  const ensemble = readEnsembleOf(file, files);
  return { ...ensemble, overrides: ensemble.members.map((one) => overridesOf(ensemble, one)) };
}

/** The task, what was measured of it, and how much to simulate. */
export interface AdviseOptions {
  /** Name of a task that ships with Faultline (`finance-agent`), or a scenario whose task it is. */
  readonly task?: string | ScenarioInput;
  /** In place of a task: a team of one's own, which is a candidate on its task. */
  readonly team?: ScenarioInput;
  /** Share of the tasks in which the single agent succeeds, above 0 and below 1. */
  readonly singleSuccess: number;
  /** Tasks on which that was measured; default: 100. */
  readonly instances?: number;
  /** What candidates reached on other tasks than those of the single agent: a share in [0, 1] of so many. */
  readonly measured?: readonly Measurement[];
  /** For a task that ships: family of the model (`openai`). */
  readonly family?: string;
  /** What a candidate must meet to be recommended, such as `cost <= 0.5`. */
  readonly constraints?: readonly string[];
  /** Workers of a team, from 2. */
  readonly agents?: number;
  /** Output tokens of a task. */
  readonly budget?: number;
  /** US dollars per million input tokens. */
  readonly priceInput?: number;
  /** US dollars per million output tokens. */
  readonly priceOutput?: number;
  /** Values to set in all candidates, by dotted path. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Replications of every candidate; default: 4096. */
  readonly replications?: number;
  /** Whether the values of uncertain numbers count alone, as if they were known exactly. */
  readonly fixed?: boolean;
  readonly seed?: string;
  /** Called now and then with the share that is done, 0..1. */
  readonly onProgress?: OnProgress;
  /** Ends the work: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The document that `faultline advise --json` prints, and what there is to warn of. */
export type AdviceResult = Omit<Advice, "warnings"> & { readonly warnings: readonly Problem[] };

/**
 * Predicts which architecture suits a model on a task from how often its single agent succeeds, and what else was measured.
 * @returns the document of `faultline advise --json`: what is recommended, how sure that is, which measurement would make it
 * surer, why, and all candidates with intervals
 * @throws RangeError if an option is out of its range, or there is neither task nor team, or both
 * @throws ScenarioError if the task or the team is not valid
 * @throws UnreachableError if no value of the model gives the single agent that success
 * @throws UnmetError if no candidate meets the constraints
 *
 * @example
 * import { advise } from "faultline";
 *
 * const advice = await advise({ task: "plancraft", singleSuccess: 0.57, replications: 400 });
 * console.log(advice.recommended, advice.architectures[0].success.mean);
 */
export async function advise(options: AdviseOptions): Promise<AdviceResult> {
  const { task, team, set = {}, ...others } = options;
  if ((task === undefined) === (team === undefined))
    throw new RangeError("Advice needs a task or a team: one of them");
  const { advise: solve } = await import("../advise/advise.ts");
  const { warnings, ...advice } = await solve({
    ...others,
    ...(team === undefined
      ? { task: partOf(task as string | ScenarioInput), overrides: set }
      : { task: await teamOf(team, set) }),
  });
  return withMethods(advice, { warnings });
}

function partOf(task: string | ScenarioInput) {
  if (typeof task === "string") return task;
  const { name } = scenarioOf(task);
  return { file: name, files: memoryFiles({ [name]: textOf(task) }) };
}

/** What is set counts as said by the team's scenario. */
async function teamOf(team: ScenarioInput, set: Readonly<Record<string, unknown>>) {
  const { loadOwnTeam } = await import("../advise/candidates/ownTeam.ts");
  const { name } = scenarioOf(team);
  return loadOwnTeam(name, memoryFiles({ [name]: textOf(team) }), set);
}
