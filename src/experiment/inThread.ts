// Runs chunks in the thread that it is called in, looking up now and then so that the thread hears signals.
import { setImmediate as nextTick } from "node:timers/promises";
import { Tally } from "../metrics/tally.ts";
import { type Chunk, ChunkRunner, chunkCount, type Design } from "./chunk.ts";

/** How long the work may keep its thread from hearing signals, in milliseconds. */
export const BREATH = 50;

interface ChunksOptions {
  /** Number of the first chunk, and of the one after the last. */
  readonly first: number;
  readonly end: number;
  readonly records: boolean;
  readonly signal: AbortSignal;
  /** Told now and then the share of the chunks that is done, 0..1. */
  readonly tell: (share: number) => void;
}

/** Runs chunks and gives each as soon as it is complete. Rejects with the signal's reason. */
export async function runChunks(
  runner: ChunkRunner,
  { first, end, records, signal, tell }: ChunksOptions,
  onChunk: (chunk: Chunk) => void,
): Promise<void> {
  let lastBreath = performance.now();
  for (let chunk = first; chunk < end; chunk++) {
    const work = runner.run(chunk, records);
    let step = work.next();
    for (; !step.done; step = work.next()) {
      // The clock decides only when to look up, never what is computed.
      if (performance.now() - lastBreath < BREATH) continue;
      tell((chunk - first + step.value) / (end - first));
      await nextTick();
      signal.throwIfAborted();
      lastBreath = performance.now();
    }
    onChunk(step.value);
  }
}

/** Runs all chunks of a design: a tally for every plan. Rejects with the signal's reason. */
export async function runDesign(design: Design, signal: AbortSignal): Promise<Tally[]> {
  const total = design.plans.map(() => new Tally(design.baseline >= 0));
  const all = { first: 0, end: chunkCount(design), records: false, signal, tell: () => {} };
  await runChunks(new ChunkRunner(design), all, ({ tallies }) => {
    tallies.forEach((tally, plan) => {
      total[plan].merge(tally);
    });
  });
  return total;
}
