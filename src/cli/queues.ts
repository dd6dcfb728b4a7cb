// What the commands about queues have in common: how a queue is opened, what is said while it works, and what where that fails.
import { queueAddress } from "../queue/address.ts";
import { type Board, openBoard, type QueueState } from "../queue/board.ts";
import { QueueError, type QueueTrouble } from "../queue/errors.ts";
import { QueueExecutor, QueuePool } from "../queue/executors.ts";
import type { PoolKind } from "../queue/kinds.ts";
import { QueueLost, Submitter } from "../queue/submitting.ts";
import type { Addresses } from "../sweep/running/addresses.ts";
import type { PortableSweep } from "../sweep/running/portable.ts";
import type { Invocation } from "./command.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exitCodes.ts";
import { jsonText } from "./json.ts";
import type { LongWork } from "./longWork.ts";
import type { OpenExecutor } from "./sweeps.ts";

const EXIT_OF: Readonly<Record<QueueTrouble, ExitCode>> = {
  usage: EXIT.usage,
  unreachable: EXIT.queueAway,
  engine: EXIT.storeMismatch,
};

/** Does something with the queue of --queue. */
export async function withBoard<T>(
  { command, options }: Invocation,
  act: (board: Board) => Promise<T>,
): Promise<T> {
  if (options.queue === undefined)
    throw new UsageError(
      `${command.name} needs --queue URL`,
      "For example --queue redis://localhost:6379.",
    );
  return translating(async () => {
    const board = await openBoard(queueAddress(options.queue as string));
    try {
      return await act(board);
    } finally {
      await board.close();
    }
  });
}

/** What work on a queue asks of the command that it is for. */
export type QueueHooks = Pick<LongWork, "signal" | "note">;

/** Opens the workers of a queue for the cells of a plan. */
export const onQueue =
  (url: string, plan: PortableSweep, addresses: Addresses): OpenExecutor =>
  async (hooks) => {
    let workers = "";
    const { submitter, close } = await submitting(url, hooks, (state) => {
      workers = `, ${state.workers} at work`;
    });
    const executor = new QueueExecutor(submitter, jsonText(plan), addresses);
    return { executor, close, remark: () => workers };
  };

/** Does something with a pool whose jobs are done by the workers of a queue. */
export async function withPool<Job, Result, T>(
  url: string,
  hooks: QueueHooks,
  { kind, data }: { readonly kind: PoolKind<Job>; readonly data: unknown },
  act: (pool: QueuePool<Job, Result>) => Promise<T>,
): Promise<T> {
  const { submitter, close } = await submitting(url, hooks);
  try {
    return await act(new QueuePool<Job, Result>(submitter, kind, data));
  } catch (error) {
    if (!(error instanceof QueueLost)) throw error;
    throw new CommandError(error.message, EXIT.queueAway, "The same command goes on from there.");
  } finally {
    await close();
  }
}

/** Milliseconds without a worker after which that is said. */
const LONELY = 5000;

function submitting(
  url: string,
  { signal, note }: QueueHooks,
  onState: (state: QueueState) => void = () => {},
): Promise<{ readonly submitter: Submitter; close(): Promise<void> }> {
  return translating(async () => {
    const board = await openBoard(queueAddress(url));
    try {
      await board.checkEngine();
    } catch (error) {
      await board.close();
      throw error;
    }
    const { shown } = board.address;
    const begun = performance.now();
    let isLonely = false;
    const submitter = new Submitter(board, {
      signal,
      onAway: (why) =>
        note(
          `note: ${shown} is ${why === undefined ? "there again" : `away (${why}): waiting for it`}`,
        ),
      onState(state) {
        onState(state);
        if (state.workers > 0 || isLonely || performance.now() - begun < LONELY) return;
        isLonely = true;
        note(`note: nobody works yet: faultline work --queue ${shown}`);
      },
    });
    return {
      submitter,
      close: async () => {
        submitter.close();
        await board.close();
      },
    };
  });
}

async function translating<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof QueueError)
      throw new CommandError(error.message, EXIT_OF[error.trouble], error.hint);
    throw error;
  }
}
