// Carries out an experiment for `run` and `compare`: progress, interrupts, the report, the record, the exit code.
import type { Sampling } from "../experiment/cell.ts";
import { compare, type ExperimentOptions, PairingError, run } from "../experiment/experiment.ts";
import { halfWidthText } from "../experiment/halfWidth.ts";
import { WorkerCrash } from "../experiment/pool.ts";
import { DEFAULT_CAP, PrecisionError } from "../experiment/precision.ts";
import type { ExperimentResult } from "../experiment/result.ts";
import { experimentReport } from "../report/experiment.ts";
import { repeatsOf } from "../scenario/compiling/compile.ts";
import type { Invocation } from "./command.ts";
import { CsvWriter } from "./csv.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exitCodes.ts";
import { jsonText } from "./json.ts";
import { carryThrough } from "./longWork.ts";
import type { OptionValues } from "./options.ts";
import { commandLine, type Experiment, folderOf, writeRecord } from "./record.ts";
import { colorsOf, note, widthOf } from "./terminal.ts";
import type { World } from "./world.ts";

/** @throws UsageError when the scenarios do not fit together or the options contradict each other */
export async function conduct(
  world: World,
  invocation: Invocation,
  experiment: Experiment,
): Promise<ExitCode> {
  const { options } = invocation;
  const saves = !options["no-save"];
  if (options.csv && !saves)
    throw new UsageError("--csv writes a file: it cannot go with --no-save");
  const out = options.out ?? "out";
  const csv = options.csv ? new CsvWriter(world.files, out) : undefined;
  const result = await carryOut(world, invocation, experiment, csv);
  printResult(world, invocation, result);
  if (saves) save(world, invocation, experiment, result, out, csv);
  return exitCodeOf(result);
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
  { command, options }: Invocation,
  experiment: Experiment,
  csv: CsvWriter | undefined,
): Promise<ExperimentResult> {
  const { scenarios, seed, sampling, baseline } = experiment;
  const { jobs = "auto", quiet } = options;
  const recording = csv && { onReplication: recordReplications(csv, experiment) };
  try {
    return await carryThrough(world, command.name, 0, quiet, ({ signal, onProgress }) => {
      const settings: ExperimentOptions = {
        seed,
        ...sampling,
        jobs,
        signal,
        onProgress: (share, expected) => onProgress(share, undefined, expected),
        ...recording,
      };
      return baseline === undefined
        ? run(scenarios, settings)
        : compare(scenarios, baseline, settings);
    });
  } catch (error) {
    csv?.discard();
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

function recordReplications(
  csv: CsvWriter,
  { scenarios }: Experiment,
): NonNullable<ExperimentOptions["onReplication"]> {
  const repeats = scenarios.map(repeatsOf);
  return (plan, replication, outcome) =>
    csv.append(scenarios[plan].name, replication, Math.floor(replication / repeats[plan]), outcome);
}

// ---------------------------------------------------------------- telling

function printResult(world: World, { options }: Invocation, result: ExperimentResult): void {
  if (options.json) {
    world.stdout.write(jsonText(result));
    return;
  }
  const colors = colorsOf(world, world.stdout);
  world.stdout.write(experimentReport(result, { colors, width: widthOf(world), all: options.all }));
}

function save(
  world: World,
  invocation: Invocation,
  experiment: Experiment,
  result: ExperimentResult,
  out: string,
  csv: CsvWriter | undefined,
): void {
  const { quiet } = invocation.options;
  const folder = folderOf(out, experiment, result.interrupted);
  const command = repeatCommand(invocation, experiment);
  try {
    csv?.commit(`${folder}/replications.csv`);
    writeRecord(world.files, out, folder, result, experiment, command);
  } catch (error) {
    throw new CommandError(
      `the result is not saved: ${(error as Error).message}`,
      EXIT.internal,
      "Choose another folder with --out DIR, or --no-save.",
    );
  }
  const colors = colorsOf(world, world.stderr);
  note(world, quiet, `${colors.dim("saved")}   ${folder}/`);
  note(world, quiet, `${colors.dim("repeat")}  ${command}`);
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
    ...options.set.flatMap((assignment) => ["--set", assignment]),
  ]);
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
