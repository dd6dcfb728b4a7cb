// Checks the meaning of the workload.

import type { Examined } from "../../documents/checking/examined.ts";
import type { Text } from "../../documents/checking/problems.ts";
import { DAYS, daysOf, isDays, SECONDS_PER_DAY, secondsOfTime } from "../calendar.ts";
import { MAX_PLACES } from "../limits.ts";
import * as messages from "./messages.ts";
import { type Profile, weeklyRates } from "./profile.ts";
import type { Limits, Sampling, Workload } from "./schema.ts";

export function checkStream(workload: Workload, found: Examined): void {
  if (workload.arrivals === "one") return;
  const { tasks, warmUp = 0, profile } = workload;
  if (warmUp >= tasks) found.error(["workload", "warmUp"], messages.warmUpTooLong(warmUp, tasks));
  if (profile !== undefined) checkProfile(profile, found);
}

function checkProfile(profile: Profile, found: Examined): void {
  const { steps, hours, days = {} } = profile;
  const path = ["workload", "profile"];
  if (steps !== undefined && hours !== undefined)
    found.errorAtKey([...path, "hours"], messages.stepsAndHours);
  if (steps !== undefined) checkSteps(steps, found);
  if (hours !== undefined && hours.length !== HOURS_PER_DAY)
    found.error([...path, "hours"], messages.wrongHours(hours.length));
  const areDays = checkDays(Object.keys(days), found);
  if (areDays && weeklyRates(profile).every(({ factor }) => factor === 0))
    found.error(path, messages.noArrivals);
}

const HOURS_PER_DAY = 24;

function checkSteps(steps: NonNullable<Profile["steps"]>, found: Examined): void {
  for (const [i, { from }] of steps.entries()) {
    const path = ["workload", "profile", "steps", i, "from"];
    const before = i === 0 ? undefined : steps[i - 1].from;
    if (secondsOfTime(from) === SECONDS_PER_DAY) found.error(path, messages.stepAtTheEnd);
    else if (before !== undefined && secondsOfTime(before) >= secondsOfTime(from))
      found.error(path, messages.stepOutOfOrder(from, before));
  }
}

/** Whether all are days, and none is there twice. */
function checkDays(ranges: readonly string[], found: Examined): boolean {
  const rangeOf = new Map<number, string>();
  let isSound = true;
  const complain = (range: string, text: Text) => {
    found.errorAtKey(["workload", "profile", "days", range], text);
    isSound = false;
  };
  for (const range of ranges) {
    if (!isDays(range)) {
      complain(range, messages.unknownDays(range, found.suggest(range, DAYS)));
      continue;
    }
    const numbers = daysOf(range);
    const other = numbers.map((day) => rangeOf.get(day)).find((one) => one !== undefined);
    if (other !== undefined) complain(range, messages.dayTwice(range, other));
    for (const day of numbers) rangeOf.set(day, range);
  }
  return isSound;
}

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
