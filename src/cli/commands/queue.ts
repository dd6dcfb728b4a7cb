// faultline queue: looks at a queue, or empties it.
import { stateDocument } from "../../queue/board.ts";
import { count } from "../../wording/text.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { QUEUE_ACTIONS } from "../queueOptions.ts";
import { withBoard } from "../queues.ts";

export const handle: Handler = (world, invocation) => {
  const { options, operands } = invocation;
  const [action] = operands;
  if (!QUEUE_ACTIONS.includes(action))
    throw new UsageError(`queue cannot ${action}`, "It can be asked for its status, or to drain.");
  return withBoard(invocation, async (board) => {
    if (action === "drain") await board.drain();
    const state = await board.state();
    const { workers, waiting, active, failed, engine } = state;
    world.stdout.write(
      options.json
        ? jsonText(stateDocument(board.address, state))
        : `${board.address.shown}: ${waiting} waiting, ${active} under way, ${failed} given up; ${count(workers, "worker")}${engine === null ? "" : `; faultline ${engine}`}\n`,
    );
    return EXIT.ok;
  });
};
