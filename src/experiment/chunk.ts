// A chunk: one instance of each net, run for all scenarios of an experiment. Chunks depend on their position alone, so that
// adding them up in order gives the same bytes for any number of threads.
import { Tally, TallyPart } from "../metrics/tally.ts";
import { Engine } from "../model/engine.ts";
import { OUTCOME_SIZE } from "../model/outcome.ts";
import type { Plan } from "../model/plan.ts";
import type { RootKey } from "../numerics/draws.ts";
import { NETS } from "../numerics/nets.ts";
import { breathing, slices } from "./inThread.ts";
import type { OnProgress } from "./progress.ts";

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

  constructor(design: Design) {
    this.design = design;
    this.engines = design.plans.map((plan) => new Engine(plan, design.root));
  }

  /**
   * Runs chunk number `chunk` (0, 1, …) and adds it to the parts, one for every plan. Now and then, also within a
   * replication, it yields the share that is done, so that the caller can pause or stop; the parts are then of no use.
   * @param records whether the outcome of every replication is wanted
   */
  *run(
    chunk: number,
    parts: readonly TallyPart[],
    records: boolean,
  ): Generator<number, ChunkOutcomes> {
    const { plans, replications } = this.design;
    const [{ repeats }] = plans;
    const first = chunk * CHUNK_INSTANCES;
    const last = Math.min(first + CHUNK_INSTANCES, instanceCount(this.design));
    const rows = Math.min(last * repeats, replications) - first * repeats;
    const outcomes = records ? new Float64Array(plans.length * rows * OUTCOME_SIZE) : undefined;
    for (const [plan, part] of parts.entries()) {
      const rest = outcomes?.subarray(plan * rows * OUTCOME_SIZE);
      for (const done of this.runPlan(plan, first, last, part, rest))
        yield (plan + done) / plans.length;
    }
    return outcomes;
  }

  /** Runs instances of a plan and writes into `outcomes` one row per replication. */
  private *runPlan(
    plan: number,
    first: number,
    last: number,
    part: TallyPart,
    outcomes: ChunkOutcomes,
  ): Generator<number> {
    const engine = this.engines[plan];
    const eventsBefore = engine.events;
    const sums = new Float64Array((last - first) * OUTCOME_SIZE);
    const instanceLength = engine.plan.repeats * OUTCOME_SIZE;
    for (let instance = first; instance < last; instance++) {
      const rows = outcomes?.subarray((instance - first) * instanceLength);
      const share = (instance - first) / (last - first);
      yield share;
      yield* this.runInstance(engine, instance, rowOf(sums, instance - first), part, rows, share);
    }
    part.events += engine.events - eventsBefore;
    part.rows.push(sums);
  }

  /** Adds the outcomes of an instance's replications to `sums`, and their distributions to the part; yields `share`. */
  private *runInstance(
    engine: Engine,
    instance: number,
    sums: Float64Array,
    part: TallyPart,
    rows: ChunkOutcomes,
    share: number,
  ): Generator<number> {
    const { repeats } = engine.plan;
    const first = instance * repeats;
    const last = Math.min(first + repeats, this.design.replications);
    for (let replication = first; replication < last; replication++) {
      yield* slices(engine, replication, share);
      for (let field = 0; field < OUTCOME_SIZE; field++) sums[field] += engine.outcome[field];
      part.latency.add(instance, engine.latencies, engine.delivered);
      part.radius.add(instance, engine.radii, engine.faults);
      rows?.set(engine.outcome, (replication - first) * OUTCOME_SIZE);
    }
    part.latency.close();
    part.radius.close();
  }
}

function rowOf(sums: Float64Array, instance: number): Float64Array {
  return sums.subarray(instance * OUTCOME_SIZE, (instance + 1) * OUTCOME_SIZE);
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

/** Runs consecutive chunks, adds them to the parts and gives their outcomes. Rejects with the signal's reason. */
export function runChunks(
  runner: ChunkRunner,
  parts: readonly TallyPart[],
  { first, end, records, signal, onProgress }: ChunksOptions,
): Promise<ChunkOutcomes[]> {
  const all = function* (): Generator<number, ChunkOutcomes[]> {
    const outcomes: ChunkOutcomes[] = [];
    for (let chunk = first; chunk < end; chunk++) {
      const work = runner.run(chunk, parts, records);
      let step = work.next();
      for (; !step.done; step = work.next()) yield (chunk - first + step.value) / (end - first);
      outcomes.push(step.value);
    }
    return outcomes;
  };
  return breathing(all(), signal, onProgress);
}

/** Runs all chunks of a design: a tally for every plan. Rejects with the signal's reason. */
export async function runDesign(design: Design, signal: AbortSignal): Promise<Tally[]> {
  const runner = new ChunkRunner(design);
  const parts = design.plans.map(() => new TallyPart());
  const tallies = design.plans.map(
    ({ arrivals }) => new Tally({ hasRepeats: arrivals === undefined }),
  );
  for (let chunk = 0; chunk < chunkCount(design); chunk++) {
    const options = { first: chunk, end: chunk + 1, records: false, signal };
    await runChunks(runner, parts, options);
    parts.forEach((part, i) => {
      tallies[i].take(part.pack());
      part.clear();
    });
  }
  return tallies;
}
