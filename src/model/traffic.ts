// The traffic of an open workload: how long agents are busy and how many calls the models get, relative to the time in which
// tasks arrive. At a utilisation of 1 or more, work comes faster than it can be done.
import { underProfile } from "../kernel/arrivals.ts";
import { toSeconds } from "../kernel/time.ts";
import { FIELD } from "./outcome.ts";
import type { Plan } from "./plan.ts";

export class Traffic {
  private readonly plan: Plan;
  /** Ticks that each agent was busy, with waits for rate limits and pauses before retries; and since when it is. */
  private readonly busy: Float64Array;
  private readonly since: Float64Array;
  /** Per model. */
  private readonly calls: Float64Array;

  constructor(plan: Plan) {
    this.plan = plan;
    this.busy = new Float64Array(plan.agents.count);
    this.since = new Float64Array(plan.agents.count);
    this.calls = new Float64Array(plan.rateLimits.interval.length);
  }

  reset(): void {
    this.busy.fill(0);
    this.calls.fill(0);
  }

  turnBegan(agent: number, now: number): void {
    this.since[agent] = now;
  }

  called(agent: number): void {
    this.calls[this.plan.agents.model[agent]]++;
  }

  turnEnded(agent: number, now: number): void {
    this.busy[agent] += now - this.since[agent];
  }

  /**
   * Writes the busiest agent of each role and the busiest rate limit, with the time in which the finished tasks arrived.
   * @param done finished tasks: those neither turned away nor cut off
   */
  write(outcome: Float64Array, done: number): void {
    const { agents, rateLimits, arrivals } = this.plan;
    if (arrivals !== undefined)
      outcome[FIELD.arrivalTime] = toSeconds(underProfile(arrivals, done * arrivals.interval));
    for (let agent = 0; agent < agents.count; agent++) {
      const field = agents.isOrchestrator[agent] === 1 ? FIELD.busyOrchestrator : FIELD.busyWorker;
      outcome[field] = Math.max(outcome[field], toSeconds(this.busy[agent]));
    }
    for (let model = 0; model < this.calls.length; model++) {
      const seconds = toSeconds(this.calls[model] * rateLimits.interval[model]);
      outcome[FIELD.busyLimit] = Math.max(outcome[FIELD.busyLimit], seconds);
    }
  }
}
