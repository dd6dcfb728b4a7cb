// Simulations for a study: trials of shipped scenarios on all cores, and their estimates by name.
import { type CellInputs, type CellPool, openCellPool, runCell } from "../experiment/cell.ts";
import type { OnProgress } from "../experiment/progress.ts";
import { type MetricValue, readMetric, type ScenarioResult } from "../experiment/result.ts";
import type { Scenario } from "../scenario/schema.ts";

export { shipped } from "./shipped.ts";

/** Scenarios that are run: with a baseline paired on the same instances, else each by itself. */
export interface Trial {
  readonly name: string;
  readonly scenarios: readonly Scenario[];
  /** Name of one of the scenarios. */
  readonly baseline?: string;
  /** Of every scenario. */
  readonly replications: number;
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

/**
 * Runs all trials with the same seed. Results by the name of the trial, in the order of its scenarios.
 * @throws RangeError when two trials have the same name, or a baseline is none of its scenarios
 * @throws PairingError when scenarios and baseline differ in repeats or workload
 * @throws the signal's reason when it is aborted
 */
export async function simulate(
  trials: readonly Trial[],
  { seed, onProgress, signal, jobs }: SimulateOptions,
): Promise<Results> {
  const names = trials.map(({ name }) => name);
  if (new Set(names).size < names.length)
    throw new RangeError(`Trials ${names.join(", ")}: names must differ`);
  const cells = trials.map((trial) => cellsOf(trial, seed));
  const pool = await openCellPool({ jobs: jobs ?? "auto", signal });
  try {
    const results = await runAll(pool, cells.flat(), onProgress);
    signal?.throwIfAborted();
    let next = 0;
    return new Map(
      trials.map(({ name }, i) => {
        const ofTrial = results.slice(next, next + cells[i].length);
        next += cells[i].length;
        return [name, ofTrial.flat()];
      }),
    );
  } finally {
    await pool.close();
  }
}

/** Replications of all scenarios of the trials. */
export function runsOf(trials: readonly Trial[]): number {
  return trials.reduce(
    (sum, { scenarios, replications }) => sum + scenarios.length * replications,
    0,
  );
}

function cellsOf({ name, scenarios, baseline, replications }: Trial, seed: string): CellInputs[] {
  const sampling = { replications };
  if (baseline === undefined)
    return scenarios.map((scenario) => ({ scenarios: [scenario], baseline: -1, seed, sampling }));
  const index = scenarios.findIndex((scenario) => scenario.name === baseline);
  if (index < 0)
    throw new RangeError(`Baseline ${baseline} of ${name}: must be one of its scenarios`);
  return [{ scenarios, baseline: index, seed, sampling }];
}

async function runAll(
  pool: CellPool,
  cells: readonly CellInputs[],
  onProgress: SimulateOptions["onProgress"],
): Promise<(readonly ScenarioResult[])[]> {
  const results = new Array<readonly ScenarioResult[]>(cells.length);
  const done = new Float64Array(cells.length);
  const total = cells.reduce((sum, cell) => sum + weightOf(cell), 0);
  let next = 0;
  const runSome = async () => {
    while (next < cells.length) {
      const cell = next++;
      const tell = (share: number) => {
        done[cell] = share * weightOf(cells[cell]);
        onProgress?.(done.reduce((sum, x) => sum + x, 0) / total);
      };
      const result = await runCell(pool, cells[cell], { onProgress: tell });
      results[cell] = result.scenarios;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runSome));
  return results;
}

function weightOf({ scenarios, sampling }: CellInputs): number {
  return "replications" in sampling ? scenarios.length * sampling.replications : 0;
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
