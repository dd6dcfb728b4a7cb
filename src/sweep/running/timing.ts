// How long a sweep will take: a few replications of a few cells, measured by the clock. For people only: no result
// depends on it.
import { type CellPool, runCell } from "../../experiment/cell.ts";
import { isProblem } from "../cells.ts";
import type { Sweep } from "../sweep.ts";
import { cellInputs } from "./record.ts";

export interface TimingOptions {
  readonly pool: CellPool;
  /** Threads that the sweep is going to have. */
  readonly jobs: number;
  /** Milliseconds from some fixed moment. */
  readonly clock: () => number;
}

export interface Timing {
  /** Replications of all scenarios of all cells: where precision is asked for, those of the cap. */
  readonly replications: number;
  readonly isMost: boolean;
  /** Undefined where no cell that was tried can be run. */
  readonly seconds: number | undefined;
}

/** Cells that are tried, spread over the sweep, and replications of each. */
const TRIED = 5;
const REPLICATIONS = 512;

export async function timingOf(sweep: Sweep, options: TimingOptions): Promise<Timing> {
  const { cellCount, sampling } = sweep;
  const isMost = "precision" in sampling;
  const each = isMost ? sampling.cap : sampling.replications;
  const rates: number[] = [];
  let scenarios = 0;
  const tried = Math.min(TRIED, cellCount);
  for (let i = 0; i < tried; i++) {
    const cell = await sweep.cellAt(Math.floor((i * cellCount) / tried));
    scenarios += cell.labels.length;
    if (isProblem(cell)) continue;
    const inputs = cellInputs(cell, sweep);
    const trial = { ...inputs, sampling: { replications: Math.min(each, REPLICATIONS) } };
    // The first run compiles: only the second is timed.
    await runCell(options.pool, trial);
    const begun = options.clock();
    const { replications } = await runCell(options.pool, trial);
    rates.push((options.clock() - begun) / (1000 * replications));
  }
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  return {
    replications: Math.round((scenarios / tried) * cellCount * each),
    isMost,
    seconds: rates.length === 0 ? undefined : (mean * cellCount * each) / options.jobs,
  };
}
