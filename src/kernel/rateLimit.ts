/**
 * Rate limits: how long a call waits until its provider lets it pass.
 *
 * The generic cell rate algorithm (ITU-T I.371): a limit remembers the time at which the next call is due if calls
 * come evenly, and lets a call pass at most so much earlier as a burst allows. Calls pass in the order in which they
 * ask, so that a wait is known at once and takes no event of its own.
 */
import { checkRate } from "./arrivals.ts";

export class RateLimits {
  private readonly interval: Float64Array;
  /** By how much calls may be ahead of even spacing. */
  private readonly tolerance: Float64Array;
  /** When the next call of each limit is due; not rounded, so that the mean rate is exact. */
  private readonly due: Float64Array;

  /**
   * Limit i lets one call pass in `intervals[i]` ticks, which need not be whole, and `bursts[i]` at once after a pause;
   * an interval of 0 is no limit.
   * @throws RangeError as {@link checkRate}
   */
  constructor(intervals: ArrayLike<number>, bursts: ArrayLike<number>) {
    this.interval = Float64Array.from(intervals);
    this.tolerance = this.interval.map((interval, limit) => {
      checkRate(interval, bursts[limit]);
      return (bursts[limit] - 1) * interval;
    });
    this.due = new Float64Array(this.interval.length);
  }

  /** Whole ticks that a call which asks at tick `now` waits. No call asks before an earlier one did. */
  wait(limit: number, now: number): number {
    const interval = this.interval[limit];
    if (interval === 0) return 0;
    const passes = Math.max(now, this.due[limit] - this.tolerance[limit]);
    this.due[limit] = Math.max(passes, this.due[limit]) + interval;
    return Math.ceil(passes) - now;
  }

  /** Forgets all calls. */
  reset(): void {
    this.due.fill(0);
  }
}
