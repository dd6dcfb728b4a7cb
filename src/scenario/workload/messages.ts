// What is said of the workload.

import type { Text, Warning } from "../../documents/checking/problems.ts";
import { grouped, plural } from "../../documents/quoting.ts";

export const tooManyPlaces = (tasks: number, places: number, most: number): Text => ({
  message: `${plural(tasks, "task")} in flight × ${plural(places, "place")} in ledgers are ${grouped(tasks * places)}`,
  rule: `tasks in flight × agents × claims are at most ${grouped(most)}`,
  hint: `set limits.inFlight to ${grouped(Math.max(1, Math.floor(most / places)))} or less`,
});

export const repeatsWithoutMeaning: Warning = {
  topic: "repeats-with-arrivals",
  message: "repeats have no meaning with tasks that arrive over time",
  rule: "only workload arrivals: one repeats an instance; otherwise repeats are 1",
};

export const netsWithoutMeaning: Warning = {
  topic: "nets-with-arrivals",
  message: "tasks that arrive over time cannot be spread over nets",
  rule: "only workload arrivals: one has nets; otherwise replications are independent",
};
