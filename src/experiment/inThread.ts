// Work within the calling thread: it pauses now and then, so that the thread can handle signals.
import { setImmediate as nextTick } from "node:timers/promises";
import type { Engine } from "../model/engine.ts";
import type { OnProgress } from "./progress.ts";

/** Events between two points at which a replication can be stopped: a fraction of a millisecond as a rule. */
export const SLICE = 64;

/** Milliseconds for which the work may keep its thread from handling signals. */
const BREATH = 50;

/**
 * Runs a replication slice by slice.
 * @param share what it yields after each slice
 * @throws RangeError when its number is out of range
 */
export function* slices(engine: Engine, replication: number, share = 0): Generator<number, void> {
  begin(engine, replication);
  yield* goOn(engine, share);
}

/** @throws RangeError when the number of the replication is out of range */
export function begin(engine: Engine, replication: number): void {
  if (!Number.isInteger(replication) || replication < 0 || replication >= 2 ** 32)
    throw new RangeError(`replication ${replication}: must be a whole number from 0 to 2^32 - 1`);
  engine.begin(replication);
}

/** Carries a replication to its end, slice by slice. */
export function* goOn(engine: Engine, share: number): Generator<number, void> {
  while (!engine.advance(SLICE)) yield share;
}

/**
 * Runs work to its end, with a pause at the first yield after each BREATH. Rejects with the signal's reason.
 * @param onProgress called at every pause with what the work yields: the share that is done
 */
export async function breathing<T>(
  work: Generator<number, T>,
  signal: AbortSignal | undefined,
  onProgress?: OnProgress,
): Promise<T> {
  let lastBreath = performance.now();
  let step = work.next();
  for (; !step.done; step = work.next()) {
    // The clock decides when to pause, never what is computed.
    if (performance.now() - lastBreath < BREATH) continue;
    onProgress?.(step.value);
    await nextTick();
    signal?.throwIfAborted();
    lastBreath = performance.now();
  }
  return step.value;
}

/** Runs work to its end without a pause. */
export function atOnce<T>(work: Generator<unknown, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

/** So much happens in a replication that its trace or replay would not fit into memory. */
export class TooLongError extends Error {
  constructor(scenario: string, replication: number, what: string) {
    super(`replication ${replication} of ${scenario} has more than ${what}: too many to be told`);
  }
}
