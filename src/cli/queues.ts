// What the commands about queues have in common: how a queue is opened, what is said while it works, and what where that fails.
import { queueAddress } from "../queue/address.ts";
import { type Board, openBoard, type QueueState } from "../queue/board.ts";
import { QueueError, type QueueTrouble } from "../queue/errors.ts";
import { QueueExecutor, QueuePool } from "../queue/executors.ts";
import type { Kind } from "../queue/kinds.ts";
import { QueueLost, Submitter } from "../queue/submitting.ts";
import type { Addresses } from "../sweep/running/addresses.ts";
import type { PortableSweep } from "../sweep/running/portable.ts";
import type { Invocation } from "./command.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exitCodes.ts";
import { jsonText } from "./json.ts";
import { note } from "./screen.ts";
import type { OpenExecutor } from "./sweeps.ts";
import type { World } from "./world.ts";

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

/** Opens the workers of a queue for the cells of a plan. */
export const onQueue =
  (
    world: World,
    { options }: Invocation,
    plan: PortableSweep,
    addresses: Addresses,
  ): OpenExecutor =>
  async (signal) => {
    const { url, quiet } = asked(options);
    let workers = "";
    const { submitter, close } = await submitting(world, url, quiet, signal, (state) => {
      workers = `, ${state.workers} at work`;
    });
    const executor = new QueueExecutor(submitter, jsonText(plan), addresses);
    return { executor, close, remark: () => workers };
  };

/**
 * Does something with a pool whose jobs are done by the workers of --queue; with none where there is no queue.
 * @param kind of the jobs; data is that of the pool
 */
export async function withPool<Job, Result, T>(
  world: World,
  { options }: Invocation,
  signal: AbortSignal,
  { kind, data }: { readonly kind: () => Promise<Kind<Job>>; readonly data: unknown },
  act: (pool: QueuePool<Job, Result>) => Promise<T>,
): Promise<T> {
  const { url, quiet } = asked(options);
  const { submitter, close } = await submitting(world, url, quiet, signal);
  try {
    return await act(new QueuePool<Job, Result>(submitter, await kind(), data));
  } catch (error) {
    if (!(error instanceof QueueLost)) throw error;
    throw new CommandError(error.message, EXIT.queueAway, "The same command goes on from there.");
  } finally {
    await close();
  }
}

const asked = ({ queue, quiet }: Invocation["options"]) => ({ url: queue as string, quiet });

/** Milliseconds without a worker after which that is said. */
const LONELY = 5000;

function submitting(
  world: World,
  url: string,
  quiet: boolean,
  signal: AbortSignal,
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
    const begun = world.clock();
    let isLonely = false;
    const submitter = new Submitter(board, {
      signal,
      onAway: (why) =>
        note(
          world,
          quiet,
          `note: ${shown} is ${why === undefined ? "there again" : `away (${why}): waiting for it`}`,
        ),
      onState(state) {
        onState(state);
        if (state.workers > 0 || isLonely || world.clock() - begun < LONELY) return;
        isLonely = true;
        note(world, quiet, `note: nobody works yet: faultline work --queue ${shown}`);
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
