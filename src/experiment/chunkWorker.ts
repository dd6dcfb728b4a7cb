// The work of an experiment's threads: running consecutive chunks of a cell, which gives tallies. The default export makes
// the task of a pool (`pool.ts`).
import { rootKey } from "../numerics/draws.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { ChunkRunner, type ChunksDone, runChunks } from "./chunk.ts";
import type { Task } from "./pool.ts";

/** What all jobs of a cell have in common. */
export interface ChunksOf {
  /** Unique within the process: threads keep compiled cells by it. */
  readonly id: number;
  readonly scenarios: readonly Scenario[];
  readonly seed: string;
  readonly replications: number;
  /** Whether the outcome of every replication is wanted. */
  readonly records: boolean;
}

/** Chunks first..end-1 of a cell. */
export interface ChunksJob {
  readonly of: ChunksOf;
  readonly first: number;
  readonly end: number;
}

export interface ChunksResult extends ChunksDone {
  /** Time that they took. */
  readonly milliseconds: number;
}

/** Compiled cells that a thread keeps, since a sweep sends jobs of several in turn. */
const KEPT = 4;

export default function chunkWorker(): Task<ChunksJob, ChunksResult> {
  const runners = new Map<number, ChunkRunner>();

  const runnerOf = (of: ChunksOf): ChunkRunner => {
    const runner = runners.get(of.id) ?? compiled(of);
    // The one used last stands last.
    runners.delete(of.id);
    runners.set(of.id, runner);
    if (runners.size > KEPT) runners.delete(runners.keys().next().value as number);
    return runner;
  };

  return async ({ of, first, end }, signal, onProgress) => {
    const begun = performance.now();
    const { records } = of;
    const done = await runChunks(runnerOf(of), { first, end, records, signal, onProgress });
    return { ...done, milliseconds: performance.now() - begun };
  };
}

function compiled({ scenarios, seed, replications }: ChunksOf): ChunkRunner {
  return new ChunkRunner({ plans: scenarios.map(compile), root: rootKey(seed), replications });
}
