// How long a sweep will take: a few replications of a few cells, measured by the clock, within limits. For people only:
// no result depends on it.
import { type CellInputs, type CellPool, runCell } from "../../experiment/cell.ts";
import { probe } from "../../experiment/probe.ts";
import { replicationsOf } from "../../experiment/uncertain/cell.ts";
import { average } from "../../numerics/statistics.ts";
import { askedFor } from "../../scenario/uncertain/asked.ts";
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
  /** Whether it takes longer: not even one replication of a cell that was tried came to its end. */
  readonly isLeast: boolean;
}

/** Cells that are tried, spread over the sweep, and replications of each. */
const TRIED = 5;
const REPLICATIONS = 512;

/** What a cell may take, and what all may; where the first ones are slow, the others are not tried. */
const EVENTS = 2_000_000;
const CELL_MILLISECONDS = 2000;
const ALL_MILLISECONDS = 5000;

/** Replications from which on a first one, which compiles, says too little of the others. */
const MANY = 16;

/** Rejects with the reason of the pool's signal. */
export async function timingOf(sweep: Sweep, options: TimingOptions): Promise<Timing> {
  const { cellCount, sampling } = sweep;
  const { pool, clock, jobs } = options;
  const isMost = "precision" in sampling;
  const paces: Pace[] = [];
  /** Replications of the scenarios of the cells that were tried. */
  let replications = 0;
  let tried = 0;
  const wanted = Math.min(TRIED, cellCount);
  for (const begun = clock(); tried < wanted && clock() - begun < ALL_MILLISECONDS; tried++) {
    const cell = await sweep.cellAt(Math.floor((tried * cellCount) / wanted));
    const each = isProblem(cell) ? most(sampling) : replicationsOf(cellInputs(cell, sweep));
    replications += cell.labels.length * each;
    if (!isProblem(cell)) paces.push(await paceOf(cellInputs(cell, sweep), each, options));
    pool.signal.throwIfAborted();
  }
  const mean = average(paces.map(({ seconds }) => seconds));
  return {
    replications: Math.round((replications / tried) * cellCount),
    isMost,
    seconds: paces.length === 0 ? undefined : (mean * cellCount) / jobs,
    isLeast: paces.some(({ isLeast }) => isLeast),
  };
}

const most = (sampling: Sweep["sampling"]) =>
  "precision" in sampling ? sampling.cap : sampling.replications;

/** Seconds that the replications of a cell take. */
interface Pace {
  readonly seconds: number;
  readonly isLeast: boolean;
}

async function paceOf(
  inputs: CellInputs,
  each: number,
  { pool, clock }: TimingOptions,
): Promise<Pace> {
  const { seed } = inputs;
  // Of uncertain numbers all draws take about as long as their values.
  const scenarios = inputs.scenarios.map((one) => askedFor(one, { fixed: true }));
  const limits = { seed, events: EVENTS, milliseconds: CELL_MILLISECONDS, signal: pool.signal };
  const first = await probe(scenarios, limits);
  const affordable = Math.floor(EVENTS / first.events);
  if (!first.isWhole || affordable < MANY)
    return { seconds: (each * first.milliseconds) / 1000, isLeast: !first.isWhole };
  const trial = {
    ...inputs,
    scenarios,
    sampling: { replications: Math.min(each, REPLICATIONS, affordable) },
  };
  // The first run compiles: only the second is timed.
  await runCell(pool, trial);
  const begun = clock();
  const { replications } = await runCell(pool, trial);
  return { seconds: (each * (clock() - begun)) / (1000 * replications), isLeast: false };
}
