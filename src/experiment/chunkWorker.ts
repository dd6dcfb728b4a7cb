// The work of an experiment's threads: running consecutive chunks of a cell, which gives tallies. The default export makes
// the task of a pool (`pool.ts`).
import { type PackedTally, Tally } from "../metrics/tally.ts";
import { rootKey } from "../numerics/draws.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { type Chunk, ChunkRunner, runChunks } from "./chunk.ts";
import type { Task } from "./pool.ts";

/** What all jobs of a cell have in common. */
export interface ChunksOf {
  /** Unique within the process: threads keep compiled cells by it. */
  readonly id: number;
  readonly scenarios: readonly Scenario[];
  /** Index of the baseline; -1: none. */
  readonly baseline: number;
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

/** The result of consecutive chunks, in the form that goes from thread to thread. */
export interface ChunksResult {
  /** One for every scenario, of all the chunks. */
  readonly tallies: readonly PackedTally[];
  /** Of every chunk: its outcomes, if they are wanted. */
  readonly outcomes: readonly (Float64Array | undefined)[];
  /** Time that they took. */
  readonly milliseconds: number;
}

/** Compiled cells that a thread keeps, since a sweep sends jobs of several in turn. */
const KEPT = 4;

export default function chunkWorker(_: unknown, isCopied: boolean): Task<ChunksJob, ChunksResult> {
  const runners = new Map<number, ChunkRunner>();
  /** The tallies of the previous answer, which has been copied by now. */
  const lent: { readonly runner: ChunkRunner; readonly tallies: readonly Tally[] }[] = [];

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
    const runner = runnerOf(of);
    for (const one of lent.splice(0)) one.runner.takeBack(one.tallies);
    const chunks: Chunk[] = [];
    const { records, scenarios } = of;
    await runChunks(runner, { first, end, records, signal, onProgress }, (chunk) => {
      chunks.push(chunk);
      if (isCopied) lent.push({ runner, tallies: chunk.tallies });
    });
    return {
      tallies: scenarios.map((_, i) => Tally.pack(chunks.map(({ tallies }) => tallies[i]))),
      outcomes: chunks.map(({ outcomes }) => outcomes),
      milliseconds: performance.now() - begun,
    };
  };
}

function compiled({ scenarios, baseline, seed, replications }: ChunksOf): ChunkRunner {
  const plans = scenarios.map(compile);
  return new ChunkRunner({ plans, root: rootKey(seed), replications, baseline });
}
