// Options about queues.
import { textUpTo, value, wholeNumber } from "./optionKinds.ts";

/** What `faultline queue` can be asked for. */
export const QUEUE_ACTIONS = ["status", "drain"];

export const QUEUE_OPTIONS = {
  queue: value(
    "URL",
    "Queue that workers share, such as redis://HOST:6379. Results are the same as without it.",
    textUpTo(2000),
  ),
  grace: value(
    "SECONDS",
    "Time to bring cells to their end after SIGTERM or Ctrl-C (default: 30).",
    wholeNumber(0, 86_400),
  ),
} as const;
