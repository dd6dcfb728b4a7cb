// faultline work: a worker of a queue.
import { availableParallelism } from "node:os";
import { work } from "../../queue/working.ts";
import { count } from "../../wording/text.ts";
import type { Handler } from "../command.ts";
import { EXIT } from "../exitCodes.ts";
import { withBoard } from "../queues.ts";
import { note } from "../screen.ts";

/** Seconds in which cells under way may come to their end. */
const GRACE = 30;

export const handle: Handler = (world, invocation) => {
  const { options } = invocation;
  return withBoard(invocation, async (board) => {
    await board.checkEngine();
    const interrupt = new AbortController();
    const stopListening = world.onInterrupt(() => interrupt.abort());
    const jobs = options.jobs ?? availableParallelism();
    note(
      world,
      options.quiet,
      `works for ${board.address.shown} on ${count(jobs, "thread")}; Ctrl-C ends it when its cells are done`,
    );
    try {
      const { done, failed } = await work(board, {
        jobs,
        signal: interrupt.signal,
        grace: options.grace ?? GRACE,
      });
      const trouble = failed > 0 ? `, ${failed} failed` : "";
      note(world, options.quiet, `${count(done + failed, "cell")} run${trouble}`);
      return EXIT.ok;
    } finally {
      stopListening();
    }
  });
};
