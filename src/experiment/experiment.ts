// Experiments: many replications of one or several scenarios, alone (`run`) or paired with a baseline (`compare`).
import type { Scenario } from "../scenario/schema.ts";
import {
  type CellHooks,
  type CellInputs,
  type CellPool,
  type CellResult,
  openCellPool,
  PairingError,
  runCell,
  type Sampling,
} from "./cell.ts";
import type { OnReplication } from "./chunk.ts";
import type { PrecisionTarget } from "./halfWidth.ts";
import { DEFAULT_CAP } from "./precision.ts";
import type { OnReplications } from "./progress.ts";
import { ENGINE, type ExperimentResult } from "./result.ts";

export { PairingError };

export interface ExperimentOptions {
  /** Replications per scenario; default: the first scenario's own number. */
  readonly replications?: number;
  /** Instead of `replications`: runs until the estimates of these metrics are that precise in every scenario. */
  readonly precision?: readonly PrecisionTarget[];
  /** Most replications per scenario with a precision; default: {@link DEFAULT_CAP}. */
  readonly cap?: number;
  /** Default: the first scenario's own seed. */
  readonly seed?: string;
  /** Threads; default: 1. The result is the same for any number. See {@link openCellPool}. */
  readonly jobs?: number | "auto";
  readonly onProgress?: OnReplications;
  readonly onReplication?: OnReplication;
  /** Called when more is known, with the share that is done and a function that gives the result of what is complete. */
  readonly onResult?: (share: number, soFar: () => ExperimentResult) => void;
  /** Ends the experiment early, with the result of what is complete by then. */
  readonly signal?: AbortSignal;
}

/**
 * Runs scenarios without comparing them.
 * @throws PairingError when two scenarios have the same name
 * @throws PrecisionError when the precision that is asked for cannot be had
 */
export function run(
  scenarios: readonly Scenario[],
  options: ExperimentOptions = {},
): Promise<ExperimentResult> {
  return experiment(scenarios, -1, options);
}

/**
 * Runs scenarios on the same instances with common random numbers and pairs each with the baseline.
 * @param baseline name of one of the scenarios; default: the first
 * @throws PairingError when no scenario has that name, two have the same name, or they differ in repeats or workload
 * @throws PrecisionError when the precision that is asked for cannot be had
 */
export function compare(
  scenarios: readonly Scenario[],
  baseline: string = scenarios[0].name,
  options: ExperimentOptions = {},
): Promise<ExperimentResult> {
  const index = scenarios.findIndex((scenario) => scenario.name === baseline);
  if (index < 0)
    throw new PairingError(
      `no scenario is called ${baseline}: the baseline is one of ${scenarios.map((s) => s.name).join(", ")}`,
    );
  return experiment(scenarios, index, options);
}

async function experiment(
  scenarios: readonly Scenario[],
  baseline: number,
  options: ExperimentOptions,
): Promise<ExperimentResult> {
  checkNames(scenarios);
  const seed = options.seed ?? scenarios[0].seed;
  const sampling = samplingOf(options, scenarios[0]);
  const groups = baseline < 0 ? scenarios.map((scenario) => [scenario]) : [scenarios];
  const cells = groups.map((group) => ({ scenarios: group, baseline, seed, sampling }));
  const { jobs = 1, signal } = options;
  const pool = await openCellPool({ jobs, scenarios, signal });
  const made = (results: readonly CellResult[]): ExperimentResult => ({
    schema: baseline < 0 ? "faultline/run@1" : "faultline/compare@1",
    seed,
    replications: Math.max(...results.map((one) => one.replications)),
    engine: ENGINE,
    ...(baseline < 0 ? {} : { baseline: scenarios[baseline].name }),
    interrupted: results.some(({ interrupted }) => interrupted),
    ...("precision" in sampling
      ? { precision: results.flatMap(({ precision = [] }) => precision) }
      : {}),
    scenarios: results.flatMap((result) => result.scenarios),
  });
  try {
    return made(await runInTurn(pool, cells, options, made));
  } finally {
    await pool.close();
  }
}

function checkNames(scenarios: readonly Scenario[]): void {
  const names = scenarios.map((scenario) => scenario.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new PairingError(`two scenarios are called ${twice}: names must differ (set \`name\`)`);
}

/** @throws RangeError when both replications and precision are asked for, or a cap without precision */
function samplingOf(
  { replications, precision, cap }: ExperimentOptions,
  first: Scenario,
): Sampling {
  if (precision !== undefined && replications !== undefined)
    throw new RangeError("Both replications and precision: must be one of them");
  if (precision !== undefined) return { precision, cap: cap ?? DEFAULT_CAP };
  if (cap !== undefined) throw new RangeError("A cap without precision: must come with it");
  return { replications: replications ?? first.replications };
}

async function runInTurn(
  pool: CellPool,
  cells: readonly CellInputs[],
  { onProgress, onReplication, onResult }: ExperimentOptions,
  made: (results: readonly CellResult[]) => ExperimentResult,
): Promise<CellResult[]> {
  const results: CellResult[] = [];
  let before = 0;
  let scenariosBefore = 0;
  for (const [i, cell] of cells.entries()) {
    const from = scenariosBefore;
    let ofThis = 0;
    const hooks: CellHooks = {
      onProgress: (share, expected) => {
        ofThis = expected;
        // The cells still to come are taken to be like this one.
        const all = before + expected * (cells.length - i);
        onProgress?.((before + share * expected) / all, all);
      },
      onReplication:
        onReplication &&
        ((plan, replication, outcome) => onReplication(from + plan, replication, outcome)),
      onResult:
        onResult &&
        ((share, soFar) => onResult((i + share) / cells.length, () => made([...results, soFar()]))),
    };
    results.push(await runCell(pool, cell, hooks));
    before += ofThis;
    scenariosBefore += cell.scenarios.length;
  }
  return results;
}
