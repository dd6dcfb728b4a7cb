// Shares and means of what runs show, with intervals that hold although observations of a task are alike.
import type { LoggedRun } from "../logs/run.ts";
import { betaQuantile } from "../numerics/beta.ts";
import { normalQuantile } from "../numerics/distributions.ts";
import { groupBy } from "../numerics/grouping.ts";
import {
  effectiveSampleSize,
  LEVEL,
  poissonUpper,
  tInterval,
  upperProbability,
} from "../numerics/intervals.ts";
import { square } from "../numerics/power.ts";
import { studentQuantile } from "../numerics/quantiles.ts";
import { average, clamp } from "../numerics/statistics.ts";
import type { Estimate } from "./estimates.ts";
import { taskOf } from "./gather.ts";

/** Something seen once: how much of it there was, and per how much it is counted. Of a share: 1 or 0, per 1. */
export interface Observation {
  readonly amount: number;
  readonly size: number;
}

/** What was seen of independent units: of tasks, or of runs where all are of one task, or each alone in a single run. */
export interface Clusters {
  readonly sums: readonly Observation[];
  readonly by: "task" | "run" | "itself";
  /** Observations in all. */
  readonly count: number;
}

const TAIL = upperProbability(LEVEL);
const Z = normalQuantile(TAIL);
/** A mean that is positive is taken as normal where it lies this many standard errors above 0, else as lognormal. */
const FAR_FROM_ZERO = 4;

/** Once, or never. */
export const hit = (isHit: boolean): Observation => ({ amount: isHit ? 1 : 0, size: 1 });

/** How much of something one thing has. */
export const each = (amount: number): Observation => ({ amount, size: 1 });

export function clustersOf(
  runs: readonly LoggedRun[],
  observe: (run: LoggedRun) => readonly Observation[],
): Clusters {
  const seen = runs
    .map((run) => ({ task: taskOf(run), list: observe(run) }))
    .filter(({ list }) => list.length > 0);
  const count = seen.reduce((sum, { list }) => sum + list.length, 0);
  const tasks = [...groupBy(seen, ({ task }) => task).values()];
  if (tasks.length > 1) {
    const sums = tasks.map((group) => sumOf(group.flatMap(({ list }) => list)));
    return { sums, by: "task", count };
  }
  if (seen.length > 1) return { sums: seen.map(({ list }) => sumOf(list)), by: "run", count };
  return { sums: seen.flatMap(({ list }) => list), by: "itself", count };
}

function sumOf(list: readonly Observation[]): Observation {
  let [amount, size] = [0, 0];
  for (const one of list) {
    amount += one.amount;
    size += one.size;
  }
  return { amount, size };
}

const BY = { task: ", clustered by task", run: ", clustered by run", itself: "" } as const;

/**
 * A share of independent clusters of trials: Jeffreys' interval (Brown, Cai and DasGupta 2001) of as many trials as tell as much
 * (Kish 1965): their number over the design effect, which is at least 1. It grows by as much as Student's interval is wider
 * than the normal one. Where nothing or all is a success it cannot be seen, and trials count one by one.
 * @returns undefined of no trial
 */
export function shareOf(clusters: Clusters, of: string): Estimate | undefined {
  const { amount, size } = sumOf(clusters.sums);
  if (size === 0) return undefined;
  const share = amount / size;
  const designEffect = Math.max(1, designEffectOf(clusters.sums, share, size));
  const method = `share, Jeffreys' interval${BY[clusters.by]}`;
  return shareEstimate(share, size / designEffect, { count: size, of, method });
}

function designEffectOf(sums: Clusters["sums"], share: number, size: number): number {
  const clusters = sums.length;
  if (clusters < 2 || share === 0 || share === 1) return 1;
  const squares = sums.reduce((sum, one) => sum + square(one.amount - share * one.size), 0);
  const caution = square(studentQuantile(TAIL, clusters - 1) / Z);
  return (caution * squares * clusters) / ((clusters - 1) * size * share * (1 - share));
}

/**
 * The mean over tasks of a share of each, which weigh alike. Repeats tell nothing new where nothing or all is a success: then a
 * task counts as one trial.
 * @param shares at least one, in [0, 1]
 * @param trials of all tasks; the share is known no better than from so many that are independent
 */
export function shareOverTasks(
  shares: readonly number[],
  trials: number,
  words: Pick<Estimate, "of" | "method">,
): Estimate {
  const { share, size } = overTasks(shares, trials);
  return shareEstimate(share, size, { count: trials, ...words });
}

/** The mean over tasks, and how many independent trials tell as much. */
export function overTasks(shares: readonly number[], trials: number) {
  const share = clamp(average(shares), 0, 1);
  const squares = shares.reduce((sum, own) => sum + square(own - share), 0);
  const { length } = shares;
  const all = effectiveSampleSize(share, squares, { nets: length, instances: length, trials });
  return { share, size: Math.min(all, trials) };
}

/** Jeffreys' interval, which begins at 0 where there was no success and ends at 1 where there was no failure. */
function shareEstimate(
  share: number,
  size: number,
  words: Pick<Estimate, "count" | "of" | "method">,
): Estimate {
  const beta = [share * size + 0.5, (1 - share) * size + 0.5] as const;
  const low = share === 0 ? 0 : betaQuantile(1 - TAIL, ...beta);
  const high = share === 1 ? 1 : betaQuantile(TAIL, ...beta);
  const interval = [Math.min(low, share), Math.max(high, share)] as const;
  return { value: share, interval, ...words, uncertain: { beta } };
}

/**
 * A mean of what cannot be negative, over independent clusters: the amount of all over the size of all, with the variance of
 * a ratio between clusters (Cochran 1977, section 2.11) and Student's quantile.
 * @returns undefined of nothing
 */
export function meanOf(clusters: Clusters, of: string): Estimate | undefined {
  const { sums, count, by } = clusters;
  const { amount, size } = sumOf(sums);
  if (size === 0) return undefined;
  const mean = amount / size;
  const words = { count, of, method: `mean${BY[by]}` };
  if (mean === 0) {
    const interval = [0, poissonUpper() / sums.length] as const;
    return { value: 0, interval, ...words, uncertain: { value: 0, interval } };
  }
  if (sums.length === 1)
    return positive(mean, mean, {
      ...words,
      method: "one observation, taken to be as wide as large",
    });
  const squares = sums.reduce((sum, one) => sum + square(one.amount - mean * one.size), 0);
  const error = Math.sqrt((squares * sums.length) / (sums.length - 1)) / size;
  return positive(mean, (error * studentQuantile(TAIL, sums.length - 1)) / Z, words);
}

function positive(
  mean: number,
  error: number,
  words: Pick<Estimate, "count" | "of" | "method">,
): Estimate {
  if (error === 0) return around(mean, [mean, mean], words);
  if (mean > FAR_FROM_ZERO * error) return normal(mean, error, words);
  const variance = Math.log1p(square(error / mean));
  const [low, high] = [-Z, Z].map((z) => mean * Math.exp(z * Math.sqrt(variance) - variance / 2));
  const uncertain = { lognormal: [mean, error] as const };
  return { value: mean, interval: [low, Math.max(high, mean)], ...words, uncertain };
}

/** A mean of any sign with its standard error, widened to Student's interval of so many degrees of freedom. */
export function withError(
  mean: number,
  standardError: number,
  df: number,
  words: Pick<Estimate, "count" | "of" | "method">,
): Estimate {
  const { hi } = tInterval(mean, standardError, df);
  return hi === mean ? around(mean, [mean, mean], words) : normal(mean, (hi - mean) / Z, words);
}

const normal = (
  mean: number,
  error: number,
  words: Pick<Estimate, "count" | "of" | "method">,
): Estimate => ({
  value: mean,
  interval: [mean - Z * error, mean + Z * error],
  ...words,
  uncertain: { normal: [mean, error] },
});

/** What is known by its interval. */
export const around = (
  value: number,
  interval: readonly [low: number, high: number],
  words: Pick<Estimate, "count" | "of" | "method">,
): Estimate => ({ value, interval, ...words, uncertain: { value, interval } });
