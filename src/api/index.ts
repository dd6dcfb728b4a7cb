// The library's face: what a program can use of Faultline. Everything else is the house's own affair.
//
//     import { compare, loadScenario, nodeFiles, readMetric } from "faultline";
//
//     const paths = ["single.yaml", "team.yaml"];
//     const loaded = await Promise.all(
//       paths.map((path) => loadScenario(path, { files: nodeFiles(path) })),
//     );
//     const scenarios = loaded.map(({ scenario }) => scenario);
//     const result = await compare(scenarios, "single", { replications: 2000, seed: "first" });
//     for (const { name, metrics } of result.scenarios)
//       console.log(name, readMetric(metrics, "amplification.propagation"));

/** Which architecture suits a model on a task, from its success alone. */
export { type Advice, type AdviseOptions, advise, OptionError } from "../advise/advise.ts";
export { UnreachableError } from "../advise/solve.ts";
/** Calibration: free parameters fitted to published figures. */
export {
  type CalibrateOptions,
  type CalibrationProgress,
  calibrate,
  NoFitError,
  type Snapshot,
} from "../calibrate/calibrate.ts";
export type { Calibration } from "../calibrate/calibration.ts";
export { type LoadedCalibration, loadCalibration } from "../calibrate/file/load.ts";
export { targetsJsonSchema } from "../calibrate/file/schema.ts";
export type { CalibrationResult, ParameterResult, TargetFit } from "../calibrate/result.ts";
export { canonicalJson } from "../documents/canonicalJson.ts";
/** What is wrong with a scenario, and how to print it. */
export {
  formatProblem,
  formatProblems,
  type Problem,
  ScenarioError,
} from "../documents/checking/problems.ts";
/** Where scenario files come from: memory, or anything that can read them. */
export { FileError, memoryFiles, type SourceFiles } from "../documents/reading/files.ts";
/** Scenario files on disk. */
export { nodeFiles } from "../documents/reading/nodeFiles.ts";
/** Cells: what experiments and sweeps are made of, for those who run them by themselves. */
export {
  type CellInputs,
  type CellResult,
  openCellPool,
  runCell,
  type Sampling,
} from "../experiment/cell.ts";
export type { OnReplication } from "../experiment/chunk.ts";
/** Experiments: many replications, with an interval for every estimate. */
export {
  compare,
  type ExperimentOptions,
  PairingError,
  run,
} from "../experiment/experiment.ts";
/** Replications of a kind: one that fails, one in which an error is caught, the slowest of many. */
export { type FindOptions, findReplication } from "../experiment/find.ts";
export { FIND_KINDS, type FindKind } from "../experiment/findKinds.ts";
/** How precise an estimate is to be. */
export { type HalfWidth, type PrecisionTarget, parsePrecision } from "../experiment/halfWidth.ts";
export { PrecisionError } from "../experiment/precision.ts";
/** Results, as they are printed with --json and stored in result.json. */
export {
  type Difference,
  type ExperimentResult,
  type MetricTree,
  type MetricValue,
  type PrecisionResult,
  readMetric,
  type ScenarioResult,
  type ThresholdResult,
  type Verdict,
} from "../experiment/result.ts";
/** One replication, event by event, with the lineage of its errors. */
export {
  type ErroneousVersion,
  type TaskLineage,
  type Trace,
  type TraceEvent,
  type TraceOptions,
  trace,
} from "../experiment/trace.ts";
export { tuneForEngine } from "../experiment/tuning.ts";
/** Tables for other programs. */
export { type Column, cellColumns, factorsOf, replicationColumns } from "../export/columns.ts";
export { openTable, TABLE_FORMATS, type TableFormat } from "../export/openTable.ts";
export { rowOf } from "../export/table.ts";
/** Key of all draws, made of a seed. */
export { type RootKey, rootKey } from "../kernel/draws.ts";
export {
  leaveOneOut,
  type PredictionOptions,
  type PredictionStudy,
} from "../literature/kim2025/predictions.ts";
export { KIM2025_SUCCESS, type SuccessRate } from "../literature/kim2025/published.ts";
/** Published figures, and what holds simulations against them. */
export { KIM2025 } from "../literature/kim2025/study.ts";
export {
  type ReproduceOptions,
  type Reproduction,
  reproduce,
  reproduceAll,
  type TargetResult,
} from "../literature/reproduce.ts";
export { STUDIES } from "../literature/studies.ts";
export type {
  Study,
  StudyFigure,
  StudyOptions,
  StudyResult,
  StudyTable,
} from "../literature/study.ts";
export type { Tolerance } from "../literature/target.ts";
/** What every metric is called, means and is measured in. */
export { METRIC_NAMES, METRICS, type MetricDefinition, metric } from "../metrics/definitions.ts";
/** The engine, for those who run replications one by one or watch them. */
export { Engine, type EngineOptions } from "../model/engine.ts";
export type { Observer } from "../model/observer.ts";
/** What a replication yields, in the order of the rows that `onReplication` gets. */
export { FIELD, OUTCOME_FIELDS, type OutcomeField } from "../model/outcome.ts";
export type { Plan } from "../model/plan.ts";
export type { Injection } from "../model/turns.ts";
/** From a scenario to the plan that the engine reads. */
export { compile } from "../scenario/compiling/compile.ts";
/** From a file to a scenario: extended, checked, with all defaults. */
export { type LoadedScenario, type LoadOptions, loadScenario } from "../scenario/load.ts";
export type { Scenario } from "../scenario/schema.ts";
/** JSON Schema of scenario files. */
export { scenarioJsonSchema } from "../scenario/schema.ts";
/** Stores of finished cells. */
export { StoreError } from "../store/errors.ts";
export { openStore, type Store } from "../store/store.ts";
/** Sweeps: scenarios over all values of what is varied. */
export { type Cell, type CellProblem, isProblem } from "../sweep/cells.ts";
export { DesignTooLargeError } from "../sweep/designs/design.ts";
export { type LoadedSweep, loadExperiment, sweepOf } from "../sweep/file/load.ts";
export { experimentJsonSchema } from "../sweep/file/schema.ts";
export { Addresses } from "../sweep/running/addresses.ts";
export { type Conducted, conduct } from "../sweep/running/conduct.ts";
export { rowsOf, type SweepRow } from "../sweep/running/result.ts";
export { allCells, type CellSource } from "../sweep/running/source.ts";
export type { Sweep } from "../sweep/sweep.ts";
/** Version of the package, and of the engine's semantics: results of different semantics do not mix. */
export { SEMANTICS, VERSION } from "../version.ts";
