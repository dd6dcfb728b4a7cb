/**
 * Open workloads: when tasks arrive, whether or not those before are done.
 *
 * In every kind the long-run mean of the delay from one task to the next, those of one burst
 * included, is `interval`: the mean rate is one task per interval. Rounding to whole ticks leaves
 * that exact for fixed intervals and, with a mean of m ticks between random arrivals, takes a share
 * of 1 / (24 m^2) off: less than 1e-7 if m is a millisecond. A profile of the rate carries what
 * comes out of that to other times.
 */
import { exponential } from "../numerics/distributions.ts";
import { type RateProfile, timeOf } from "./rateProfile.ts";

/** An open workload as its user states it. Intervals are in ticks and need not be whole. */
export type ArrivalSpec =
  /** Evenly spaced: task k arrives at the tick nearest to k intervals. */
  | { readonly kind: "fixed"; readonly interval: number }
  /** A Poisson process: independent exponential delays. */
  | { readonly kind: "poisson"; readonly interval: number }
  /** Groups of `burst` tasks at one time; groups are Poisson, one in burst * interval. */
  | { readonly kind: "bursts"; readonly interval: number; readonly burst: number };

/** Arrivals compiled for the hot loop. A Poisson process is one of bursts of 1. */
export interface PreparedArrivals {
  readonly fixed: boolean;
  readonly interval: number;
  readonly burst: number;
  /** Undefined: the rate is the same at all times. */
  readonly profile: RateProfile | undefined;
}

/** Compiles arrivals. @throws RangeError as {@link checkRate} */
export function prepareArrivals(spec: ArrivalSpec, profile?: RateProfile): PreparedArrivals {
  const { kind, interval } = spec;
  const burst = kind === "bursts" ? spec.burst : 1;
  checkRate(interval, burst);
  return { fixed: kind === "fixed", interval, burst, profile };
}

/** @throws RangeError unless the interval is finite and at least 0, and the burst an integer of at least 1 */
export function checkRate(interval: number, burst: number): void {
  if (!(interval >= 0 && interval < Number.POSITIVE_INFINITY))
    throw new RangeError(`The interval is ${interval}: an interval is finite and at least 0.`);
  if (!Number.isInteger(burst) || burst < 1)
    throw new RangeError(`The burst is ${burst}: a burst is an integer of at least 1.`);
}

/**
 * Whole ticks from the task before to task `ordinal` (0, 1, …) at the mean rate, of which task 0 is
 * the first of a burst. `u` is in the open interval (0, 1); a fresh one per task makes the delays
 * independent.
 */
export function nextDelay(arrivals: PreparedArrivals, u: number, ordinal: number): number {
  const { fixed, interval, burst } = arrivals;
  if (fixed) return Math.round(ordinal * interval) - Math.round((ordinal - 1) * interval);
  return ordinal % burst === 0 ? Math.round(exponential(u, burst * interval)) : 0;
}

/** The time, not rounded, of what would be at tick `time` if the rate were the same at all times. */
export function underProfile({ profile }: PreparedArrivals, time: number): number {
  return profile === undefined ? time : timeOf(profile, time);
}
