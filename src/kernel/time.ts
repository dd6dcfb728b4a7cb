/** Simulated time: whole ticks of a microsecond, so that equal times are equal on every machine. */

export const TICKS_PER_SECOND = 1_000_000;

/** Whole ticks of a duration in seconds, half a tick rounded up; negative durations give 0. */
export function toTicks(seconds: number): number {
  return Math.max(0, Math.round(seconds * TICKS_PER_SECOND));
}

/** Seconds of a number of ticks. */
export function toSeconds(ticks: number): number {
  return ticks / TICKS_PER_SECOND;
}
