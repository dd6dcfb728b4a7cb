// Long work on behalf of a command: with a progress line while it lasts, and an end at Ctrl-C.
import { breathing, TooLongError } from "../experiment/inThread.ts";
import type { OnProgress } from "../experiment/progress.ts";
import { Interrupted, UsageError } from "./errors.ts";
import { Progress } from "./progress.ts";
import { note } from "./screen.ts";
import type { World } from "./world.ts";

export interface LongWork {
  /** Aborted at Ctrl-C. */
  readonly signal: AbortSignal;
  /**
   * To be told the share that is done, 0..1; what else is to be said of it; and the replications of the whole work, where
   * they become known as it goes on.
   */
  readonly onProgress: OnProgress<[remark?: string, total?: number]>;
  /** Says something in a line of its own. */
  readonly note: (text: string) => void;
}

/**
 * @param total replications of the whole work, as long as nothing else is told
 * @throws Interrupted where the work rejects after Ctrl-C, since it has nothing to give then
 */
export async function carryThrough<T>(
  world: World,
  label: string,
  total: number,
  isQuiet: boolean,
  work: (hooks: LongWork) => Promise<T>,
): Promise<T> {
  const progress = new Progress(world, label, total, isQuiet);
  const interrupt = new AbortController();
  const stopListening = world.onInterrupt(() => interrupt.abort());
  try {
    return await work({
      signal: interrupt.signal,
      onProgress: (share, remark, total) => progress.update(share, remark, total),
      note(text) {
        progress.end();
        note(world, isQuiet, text);
      },
    });
  } catch (error) {
    throw interrupt.signal.aborted ? new Interrupted() : error;
  } finally {
    stopListening();
    progress.end();
  }
}

/**
 * Follows a replication in this thread, without a word, until its end or Ctrl-C.
 * @throws Interrupted
 * @throws UsageError where there is too much in it to be told
 */
export function following<T>(world: World, work: Generator<number, T>): Promise<T> {
  return carryThrough(world, "", 0, true, async ({ signal }) => {
    try {
      return await breathing(work, signal);
    } catch (error) {
      throw error instanceof TooLongError ? new UsageError(error.message, TOO_LONG) : error;
    }
  });
}

const TOO_LONG = "Choose another replication, or bound the protocol with limits.events.";
