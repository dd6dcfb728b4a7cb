// Checks the meaning of the workload.

import type { Examined } from "../../documents/checking/examined.ts";
import { MAX_PLACES } from "../limits.ts";
import * as messages from "./messages.ts";
import type { Limits, Sampling, Workload } from "./schema.ts";

/** The default number of repeats means nothing either, but nobody asked for it. */
export function checkRepetition(
  repeats: number | undefined,
  workload: Workload,
  found: Examined,
): void {
  if (workload.arrivals !== "one" && (repeats ?? 1) > 1 && found.isWritten(["repeats"]))
    found.warning(["repeats"], messages.repeatsWithoutMeaning);
}

/** As with repeats, the default is no matter. */
export function checkSampling(
  sampling: Sampling | undefined,
  workload: Workload,
  found: Examined,
): void {
  if (workload.arrivals !== "one" && sampling === "nets" && found.isWritten(["sampling"]))
    found.warning(["sampling"], messages.netsWithoutMeaning);
}

/**
 * Checks the ledgers of all tasks that can be under way at the same time.
 * @param places in the ledgers of one task: agents × claims
 */
export function checkLedgers(
  workload: Workload,
  { inFlight }: Limits,
  places: number,
  found: Examined,
): void {
  if (workload.arrivals === "one") return;
  const tasks = Math.min(workload.tasks, inFlight);
  if (places * tasks > MAX_PLACES)
    found.error(["limits", "inFlight"], messages.tooManyPlaces(tasks, places, MAX_PLACES));
}
