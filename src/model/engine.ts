// The engine: runs the protocol of a plan as events on the kernel, one replication at a time. A replication is one
// task, or a stream of tasks that arrive at the same team. Agents are servers that do one turn at a time.
import { grown } from "../kernel/arrays.ts";
import { nextDelay } from "../kernel/arrivals.ts";
import { RateLimits } from "../kernel/rateLimit.ts";
import { Servers } from "../kernel/server.ts";
import { Simulation } from "../kernel/simulation.ts";
import { toSeconds } from "../kernel/time.ts";
import type { RootKey } from "../numerics/draws.ts";
import { Draws } from "../numerics/draws.ts";
import { sample } from "../numerics/quantileTable.ts";
import { aggregate, countOutcome, isSettled } from "./aggregating.ts";
import { assign } from "./assigning.ts";
import { giveUpTurn, makeCall, payFailedCall } from "./calling.ts";
import { TaskCase } from "./case.ts";
import { checkLedger, hasUnchecked, review, takeBack } from "./checking.ts";
import { ARRIVAL, MESSAGE_TIME } from "./decisions.ts";
import { Load } from "./load.ts";
import { receiveMessage, writeMessages } from "./messaging.ts";
import type { Observer } from "./observer.ts";
import { FIELD, OUTCOME_SIZE } from "./outcome.ts";
import type {
  AssignStep,
  CheckStep,
  EscalateStep,
  Plan,
  RepeatStep,
  SendStep,
  Step,
  WorkStep,
} from "./plan.ts";
import { type Injection, makeClaims, NOTHING, nextAction, payTurn, REVIEW } from "./turns.ts";

/** Kinds of event. Their numbers are also their priorities: at one moment tasks arrive before messages before turns end. */
const TASK_ARRIVES = 0;
const MESSAGE_ARRIVES = 1;
const TURN_ENDS = 2;
/** A call of a turn is made again. */
const CALL_IS_RETRIED = 3;

/** Effort after which `advance` comes back between two steps of the protocol: some milliseconds. */
const LONG_EFFORT = 2000;
/** Most messages, versions and copies under way in one task, and most events that are pending: a bound of the memory. */
const MOST_ROWS = 1 << 25;

const ARRIVAL_DOMAIN = 3;

export interface EngineOptions {
  readonly injection?: Injection;
  readonly observer?: Observer;
}

export class Engine {
  readonly plan: Plan;
  /** Outcome of the last replication: the sum over its tasks, and the makespan. */
  readonly outcome = new Float64Array(OUTCOME_SIZE);
  /** Seconds from arrival to deliverable of each task that the last replication delivered. */
  readonly latencies: Float64Array;
  delivered = 0;
  /** Blast radius of each fault of the last replication: radii[0] .. radii[faults - 1]. */
  radii = new Int32Array(64);
  faults = 0;

  private readonly simulation = new Simulation();
  private readonly servers: Servers;
  /** Undefined where no model has a limit. */
  private readonly rateLimits: RateLimits | undefined;
  /** Undefined where tasks come one at a time. */
  private readonly load: Load | undefined;
  private readonly arrivalDraws: Draws;
  private readonly cases: TaskCase[] = [];
  /** Cases that no task is in; all of them between replications. */
  private free: number[] = [];
  private readonly root: RootKey;
  private readonly injection: Injection | undefined;
  private readonly observer: Observer | undefined;
  private replication = 0;
  private arrived = 0;
  /** Tasks that ended and were not turned away. */
  private ended = 0;
  /** Number of the event after which the replication is cut off. */
  private lastEvent = 0;
  /** What the replication may still spend on steps of the protocol, in events: see `Plan.efforts`. */
  private effortLeft = 0;
  /** Value of `effortLeft` at which `advance` comes back. */
  private pauseAt = 0;
  /** Case that waits between two steps for `advance` to go on; -1: none. */
  private paused = -1;

  constructor(plan: Plan, root: RootKey, options: EngineOptions = {}) {
    this.plan = plan;
    this.root = root;
    this.servers = new Servers(plan.agents.count);
    const { interval, burst } = plan.rateLimits;
    if (interval.some((ticks) => ticks > 0)) this.rateLimits = new RateLimits(interval, burst);
    if (plan.arrivals !== undefined) this.load = new Load(plan);
    this.arrivalDraws = new Draws(root, ARRIVAL_DOMAIN);
    this.latencies = new Float64Array(plan.tasks);
    this.injection = options.injection;
    this.observer = options.observer;
  }

  /** Events handled since construction. */
  get events(): number {
    return this.simulation.events;
  }

  /** Hash of all events handled since construction. */
  get fingerprint(): string {
    return this.simulation.fingerprint;
  }

  /** Runs replication number `replication` (0, 1, …) and leaves what came of it in the public fields. */
  run(replication: number): void {
    this.begin(replication);
    while (!this.advance(Number.POSITIVE_INFINITY));
  }

  /** Begins a replication, to be carried on by `advance`. What is left of another one is dropped. */
  begin(replication: number): void {
    this.replication = replication;
    this.outcome.fill(0);
    this.delivered = 0;
    this.faults = 0;
    this.arrived = 0;
    this.ended = 0;
    this.paused = -1;
    this.simulation.reset();
    this.servers.reset();
    this.rateLimits?.reset();
    this.load?.reset();
    if (this.free.length < this.cases.length) this.free = [...this.cases.keys()];
    this.lastEvent = this.simulation.events + this.plan.eventLimit;
    this.effortLeft = this.plan.eventLimit;
    this.arrivalDraws.enter(replication);
    this.simulation.schedule(0, TASK_ARRIVES, TASK_ARRIVES, 0, 0);
  }

  /**
   * Carries the replication on by `events` events, or by fewer where steps of the protocol are long. How it is cut up
   * never shows in what comes of it.
   * @returns whether the replication has ended; what came of it is then in the public fields
   */
  advance(events: number): boolean {
    const { simulation, plan } = this;
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

  /** Handles the event at hand. Returns whether the replication did more than it may. */
  private handleEvent(): boolean {
    const { simulation } = this;
    if (this.observer !== undefined) this.observer.at = simulation.now;
    if (simulation.kind === TURN_ENDS) this.endTurn(simulation.subject, simulation.detail);
    else if (simulation.kind === MESSAGE_ARRIVES)
      this.deliver(simulation.subject, simulation.detail);
    else if (simulation.kind === CALL_IS_RETRIED)
      this.call(simulation.subject, this.cases[simulation.subject], simulation.detail);
    else this.arrive();
    return this.effortLeft < 0;
  }

  /** Goes on with the task that waits between two steps. Returns whether the replication did more than it may. */
  private resume(): boolean {
    const index = this.paused;
    if (index < 0) return false;
    this.paused = -1;
    const task = this.cases[index];
    this.proceed(index, task, task.following);
    return this.effortLeft < 0;
  }

  private end(isCut: boolean): void {
    this.load?.write(this.outcome, this.ended);
    if (isCut) this.cutOff();
    this.outcome[FIELD.replications] = 1;
    this.outcome[FIELD.makespan] = toSeconds(Math.min(this.simulation.now, this.plan.timeLimit));
  }

  // ---------------------------------------------------------------- tasks

  private arrive(): void {
    const { plan } = this;
    const number = this.replication * plan.tasks + this.arrived;
    this.arrived++;
    if (plan.arrivals !== undefined && this.arrived < plan.tasks) this.scheduleArrival();
    const isFull = this.cases.length - this.free.length >= plan.inFlightLimit;
    const index = this.takeCase();
    const task = this.cases[index];
    task.open(number, Math.floor(number / plan.repeats), this.simulation.now);
    this.observer?.arrived(task);
    if (isFull) this.turnAway(index, task);
    else this.proceed(index, task, 0);
  }

  /** Fails a task with nothing delivered, since too many others are under way. */
  private turnAway(index: number, task: TaskCase): void {
    task.outcome[FIELD.turnedAway] = 1;
    this.finish(index, task);
  }

  private scheduleArrival(): void {
    const u = this.arrivalDraws.uniform(ARRIVAL, 0, this.arrived, 0);
    const delay = nextDelay(this.plan.arrivals as NonNullable<Plan["arrivals"]>, u, this.arrived);
    this.simulation.schedule(delay, TASK_ARRIVES, TASK_ARRIVES, 0, 0);
  }

  private takeCase(): number {
    const index = this.free.pop();
    if (index !== undefined) return index;
    this.cases.push(new TaskCase(this.plan, this.root));
    return this.cases.length - 1;
  }

  private finish(index: number, task: TaskCase): void {
    const seconds = toSeconds(this.simulation.now - task.arrivedAt);
    countOutcome(task, seconds, this.observer);
    if (task.outcome[FIELD.delivered] === 1) this.latencies[this.delivered++] = seconds;
    if (task.outcome[FIELD.turnedAway] === 0) this.ended++;
    for (let i = 0; i < OUTCOME_SIZE; i++) this.outcome[i] += task.outcome[i];
    this.keepRadii(task);
    this.observer?.finished(task);
    this.free.push(index);
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
    if (this.observer !== undefined)
      this.observer.at = Math.min(this.simulation.now, this.plan.timeLimit);
    this.outcome[FIELD.neverArrived] = this.plan.tasks - this.arrived;
    for (let index = 0; index < this.cases.length; index++) {
      if (this.free.includes(index)) continue;
      const task = this.cases[index];
      task.outcome[FIELD.cutOff] = 1;
      task.deliverable.fill(0);
      this.finish(index, task);
    }
  }

  // ---------------------------------------------------------------- protocol

  /** Carries the protocol on from step `next` until something has to be waited for, or the task is done. */
  private proceed(index: number, task: TaskCase, next: number): void {
    const { steps } = this.plan;
    let step = next;
    while (step < steps.length) {
      if (this.effortLeft < this.pauseAt) {
        task.following = step;
        this.paused = index;
        return;
      }
      if (this.isTooMuch(task, step)) return;
      task.step = step;
      this.observer?.phaseBegan(task, step);
      task.following = this.beginStep(index, task, steps[step], step);
      if (task.outstanding > 0) return;
      step = task.following;
    }
    this.finish(index, task);
  }

  /** Spends the effort of a step. Returns whether there is none left, or no room in memory. */
  private isTooMuch({ mailbag, versions }: TaskCase, step: number): boolean {
    this.effortLeft -= this.plan.efforts[step];
    const { pending, events } = this.simulation;
    const carried = mailbag.start[mailbag.count];
    const rows = Math.max(mailbag.count, carried, versions.count, pending);
    // What is pending is going to be handled: there is no need to see it.
    if (rows > MOST_ROWS || events + pending > this.lastEvent) this.effortLeft = -1;
    return this.effortLeft < 0;
  }

  /** Starts a step and returns the step that follows it. */
  private beginStep(index: number, task: TaskCase, step: Step, position: number): number {
    switch (step.op) {
      case "assign":
        this.beginAssign(index, task, step);
        break;
      case "work":
        this.beginWork(index, task, step);
        break;
      case "send":
        this.beginSend(index, task, step);
        break;
      case "check":
        this.beginCheck(index, task, step);
        break;
      case "repeat":
        return this.goesOn(task, step) ? position + 1 : step.exit;
      case "again":
        return step.head;
      case "escalate":
        return this.escalates(task, step) ? position + 1 : step.exit;
      case "aggregate":
        if (step.by >= 0) this.requestTurn(index, task, step.by);
        else aggregate(task, step);
    }
    return position + 1;
  }

  private beginAssign(index: number, task: TaskCase, step: AssignStep): void {
    if (step.by >= 0) this.requestTurn(index, task, step.by);
    else assign(task, step);
  }

  private beginWork(index: number, task: TaskCase, step: WorkStep): void {
    const count = step.batch === 0 ? step.who.length : Math.min(step.batch, step.who.length);
    const first = step.batch === 0 ? 0 : task.batchCursor[step.index];
    for (let i = 0; i < count; i++) {
      const agent = step.who[(first + i) % step.who.length];
      task.phaseTurns[agent] = 0;
      takeBack(task, agent);
      this.work(index, task, step, agent);
    }
    task.batchCursor[step.index] = (first + count) % step.who.length;
    // Other agents are next.
    if (count < step.who.length) task.changes++;
  }

  /** Begins the agent's next working turn, if it has one and something to do. */
  private work(index: number, task: TaskCase, step: WorkStep, agent: number): void {
    const turns = task.phaseTurns[agent];
    if (turns >= step.turns) return;
    if (task.workTurns[agent] >= this.plan.agents.maxTurns[agent]) return;
    const action = nextAction(task, agent, step);
    if (action === NOTHING) return;
    if (turns >= step.mostTurns) {
      task.outcome[FIELD.outOfTurns] = 1;
      return;
    }
    task.action[agent] = action;
    task.phaseTurns[agent]++;
    task.workTurns[agent]++;
    this.requestTurn(index, task, agent);
  }

  private beginSend(index: number, task: TaskCase, step: SendStep): void {
    const { mailbag } = task;
    const first = mailbag.count;
    writeMessages(task, step, this.observer);
    for (let message = first; message < mailbag.count; message++) {
      task.outstanding++;
      this.simulation.schedule(
        this.messageTime(task, message),
        MESSAGE_ARRIVES,
        MESSAGE_ARRIVES,
        index,
        message,
      );
      this.observer?.sent(task, message);
    }
  }

  private messageTime(task: TaskCase, message: number): number {
    const { topology } = this.plan;
    const key = topology.key[task.mailbag.edge[message]];
    return Math.round(
      sample(topology.latency, task.draws.uniform(MESSAGE_TIME, key, task.sends, 0)),
    );
  }

  private beginCheck(index: number, task: TaskCase, step: CheckStep): void {
    task.checkPhases++;
    for (let i = 0; i < step.who.length; i++)
      if (hasUnchecked(task, step.who[i], step.of)) this.requestTurn(index, task, step.who[i]);
  }

  /** Whether a loop goes into another round. */
  private goesOn(task: TaskCase, loop: RepeatStep): boolean {
    const done = task.rounds[loop.index];
    const settled = done > 0 && isSettled(task, this.plan.aggregate, loop.until);
    const mark = this.happened(task, loop);
    const stalled = done > 0 && mark === task.roundMark[loop.index];
    if (settled || stalled || done >= loop.rounds) {
      if (!settled && loop.until !== "never") {
        task.outcome[stalled ? FIELD.stalled : FIELD.exhausted] = 1;
        if (stalled) this.observer?.stalled?.(task, done);
      }
      task.rounds[loop.index] = 0;
      return false;
    }
    task.roundMark[loop.index] = mark;
    task.rounds[loop.index]++;
    return true;
  }

  /**
   * What has happened so far: where a round adds nothing to it the loop has stalled, since the next round would go the same
   * way. A loop that is to run all its rounds may say the same things again and again.
   */
  private happened({ outcome, changes }: TaskCase, { until }: RepeatStep): number {
    return until === "never" ? outcome[FIELD.turns] + outcome[FIELD.messages] : changes;
  }

  /** Whether the phases of an escalation are gone through. */
  private escalates(task: TaskCase, { goal, until }: EscalateStep): boolean {
    if (isSettled(task, goal, until)) return false;
    task.outcome[FIELD.escalated] = 1;
    return true;
  }

  // ---------------------------------------------------------------- turns and messages

  private requestTurn(index: number, task: TaskCase, agent: number): void {
    task.outstanding++;
    if (this.servers.request(agent, this.customer(index, agent)))
      this.beginTurn(index, task, agent);
  }

  /** A task can wait for several agents at once, so that each pair of task and agent is a customer of its own. */
  private customer(index: number, agent: number): number {
    return index * this.plan.agents.count + agent;
  }

  private beginTurn(index: number, task: TaskCase, agent: number): void {
    task.working++;
    task.failedCalls[agent] = 0;
    this.load?.turnBegan(agent, this.simulation.now);
    this.call(index, task, agent);
    this.observer?.turnBegan(task, agent);
  }

  /** Makes a call of the turn that the agent is in, once the provider lets it pass. */
  private call(index: number, task: TaskCase, agent: number): void {
    const { simulation, rateLimits } = this;
    const wait = rateLimits?.wait(this.plan.agents.model[agent], simulation.now) ?? 0;
    const delay = wait + makeCall(task, agent);
    simulation.schedule(delay, TURN_ENDS, TURN_ENDS, index, agent);
    this.load?.called(agent);
  }

  /** The call under way has failed. Returns whether it is made again. */
  private retry(index: number, task: TaskCase, agent: number): boolean {
    const pause = payFailedCall(task, agent);
    if (pause < 0) return false;
    this.simulation.schedule(pause, CALL_IS_RETRIED, CALL_IS_RETRIED, index, agent);
    return true;
  }

  private endTurn(index: number, agent: number): void {
    const task = this.cases[index];
    const step = this.plan.steps[task.step];
    let tokens = 0;
    if (task.callFails[agent] === 0) {
      tokens = payTurn(task, agent);
      this.act(task, agent, step, tokens);
    } else {
      if (this.retry(index, task, agent)) return;
      giveUpTurn(task, agent);
    }
    this.observer?.turnEnded(task, agent, tokens);
    task.working--;
    this.load?.turnEnded(agent, this.simulation.now);
    this.serveNext(agent);
    if (step.op === "work") this.work(index, task, step, agent);
    this.settleOne(index, task);
  }

  /** Lets the task that has waited longest for the agent have it. */
  private serveNext(agent: number): void {
    const customer = this.servers.release(agent);
    if (customer < 0) return;
    const index = Math.floor(customer / this.plan.agents.count);
    this.beginTurn(index, this.cases[index], agent);
  }

  /** What a turn does, by the step that the task is in. */
  private act(task: TaskCase, agent: number, step: Step, tokens: number): void {
    switch (step.op) {
      case "work":
        if (task.action[agent] === REVIEW) review(task, agent, this.observer);
        else this.make(task, agent, step, tokens);
        break;
      case "check":
        checkLedger(task, agent, step.kindOf[agent], step.of, this.observer);
        break;
      case "assign":
        if (task.plans++ > 0) task.outcome[FIELD.overheadTokens] += tokens;
        assign(task, step);
        break;
      case "aggregate":
        aggregate(task, step);
    }
  }

  private make(task: TaskCase, agent: number, step: WorkStep, tokens: number): void {
    const first = task.action[agent];
    makeClaims(task, agent, first, step, tokens, this.injection, this.observer);
    if (
      task.ledgerSize[agent] === task.size &&
      task.completedAt[agent] === Number.POSITIVE_INFINITY
    )
      task.completedAt[agent] = this.simulation.now;
  }

  private deliver(index: number, message: number): void {
    const task = this.cases[index];
    receiveMessage(task, message, this.observer);
    this.observer?.delivered(task, message);
    this.settleOne(index, task);
  }

  /** The barrier: the protocol goes on when nothing of the current step is outstanding. */
  private settleOne(index: number, task: TaskCase): void {
    if (--task.outstanding === 0) this.proceed(index, task, task.following);
  }
}
