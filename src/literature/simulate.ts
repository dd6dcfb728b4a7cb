// Simulations for a study: trials of shipped scenarios on all cores, and their estimates by name.
import { type CellInputs, type CellPool, openCellPool, runCell } from "../experiment/cell.ts";
import type { OnProgress } from "../experiment/progress.ts";
import { type MetricValue, readMetric, type ScenarioResult } from "../experiment/result.ts";
import { loadVariant, type Variant } from "./shipped.ts";

/** Scenarios that are run: with a baseline paired on the same instances, else each by itself. */
export interface Trial {
  readonly name: string;
  readonly scenarios: readonly Variant[];
  /** Name of one of the scenarios. */
  readonly baseline?: string;
  /** Of every scenario. */
  readonly replications: number;
  /** Tasks per replication of a stream: progress counts them. */
  readonly tasks?: number;
}

/** A trial of one scenario. */
export function trial(name: string, scenario: Variant, replications: number): Trial {
  return { name, scenarios: [scenario], replications };
}

/** What came of trials: results by the name of the trial, in the order of its scenarios. */
export type Results = ReadonlyMap<string, readonly ScenarioResult[]>;

/**
 * Results of a trial.
 * @throws RangeError when there is no such trial
 */
export function resultsOf(results: Results, trial: string): readonly ScenarioResult[] {
  const found = results.get(trial);
  if (found === undefined) throw new RangeError(`Trial ${trial}: must be one that was run`);
  return found;
}

export interface SimulateOptions {
  readonly seed: string;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Worker threads; default: all cores. The results do not depend on it. */
  readonly jobs?: number | undefined;
}

/** Cells under way at the same time, so that cores have work while the last chunks of one are done. */
const AT_ONCE = 3;

/** A cell of a trial, and how much of the progress it is. */
interface Work {
  readonly inputs: CellInputs;
  readonly weight: number;
}

/**
 * Runs all trials with the same seed. Results by the name of the trial, in the order of its scenarios.
 * @throws RangeError when two trials have the same name, or a baseline is none of its scenarios
 * @throws PairingError when scenarios and baseline differ in repeats or workload
 * @throws the signal's reason when it is aborted
 */
export async function simulate(
  trials: readonly Trial[],
  { jobs, signal, ...how }: SimulateOptions,
): Promise<Results> {
  const pool = await openCellPool({ jobs: jobs ?? "auto", signal });
  try {
    return await simulateIn(pool, trials, how);
  } finally {
    await pool.close();
  }
}

/** {@link simulate} in a pool that is open: threads are warm after the first trials. */
export async function simulateIn(
  pool: CellPool,
  trials: readonly Trial[],
  { seed, onProgress }: Pick<SimulateOptions, "seed" | "onProgress">,
): Promise<Results> {
  const names = trials.map(({ name }) => name);
  if (new Set(names).size < names.length)
    throw new RangeError(`Trials ${names.join(", ")}: names must differ`);
  const cells = await Promise.all(trials.map((trial) => cellsOf(trial, seed)));
  const results = await runAll(pool, cells.flat(), onProgress);
  pool.signal.throwIfAborted();
  let next = 0;
  return new Map(
    trials.map(({ name }, i) => {
      const ofTrial = results.slice(next, next + cells[i].length);
      next += cells[i].length;
      return [name, ofTrial.flat()];
    }),
  );
}

/** Replications of all scenarios of the trials; of streams, their tasks. */
export function runsOf(trials: readonly Trial[]): number {
  return trials.reduce((sum, trial) => sum + trial.scenarios.length * sizeOf(trial), 0);
}

const sizeOf = ({ replications, tasks = 1 }: Trial) => replications * tasks;

async function cellsOf(trial: Trial, seed: string): Promise<Work[]> {
  const { name, baseline, replications } = trial;
  const sampled = { seed, sampling: { replications } };
  const scenarios = await Promise.all(trial.scenarios.map(loadVariant));
  if (baseline === undefined)
    return scenarios.map((scenario) => ({
      inputs: { scenarios: [scenario], baseline: -1, ...sampled },
      weight: sizeOf(trial),
    }));
  const index = scenarios.findIndex((scenario) => scenario.name === baseline);
  if (index < 0)
    throw new RangeError(`Baseline ${baseline} of ${name}: must be one of its scenarios`);
  return [{ inputs: { scenarios, baseline: index, ...sampled }, weight: runsOf([trial]) }];
}

async function runAll(
  pool: CellPool,
  cells: readonly Work[],
  onProgress: SimulateOptions["onProgress"],
): Promise<(readonly ScenarioResult[])[]> {
  const results = new Array<readonly ScenarioResult[]>(cells.length);
  const done = new Float64Array(cells.length);
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  await someAtOnce(cells, async ({ inputs, weight }, cell) => {
    const tell = (share: number) => {
      done[cell] = share * weight;
      onProgress?.(done.reduce((sum, x) => sum + x, 0) / total);
    };
    results[cell] = (await runCell(pool, inputs, { onProgress: tell })).scenarios;
  });
  return results;
}

/** Does the work of all items, begun in their order. */
export async function someAtOnce<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await work(items[next], next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/**
 * The estimate of a metric by its name, dots for nested ones: `latency.p95`.
 * @throws RangeError when the result has no such metric
 */
export function estimateOf({ name: scenario, metrics }: ScenarioResult, name: string): MetricValue {
  const value = readMetric(metrics, name);
  if (value === undefined)
    throw new RangeError(`Metric ${name} of ${scenario}: must be one it has`);
  return value;
}

/**
 * The paired change of a metric against the baseline of its trial.
 * @throws RangeError when the result was not paired, or the metric has no paired change
 */
export function changeOf(
  { name: scenario, differences }: ScenarioResult,
  name: string,
): MetricValue {
  const change = differences?.[name];
  if (change === undefined)
    throw new RangeError(`Change of ${name} of ${scenario}: must be of a metric that was paired`);
  return { mean: change.mean, ci: change.ci };
}

/**
 * The estimate of a metric in a trial: of its scenario, or of the one at the given place.
 * @throws RangeError when there is no such trial or metric
 */
export function estimateIn(results: Results, trial: string, metric: string, place = 0) {
  return estimateOf(resultsOf(results, trial)[place], metric);
}
