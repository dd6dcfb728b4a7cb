// The work of an experiment's threads: running consecutive chunks of a cell, which gives tallies. The default export makes
// the task of a pool (`pool.ts`).
import { type PackedPart, TallyPart } from "../metrics/tally.ts";
import { rootKey } from "../numerics/draws.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { type ChunkOutcomes, ChunkRunner, runChunks } from "./chunk.ts";
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

/** The result of consecutive chunks, in the form that goes from thread to thread. */
export interface ChunksResult {
  /** One for every scenario, of all the chunks. */
  readonly parts: readonly PackedPart[];
  /** Of every chunk: its outcomes, if they are wanted. */
  readonly outcomes: readonly ChunkOutcomes[];
  /** Time that they took. */
  readonly milliseconds: number;
}

/** Compiled cells that a thread keeps, since a sweep sends jobs of several in turn. */
const KEPT = 4;

export default function chunkWorker(_: unknown, isCopied: boolean): Task<ChunksJob, ChunksResult> {
  const benches = new Map<number, Bench>();

  const benchOf = (of: ChunksOf): Bench => {
    const bench = benches.get(of.id) ?? { runner: compiled(of), parts: newParts(of) };
    // The one used last stands last.
    benches.delete(of.id);
    benches.set(of.id, bench);
    if (benches.size > KEPT) benches.delete(benches.keys().next().value as number);
    return bench;
  };

  return async ({ of, first, end }, signal, onProgress) => {
    const begun = performance.now();
    const bench = benchOf(of);
    // What was sent has been copied by now.
    const parts = isCopied ? bench.parts : newParts(of);
    for (const part of parts) part.clear();
    const { records } = of;
    const options = { first, end, records, signal, onProgress };
    const outcomes = await runChunks(bench.runner, parts, options);
    return {
      parts: parts.map((part) => part.pack()),
      outcomes,
      milliseconds: performance.now() - begun,
    };
  };
}

/** Where a cell is worked on. */
interface Bench {
  readonly runner: ChunkRunner;
  readonly parts: readonly TallyPart[];
}

const newParts = ({ scenarios }: ChunksOf) => scenarios.map(() => new TallyPart());

function compiled({ scenarios, seed, replications }: ChunksOf): ChunkRunner {
  return new ChunkRunner({ plans: scenarios.map(compile), root: rootKey(seed), replications });
}
