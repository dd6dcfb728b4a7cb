// Runs an experiment for `run` and `compare`: progress, interrupts, the table, the saved result, the exit code.
import type { Sampling } from "../experiment/cell.ts";
import { compare, type ExperimentOptions, PairingError, run } from "../experiment/experiment.ts";
import { halfWidthText } from "../experiment/halfWidth.ts";
import { WorkerCrash } from "../experiment/pool.ts";
import { DEFAULT_CAP, PrecisionError } from "../experiment/precision.ts";
import { type ExperimentResult, readMetric } from "../experiment/result.ts";
import { cellColumns } from "../export/cellColumns.ts";
import type { TableFormat } from "../export/openTable.ts";
import { replicationColumns } from "../export/replicationColumns.ts";
import type { ReplicationRow } from "../export/rows.ts";
import { METRIC_NAMES } from "../metrics/definitions.ts";
import type { Experiment } from "../results/manifest.ts";
import { repeatsOf } from "../scenario/compiling/compile.ts";
import { subjectsOf } from "../scenario/objectives/subjects.ts";
import { experimentText } from "../terminal/experiment.ts";
import type { Invocation } from "./command.ts";
import { asTyped, commandLine } from "./commandLine.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exitCodes.ts";
import { jsonText } from "./json.ts";
import { carryThrough } from "./longWork.ts";
import type { OptionValues } from "./options.ts";
import { addResult, folderOf } from "./resultFolder.ts";
import { Saving } from "./saving.ts";
import { colorsOf, note, noteSaved, screenOf, showsGraphics } from "./screen.ts";
import { TableFiles } from "./tableFiles.ts";
import type { World } from "./world.ts";

/** @throws UsageError when the scenarios do not fit together or the options contradict each other */
export async function runExperiment(
  world: World,
  invocation: Invocation,
  experiment: Experiment,
): Promise<ExitCode> {
  const { options } = invocation;
  const saves = !options["no-save"];
  for (const name of ["record", "export"] as const)
    if (options[name].length > 0 && !saves)
      throw new UsageError(`--${name} writes a file: it cannot go with --no-save`);
  const out = options.out ?? "out";
  const saving = new Saving(world.files, out, {
    what: "the result is not saved",
    hint: "Choose another folder with --out DIR, or --no-save.",
  });
  try {
    const columns = replicationColumns([], subjectsOf(experiment.scenarios));
    const rows = await TableFiles.open(saving, "replications", options.record, columns);
    const result = await carryOut(world, invocation, experiment, rows);
    rows.end();
    printResult(world, invocation, result);
    if (saves) await save(world, invocation, experiment, result, out, saving);
    return exitCodeOf(result);
  } finally {
    saving.discard();
  }
}

/**
 * How long to sample, as the options say.
 * @param otherwise replications where they say nothing
 * @throws UsageError when they contradict each other
 */
export function samplingOf(
  { replications, precision, cap }: OptionValues,
  otherwise: number,
): Sampling {
  if (precision.length > 0 && replications !== undefined)
    throw new UsageError(
      "--replications and --precision contradict each other",
      "Say with --cap N how many replications --precision may take.",
    );
  if (precision.length > 0) return { precision, cap: cap ?? DEFAULT_CAP };
  if (cap !== undefined) throw new UsageError("--cap is for --precision: it cannot stand alone");
  return { replications: replications ?? otherwise };
}

// ---------------------------------------------------------------- running

async function carryOut(
  world: World,
  invocation: Invocation,
  experiment: Experiment,
  rows: ReplicationRows,
): Promise<ExperimentResult> {
  const { scenarios, seed, sampling, baseline } = experiment;
  const { command } = invocation;
  const { jobs = "auto", quiet } = invocation.options;
  const isRecorded = invocation.options.record.length > 0;
  const recording = isRecorded && { onReplication: writeReplications(rows, experiment) };
  try {
    return await carryThrough(world, command.name, 0, quiet, ({ signal, onProgress }) => {
      const settings: ExperimentOptions = {
        seed,
        ...sampling,
        jobs,
        signal,
        onProgress: (share, expected) => onProgress(share, undefined, expected),
        ...(recording || {}),
      };
      return baseline === undefined
        ? run(scenarios, settings)
        : compare(scenarios, baseline, settings);
    });
  } catch (error) {
    throw told(error);
  }
}

/** The error as the command tells it. */
function told(error: unknown): unknown {
  if (error instanceof PairingError) return new UsageError(error.message);
  if (error instanceof PrecisionError) return new UsageError(`--precision: ${error.message}`);
  if (error instanceof WorkerCrash)
    return new CommandError(
      error.message,
      EXIT.internal,
      "A thread that dies has most often run out of memory: try --jobs 1, or a smaller scenario.",
    );
  return error;
}

type ReplicationRows = TableFiles<ReplicationRow>;

function writeReplications(
  rows: ReplicationRows,
  { scenarios, seed, baseline }: Experiment,
): NonNullable<ExperimentOptions["onReplication"]> {
  const repeats = scenarios.map(repeatsOf);
  return (plan, replication, outcome) =>
    rows.write({
      ...originOf(plan, scenarios[plan].name, seed, baseline),
      replication,
      instance: Math.floor(replication / repeats[plan]),
      outcome,
    });
}

/** Scenarios that are compared are one cell; others are one each. */
function originOf(index: number, scenario: string, seed: string, baseline: string | undefined) {
  return { cell: baseline === undefined ? index : 0, scenario, baseline, factors: {}, seed };
}

/** A row for every scenario, in every format that is wanted. */
async function exportTables(
  saving: Saving,
  formats: readonly TableFormat[],
  { seed, baseline, scenarios, precision = [] }: ExperimentResult,
): Promise<void> {
  const names = METRIC_NAMES.filter((name) =>
    scenarios.some(({ metrics }) => readMetric(metrics, name) !== undefined),
  );
  const tables = await TableFiles.open(saving, "cells", formats, cellColumns([], names));
  for (const [i, result] of scenarios.entries()) {
    const own = precision.filter(({ scenario }) => scenario === result.name);
    const status = own.every(({ reached }) => reached) ? "ok" : "not-reached";
    tables.write({ ...originOf(i, result.name, seed, baseline), status, result });
  }
  tables.end();
}

// ---------------------------------------------------------------- telling

function printResult(world: World, { options }: Invocation, result: ExperimentResult): void {
  if (options.json) {
    world.stdout.write(jsonText(result));
    return;
  }
  const { all } = options;
  const graphics = showsGraphics(world);
  world.stdout.write(experimentText(result, { ...screenOf(world), all, graphics }));
}

async function save(
  world: World,
  invocation: Invocation,
  experiment: Experiment,
  result: ExperimentResult,
  out: string,
  saving: Saving,
): Promise<void> {
  const { quiet } = invocation.options;
  const folder = folderOf(out, experiment, result.interrupted);
  const command = repeatCommand(invocation, experiment);
  await exportTables(saving, invocation.options.export, result);
  addResult(saving, result, experiment, command);
  saving.commit(folder);
  noteSaved(world, quiet, folder);
  const typed = asTyped(world, command);
  note(world, quiet, `${colorsOf(world, world.stderr).dim("repeat")}  ${typed}`);
}

/** The command line that gives the same result: everything that decides it is said in so many words. */
function repeatCommand({ command, operands, options }: Invocation, experiment: Experiment): string {
  const { seed, sampling, baseline } = experiment;
  return commandLine([
    "faultline",
    command.name,
    ...operands,
    ...(baseline === undefined ? [] : ["--baseline", baseline]),
    ...samplingWords(sampling),
    "--seed",
    seed,
    ...uncertainWords(options),
    ...options.set.flatMap((assignment) => ["--set", assignment]),
  ]);
}

/** How uncertain numbers are asked for, where that is not as the scenarios say. */
export function uncertainWords({ fixed, draws }: OptionValues): string[] {
  return [
    ...(draws === undefined ? [] : ["--draws", String(draws)]),
    ...(fixed ? ["--fixed"] : []),
  ];
}

function samplingWords(sampling: Sampling): string[] {
  if ("replications" in sampling) return ["--replications", String(sampling.replications)];
  const targets = sampling.precision.flatMap(({ metric, halfWidth }) => [
    "--precision",
    `${metric}=${halfWidthText(halfWidth)}`,
  ]);
  return [...targets, "--cap", String(sampling.cap)];
}

function exitCodeOf({ interrupted, scenarios, precision = [] }: ExperimentResult): ExitCode {
  if (interrupted) return EXIT.interrupted;
  const verdicts = scenarios.flatMap((s) => s.thresholds.map((threshold) => threshold.verdict));
  if (verdicts.includes("fail")) return EXIT.thresholdFailed;
  // A precision that is not reached leaves open what was asked, as a threshold does that cannot be judged.
  const isSettled = precision.every(({ reached }) => reached);
  return isSettled && verdicts.every((verdict) => verdict === "pass")
    ? EXIT.ok
    : EXIT.thresholdOpen;
}
