// A chunk: consecutive clusters of replications, run for all scenarios of an experiment. Chunks have a fixed size and
// depend on their position alone, so that merging them in order gives the same bytes for any number of threads.
import { grown } from "../kernel/arrays.ts";
import { Tally } from "../metrics/tally.ts";
import { Engine } from "../model/engine.ts";
import { OUTCOME_SIZE } from "../model/outcome.ts";
import type { Plan } from "../model/plan.ts";
import type { RootKey } from "../numerics/draws.ts";
import { breathing, slices } from "./inThread.ts";
import type { OnProgress } from "./progress.ts";

/** Clusters of a chunk. Part of the engine's semantics: sums are rounded chunk by chunk. */
export const CHUNK_CLUSTERS = 32;

/** What is to be run: plans with the same repeats and the same tasks per replication. */
export interface Design {
  readonly plans: readonly Plan[];
  readonly root: RootKey;
  readonly replications: number;
  /** Index of the plan that the others are paired with; -1: none. */
  readonly baseline: number;
}

/** The result of a chunk. */
export interface Chunk {
  /** A tally for every plan. */
  readonly tallies: readonly Tally[];
  /** The outcome rows of its replications where they are recorded: all of the first plan, then all of the next. */
  readonly outcomes: Float64Array | undefined;
}

/** Called with the outcome row of every replication of the complete chunks, which are those that the tallies count. */
export type OnReplication = (plan: number, replication: number, outcome: Float64Array) => void;

/** @throws RangeError when there is no plan */
function chunkCount(design: Design): number {
  return Math.ceil(clusterCount(design) / CHUNK_CLUSTERS);
}

function clusterCount({ plans, replications }: Design): number {
  if (plans.length === 0) throw new RangeError("No plan: a design needs at least one plan");
  return Math.ceil(replications / plans[0].repeats);
}

/** Runs chunks of one design with the same engines. */
export class ChunkRunner {
  private readonly design: Design;
  private readonly engines: readonly Engine[];
  private readonly latencies = new NumberBuffer();
  private readonly radii = new NumberBuffer();
  /** Tallies to use again. */
  private readonly spare: (readonly Tally[])[] = [];

  constructor(design: Design) {
    this.design = design;
    this.engines = design.plans.map((plan) => new Engine(plan, design.root));
  }

  /**
   * Runs chunk number `chunk` (0, 1, …). Now and then, also within a replication, it yields the share that is done, so
   * that the caller can pause or stop.
   * @param records whether the outcome of every replication is wanted
   */
  *run(chunk: number, records: boolean): Generator<number, Chunk> {
    const { plans, baseline, replications } = this.design;
    const [{ repeats }] = plans;
    const first = chunk * CHUNK_CLUSTERS;
    const last = Math.min(first + CHUNK_CLUSTERS, clusterCount(this.design));
    const rows = Math.min(last * repeats, replications) - first * repeats;
    const outcomes = records ? new Float64Array(plans.length * rows * OUTCOME_SIZE) : undefined;
    const tallies = this.spare.pop() ?? this.newTallies();
    const sums: Float64Array[] = [];
    for (const [plan, tally] of tallies.entries()) {
      const rest = outcomes?.subarray(plan * rows * OUTCOME_SIZE);
      for (const done of this.runPlan(plan, first, last, tally, sums, rest))
        yield (plan + done) / plans.length;
    }
    plans.forEach((_, plan) => {
      addClusters(tallies[plan], sums[plan], baseline >= 0 ? sums[baseline] : undefined);
    });
    return { tallies, outcomes };
  }

  /** Takes back the tallies of a chunk that nobody reads any more, to use them for another one. */
  takeBack(tallies: readonly Tally[]): void {
    for (const tally of tallies) tally.clear();
    this.spare.push(tallies);
  }

  private newTallies(): readonly Tally[] {
    const { plans, baseline } = this.design;
    return plans.map(
      (plan) => new Tally(baseline >= 0, { hasRepeats: plan.arrivals === undefined }),
    );
  }

  /**
   * Runs a plan's clusters. Appends to `all` the sums of their outcome fields, one row of OUTCOME_SIZE per cluster, and
   * writes into `outcomes` one row per replication.
   */
  private *runPlan(
    plan: number,
    first: number,
    last: number,
    tally: Tally,
    all: Float64Array[],
    outcomes: Float64Array | undefined,
  ): Generator<number> {
    const engine = this.engines[plan];
    const eventsBefore = engine.events;
    const sums = new Float64Array((last - first) * OUTCOME_SIZE);
    const clusterLength = engine.plan.repeats * OUTCOME_SIZE;
    for (let cluster = first; cluster < last; cluster++) {
      const rows = outcomes?.subarray((cluster - first) * clusterLength);
      const share = (cluster - first) / (last - first);
      yield share;
      yield* this.runCluster(plan, cluster, rowOf(sums, cluster - first), tally, rows, share);
    }
    tally.events = engine.events - eventsBefore;
    all.push(sums);
  }

  /** Adds the outcomes of a cluster's replications to `sums`, and their distributions to the tally; yields `share`. */
  private *runCluster(
    plan: number,
    cluster: number,
    sums: Float64Array,
    tally: Tally,
    rows: Float64Array | undefined,
    share: number,
  ): Generator<number> {
    const engine = this.engines[plan];
    const { repeats } = engine.plan;
    const first = cluster * repeats;
    const last = Math.min(first + repeats, this.design.replications);
    this.latencies.clear();
    this.radii.clear();
    for (let replication = first; replication < last; replication++) {
      yield* slices(engine, replication, share);
      for (let field = 0; field < OUTCOME_SIZE; field++) sums[field] += engine.outcome[field];
      this.latencies.append(engine.latencies, engine.delivered);
      this.radii.append(engine.radii, engine.faults);
      rows?.set(engine.outcome, (replication - first) * OUTCOME_SIZE);
    }
    tally.latency.add(this.latencies.values, this.latencies.size);
    tally.radius.add(this.radii.values, this.radii.size);
  }
}

/** Numbers of one cluster, in an array that the next cluster uses again. */
class NumberBuffer {
  values = new Float64Array(64);
  size = 0;

  clear(): void {
    this.size = 0;
  }

  append(numbers: Float64Array | Int32Array, count: number): void {
    while (this.size + count > this.values.length)
      this.values = grown(this.values, 2 * this.values.length);
    for (let i = 0; i < count; i++) this.values[this.size++] = numbers[i];
  }
}

function rowOf(sums: Float64Array, cluster: number): Float64Array {
  return sums.subarray(cluster * OUTCOME_SIZE, (cluster + 1) * OUTCOME_SIZE);
}

/** Adds clusters to a tally, each beside the same cluster of the baseline where there is one. */
function addClusters(tally: Tally, sums: Float64Array, baseSums?: Float64Array): void {
  const row = new Float64Array(baseSums === undefined ? OUTCOME_SIZE : 2 * OUTCOME_SIZE);
  for (let cluster = 0; cluster < sums.length / OUTCOME_SIZE; cluster++) {
    row.set(rowOf(sums, cluster));
    if (baseSums !== undefined) row.set(rowOf(baseSums, cluster), OUTCOME_SIZE);
    tally.addCluster(row);
  }
}

// ---------------------------------------------------------------- several chunks

interface ChunksOptions {
  /** Number of the first chunk, and of the one after the last. */
  readonly first: number;
  readonly end: number;
  readonly records: boolean;
  readonly signal: AbortSignal;
  /** Called with the share of these chunks that is done. */
  readonly onProgress?: OnProgress;
}

/** Runs chunks and gives each as soon as it is complete. Rejects with the signal's reason. */
export function runChunks(
  runner: ChunkRunner,
  { first, end, records, signal, onProgress }: ChunksOptions,
  onChunk: (chunk: Chunk) => void,
): Promise<void> {
  const all = function* (): Generator<number, void> {
    for (let chunk = first; chunk < end; chunk++) {
      const work = runner.run(chunk, records);
      let step = work.next();
      for (; !step.done; step = work.next()) yield (chunk - first + step.value) / (end - first);
      onChunk(step.value);
    }
  };
  return breathing(all(), signal, onProgress);
}

/** Runs all chunks of a design: a tally for every plan. Rejects with the signal's reason. */
export async function runDesign(design: Design, signal: AbortSignal): Promise<Tally[]> {
  const total = design.plans.map(() => new Tally(design.baseline >= 0));
  const all = { first: 0, end: chunkCount(design), records: false, signal };
  await runChunks(new ChunkRunner(design), all, ({ tallies }) => {
    tallies.forEach((tally, plan) => {
      total[plan].merge(tally);
    });
  });
  return total;
}
