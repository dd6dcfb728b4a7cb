// The engine: runs the protocol of a plan as events on the kernel, one replication at a time. A replication is one task, or a
// stream of tasks that arrive at the same team. What happens in a step: phases/; when its turns and messages come: scheduler.ts.
import { grown } from "../kernel/arrays.ts";
import { nextDelay, type PreparedArrivals, underProfile } from "../kernel/arrivals.ts";
import { toSeconds } from "../kernel/time.ts";
import { Draws, type RootKey } from "../numerics/draws.ts";
import { countOutcome } from "./accounts.ts";
import { Backlog } from "./backlog.ts";
import { countBreakdown } from "./breakdown.ts";
import { type EngineOptions, TaskCase } from "./case.ts";
import { ARRIVAL } from "./decisions.ts";
import { giveUpTurn } from "./mechanisms/calling.ts";
import { receiveMessage } from "./mechanisms/receiving.ts";
import { payTurn } from "./mechanisms/spending.ts";
import { FIELD, OUTCOME_SIZE } from "./outcome.ts";
import type { Phase } from "./phases/phase.ts";
import { PHASES } from "./phases/table.ts";
import type { Plan } from "./plan.ts";
import {
  CALL_IS_RETRIED,
  MESSAGE_ARRIVES,
  Scheduler,
  SHIFT_BEGINS,
  TURN_ENDS,
} from "./scheduler.ts";
import type { Step } from "./steps.ts";

/** Effort after which `advance` returns between two steps of the protocol: some milliseconds. */
const LONG_EFFORT = 2000;
/** Most messages, versions and copies under way in one task, and most events that are pending: a bound of the memory. */
const MOST_ROWS = 1 << 25;

const ARRIVAL_DOMAIN = 3;

export class Engine {
  readonly plan: Plan;
  /** Outcome of the last replication: the sum over its tasks, and the makespan. */
  readonly outcome = new Float64Array(OUTCOME_SIZE);
  /** The breakdown of the last replication; of no length where there is none. */
  readonly breakdown: Float64Array;
  /** Seconds from arrival to deliverable of each task that the last replication delivered. */
  readonly latencies: Float64Array;
  delivered = 0;
  /** Blast radius of each fault of the last replication: radii[0] .. radii[faults - 1]. */
  radii = new Int32Array(64);
  faults = 0;

  /** The phase of each step. */
  private readonly phases: readonly Phase<Step>[];
  private readonly scheduler: Scheduler;
  /** Undefined where nobody asks for it. */
  private readonly backlog: Backlog | undefined;
  private readonly arrivalDraws: Draws;
  private readonly cases: TaskCase[] = [];
  /** Cases that no task is in; all of them between replications. */
  private free: number[] = [];
  private readonly root: RootKey;
  private readonly options: EngineOptions;
  private replication = 0;
  private arrived = 0;
  /** Ticks at which the task that arrives next would come if the rate were the same at all times. */
  private evenTime = 0;
  /** Tasks that ended and were not turned away. */
  private ended = 0;
  /** Number of the event after which the replication is cut off. */
  private lastEvent = 0;
  /** What the replication may still spend on steps of the protocol, in events: see `Plan.efforts`. */
  private effortLeft = 0;
  /** Value of `effortLeft` at which `advance` returns. */
  private pauseAt = 0;
  /** Case that waits between two steps for `advance` to go on; -1: none. */
  private paused = -1;

  constructor(plan: Plan, root: RootKey, options: EngineOptions = {}) {
    this.plan = plan;
    this.root = root;
    this.options = options;
    this.phases = plan.steps.map(({ op }) => PHASES[op]);
    this.scheduler = new Scheduler(plan, this.cases);
    if (plan.backlog !== undefined) this.backlog = new Backlog(plan.backlog.objective);
    this.arrivalDraws = new Draws(root, ARRIVAL_DOMAIN);
    this.latencies = new Float64Array(plan.tasks);
    this.breakdown = new Float64Array(plan.breakdown?.size ?? 0);
  }

  /** Events handled since construction. */
  get events(): number {
    return this.scheduler.simulation.events;
  }

  /** Hash of all events handled since construction. */
  get fingerprint(): string {
    return this.scheduler.simulation.fingerprint;
  }

  /** Runs replication number `replication` (0, 1, …) and leaves its outcome in the public fields. */
  run(replication: number): void {
    this.begin(replication);
    while (!this.advance(Number.POSITIVE_INFINITY));
  }

  /** Begins a replication, which `advance` carries on. What is left of another one is dropped. */
  begin(replication: number): void {
    this.replication = replication;
    this.outcome.fill(0);
    this.breakdown.fill(0);
    this.delivered = 0;
    this.faults = 0;
    this.arrived = 0;
    this.evenTime = 0;
    this.ended = 0;
    this.paused = -1;
    this.scheduler.reset();
    this.backlog?.reset();
    if (this.free.length < this.cases.length) this.free = [...this.cases.keys()];
    this.lastEvent = this.events + this.plan.eventLimit;
    this.effortLeft = this.plan.eventLimit;
    this.arrivalDraws.enter(replication);
    this.expectTask(0);
  }

  /**
   * Carries the replication on by `events` events, or by fewer if steps of the protocol are long. The outcome does not
   * depend on how it is cut up.
   * @returns whether the replication has ended; its outcome is then in the public fields
   */
  advance(events: number): boolean {
    const { plan } = this;
    const { simulation } = this.scheduler;
    const pause = simulation.events + events;
    this.pauseAt = this.effortLeft - LONG_EFFORT;
    let isCut = this.resume();
    while (!isCut) {
      if (simulation.events >= pause || this.paused >= 0) return false;
      if (!simulation.next()) break;
      isCut = simulation.events > this.lastEvent || simulation.now > plan.timeLimit;
      if (!isCut) isCut = this.handleEvent();
    }
    this.end(isCut);
    return true;
  }

  /** Handles the current event. Returns whether the replication has spent more than its limits. */
  private handleEvent(): boolean {
    const { now, kind, subject, detail } = this.scheduler.simulation;
    const { observer } = this.options;
    if (observer !== undefined) observer.at = now;
    const task = this.cases[subject];
    if (kind === TURN_ENDS) this.endTurn(task, detail);
    else if (kind === MESSAGE_ARRIVES) {
      receiveMessage(task, detail);
      this.settleOne(task);
    } else if (kind === CALL_IS_RETRIED) this.scheduler.call(task, detail);
    else if (kind === SHIFT_BEGINS) this.scheduler.beginShift(subject);
    else this.arrive();
    return this.effortLeft < 0;
  }

  /** Goes on with the task that waits between two steps. Returns whether the replication has spent more than its limits. */
  private resume(): boolean {
    if (this.paused < 0) return false;
    const task = this.cases[this.paused];
    this.paused = -1;
    this.proceed(task, task.following);
    return this.effortLeft < 0;
  }

  private end(isCut: boolean): void {
    const now = Math.min(this.scheduler.now, this.plan.timeLimit);
    this.scheduler.traffic?.write(this.outcome, this.ended);
    this.backlog?.write(this.outcome, now);
    if (isCut) this.cutOff();
    this.countTraffic();
    this.outcome[FIELD.replications] = 1;
    this.outcome[FIELD.makespan] = toSeconds(now);
  }

  /** Writes what agents did up to now into the breakdown, if there is one. */
  countTraffic(): void {
    const { scheduler, plan, breakdown } = this;
    if (plan.breakdown === undefined) return;
    const now = Math.min(scheduler.now, plan.timeLimit);
    scheduler.traffic?.writeBreakdown(plan.breakdown, breakdown, now);
  }

  // ---------------------------------------------------------------- tasks

  private arrive(): void {
    const { plan } = this;
    const number = this.replication * plan.tasks + this.arrived;
    this.arrived++;
    if (plan.arrivals !== undefined && this.arrived < plan.tasks)
      this.expectTask(this.delay(plan.arrivals));
    const isFull = this.cases.length - this.free.length >= plan.inFlightLimit;
    const task = this.freeCase();
    task.open(Math.floor(number / plan.repeats), number % plan.repeats, this.scheduler.now);
    task.observer?.arrived?.(task);
    if (!isFull) {
      this.backlog?.arrived(this.scheduler.now);
      this.proceed(task, 0);
      return;
    }
    task.outcome[FIELD.turnedAway] = 1;
    this.finish(task);
  }

  private delay(arrivals: PreparedArrivals): number {
    const u = this.arrivalDraws.uniform(ARRIVAL, 0, this.arrived, 0);
    return nextDelay(arrivals, u, this.arrived);
  }

  /** Lets a task arrive `delay` ticks after the one before, as far as the profile of the rate lets it. */
  private expectTask(delay: number): void {
    const { arrivals } = this.plan;
    this.evenTime += delay;
    const time = arrivals === undefined ? 0 : underProfile(arrivals, this.evenTime);
    this.scheduler.expectTask(Math.round(time) - this.scheduler.now);
  }

  private freeCase(): TaskCase {
    const free = this.free.pop();
    if (free !== undefined) return this.cases[free];
    const task = new TaskCase(this.plan, this.root, this.cases.length, this.options);
    this.cases.push(task);
    return task;
  }

  private finish(task: TaskCase): void {
    const seconds = toSeconds(this.scheduler.now - task.arrivedAt);
    countOutcome(task, seconds);
    if (this.plan.breakdown !== undefined)
      countBreakdown(task, this.plan.breakdown, this.breakdown, seconds);
    if (task.outcome[FIELD.delivered] === 1) this.latencies[this.delivered++] = seconds;
    if (task.outcome[FIELD.turnedAway] === 0) {
      this.ended++;
      this.backlog?.ended(this.scheduler.now);
    }
    for (let i = 0; i < OUTCOME_SIZE; i++) this.outcome[i] += task.outcome[i];
    this.keepRadii(task);
    task.observer?.finished?.(task);
    this.free.push(task.index);
  }

  private keepRadii(task: TaskCase): void {
    const { faults, faultCount, descendants } = task.versions;
    for (let i = 0; i < faultCount; i++) {
      if (this.faults === this.radii.length) this.radii = grown(this.radii, 2 * this.faults);
      this.radii[this.faults++] = descendants[faults[i]];
    }
  }

  /** Ends a replication that passed a limit: the tasks in flight fail with nothing delivered, and no other comes. */
  private cutOff(): void {
    const { observer } = this.options;
    if (observer !== undefined) observer.at = Math.min(this.scheduler.now, this.plan.timeLimit);
    this.outcome[FIELD.neverArrived] = this.plan.tasks - this.arrived;
    for (const task of this.cases) {
      if (this.free.includes(task.index)) continue;
      task.outcome[FIELD.cutOff] = 1;
      if (this.scheduler.isHeldUp(task)) task.outcome[FIELD.heldUp] = 1;
      task.deliverable.fill(0);
      this.finish(task);
    }
  }

  // ---------------------------------------------------------------- protocol

  /** Carries the protocol on from step `next` until a step has to wait, or the task is done. */
  private proceed(task: TaskCase, next: number): void {
    const { steps } = this.plan;
    let position = next;
    while (position < steps.length) {
      if (this.effortLeft < this.pauseAt) {
        task.following = position;
        this.paused = task.index;
        return;
      }
      if (this.isTooMuch(task, position)) return;
      this.beginStep(task, position);
      if (task.outstanding > 0) return;
      position = task.following;
    }
    this.finish(task);
  }

  /** Spends the effort of a step. Returns whether there is none left, or no room in memory. */
  private isTooMuch({ mailbag, versions }: TaskCase, step: number): boolean {
    this.effortLeft -= this.plan.efforts[step];
    const { pending, events } = this.scheduler.simulation;
    const carried = mailbag.start[mailbag.count];
    const rows = Math.max(mailbag.count, carried, versions.count, pending);
    // What is pending will be handled: it counts already.
    if (rows > MOST_ROWS || events + pending > this.lastEvent) this.effortLeft = -1;
    return this.effortLeft < 0;
  }

  private beginStep(task: TaskCase, position: number): void {
    const step = this.plan.steps[position];
    const phase = this.phases[position];
    task.step = position;
    task.observer?.phaseBegan?.(task, position);
    phase.begin(task, step, this.scheduler);
    task.following = phase.next(task, step, position);
  }

  /** Ends a call of an agent's turn, and with it the turn, unless the call failed and is made again. */
  private endTurn(task: TaskCase, agent: number): void {
    const { scheduler } = this;
    const step = this.plan.steps[task.step];
    const phase = this.phases[task.step];
    let tokens = 0;
    if (task.callFails[agent] === 0) {
      if (scheduler.fatigue !== undefined)
        task.weariness = scheduler.fatigue.endTurn(agent, scheduler.now);
      tokens = payTurn(task, agent, step.op === "work");
      phase.act(task, step, agent, tokens, scheduler);
    } else {
      if (scheduler.retry(task, agent)) return;
      giveUpTurn(task, agent);
    }
    task.observer?.turnEnded?.(task, agent, tokens);
    scheduler.endTurn(task, agent);
    phase.goOn(task, step, agent, scheduler);
    this.settleOne(task);
  }

  /** The barrier: the protocol goes on when nothing of the current step is outstanding. */
  private settleOne(task: TaskCase): void {
    if (--task.outstanding === 0) this.proceed(task, task.following);
  }
}
