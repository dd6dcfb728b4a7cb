// The scheduler: puts turns, calls and messages on the clock. An agent is a server that does one turn at a time, for whichever
// task; a call waits until the provider of its model lets it pass.
import { RateLimits } from "../kernel/rateLimit.ts";
import { Servers } from "../kernel/server.ts";
import { Simulation } from "../kernel/simulation.ts";
import type { TaskCase } from "./case.ts";
import { makeCall, payFailedCall } from "./mechanisms/calling.ts";
import type { Plan } from "./plan.ts";
import { Traffic } from "./traffic.ts";

/** Kinds of event. Their numbers are also their priorities: at one moment tasks arrive before messages before turns end. */
export const TASK_ARRIVES = 0;
export const MESSAGE_ARRIVES = 1;
export const TURN_ENDS = 2;
/** A call of a turn is made again. */
export const CALL_IS_RETRIED = 3;

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

  constructor(plan: Plan, cases: readonly TaskCase[]) {
    this.plan = plan;
    this.cases = cases;
    this.servers = new Servers(plan.agents.count, 1, plan.task.queues);
    const { interval, burst } = plan.rateLimits;
    if (interval.some((ticks) => ticks > 0)) this.rateLimits = new RateLimits(interval, burst);
    if (plan.arrivals !== undefined) this.traffic = new Traffic(plan);
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

  /** Asks for a turn of an agent, which begins once the agent is free. The step waits for it. */
  requestTurn(task: TaskCase, agent: number): void {
    task.outstanding++;
    // A task can wait for several agents at once, so that each pair of task and agent is a customer of its own.
    const customer = task.index * this.plan.agents.count + agent;
    const queue = this.plan.task.classQueue[task.taskClass];
    if (this.servers.request(agent, customer, queue)) this.beginTurn(task, agent);
  }

  private beginTurn(task: TaskCase, agent: number): void {
    task.working++;
    task.failedCalls[agent] = 0;
    this.traffic?.turnBegan(agent, this.now);
    this.call(task, agent);
    task.observer?.turnBegan?.(task, agent);
  }

  /** Makes a call of the turn that the agent is in, once the provider lets it pass. */
  call(task: TaskCase, agent: number): void {
    const wait = this.rateLimits?.wait(this.plan.agents.model[agent], this.now) ?? 0;
    this.schedule(wait + makeCall(task, agent), TURN_ENDS, task.index, agent);
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
    this.traffic?.turnEnded(agent, this.now);
    const customer = this.servers.release(agent);
    if (customer < 0) return;
    const index = Math.floor(customer / this.plan.agents.count);
    this.beginTurn(this.cases[index], agent);
  }

  private schedule(delay: number, kind: number, subject: number, detail: number): void {
    this.simulation.schedule(delay, kind, kind, subject, detail);
  }
}
