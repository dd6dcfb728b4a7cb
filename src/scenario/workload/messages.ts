// What is said of the workload.

import type { Text, Warning } from "../../documents/checking/problems.ts";
import { grouped, meant, plural, word } from "../../documents/quoting.ts";

export const tooManyPlaces = (tasks: number, places: number, most: number): Text => ({
  message: `${plural(tasks, "task")} in flight × ${plural(places, "place")} in ledgers are ${grouped(tasks * places)}`,
  rule: `tasks in flight × agents × claims are at most ${grouped(most)}`,
  hint: `set limits.inFlight to ${grouped(Math.max(1, Math.floor(most / places)))} or less`,
});

export const warmUpTooLong = (warmUp: number, tasks: number): Text => ({
  message: `a warm-up of ${plural(warmUp, "task")} leaves nothing of ${plural(tasks, "task")}`,
  rule: "workload.warmUp is less than workload.tasks",
  hint: `set workload.tasks to ${grouped(2 * Math.max(1, warmUp))} or more`,
});

export const stepsAndHours: Text = {
  message: "the profile has steps and hours",
  rule: "the rates over the day are given as steps or as hours",
  hint: "remove one of them",
};

export const stepAtTheEnd: Text = {
  message: "a step begins at 24:00, when the day is over",
  rule: "a step begins before 24:00",
  hint: "write from: 0:00, and put the step first",
};

export const stepOutOfOrder = (from: string, before: string): Text => ({
  message: `the step from ${from} does not come after the one before it, which is from ${before}`,
  rule: "steps stand in the order of their times, each at another one",
  hint: `put the step from ${from} where it belongs, or remove it`,
});

export const wrongHours = (count: number): Text => ({
  message: `the profile has rates of ${plural(count, "hour")}`,
  rule: "hours are the rates of all 24 hours of the day, from 0:00 on",
  hint:
    count < 24
      ? `add ${plural(24 - count, "rate")}, or give steps such as { from: 8:00, rate: 5x }`
      : `remove ${plural(count - 24, "rate")}: what differs by day goes under days`,
});

export const unknownDays = (name: string, near: string | undefined): Text => ({
  message: `${word(name)} is no day`,
  rule: "days of a profile are mon, tue, wed, thu, fri, sat, sun, or a range such as sat-sun",
  ...meant(near),
});

export const dayTwice = (name: string, other: string): Text => ({
  message: `${name} has a day that ${other} has too`,
  rule: "every day has one factor",
  hint: `change ${name} or ${other} so that no day is in both`,
});

export const noArrivals: Text = {
  message: "no task ever arrives: the rate is 0 all week",
  rule: "a profile has a rate above 0 at some time of the week",
  hint: "give the hours in which tasks arrive a rate, such as { from: 8:00, rate: 1x }",
};

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
