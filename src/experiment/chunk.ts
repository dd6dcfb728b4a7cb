// A chunk: one instance of each net, run for all scenarios of an experiment. Chunks depend on their position alone, so that
// adding them up in order gives the same bytes for any number of threads.
import { type PackedPart, Tally, TallyPart } from "../metrics/tally.ts";
import { Engine } from "../model/engine.ts";
import { OUTCOME_SIZE } from "../model/outcome.ts";
import type { Plan } from "../model/plan.ts";
import type { RootKey } from "../numerics/draws.ts";
import { NETS } from "../numerics/nets.ts";
import { breathing } from "./inThread.ts";
import type { OnProgress } from "./progress.ts";
import { noneEarly, warmedUp } from "./warmUp.ts";

/** Instances of a chunk. */
export const CHUNK_INSTANCES = NETS;

/** What is to be run: plans with the same repeats and the same tasks per replication. */
export interface Design {
  readonly plans: readonly Plan[];
  readonly root: RootKey;
  readonly replications: number;
}

/** The outcome rows of a chunk's replications where they are recorded: all of the first plan, then all of the next. */
export type ChunkOutcomes = Float64Array | undefined;

/** The result of consecutive chunks. */
export interface ChunksDone {
  /** One for every plan, of all the chunks. */
  readonly parts: readonly PackedPart[];
  /** Of every chunk. */
  readonly outcomes: readonly ChunkOutcomes[];
}

/** Called with the outcome row of every replication of the complete chunks, which are those that the tallies count. */
export type OnReplication = (plan: number, replication: number, outcome: Float64Array) => void;

/** @throws RangeError when there is no plan */
function chunkCount(design: Design): number {
  return Math.ceil(instanceCount(design) / CHUNK_INSTANCES);
}

function instanceCount({ plans, replications }: Design): number {
  if (plans.length === 0) throw new RangeError("No plan: a design needs at least one plan");
  return Math.ceil(replications / plans[0].repeats);
}

/** Runs chunks of one design with the same engines. */
export class ChunkRunner {
  private readonly design: Design;
  private readonly engines: readonly Engine[];
  /** What the chunks yielded, plan by plan. */
  private readonly parts: readonly TallyPart[];
  private readonly early = noneEarly();

  constructor(design: Design) {
    this.design = design;
    this.engines = design.plans.map((plan) => new Engine(plan, design.root));
    this.parts = design.plans.map(() => new TallyPart());
  }

  /**
   * Runs chunks first..end-1. Now and then, also within a replication, it yields the share that is done, so that the caller
   * can pause or stop.
   * @param records whether the outcome of every replication is wanted
   */
  *run(first: number, end: number, records: boolean): Generator<number, ChunksDone> {
    for (const part of this.parts) part.clear();
    const outcomes: ChunkOutcomes[] = [];
    for (let chunk = first; chunk < end; chunk++) {
      const work = this.runChunk(chunk, records);
      let step = work.next();
      for (; !step.done; step = work.next()) yield (chunk - first + step.value) / (end - first);
      outcomes.push(step.value);
    }
    return { parts: this.parts.map((part) => part.pack()), outcomes };
  }

  private *runChunk(chunk: number, records: boolean): Generator<number, ChunkOutcomes> {
    const { plans, replications } = this.design;
    const [{ repeats }] = plans;
    const first = chunk * CHUNK_INSTANCES;
    const last = Math.min(first + CHUNK_INSTANCES, instanceCount(this.design));
    const rows = Math.min(last * repeats, replications) - first * repeats;
    const outcomes = records ? new Float64Array(plans.length * rows * OUTCOME_SIZE) : undefined;
    for (let plan = 0; plan < plans.length; plan++) {
      const rest = outcomes?.subarray(plan * rows * OUTCOME_SIZE);
      for (const done of this.runPlan(plan, first, last, rest)) yield (plan + done) / plans.length;
    }
    return outcomes;
  }

  /** Runs instances of a plan and writes into `outcomes` one row per replication. */
  private *runPlan(
    plan: number,
    first: number,
    last: number,
    outcomes: ChunkOutcomes,
  ): Generator<number> {
    const engine = this.engines[plan];
    const part = this.parts[plan];
    const eventsBefore = engine.events;
    const sums = new Float64Array((last - first) * OUTCOME_SIZE);
    const breakdown = new Float64Array((last - first) * engine.breakdown.length);
    const instanceLength = engine.plan.repeats * OUTCOME_SIZE;
    for (let instance = first; instance < last; instance++) {
      const rows = outcomes?.subarray((instance - first) * instanceLength);
      const share = (instance - first) / (last - first);
      yield share;
      const into = [sums, breakdown].map((all) => rowOf(all, instance - first, last - first));
      yield* this.runInstance(engine, instance, into, part, rows, share);
    }
    part.events += engine.events - eventsBefore;
    part.rows.push(sums);
    part.breakdowns.push(breakdown);
  }

  /**
   * Adds the outcomes of an instance's replications and their breakdowns to two rows of sums, and their distributions to
   * the part; yields `share`.
   */
  private *runInstance(
    engine: Engine,
    instance: number,
    [sums, breakdown]: readonly Float64Array[],
    part: TallyPart,
    rows: ChunkOutcomes,
    share: number,
  ): Generator<number> {
    const { repeats } = engine.plan;
    const { replications } = this.design;
    const { early } = this;
    const first = instance * repeats;
    const last = Math.min(first + repeats, replications);
    for (let replication = first; replication < last; replication++) {
      yield* warmedUp(engine, replication, early, share);
      addTo(sums, engine.outcome);
      addTo(breakdown, engine.breakdown);
      part.latency.add(instance, engine.latencies, engine.delivered, early.delivered);
      part.radius.add(instance, engine.radii, engine.faults, early.faults);
      rows?.set(engine.outcome, (replication - first) * OUTCOME_SIZE);
    }
    part.latency.close();
    part.radius.close();
  }
}

/** One of `count` rows of the same length. */
function rowOf(rows: Float64Array, row: number, count: number): Float64Array {
  const length = rows.length / count;
  return rows.subarray(row * length, (row + 1) * length);
}

function addTo(sums: Float64Array, values: Float64Array): void {
  for (let field = 0; field < values.length; field++) sums[field] += values[field];
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

/** Runs consecutive chunks. Rejects with the signal's reason. */
export function runChunks(
  runner: ChunkRunner,
  { first, end, records, signal, onProgress }: ChunksOptions,
): Promise<ChunksDone> {
  return breathing(runner.run(first, end, records), signal, onProgress);
}

/** Chunks whose rows are kept at a time. */
const FEW = 8;

/** Runs all chunks of a design: a tally for every plan. Rejects with the signal's reason. */
export async function runDesign(design: Design, signal: AbortSignal): Promise<Tally[]> {
  const runner = new ChunkRunner(design);
  const tallies = design.plans.map(
    ({ arrivals, breakdown }) => new Tally({ hasRepeats: arrivals === undefined, breakdown }),
  );
  const count = chunkCount(design);
  for (let first = 0; first < count; first += FEW) {
    const options = { first, end: Math.min(first + FEW, count), records: false, signal };
    const { parts } = await runChunks(runner, options);
    parts.forEach((part, i) => {
      tallies[i].take(part);
    });
  }
  return tallies;
}
