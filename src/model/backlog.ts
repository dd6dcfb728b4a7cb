// The backlog of an open workload: the tasks that have arrived and not ended, how many there are at most and for how long
// there are more than there should be. A number of tasks counts once time passes with it.
import { toSeconds } from "../kernel/time.ts";
import { FIELD } from "./outcome.ts";

export class Backlog {
  /** Tasks that there may be; undefined: nothing says how many. */
  private readonly objective: number | undefined;
  private tasks = 0;
  private peak = 0;
  /** Ticks up to which all is counted. */
  private since = 0;
  /** Tasks times the ticks for which they were there. */
  private area = 0;
  /** Ticks with more tasks than there may be: in all, without a break until now, and without a break at most. */
  private above = 0;
  private spell = 0;
  private longest = 0;

  constructor(objective: number | undefined) {
    this.objective = objective;
  }

  reset(): void {
    this.tasks = 0;
    this.peak = 0;
    this.since = 0;
    this.area = 0;
    this.above = 0;
    this.spell = 0;
    this.longest = 0;
  }

  arrived(now: number): void {
    this.pass(now);
    this.tasks++;
  }

  ended(now: number): void {
    this.pass(now);
    this.tasks--;
  }

  private pass(now: number): void {
    const ticks = now - this.since;
    if (ticks === 0) return;
    this.since = now;
    this.peak = Math.max(this.peak, this.tasks);
    this.area += this.tasks * ticks;
    if (this.objective === undefined) return;
    if (this.tasks <= this.objective) {
      this.spell = 0;
      return;
    }
    this.above += ticks;
    this.spell += ticks;
    this.longest = Math.max(this.longest, this.spell);
  }

  /** Writes what there was until `now`, which is when the replication ends. */
  write(outcome: Float64Array, now: number): void {
    this.pass(now);
    outcome[FIELD.watched] = 1;
    outcome[FIELD.backlogPeak] = this.peak;
    outcome[FIELD.backlogArea] = toSeconds(this.area);
    if (this.objective === undefined) return;
    outcome[FIELD.backlogLimited] = 1;
    outcome[FIELD.backlogAbove] = toSeconds(this.above);
    outcome[FIELD.backlogClearing] = toSeconds(this.longest);
  }
}
