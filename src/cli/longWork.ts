// Long work on behalf of a command: with a progress line while it lasts, and an end at Ctrl-C.
import { Progress } from "./progress.ts";
import type { World } from "./world.ts";

export interface LongWork {
  /** Aborted at Ctrl-C. */
  readonly signal: AbortSignal;
  /**
   * To be told the share that is done, 0..1; what else is to be said of it; and the replications of the whole work, where
   * they become known as it goes on.
   */
  readonly onProgress: (share: number, remark?: string, total?: number) => void;
}

/** @param total replications of the whole work, as long as nothing else is told */
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
    });
  } finally {
    stopListening();
    progress.end();
  }
}
