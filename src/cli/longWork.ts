// Long work on behalf of a command: with a progress line while it lasts, and an end at Ctrl-C.
import { Progress } from "./progress.ts";
import type { World } from "./world.ts";

export interface LongWork {
  /** Aborted at Ctrl-C. */
  readonly signal: AbortSignal;
  /** To be told the share that is done, 0..1, and what else is to be said of it. */
  readonly onProgress: (share: number, remark?: string) => void;
}

/** @param total replications of the whole work */
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
      onProgress: (share, remark) => progress.update(share, remark),
    });
  } finally {
    stopListening();
    progress.end();
  }
}
