// faultline work: a worker of a queue.
import { availableParallelism } from "node:os";
import { type WorkState, work } from "../../queue/working.ts";
import { count } from "../../wording/text.ts";
import type { Handler } from "../command.ts";
import { EXIT } from "../exitCodes.ts";
import { withBoard } from "../queues.ts";
import { note } from "../screen.ts";
import { openTold, withStores } from "../sweeps.ts";

/** Seconds in which tasks under way may come to their end. */
const GRACE = 30;
/** Milliseconds between two lines about what was done. */
const INTERVAL = 60_000;

export const handle: Handler = (world, invocation) => {
  const { options } = invocation;
  const { quiet, out } = options;
  return withStores(() =>
    withBoard(invocation, async (board) => {
      await board.checkEngine();
      const store = out === undefined ? undefined : openTold(world, `${out}/store`, "write", quiet);
      const interrupt = new AbortController();
      const stopListening = world.onInterrupt(() => interrupt.abort());
      const jobs = options.jobs ?? availableParallelism();
      const where = out === undefined ? "" : `, outcomes go to ${out}`;
      note(
        world,
        quiet,
        `works for ${board.address.shown} on ${count(jobs, "thread")}${where}; Ctrl-C ends it when its tasks are done`,
      );
      const begun = world.clock();
      let told = begun;
      const tell = (state: WorkState) => {
        if (world.clock() - told < INTERVAL) return;
        told = world.clock();
        const rate = total(state) / ((told - begun) / 60_000);
        note(world, quiet, `${summary(state)} · ${Math.round(rate)} per minute`);
      };
      try {
        const { signal } = interrupt;
        const grace = options.grace ?? GRACE;
        const state = await work(board, { jobs, store, signal, grace, onTask: tell });
        note(world, quiet, summary(state));
        // Where the database is away, BullMQ goes on asking for it.
        world.leaveSoon();
        return EXIT.ok;
      } finally {
        stopListening();
        store?.close();
      }
    }),
  );
};

const total = ({ done, failed }: WorkState): number => done + failed;

function summary(state: WorkState): string {
  const trouble = state.failed > 0 ? `, ${state.failed} failed` : "";
  return `${count(total(state), "task")} done${trouble}`;
}
