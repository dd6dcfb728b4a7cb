// Work that is done in the thread that it is called in: it looks up now and then, so that the thread hears signals.
import { setImmediate as nextTick } from "node:timers/promises";
import { Tally } from "../metrics/tally.ts";
import { type Chunk, ChunkRunner, chunkCount, type Design } from "./chunk.ts";

/** How long the work may keep its thread from hearing signals, in milliseconds. */
const BREATH = 50;

/**
 * Carries work on to its end, looking up where it yields and some time has passed. Rejects with the signal's reason.
 * @param tell called when it looks up, with what the work yields: the share that is done
 */
export async function breathing<T>(
  work: Generator<number, T>,
  signal: AbortSignal | undefined,
  tell: (share: number) => void = () => {},
): Promise<T> {
  let lastBreath = performance.now();
  let step = work.next();
  for (; !step.done; step = work.next()) {
    // The clock decides only when to look up, never what is computed.
    if (performance.now() - lastBreath < BREATH) continue;
    tell(step.value);
    await nextTick();
    signal?.throwIfAborted();
    lastBreath = performance.now();
  }
  return step.value;
}

/** Carries work on to its end without looking up. */
export function atOnce<T>(work: Generator<unknown, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

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
export function runChunks(
  runner: ChunkRunner,
  { first, end, records, signal, tell }: ChunksOptions,
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
  return breathing(all(), signal, tell);
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
