// The scheduler: puts turns, calls and messages on the clock. An agent is a server that does as many turns at a time as it has
// staff, for whichever tasks, and only in its shifts; a call waits until the provider of its model lets it pass.
import { RateLimits } from "../kernel/rateLimit.ts";
import { Servers } from "../kernel/server.ts";
import { endOfWork, isOpen, nextOpening, workingTime } from "../kernel/shifts.ts";
import { Simulation } from "../kernel/simulation.ts";
import type { TaskCase } from "./case.ts";
import { Fatigue } from "./fatigue.ts";
import { makeCall, payFailedCall } from "./mechanisms/calling.ts";
import type { Plan } from "./plan.ts";
import { Traffic } from "./traffic.ts";

/** Kinds of event. Their numbers are also their priorities: at one moment tasks arrive before messages before turns end. */
export const TASK_ARRIVES = 0;
export const MESSAGE_ARRIVES = 1;
export const TURN_ENDS = 2;
/** A call of a turn is made again. */
export const CALL_IS_RETRIED = 3;
/** A shift begins for which turns of an agent have waited. */
export const SHIFT_BEGINS = 4;

export class Scheduler {
  readonly simulation = new Simulation();
  /** Undefined where tasks come one at a time. */
  readonly traffic: Traffic | undefined;
  private readonly plan: Plan;
  /** By index, which is how servers name their customers. */
  private readonly cases: readonly TaskCase[];
  private readonly servers: Servers;
  /** Undefined where no model has a limit. */
  private readonly rateLimits: RateLimits | undefined;
  /** Undefined where nobody gets tired. */
  readonly fatigue: Fatigue | undefined;
  private readonly hasShifts: boolean;
  /** Whether anybody asks since when a task has waited for a turn. */
  private readonly keepsTimes: boolean;
  /** Whether the next shift of each agent is on the clock. */
  private readonly isExpected: Uint8Array;

  constructor(plan: Plan, cases: readonly TaskCase[]) {
    this.plan = plan;
    this.cases = cases;
    this.servers = new Servers(plan.agents.count, plan.agents.staff, plan.task.queues);
    this.isExpected = new Uint8Array(plan.agents.count);
    this.hasShifts = plan.agents.hasShifts;
    if (plan.agents.isTiring) this.fatigue = new Fatigue(plan.agents);
    const { interval, burst } = plan.rateLimits;
    if (interval.some((ticks) => ticks > 0)) this.rateLimits = new RateLimits(interval, burst);
    if (plan.arrivals !== undefined) this.traffic = new Traffic(plan);
    this.keepsTimes = this.hasShifts || this.traffic !== undefined;
  }

  /** Simulated time in ticks. */
  get now(): number {
    return this.simulation.now;
  }

  /** Goes back to time 0 with nothing pending. */
  reset(): void {
    this.simulation.reset();
    this.servers.reset();
    this.rateLimits?.reset();
    this.fatigue?.reset();
    this.isExpected.fill(0);
    this.traffic?.reset();
  }

  /** Lets the next task arrive `delay` ticks from now. */
  expectTask(delay: number): void {
    this.schedule(delay, TASK_ARRIVES, 0, 0);
  }

  /** Lets a message of the task's mailbag arrive `delay` ticks from now. The step waits for it. */
  sendMessage(task: TaskCase, message: number, delay: number): void {
    task.outstanding++;
    this.schedule(delay, MESSAGE_ARRIVES, task.index, message);
  }

  /** Asks for a turn of an agent, which begins once the agent is there and free. The step waits for it. */
  requestTurn(task: TaskCase, agent: number): void {
    task.outstanding++;
    if (this.keepsTimes) task.askedAt[agent] = this.now;
    // A task can wait for several agents at once, so that each pair of task and agent is a customer of its own.
    const customer = task.index * this.plan.agents.count + agent;
    const priority = this.plan.task.classQueue[task.taskClass];
    if (this.hasShifts && this.isAway(agent)) {
      this.servers.queue(agent, customer, priority);
      this.expectShift(agent);
    } else if (this.servers.request(agent, customer, priority)) this.beginTurn(task, agent);
  }

  /** Whether the agent takes no turns now: its shift is over, or the next one begins at this very moment. */
  private isAway(agent: number): boolean {
    const shifts = this.plan.agents.shifts[agent];
    if (shifts === undefined) return false;
    return this.isExpected[agent] === 1 || !isOpen(shifts, this.now);
  }

  /** Puts the next shift of an agent on the clock. */
  private expectShift(agent: number): void {
    const shifts = this.plan.agents.shifts[agent];
    if (shifts === undefined || this.isExpected[agent] === 1) return;
    this.isExpected[agent] = 1;
    this.schedule(nextOpening(shifts, this.now) - this.now, SHIFT_BEGINS, agent, 0);
  }

  /** Begins as many of the turns that have waited for a shift as there are staff. */
  beginShift(agent: number): void {
    this.isExpected[agent] = 0;
    for (;;) {
      const customer = this.servers.next(agent);
      if (customer < 0) return;
      this.beginTurn(this.caseOf(customer), agent);
    }
  }

  private caseOf(customer: number): TaskCase {
    return this.cases[Math.floor(customer / this.plan.agents.count)];
  }

  private beginTurn(task: TaskCase, agent: number): void {
    task.working++;
    task.failedCalls[agent] = 0;
    if (this.keepsTimes) task.begunAt[agent] = this.now;
    this.traffic?.turnBegan(agent, this.now);
    this.call(task, agent);
    task.observer?.turnBegan?.(task, agent);
  }

  /** Makes a call of the turn that the agent is in, once the provider lets it pass. */
  call(task: TaskCase, agent: number): void {
    const { model, shifts } = this.plan.agents;
    const { rateLimits } = this;
    const isLimited = rateLimits !== undefined && model[agent] >= 0;
    const wait = isLimited ? rateLimits.wait(model[agent], this.now) : 0;
    const work = makeCall(task, agent);
    task.observer?.called?.(task, agent, wait, work);
    const own = this.hasShifts ? shifts[agent] : undefined;
    const delay =
      own === undefined ? wait + work : endOfWork(own, this.now + wait, work) - this.now;
    this.schedule(delay, TURN_ENDS, task.index, agent);
    this.traffic?.called(agent);
  }

  /** Pays for the call that failed and schedules another after a pause. Returns false if the agent gives up. */
  retry(task: TaskCase, agent: number): boolean {
    const pause = payFailedCall(task, agent);
    if (pause < 0) return false;
    this.schedule(pause, CALL_IS_RETRIED, task.index, agent);
    return true;
  }

  /** Ends a turn: of the tasks of the highest priority, the one that has waited longest for the agent has it next. */
  endTurn(task: TaskCase, agent: number): void {
    task.working--;
    this.traffic?.turnEnded(task, agent, this.now);
    if (this.keepsTimes) task.askedAt[agent] = -1;
    if (this.hasShifts && this.isAway(agent)) {
      this.servers.free(agent);
      if (this.servers.waiting(agent) > 0) this.expectShift(agent);
      return;
    }
    const customer = this.servers.release(agent);
    if (customer >= 0) this.beginTurn(this.caseOf(customer), agent);
  }

  /** Whether a turn that the task waits for has rested, or has not begun, since its agent was off for some of the time. */
  isHeldUp(task: TaskCase): boolean {
    const { count, shifts } = this.plan.agents;
    const now = Math.min(this.now, this.plan.timeLimit);
    for (let agent = 0; agent < count; agent++) {
      const asked = task.askedAt[agent];
      const own = shifts[agent];
      if (own !== undefined && asked >= 0 && workingTime(own, asked, now) < now - asked)
        return true;
    }
    return false;
  }

  private schedule(delay: number, kind: number, subject: number, detail: number): void {
    this.simulation.schedule(delay, kind, kind, subject, detail);
  }
}
