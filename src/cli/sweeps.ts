// What the commands about sweeps have in common: how a sweep is asked for, where its store is, how its cells are run.
import { type Problem, ScenarioError } from "../documents/checking/problems.ts";
import { openCellPool } from "../experiment/cell.ts";
import { halfWidthText } from "../experiment/halfWidth.ts";
import type { Scenario } from "../scenario/schema.ts";
import { StoreError } from "../store/errors.ts";
import { openStore, type Store } from "../store/store.ts";
import { isProblem } from "../sweep/cells.ts";
import { DesignTooLargeError } from "../sweep/designs/design.ts";
import type { LoadedSweep } from "../sweep/file/load.ts";
import type { SweepRequest } from "../sweep/file/request.ts";
import type { Addresses } from "../sweep/running/addresses.ts";
import { type Conducted, conduct } from "../sweep/running/conduct.ts";
import { type CellExecutor, ExecutorError, onThreads } from "../sweep/running/executor.ts";
import type { CellSource } from "../sweep/running/source.ts";
import type { Sweep } from "../sweep/sweep.ts";
import { SEMANTICS, VERSION } from "../version.ts";
import { pagesOf } from "../wording/warnings.ts";
import type { Invocation } from "./command.ts";
import { commandLine } from "./commandLine.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT } from "./exitCodes.ts";
import { uncertainWords } from "./experiments.ts";
import { carryThrough, type LongWork } from "./longWork.ts";
import { noteWarnings, told } from "./problems.ts";
import { checkFile, checkUncertain, overridesOf } from "./scenarios.ts";
import { note } from "./screen.ts";
import type { World } from "./world.ts";

// ---------------------------------------------------------------- what is asked for

/**
 * How an invocation asks for a sweep: by an experiment file, or, where something is varied, by scenario files.
 * @throws UsageError when files or options do not fit together
 */
export function requestOf(world: World, { command, operands, options }: Invocation): SweepRequest {
  for (const file of operands) checkFile(world, file);
  const { seed, replications, precision, cap, yes, vary, design, where, baseline, metric } =
    options;
  checkUncertain(options);
  if (precision.length > 0 && replications !== undefined)
    throw new UsageError("--replications and --precision contradict each other");
  const shared = {
    seed,
    replications,
    cap,
    yes,
    draws: options.draws,
    ...(options.fixed ? { fixed: true } : {}),
    ...(metric.length > 0 ? { metrics: metric } : {}),
    ...(precision.length > 0
      ? {
          precision: Object.fromEntries(
            precision.map((one) => [one.metric, halfWidthText(one.halfWidth)]),
          ),
        }
      : {}),
    ...(options.set.length > 0 ? { overrides: overridesOf(options) } : {}),
  };
  if (vary.length > 0)
    return { varied: { ...shared, scenarios: operands, vary, design, where, baseline } };
  for (const [name, value] of Object.entries({ design, where, baseline }))
    if (value !== undefined)
      throw new UsageError(`--${name} goes with --vary: an experiment file says it itself`);
  if (operands.length > 1)
    throw new UsageError(
      `${command.name} takes one experiment file: ${operands[1]} is one too many`,
      "Scenario files go with --vary PATH=SPEC.",
    );
  return { experiment: operands[0], options: shared };
}

/** The sweep as loaded by `load`, with its problems and warnings told as those of scenarios are. */
export async function loadTold(
  world: World,
  { quiet }: Invocation["options"],
  load: () => Promise<LoadedSweep>,
): Promise<LoadedSweep> {
  try {
    const loaded = await load();
    noteWarnings(world, quiet, loaded.warnings);
    return loaded;
  } catch (error) {
    if (error instanceof DesignTooLargeError)
      throw new UsageError(
        error.message,
        error.canBeConfirmed ? "Say --yes if that is meant." : undefined,
      );
    throw (error instanceof ScenarioError && ofOtherKind(error.problems)) || told(world, error);
  }
}

/** The error where a scenario was given for an experiment file, or the other way round; all else follows from that. */
function ofOtherKind(problems: readonly Problem[]): UsageError | undefined {
  const speaksOf = (message: string) => problems.find((problem) => problem.message === message);
  const scenario = speaksOf("scenarios is missing");
  if (scenario !== undefined)
    return new UsageError(
      `${scenario.file} is no experiment file: it has no scenarios`,
      "Of a scenario file say what is varied, such as --vary agents.worker.count=1:9.",
    );
  const experiment = speaksOf('the key "scenarios" is not known');
  if (experiment !== undefined)
    return new UsageError(
      `${experiment.file} is no scenario file, and --vary goes with scenario files`,
      "An experiment file says itself what is varied.",
    );
  return undefined;
}

export const folderOfSweep = ({ name }: Sweep, { out }: Invocation["options"]): string =>
  out ?? `out/sweep-${name}`;

/** The command line of a sweep that gives the same cells: everything that decides them is said in so many words. */
export function sweepCommand({ operands, options }: Invocation): string {
  const { vary, design, where, baseline, replications, precision, cap, seed, set, yes } = options;
  const valued = { where, baseline, replications, cap, seed };
  return commandLine([
    "faultline",
    "sweep",
    ...operands,
    ...vary.flatMap((text) => ["--vary", text]),
    ...(design === undefined
      ? []
      : ["--design", "size" in design ? `${design.kind}:${design.size}` : design.kind]),
    ...precision.flatMap((one) => ["--precision", `${one.metric}=${halfWidthText(one.halfWidth)}`]),
    ...Object.entries(valued).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, String(value)],
    ),
    ...uncertainWords(options),
    ...set.flatMap((assignment) => ["--set", assignment]),
    ...(yes ? ["--yes"] : []),
  ]);
}

// ---------------------------------------------------------------- the store

/** Does something with stores, whose troubles become errors of the command. */
export async function withStores<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const exitCode = error.trouble === "disk" ? EXIT.notSaved : EXIT.storeMismatch;
    throw new CommandError(error.message, exitCode, error.hint);
  }
}

/** Opens a store and tells what was found in it that does not count. */
export function openTold(
  world: World,
  folder: string,
  mode: "read" | "write",
  quiet: boolean,
): Store {
  const { disk } = world;
  const store = openStore(folder, { mode, disk, semantics: SEMANTICS, version: VERSION });
  for (const warning of store.warnings) note(world, quiet, `note: ${warning}`);
  for (const page of pagesOf(store.warnings)) note(world, quiet, `page: ${page}`);
  return store;
}

// ---------------------------------------------------------------- running

export interface SweepRun {
  readonly addresses: Addresses;
  readonly source: CellSource;
  /** The sweep's command, to which the number of a cell is added to run that cell again. */
  readonly command: string;
  /** Opens what runs the cells; default: threads of this process. */
  readonly open?: OpenExecutor | undefined;
}

/** An executor until it is closed. */
export interface OpenedExecutor {
  readonly executor: CellExecutor;
  /** What else there is to say while it works. */
  remark?(): string;
  close(): Promise<void>;
}

export type OpenExecutor = (hooks: Pick<LongWork, "signal" | "note">) => Promise<OpenedExecutor>;

/** Runs the cells of a source, with a progress line, until they are done or somebody presses Ctrl-C. */
export function runCells(world: World, invocation: Invocation, run: SweepRun): Promise<Conducted> {
  const { addresses, source, command } = run;
  const { options } = invocation;
  if (options["fail-fast"] && options["keep-going"])
    throw new UsageError("--fail-fast and --keep-going contradict each other");
  const label = invocation.command.name;
  return carryThrough(world, label, 0, options.quiet, async (hooks) => {
    const open = run.open ?? (({ signal }) => openThreads(addresses.sweep, options.jobs, signal));
    const opened = await open(hooks);
    const { executor } = opened;
    try {
      return await conduct(addresses, {
        source,
        executor,
        failFast: options["fail-fast"],
        commandFor: (cell) => `${command} --cell ${cell}`,
        onProgress: (share, { done, failed, replications }) => {
          const trouble = failed > 0 ? `, ${failed} failed` : "";
          const remark = `${done} of ${source.count} cells${trouble}${opened.remark?.() ?? ""}`;
          hooks.onProgress(share, remark, share > 0 ? Math.round(replications / share) : 0);
        },
      });
    } catch (error) {
      if (!(error instanceof ExecutorError)) throw error;
      const hint = "What is done is stored: the same command goes on from there.";
      throw new CommandError(error.message, EXIT.queueAway, hint);
    } finally {
      await opened.close();
    }
  });
}

async function openThreads(
  sweep: Sweep,
  jobs: number | undefined,
  signal: AbortSignal,
): Promise<OpenedExecutor> {
  const scenarios = await someOf(sweep);
  const pool = await openCellPool({ jobs: jobs ?? "auto", scenarios, signal });
  return { executor: onThreads(pool, sweep), close: () => pool.close() };
}

/** The scenarios of the first and of the last cell: of most sweeps, the smallest and the largest. */
async function someOf({ cellAt, cellCount }: Sweep): Promise<readonly Scenario[]> {
  const cells = [await cellAt(0), await cellAt(cellCount - 1)];
  return cells.flatMap((cell) => (isProblem(cell) ? [] : cell.scenarios));
}
