/**
 * The library's front door. What a program needs of Faultline is here and in its four sub-entries: `faultline/charts`,
 * `faultline/report`, `faultline/studies` and `faultline/engine`. It is light to load: what is heavy is loaded when it is
 * first called.
 *
 * @module faultline
 */
import type { Reproduction } from "../literature/reproduce.ts";
import type { ReproduceOptions } from "./studies.ts";

// ---------------------------------------------------------------- scenarios

export type { Problem } from "../documents/checking/problems.ts";
/**
 * A scenario is not valid. `problems` has one entry per problem, with the `path` of the value, what is wrong, the rule and a
 * hint. `message` tells them all. `formatProblem` writes one problem, or a warning, as text.
 *
 * @example
 * import { defineScenario, formatProblem, ScenarioError, type ScenarioInput } from "faultline";
 *
 * const fromSomewhere = { name: "team", tsk: {}, models: { base: { errorRate: "high" } } };
 * try {
 *   defineScenario(fromSomewhere as unknown as ScenarioInput);
 * } catch (error) {
 *   if (!(error instanceof ScenarioError)) throw error;
 *   for (const problem of error.problems) console.log(problem.path, formatProblem(problem));
 * }
 */
export { formatProblem, ScenarioError } from "../documents/checking/problems.ts";
/**
 * Files in memory, by path, for `loadScenario` where there is no disk.
 *
 * @example
 * import { loadScenario, memoryFiles } from "faultline";
 *
 * const base = `
 * task: { graph: { shape: chain, size: 4 } }
 * models: { base: { errorRate: 0.1 } }
 * agents: { worker: {} }
 * protocol: [{ work: { who: worker } }, { aggregate: { how: majority } }]
 * `;
 * const files = memoryFiles({
 *   "single.yaml": base,
 *   "team.yaml": "{ extends: single.yaml, agents: { worker: { count: 3 } } }",
 * });
 * console.log((await loadScenario("team.yaml", { files })).agents.worker.count); // 3
 */
export { memoryFiles, type SourceFiles } from "../documents/reading/files.ts";
export type { Scenario } from "../scenario/schema.ts";
export {
  defineScenario,
  type Formula,
  type LoadOptions,
  loadScenario,
  type ScenarioInput,
  type Uncertain,
  warningsOf,
} from "./scenarios.ts";

// ---------------------------------------------------------------- experiments

export type { FindKind } from "../experiment/findKinds.ts";
export type { Difference, MetricTree, MetricValue, ScenarioResult } from "../experiment/result.ts";
export type { ErroneousVersion, Trace, TraceEvent } from "../experiment/trace/document.ts";
/** Every metric: name, title, unit, formula, what it means, and which way is better. */
export { METRICS, type MetricDefinition, type MetricName } from "../metrics/definitions.ts";
export {
  type CompareOptions,
  compare,
  type Precision,
  type ReplicationRow,
  type Result,
  type RunOptions,
  run,
} from "./experiments.ts";
export { type FactorInput, type SweepOptions, type SweptResult, sweep } from "./sweeps.ts";
export {
  type FindOptions,
  findReplication,
  type OtlpOptions,
  type TraceOptions,
  trace,
  traceOtlp,
} from "./traces.ts";

// ---------------------------------------------------------------- decisions

export type { Choice } from "../decide/choose/document.ts";
export type { Importance } from "../decide/importance/document.ts";
export type { ThresholdSearch } from "../decide/threshold/document.ts";
export {
  type ChooseOptions,
  choose,
  type ImportanceOptions,
  type Improvement,
  type ImproveOptions,
  importance,
  improve,
  type NumberRange,
  type ThresholdOptions,
  threshold,
} from "./decisions.ts";

// ---------------------------------------------------------------- from figures

export type { CalibrationProgress } from "../calibrate/calibrate.ts";
export type { EnsembleFile, FileOverrides } from "../calibrate/ensemble/file.ts";
export type { CalibrationResult } from "../calibrate/result.ts";
export type {
  LoggedMessage,
  LoggedReview,
  LoggedRun,
  LoggedToolCall,
  LoggedTurn,
} from "../logs/run.ts";
export { type Estimated, type EstimateOptions, estimate } from "./estimates.ts";
export {
  type AdviceResult,
  type AdviseOptions,
  advise,
  type CalibrateOptions,
  type CalibrationInput,
  calibrate,
  type LoadedEnsemble,
  loadEnsemble,
} from "./fitting.ts";

/**
 * Runs a study of the literature. It is `reproduce` of `faultline/studies`, which has the list of studies too.
 * @param study its name, such as `"kim2025"`, or `"all"`
 * @throws RangeError if there is no such study, or it has no brief part
 *
 * @example
 * import { reproduce } from "faultline";
 *
 * const { summary } = await reproduce("kim2025", { brief: true, replications: 80 });
 * console.log(summary);
 */
export async function reproduce(
  study: string,
  options: ReproduceOptions = {},
): Promise<Reproduction> {
  return (await import("./studies.ts")).reproduce(study, options);
}

// ---------------------------------------------------------------- what can go wrong

/**
 * Errors besides `ScenarioError`. `PairingError`: scenarios that are compared do not fit together. `PrecisionError`: a
 * precision that is asked for cannot be had. `NoFitError`: no point of a calibration gives every target a value.
 * `UnreachableError`: no model gives the single agent the success that advice is asked for. `UnmetError`: no candidate meets
 * the constraints of an advice. `ImproveError`: there is nothing to recommend as an improvement. `StoreError`: the folder in
 * which a sweep is kept cannot be used. Options that are out of range are a `RangeError`.
 *
 * @example
 * import { compare, ImproveError, loadScenario, NoFitError, PairingError } from "faultline";
 * import { PrecisionError, StoreError, UnmetError, UnreachableError } from "faultline";
 *
 * const expected = [
 *   ...[ImproveError, NoFitError, PairingError, PrecisionError],
 *   ...[StoreError, UnmetError, UnreachableError],
 * ];
 * const single = await loadScenario("single.yaml");
 * try {
 *   await compare([single, single]);
 * } catch (error) {
 *   if (!expected.some((kind) => error instanceof kind)) throw error;
 *   console.log((error as Error).message);
 * }
 */
export { UnmetError } from "../advise/advise.ts";
export { UnreachableError } from "../advise/simulation/solve.ts";
export { NoFitError } from "../calibrate/calibrate.ts";
export { ImproveError } from "../decide/improve/errors.ts";
export { PairingError } from "../experiment/cell.ts";
export { PrecisionError } from "../experiment/precision.ts";
export { StoreError } from "../store/errors.ts";

// ---------------------------------------------------------------- versions

/** Version of the package, and of the engine's semantics: results of different semantics do not mix. */
export { SEMANTICS, VERSION } from "../version.ts";
