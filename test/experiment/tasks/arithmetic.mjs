// A task for the pool's tests. A job says what is to happen; the data is a folder in which a crash leaves a mark.
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";

export default function (folder, isCopied) {
  /** Made once and, where that is allowed, used for every answer. */
  const kept = [0];
  return async ({ square, wait = 0, fail, crash, shares = [], where, listed }, signal, tell) => {
    if (wait > 0) await sleep(wait, undefined, { signal });
    if (fail !== undefined) throw new RangeError(fail);
    if (crash !== undefined) {
      const marks = join(folder, "crashes");
      appendFileSync(marks, "x");
      if (readFileSync(marks, "utf8").length <= crash) process.exit(7);
    }
    for (const share of shares) tell(share);
    if (listed) {
      const list = isCopied ? kept : [0];
      list[0] = square ** 2;
      return list;
    }
    return where ? threadId : square ** 2;
  };
}
