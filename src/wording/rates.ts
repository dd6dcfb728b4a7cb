// Rates and ratios as a person says them: 67 of every 100 tasks, 93 % fewer, 3.4 times as many.
import type { MetricValue } from "../experiment/result.ts";
import { grouped } from "./text.ts";

/** An estimate that has a value. */
export type Known = MetricValue & { readonly mean: number };

/** From this half-width on a rate is said to be about so much. */
const ROUGH = 0.025;
const MOST_TASKS = 1_000_000;

/**
 * Of how many tasks rates are told: as few as tell them from each other, and from never and always where they are neither.
 * 100, 1,000 and so on.
 */
export function tasksFor(rates: readonly Known[]): number {
  const means = [...new Set(rates.map(({ mean }) => mean))];
  for (let tasks = 100; tasks < MOST_TASKS; tasks *= 10) {
    const counts = means.map((mean) => Math.round(mean * tasks));
    const areApart = new Set(counts).size === counts.length;
    const isLost = counts.some((n, i) => (n === 0 || n === tasks) && n !== means[i] * tasks);
    if (areApart && !isLost) return tasks;
  }
  return MOST_TASKS;
}

/** `67`, `about 52`, `none`, `all`. */
export function countOf(rate: Known, tasks: number): string {
  if (rate.mean === 0) return "none";
  if (rate.mean === 1) return "all";
  return `${isRough(rate) ? "about " : ""}${grouped(Math.round(rate.mean * tasks))}`;
}

/** The range of several rates: `61 to 71`. */
export function rangeOf(rates: readonly Known[], tasks: number): string {
  const counts = rates.map(({ mean }) => Math.round(mean * tasks));
  const [low, high] = [Math.min(...counts), Math.max(...counts)].map(grouped);
  const about = rates.some(isRough) ? "about " : "";
  return low === high ? about + low : `${about}${low} to ${high}`;
}

function isRough({ mean, ci: [low, high] }: Known): boolean {
  return Math.max(mean - (low ?? 0), (high ?? 1) - mean) > ROUGH;
}

/**
 * How many more or fewer there are than in a base, before the word for them and after it: `93 % fewer` errors,
 * `3.4 times as many` errors. @param base more than 0
 */
export function timesText(mean: number, base: number): { before: string; than: "than" | "as" } {
  const ratio = mean / base;
  if (ratio >= 1.995) return { before: `${twoDigits(ratio)} times as many`, than: "as" };
  const percent = 100 * Math.abs(ratio - 1);
  const word = ratio < 1 ? "fewer" : "more";
  if (ratio < 1 && percent > 99.5) return { before: "more than 99 % fewer", than: "than" };
  return {
    before: `${percent < 1 ? percent.toPrecision(1) : Math.round(percent)} % ${word}`,
    than: "than",
  };
}

const twoDigits = (x: number) =>
  x < 9.95 ? x.toFixed(1).replace(".0", "") : grouped(Math.round(x));
