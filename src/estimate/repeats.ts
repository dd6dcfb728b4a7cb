// How many repeats of a task are simulated.
import { clamp } from "../numerics/statistics.ts";
import type { OutcomeEstimates } from "./estimates.ts";

/** Most repeats of which a metric tells. */
const MOST_REPEATS = 8;

/** As many as the task with most trials has in the logs, as far as metrics tell of them. */
export const repeatsOf = ({ trials: [, most] }: OutcomeEstimates): number =>
  clamp(most, 1, MOST_REPEATS);
