// Carries out an experiment for `run` and `compare`: progress, interrupts, the report, the record, the exit code.
import { compare, type ExperimentOptions, PairingError, run } from "../experiment/experiment.ts";
import type { ExperimentResult } from "../experiment/result.ts";
import { experimentReport } from "../report/experiment.ts";
import { repeatsOf } from "../scenario/compiling/compile.ts";
import type { Invocation } from "./command.ts";
import { CsvWriter } from "./csv.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exitCodes.ts";
import { jsonText } from "./json.ts";
import { carryThrough } from "./longWork.ts";
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

// ---------------------------------------------------------------- running

async function carryOut(
  world: World,
  { command, options }: Invocation,
  experiment: Experiment,
  csv: CsvWriter | undefined,
): Promise<ExperimentResult> {
  const { scenarios, seed, replications, baseline } = experiment;
  const total = replications * scenarios.length;
  const recording = csv && { onReplication: recordReplications(csv, experiment) };
  try {
    return await carryThrough(world, command.name, total, options.quiet, (hooks) => {
      const settings: ExperimentOptions = { seed, replications, ...hooks, ...recording };
      return baseline === undefined
        ? run(scenarios, settings)
        : compare(scenarios, baseline, settings);
    });
  } catch (error) {
    csv?.discard();
    throw error instanceof PairingError ? new UsageError(error.message) : error;
  }
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
  const { seed, replications, baseline } = experiment;
  return commandLine([
    "faultline",
    command.name,
    ...operands,
    ...(baseline === undefined ? [] : ["--baseline", baseline]),
    "--replications",
    String(replications),
    "--seed",
    seed,
    ...options.set.flatMap((assignment) => ["--set", assignment]),
  ]);
}

function exitCodeOf({ interrupted, scenarios }: ExperimentResult): ExitCode {
  if (interrupted) return EXIT.interrupted;
  const verdicts = scenarios.flatMap((s) => s.thresholds.map((threshold) => threshold.verdict));
  if (verdicts.includes("fail")) return EXIT.thresholdFailed;
  return verdicts.every((verdict) => verdict === "pass") ? EXIT.ok : EXIT.thresholdOpen;
}
