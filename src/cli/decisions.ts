// What the commands that decide have in common: trials with a store in the folder of results, a progress line, an end at Ctrl-C after
// which the same command goes on, and the result that is saved.
import { type Constraint, ConstraintError, readConstraint } from "../decide/constraints.ts";
import {
  openTrials,
  type Spent,
  type TrialPool,
  type Trials,
  type TrialsOptions,
} from "../decide/trials.ts";
import { METRICS, type MetricDefinition } from "../metrics/definitions.ts";
import { nearestMetric } from "../metrics/naming.ts";
import type { Scenario } from "../scenario/schema.ts";
import { count, grouped } from "../wording/text.ts";
import type { Invocation } from "./command.ts";
import { asTyped, commandLine } from "./commandLine.ts";
import { Interrupted, UsageError } from "./errors.ts";
import { uncertainWords } from "./experiments.ts";
import { jsonText } from "./json.ts";
import { carryThrough, type LongWork } from "./longWork.ts";
import { RESULT_WORDS, Saving } from "./saving.ts";
import { colorsOf, note, noteSaved } from "./screen.ts";
import { openTold, withStores } from "./sweeps.ts";
import type { World } from "./world.ts";

export interface Decision {
  /** Folder of the result, in which the store stands as `store`. */
  readonly folder: string;
  readonly scenarios: readonly Scenario[];
  /** Names of the metrics that every trial answers with. */
  readonly metrics: readonly string[];
  /** What to type to have the same again; told where it was interrupted. */
  readonly command: string;
}

/** What a decision tells while it works: the share that is done, 0..1, and what else is to be said. */
export type OnDeciding = (share: number, remark?: string) => void;

/**
 * Does the work of a decision with trials. They are stored as they come, so that the same command goes on after Ctrl-C.
 * @throws Interrupted
 */
export function decide<T>(
  world: World,
  invocation: Invocation,
  { folder, scenarios, metrics, command }: Decision,
  work: (trials: Trials, signal: AbortSignal, onProgress: OnDeciding) => Promise<T>,
): Promise<T> {
  const { options } = invocation;
  return withStores(async () => {
    const store = options["no-save"]
      ? undefined
      : openTold(world, `${folder}/store`, "write", options.quiet);
    try {
      return await carryThrough(world, invocation.command.name, 0, options.quiet, async (hooks) => {
        const { signal, onProgress } = hooks;
        const own = { metrics, jobs: options.jobs, scenarios, store, signal };
        const act = (pool?: TrialPool) =>
          tried(world, invocation, { ...own, pool }, onProgress, (trials, tell) =>
            work(trials, signal, tell),
          );
        if (options.queue === undefined) return await act();
        const { withPool } = await import("./queues.ts");
        const { TRIALS: kind } = await import("../queue/kinds.ts");
        return await withPool(options.queue, hooks, { kind, data: metrics }, act);
      });
    } catch (error) {
      if (error instanceof Interrupted && store !== undefined)
        note(
          world,
          options.quiet,
          `${colorsOf(world, world.stderr).dim("go on")}   ${asTyped(world, command)}`,
        );
      throw error;
    } finally {
      store?.close();
    }
  });
}

/** Opens trials, and tells how far the work with them is. */
async function tried<T>(
  world: World,
  { options }: Invocation,
  own: TrialsOptions,
  onProgress: LongWork["onProgress"],
  work: (trials: Trials, tell: OnDeciding) => Promise<T>,
): Promise<T> {
  let share = 0;
  let said: string | undefined;
  const tell = ({ replications }: Spent) =>
    onProgress(share, said, share > 0 ? Math.round(replications / share) : 0);
  const trials = await openTrials({ ...own, onTrial: tell });
  try {
    return await work(trials, (now, remark) => {
      share = now;
      said = remark;
      tell(trials.spent);
    });
  } finally {
    const { found, trials: all } = trials.spent;
    if (found > 0)
      note(
        world,
        options.quiet,
        `note: ${grouped(found)} of ${count(all, "trial")} were stored already`,
      );
    await trials.close();
  }
}

/** Writes result.json and what else there is to the folder, unless nothing is to be saved. @throws NotSavedError */
export function saveDecision(
  world: World,
  { options }: Invocation,
  folder: string,
  result: object,
  files: Readonly<Record<string, string>> = {},
): void {
  if (options["no-save"]) return;
  const saving = new Saving(world.files, folder, RESULT_WORDS);
  try {
    saving.add("result.json", jsonText(result));
    for (const [name, content] of Object.entries(files)) saving.add(name, content);
    saving.commit();
  } finally {
    saving.discard();
  }
  noteSaved(world, options.quiet, folder);
}

/**
 * The metric that an option names.
 * @throws UsageError when there is none, or it compares with a baseline, which decisions have not
 */
export function metricNamed(option: string, name: string): MetricDefinition {
  const found = METRICS.find((one) => one.name === name);
  if (found === undefined) {
    const near = nearestMetric(name);
    const meant = near === undefined ? "" : `; did you mean ${near}?`;
    throw new UsageError(`--${option}: there is no metric ${name}${meant}`);
  }
  if (found.needsBaseline)
    throw new UsageError(
      `--${option}: ${name} compares with a baseline, and there is none here`,
      "Choose a metric of a scenario alone, such as success, cost or errorsAtAggregation.",
    );
  return found;
}

/** The constraint that an option states. @throws UsageError when it is none, or compares with a baseline */
export function constraintOf(text: string): Constraint {
  try {
    const constraint = readConstraint(text);
    metricNamed("constraint", constraint.metric);
    return constraint;
  } catch (error) {
    if (!(error instanceof ConstraintError)) throw error;
    const { message, rule, hint } = error.text;
    throw new UsageError(`--constraint: ${message}; ${rule}`, hint);
  }
}

type Said = string | number | undefined;

/**
 * The command line that gives the same decision: everything that decides it is said.
 * @param own options of the command alone, by what is typed for them
 */
export function decisionCommand(
  { command, operands, options }: Invocation,
  own: Readonly<Record<string, Said | readonly string[]>>,
): string {
  const { seed, out, set } = options;
  const said = Object.entries({ ...own, seed, out, set });
  return commandLine([
    "faultline",
    command.name,
    ...operands,
    ...said.flatMap(([word, values]) =>
      [values ?? []].flat().flatMap((value) => [`--${word}`, String(value)]),
    ),
    ...uncertainWords(options),
  ]);
}
