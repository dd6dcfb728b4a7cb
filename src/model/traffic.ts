// The traffic of an open workload: what agents and models have to do, relative to the time in which tasks arrive. At a
// utilisation of 1 or more, work comes faster than it can be done.
import { underProfile } from "../kernel/arrivals.ts";
import { workingTime } from "../kernel/shifts.ts";
import { toSeconds } from "../kernel/time.ts";
import type { BreakdownLayout } from "./breakdownLayout.ts";
import type { TaskCase } from "./case.ts";
import { FIELD } from "./outcome.ts";
import type { Plan } from "./plan.ts";

export class Traffic {
  /** Per agent, of turns that have ended: ticks in which it worked on them, and in which they waited for it. */
  private readonly busy: Float64Array;
  private readonly waited: Float64Array;
  /** Turns that an agent is in, and the sum of the ticks that it had been there for when they began. */
  private readonly turns: Int32Array;
  private readonly begun: Float64Array;
  private readonly plan: Plan;
  /** Per model. */
  private readonly calls: Float64Array;

  constructor(plan: Plan) {
    const { count } = plan.agents;
    this.plan = plan;
    this.busy = new Float64Array(count);
    this.waited = new Float64Array(count);
    this.turns = new Int32Array(count);
    this.begun = new Float64Array(count);
    this.calls = new Float64Array(plan.rateLimits.interval.length);
  }

  reset(): void {
    this.busy.fill(0);
    this.waited.fill(0);
    this.turns.fill(0);
    this.begun.fill(0);
    this.calls.fill(0);
  }

  called(agent: number): void {
    const model = this.plan.agents.model[agent];
    if (model >= 0) this.calls[model]++;
  }

  turnBegan(agent: number, now: number): void {
    this.turns[agent]++;
    this.begun[agent] += this.working(agent, 0, now);
  }

  /** Counts a turn that ends now. Waits for rate limits and pauses before retries are part of it. */
  turnEnded({ askedAt, begunAt }: TaskCase, agent: number, now: number): void {
    this.busy[agent] += this.working(agent, begunAt[agent], now);
    this.waited[agent] += begunAt[agent] - askedAt[agent];
    this.turns[agent]--;
    this.begun[agent] -= this.working(agent, 0, begunAt[agent]);
  }

  /** Ticks between two moments in which the agent is in a shift. */
  private working(agent: number, from: number, to: number): number {
    const shifts = this.plan.agents.shifts[agent];
    return shifts === undefined ? to - from : workingTime(shifts, from, to);
  }

  /**
   * Writes the busiest agent of each role and the busiest rate limit, with the time in which the finished tasks arrived.
   * @param done finished tasks: those neither turned away nor cut off
   */
  write(outcome: Float64Array, done: number): void {
    const { agents, rateLimits, arrivals } = this.plan;
    const ticks = arrivals === undefined ? 0 : underProfile(arrivals, done * arrivals.interval);
    outcome[FIELD.arrivalTime] = toSeconds(ticks);
    for (let agent = 0; agent < agents.count; agent++) {
      const field = agents.isOrchestrator[agent] === 1 ? FIELD.busyOrchestrator : FIELD.busyWorker;
      outcome[field] = Math.max(outcome[field], toSeconds(this.load(agent, ticks)));
    }
    for (let model = 0; model < this.calls.length; model++) {
      const seconds = toSeconds(this.calls[model] * rateLimits.interval[model]);
      outcome[FIELD.busyLimit] = Math.max(outcome[FIELD.busyLimit], seconds);
    }
  }

  /**
   * Writes how long each agent was there, at work and waited for, into a breakdown.
   * @param now tick up to which it is counted
   */
  writeBreakdown(layout: BreakdownLayout, row: Float64Array, now: number): void {
    const { staff } = this.plan.agents;
    for (let agent = 0; agent < staff.length; agent++) {
      const each = this.working(agent, 0, now);
      const there = staff[agent] * each;
      const busy = this.busy[agent] + this.turns[agent] * each - this.begun[agent];
      row[layout.at("agents", agent, "there")] = toSeconds(there);
      row[layout.at("agents", agent, "busy")] = toSeconds(busy);
      row[layout.at("agents", agent, "idle")] = toSeconds(there - busy);
      row[layout.at("agents", agent, "waited")] = toSeconds(this.waited[agent]);
    }
  }

  /**
   * Ticks of work per server of an agent, if it worked all the time: of one that is there for a third of the time they count
   * three times.
   * @param ticks in which tasks arrived
   */
  private load(agent: number, ticks: number): number {
    const { staff, shifts } = this.plan.agents;
    const busy = this.busy[agent] / staff[agent];
    const own = shifts[agent];
    if (own === undefined) return busy;
    const there = workingTime(own, 0, Math.floor(ticks));
    // No shift in all that time: then what counts is the share of the week.
    return busy * (there > 0 ? ticks / there : own.week / own.worked);
  }
}
