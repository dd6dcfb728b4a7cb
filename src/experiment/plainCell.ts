// A cell of scenarios whose numbers are all known: a pool runs its chunks, and they are merged in order, in memory that does
// not grow with the replications.
import { availableParallelism } from "node:os";
import { type Sample, samplesOf } from "../metrics/sample.ts";
import { Tally } from "../metrics/tally.ts";
import { OUTCOME_SIZE } from "../model/outcome.ts";
import { clamp } from "../numerics/statistics.ts";
import { isLarge } from "../scenario/checking/size.ts";
import { breakdownLayoutOf } from "../scenario/compiling/breakdown.ts";
import { repeatsOf } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { CHUNK_INSTANCES, type OnReplication } from "./chunk.ts";
import type { ChunksJob, ChunksOf, ChunksResult } from "./chunkWorker.ts";
import type { PrecisionTarget } from "./halfWidth.ts";
import { moduleBeside } from "./moduleBeside.ts";
import { canBePaired, pairedBy } from "./pairing.ts";
import { openPool, type Pool, WorkerCrash } from "./pool.ts";
import {
  checkTargets,
  chunksAfterNextBatch,
  chunksNeeded,
  PILOT_CHUNKS,
  precisionOf,
} from "./precision.ts";
import type { OnReplications } from "./progress.ts";
import type { PrecisionResult, ScenarioResult } from "./result.ts";
import { scenarioResult } from "./scenarioResult.ts";

/** How long to sample: so many replications, or until estimates are precise, at most `cap` replications. */
export type Sampling =
  | { readonly replications: number }
  | { readonly precision: readonly PrecisionTarget[]; readonly cap: number };

/** Everything that decides the result of a cell. */
export interface CellInputs {
  /** Independent of each other, or, with a baseline, all on the same instances. */
  readonly scenarios: readonly Scenario[];
  /** Index of the baseline; -1: none. */
  readonly baseline: number;
  readonly seed: string;
  readonly sampling: Sampling;
}

export interface CellHooks {
  /** Whether other cells keep the threads busy: then this one need not be divided among them. */
  readonly isOneOfMany?: boolean | undefined;
  /** Called with the outcome of every replication that counts; see {@link OnReplication}. */
  readonly onReplication?: OnReplication | undefined;
  readonly onProgress?: OnReplications | undefined;
  /** Called when more is known, with the share that is done and a function that gives the result so far. */
  readonly onResult?: ((share: number, soFar: () => CellResult) => void) | undefined;
}

export interface CellResult {
  /** Replications per scenario: as many as were asked for, or, with a precision, as many as were run. */
  readonly replications: number;
  /** Whether the pool was aborted before the end. The result then has the chunks that were complete. */
  readonly interrupted: boolean;
  readonly scenarios: readonly ScenarioResult[];
  /** Where precision was asked for: for every scenario in turn, one entry per target. */
  readonly precision?: readonly PrecisionResult[];
}

/** The scenarios of a comparison do not fit together. */
export class PairingError extends Error {}

// ---------------------------------------------------------------- threads

export type CellPool = Pool<ChunksJob, ChunksResult>;

export interface CellPoolOptions {
  /** Threads that work, this one included. `auto`: one per core, as soon as the work takes longer than starting them. */
  readonly jobs: number | "auto";
  /**
   * Scenarios that will run, as far as they are known. If one is large, this thread does no work, whatever `jobs` is:
   * other threads end as soon as the signal is aborted, even in the middle of compiling.
   */
  readonly scenarios?: readonly Scenario[];
  /** Whether this thread does no work in any case. */
  readonly isApart?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds of work that are not worth a thread: it takes about as long to start one and warm it up. */
const PATIENCE = 150;

/**
 * A pool that runs any number of cells, one after the other or at the same time; to be closed.
 * @throws RangeError when `jobs` is no integer >= 1
 */
export function openCellPool({
  jobs,
  scenarios = [],
  isApart = scenarios.some(isLarge),
  signal,
}: CellPoolOptions): Promise<CellPool> {
  return openPool<ChunksJob, ChunksResult>({
    module: moduleBeside(import.meta.url, "chunkWorker"),
    data: undefined,
    isApart,
    ...(jobs === "auto"
      ? { workers: availableParallelism(), patience: PATIENCE }
      : { workers: jobs }),
    signal,
  });
}

// ---------------------------------------------------------------- running

/**
 * Runs a cell with the scenarios' values alone. If the pool is aborted, the result has the consecutive chunks that were
 * complete by then.
 * @throws PairingError when scenarios and baseline differ in repeats or workload
 * @throws PrecisionError when the precision that is asked for cannot be had
 * @throws WorkerCrash when threads died twice over the same replications
 */
export async function runPlainCell(
  pool: CellPool,
  inputs: CellInputs,
  hooks: CellHooks = {},
): Promise<CellResult> {
  const { sampling, baseline } = inputs;
  checkPairs(inputs);
  if ("precision" in sampling) checkTargets(sampling.precision, baseline >= 0);
  const run = new CellRun(pool, inputs, hooks);
  try {
    if ("precision" in sampling) await run.untilPrecise(sampling.precision);
    else await run.toTheEnd();
    return run.result(false);
  } catch (error) {
    if (!pool.signal.aborted) throw error;
    return run.result(true);
  }
}

/** @throws PairingError when scenarios and baseline differ in repeats or workload */
export function checkPairs({ scenarios, baseline }: CellInputs): void {
  if (baseline < 0) return;
  const base = scenarios[baseline];
  const stranger = scenarios.find((one) => !canBePaired(pairedBy(one), pairedBy(base)));
  if (stranger !== undefined)
    throw new PairingError(
      `${stranger.name} and ${base.name} cannot be paired: they must agree in repeats, and in the tasks and the warm-up of a replication`,
    );
}

/**
 * Jobs of a cell under way per worker: enough to keep the others busy while one is slow. A thread is slowest with its first
 * job, for which it starts and compiles; what comes after that job is merged only then.
 */
const WINDOW = 32;

/** The same until the first is merged: they are the smallest, since nobody knows how long one takes. */
const FIRST_WINDOW = 2;

/** Milliseconds that a job should take, so that messages between threads cost little; and its most replications, for memory. */
const JOB_MILLISECONDS = 50;
const JOB_REPLICATIONS = 1024;

/** The results of a cell without a replication. */
export function emptyResults({ scenarios, baseline }: CellInputs): ScenarioResult[] {
  const samples = samplesOf(scenarios.map(emptyTally), baseline);
  return scenarios.map((scenario, i) => scenarioResult(scenario, samples[i]));
}

const emptyTally = (scenario: Scenario) =>
  new Tally({
    hasRepeats: scenario.workload.arrivals === "one",
    breakdown: breakdownLayoutOf(scenario),
  });

/** Cells that this process has begun to run. */
let cells = 0;

/** A job that is not merged yet. */
interface UnderWay {
  readonly chunks: number;
  readonly result: Promise<ChunksResult>;
  /** Share that is done, 0..1. */
  share: number;
}

class CellRun {
  private readonly pool: CellPool;
  private readonly inputs: CellInputs;
  private readonly hooks: CellHooks;
  private readonly of: ChunksOf;
  /** Replications of a whole chunk; the last one may be shorter. */
  private readonly chunkSize: number;
  private readonly chunkCount: number;
  private readonly tallies: readonly Tally[];
  /** Chunks that are merged. */
  private done = 0;
  /** Jobs in their order. */
  private underWay: UnderWay[] = [];
  /** Of the job merged last. The clock decides the size of a job, never its result. */
  private millisecondsPerChunk = Number.POSITIVE_INFINITY;
  /** Chunks expected in all, as far as is known. */
  private expected: number;

  constructor(pool: CellPool, inputs: CellInputs, hooks: CellHooks) {
    const { scenarios, seed, sampling } = inputs;
    this.pool = pool;
    this.inputs = inputs;
    this.hooks = hooks;
    const replications = "precision" in sampling ? sampling.cap : sampling.replications;
    const records = hooks.onReplication !== undefined;
    this.of = { id: cells++, scenarios, seed, replications, records };
    this.chunkSize = CHUNK_INSTANCES * repeatsOf(scenarios[0]);
    this.chunkCount = Math.ceil(replications / this.chunkSize);
    this.tallies = scenarios.map(emptyTally);
    this.expected = this.chunkCount;
  }

  toTheEnd(): Promise<void> {
    return this.runUpTo(this.chunkCount);
  }

  async untilPrecise(targets: readonly PrecisionTarget[]): Promise<void> {
    this.expected = Math.min(PILOT_CHUNKS, this.chunkCount);
    await this.runUpTo(this.expected);
    while (this.done < this.chunkCount) {
      const results = this.precision(targets);
      if (results.every(({ reached }) => reached)) return;
      this.expected = Math.min(chunksNeeded(this.done, results), this.chunkCount);
      await this.runUpTo(Math.min(chunksAfterNextBatch(this.done, results), this.chunkCount));
    }
  }

  result(interrupted: boolean): CellResult {
    const { scenarios, sampling } = this.inputs;
    const samples = this.samples();
    const results = scenarios.map((scenario, i) => scenarioResult(scenario, samples[i]));
    if ("replications" in sampling)
      return { replications: sampling.replications, interrupted, scenarios: results };
    const precision = this.precision(sampling.precision);
    return {
      replications: this.replicationsIn(this.done),
      interrupted,
      scenarios: results,
      precision,
    };
  }

  private precision(targets: readonly PrecisionTarget[]): PrecisionResult[] {
    const samples = this.samples();
    const named = this.inputs.scenarios.map(({ name }, i) => ({ name, sample: samples[i] }));
    return precisionOf(targets, named);
  }

  private samples(): Sample[] {
    return samplesOf(this.tallies, this.inputs.baseline);
  }

  // -------------------------------------------------------------- chunks

  /** Runs the chunks before `end` that are not merged yet, and merges them in their order. */
  private async runUpTo(end: number): Promise<void> {
    const failure = new AbortController();
    let next = this.done;
    try {
      while (this.done < end) {
        const window = this.done === 0 ? FIRST_WINDOW : WINDOW;
        while (next < end && this.underWay.length < window * this.pool.workers) {
          const size = this.jobSize(end - next);
          this.underWay.push(this.begin(next, next + size, failure.signal));
          next += size;
        }
        const [job] = this.underWay;
        const result = await job.result;
        this.underWay.shift();
        this.millisecondsPerChunk = result.milliseconds / job.chunks;
        this.merge(result);
        this.report();
      }
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  }

  /** Small at first and at the end, so that all workers have something to do. Every worker must compile the cell first. */
  private jobSize(left: number): number {
    const most = Math.max(1, Math.floor(JOB_REPLICATIONS / this.chunkSize));
    if (this.hooks.isOneOfMany) return Math.min(left, most);
    const fair = Math.ceil(left / (2 * this.pool.workers));
    const lasting = Math.round(JOB_MILLISECONDS / this.millisecondsPerChunk);
    return clamp(Math.min(fair, lasting), 1, most);
  }

  private begin(first: number, end: number, signal: AbortSignal): UnderWay {
    const onProgress = (share: number) => {
      job.share = share;
      this.report();
    };
    const result = this.pool.submit({ of: this.of, first, end }, { signal, onProgress });
    const job = { chunks: end - first, result: result.catch(this.explain(first, end)), share: 0 };
    // If an earlier job fails, nobody awaits this one: its rejection is handled here.
    job.result.catch(() => {});
    return job;
  }

  private explain(first: number, end: number): (error: unknown) => never {
    return (error) => {
      if (!(error instanceof WorkerCrash)) throw error;
      const names = this.inputs.scenarios.map(({ name }) => name).join(", ");
      const [from, to] = [first, end].map((chunk) => this.replicationsIn(chunk));
      throw new WorkerCrash(`${names}, replications ${from} to ${to - 1}: ${error.message}`);
    };
  }

  private merge({ parts, outcomes }: ChunksResult): void {
    parts.forEach((part, i) => {
      this.tallies[i].take(part);
    });
    for (const rows of outcomes) {
      if (rows !== undefined) this.tell(rows);
      this.done++;
    }
  }

  /** Reports the outcomes of the next chunk. */
  private tell(outcomes: Float64Array): void {
    const first = this.replicationsIn(this.done);
    const count = this.replicationsIn(this.done + 1) - first;
    for (let row = 0; row * OUTCOME_SIZE < outcomes.length; row++) {
      const outcome = outcomes.subarray(row * OUTCOME_SIZE, (row + 1) * OUTCOME_SIZE);
      this.hooks.onReplication?.(Math.floor(row / count), first + (row % count), outcome);
    }
  }

  private report(): void {
    const begun = this.underWay.reduce((sum, { chunks, share }) => sum + chunks * share, 0);
    const each = this.inputs.scenarios.length;
    const done = this.replicationsIn(Math.min(this.done + begun, this.expected));
    const expected = this.replicationsIn(this.expected);
    const share = expected > 0 ? done / expected : 0;
    this.hooks.onProgress?.(share, each * expected);
    if (this.done > 0) this.hooks.onResult?.(share, () => this.result(true));
  }

  /** Replications of a number of chunks, which need not be whole. */
  private replicationsIn(chunks: number): number {
    return Math.min(Math.round(chunks * this.chunkSize), this.of.replications);
  }
}
