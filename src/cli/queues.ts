// What the commands about queues have in common: how a queue is opened, and what is said where that fails.
import { queueAddress } from "../queue/address.ts";
import { type Board, openBoard } from "../queue/board.ts";
import { QueueError, type QueueTrouble } from "../queue/errors.ts";
import { QueueExecutor } from "../queue/submitting.ts";
import type { PortableSweep } from "../sweep/running/portable.ts";
import type { Invocation } from "./command.ts";
import { CommandError, UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exitCodes.ts";
import { jsonText } from "./json.ts";
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

/** Opens the workers of a queue for the cells of a plan. */
export const onQueue =
  (url: string, plan: PortableSweep): OpenExecutor =>
  (signal) =>
    translating(async () => {
      const board = await openBoard(queueAddress(url));
      try {
        await board.checkEngine();
        const executor = new QueueExecutor(board, jsonText(plan), signal);
        return {
          executor,
          close: async () => {
            executor.close();
            await board.close();
          },
        };
      } catch (error) {
        await board.close();
        throw error;
      }
    });

async function translating<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof QueueError)
      throw new CommandError(error.message, EXIT_OF[error.trouble], error.hint);
    throw error;
  }
}
