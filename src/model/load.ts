// The load that an open workload puts on a team: how long its agents are taken and how many calls its models get, a
// task that is done, beside the time between two tasks. At 1 or above work comes faster than it can be done.
import { toSeconds } from "../kernel/time.ts";
import { FIELD } from "./outcome.ts";
import type { Plan } from "./plan.ts";

export class Load {
  private readonly plan: Plan;
  /** Ticks that each agent was taken, waits for rate limits and pauses before retries included; and since when it is. */
  private readonly busy: Float64Array;
  private readonly since: Float64Array;
  /** Of each model. */
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
   * Writes the busiest agent of each role and the busiest rate limit, with the time in which tasks arrived.
   * @param done tasks that came to an end by themselves
   */
  write(outcome: Float64Array, done: number): void {
    const { agents, rateLimits, arrivals } = this.plan;
    outcome[FIELD.arrivalTime] = toSeconds(done * (arrivals?.interval ?? 0));
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
