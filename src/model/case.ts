// A case: one task in flight. It holds the ledgers (a table of agents × claims), the versions, the messages, the
// place in the protocol and the tallies. Cases are reused: `open` makes a used one as good as new.

import { sideBySide } from "../kernel/arrays.ts";
import { TICKS_PER_SECOND } from "../kernel/time.ts";
import { lognormal, normalQuantile } from "../numerics/distributions.ts";
import type { RootKey } from "../numerics/draws.ts";
import { shifted } from "../numerics/logit.ts";
import { netOf, pointOf } from "../numerics/nets.ts";
import { ScrambledSobol } from "../numerics/scrambledSobol.ts";
import { SpreadDraws } from "../numerics/spreadDraws.ts";
import { clamp } from "../numerics/statistics.ts";
import { Ballots } from "./ballots.ts";
import { Beliefs } from "./beliefs.ts";
import { Confidences } from "./confidences.ts";
import { KIND, POLICY, START } from "./decisions.ts";
import { Deliveries } from "./deliveries.ts";
import { Mailbag } from "./mailbag.ts";
import { CONTESTED, IN_SCOPE, Marks, REDO } from "./marks.ts";
import type { Observer } from "./observer.ts";
import { FIELD, OUTCOME_SIZE } from "./outcome.ts";
import { CHECK_KINDS, type Plan } from "./plan.ts";
import type { Step } from "./steps.ts";
import { Versions } from "./versions.ts";
import { Worklists } from "./worklists.ts";

/** Domains of draws: what all repeats of an instance share, and what each replication has of its own. */
const INSTANCE_DOMAIN = 1;
const REPLICATION_DOMAIN = 2;

/** What makes instances unlike, by coordinate of the net; the first two are the most even together. */
const DIFFICULTY = 0;
const SIZE = 1;
const TASK_CLASS = 2;
const COORDINATES = 3;

/** Claims up to which a whole ledger is searched sooner than worklists are kept. */
const SMALL = 64;

const TICKS_PER_DAY = 86_400 * TICKS_PER_SECOND;

/** A fault that is put in on purpose: the agent's first version of the claim (-1: of any claim) is erroneous. */
export interface Injection {
  readonly agent: number;
  readonly claim: number;
}

/** Whether a step is a check that asks for stated confidences. */
const asksConfidence = (step: Step) =>
  step.op === "check" && (step.triage?.when?.confidence.length ?? 0) > 0;

/** What a task has besides its plan. */
export interface EngineOptions {
  readonly injection?: Injection | undefined;
  readonly observer?: Observer<TaskCase> | undefined;
}

/** One task in flight: its ledgers, versions, messages and tallies, as an observer sees it. */
export class TaskCase {
  readonly plan: Plan;
  /** Place among the cases of the engine: events and queues name the task by it. */
  readonly index: number;
  readonly injection: Injection | undefined;
  readonly observer: Observer<TaskCase> | undefined;
  readonly draws: SpreadDraws;
  private readonly instanceDraws: SpreadDraws;
  private readonly coordinates: ScrambledSobol;
  readonly versions = new Versions();
  readonly mailbag = new Mailbag();

  /** Instance that the task is of; -1 before the first. */
  private instance = -1;
  /** Claims that this instance needs: 0..size-1. */
  size = 0;
  taskClass = 0;
  /** Log-odds by which this instance is harder than the task in general: by its class and its own draw. */
  relativeDifficulty = 0;
  /** recall[agent * 3 + kind] and falseAlarm of the checks on this instance. */
  readonly recall: Float64Array;
  readonly falseAlarm: Float64Array;
  /** Error odds of a claim made by each agent on this instance, with enough budget and nothing to distract. */
  readonly odds: Float64Array;

  /**
   * Ledgers: slot = agent × size + claim, so that those of a small instance lie close together. held: version or 0.
   * beliefs: what speaks for it, and differing answers that came in. marks: what is to be known of either. The methods
   * below set them together.
   */
  readonly held: Int32Array;
  readonly beliefs: Beliefs;
  readonly marks: Marks;
  readonly deliveries: Deliveries;
  /** Undefined where tasks are small. */
  readonly worklists: Worklists | undefined;
  /** Undefined where no check asks for them. */
  readonly confidences: Confidences | undefined;
  /** How often the slot's claim was made, and how often a version in it was looked at: ordinals of draws. */
  readonly attempts: Int32Array;
  /** looks[slot * 3 + kind of check]. */
  readonly looks: Int32Array;

  /** Per agent. */
  readonly ledgerSize: Int32Array;
  readonly turnsTaken: Int32Array;
  readonly workTurns: Int32Array;
  readonly phaseTurns: Int32Array;
  /** Calls of the turn that the agent is in which failed, and whether the one under way will. */
  readonly failedCalls: Int32Array;
  readonly callFails: Uint8Array;
  /** What the agent does in the turn it is in: see choosing.ts. */
  readonly action: Int32Array;
  /** Ticks of simulated time at which the agent was asked for its turn, -1 where it has none, and at which the turn began. */
  readonly askedAt: Float64Array;
  readonly begunAt: Float64Array;
  /** Ticks of work in the turn that the agent is in. */
  readonly turnWork: Float64Array;
  /** US dollars spent on the agent. */
  readonly spent: Float64Array;
  /** Turns that yielded nothing because all their calls failed. */
  readonly failedTurns: Int32Array;
  /** Working turns taken when the agent last reviewed. */
  readonly reviewedAt: Int32Array;
  readonly startClaim: Int32Array;
  readonly completedAt: Float64Array;
  /** 1 + the planner whose assignment the agent has not been told yet; 0: none. */
  readonly newAssignment: Int32Array;

  /** Kind of each claim; of all claims the same where the task has no kinds. */
  readonly kindOf: Int32Array;
  /** Per claim: 1 + first agent that made it, and whether another one did too. */
  readonly firstMaker: Int32Array;
  readonly madeTwice: Int32Array;
  /** Version of every claim that is handed over; 0: missing. */
  readonly deliverable: Int32Array;
  /** What last stood in the way of every claim: 1 + the edge on which it was lost, or -1 - the agent that rejected it. */
  readonly obstacle: Int32Array;

  /** Claims that a plan shares out. */
  readonly listed: Int32Array;
  readonly ballots: Ballots;

  /** Agent whose answer alone is handed over; -1: all ledgers count that the aggregator builds from. */
  author = -1;

  /** Place in the protocol. */
  step = 0;
  following = 0;
  readonly rounds: Int32Array;
  /** What had happened when the current round of each loop began: see phases/repeat.ts. */
  readonly roundMark: Float64Array;
  readonly batchCursor: Int32Array;
  /** The short arrays that begin at 0 with every task. */
  private readonly counts: Int32Array;
  sends = 0;
  plans = 0;
  /** Changes of ledgers, looks, losses on the way and failed turns so far. A round without any has stalled. */
  changes = 0;
  /** Check phases begun: what a rejection is dated by. */
  checkPhases = 0;
  /** Revise phases begun: ordinals of draws. */
  revisions = 0;
  /** Turns and messages that the current phase waits for. */
  outstanding = 0;
  /** Agents at work at this moment: those that can conflict over shared state. */
  working = 0;

  tokensLeft = 0;
  /** Turns that were paid from the budget. */
  turnsPaid = 0;
  /** Factor on the error odds of the current turn for a shortage of tokens, and the tokens that it was computed from. */
  shortage = 1;
  shortageWanted = 0;
  shortageSpent = 0;
  /** Log-odds by which more goes wrong in the current turn since its agent is tired. */
  weariness = 0;
  arrivedAt = 0;
  readonly outcome = new Float64Array(OUTCOME_SIZE);

  constructor(plan: Plan, root: RootKey, index: number, { injection, observer }: EngineOptions) {
    const agents = plan.agents.count;
    const claims = plan.task.claims;
    const slots = agents * claims;
    this.plan = plan;
    this.index = index;
    this.injection = injection;
    this.observer = observer;
    this.draws = new SpreadDraws(root, REPLICATION_DOMAIN);
    this.instanceDraws = new SpreadDraws(root, INSTANCE_DOMAIN);
    this.coordinates = new ScrambledSobol(root, COORDINATES);
    this.odds = new Float64Array(agents);
    this.recall = Float64Array.from(plan.agents.recall);
    this.falseAlarm = Float64Array.from(plan.agents.falseAlarm);
    this.held = new Int32Array(slots);
    this.beliefs = new Beliefs(slots);
    this.marks = new Marks(agents, claims);
    this.deliveries = new Deliveries(plan.topology, this.marks);
    this.attempts = new Int32Array(slots);
    this.looks = new Int32Array(slots * CHECK_KINDS.length);
    this.failedCalls = new Int32Array(agents);
    this.callFails = new Uint8Array(agents);
    this.action = new Int32Array(agents);
    this.askedAt = new Float64Array(agents);
    this.begunAt = new Float64Array(agents);
    this.turnWork = new Float64Array(agents);
    this.spent = new Float64Array(agents);
    this.startClaim = new Int32Array(agents);
    if (claims > SMALL)
      this.worklists = new Worklists(agents, plan.task, this.marks, this.startClaim);
    if (plan.steps.some(asksConfidence)) this.confidences = new Confidences();
    this.completedAt = new Float64Array(agents);
    this.listed = new Int32Array(claims);
    this.kindOf = Int32Array.from({ length: claims }, (_, claim) => claim);
    this.ballots = new Ballots(agents);
    this.roundMark = new Float64Array(plan.loops);
    const { all, parts } = sideBySide({
      ledgerSize: agents,
      turnsTaken: agents,
      workTurns: agents,
      phaseTurns: agents,
      failedTurns: agents,
      reviewedAt: agents,
      newAssignment: agents,
      firstMaker: claims,
      madeTwice: claims,
      deliverable: claims,
      obstacle: claims,
      rounds: plan.loops,
      batchCursor: plan.workSteps,
    });
    this.counts = all;
    this.ledgerSize = parts.ledgerSize;
    this.turnsTaken = parts.turnsTaken;
    this.workTurns = parts.workTurns;
    this.phaseTurns = parts.phaseTurns;
    this.failedTurns = parts.failedTurns;
    this.reviewedAt = parts.reviewedAt;
    this.newAssignment = parts.newAssignment;
    this.firstMaker = parts.firstMaker;
    this.madeTwice = parts.madeTwice;
    this.deliverable = parts.deliverable;
    this.obstacle = parts.obstacle;
    this.rounds = parts.rounds;
    this.batchCursor = parts.batchCursor;
  }

  /**
   * Begins a task.
   * @param instance number of its instance, shared by its repeats
   * @param repeat which of them it is: 0, 1, …
   * @param now ticks
   */
  open(instance: number, repeat: number, now: number): void {
    // An instance that is not spread is a net of its own, with one point.
    const net = this.plan.isSpread ? netOf(instance) : instance;
    const point = this.plan.isSpread ? pointOf(instance) : 0;
    this.draws.enter(net, repeat, point);
    if (instance !== this.instance || now !== this.arrivedAt) {
      this.instance = instance;
      this.instanceDraws.enter(net, 0, point);
      this.coordinates.enter(net, point);
      this.drawInstance(now);
    }
    this.clear();
    this.arrivedAt = now;
    this.tokensLeft = this.plan.budgetTokens;
    this.turnsPaid = 0;
    this.drawStarts();
  }

  /** Draws what all repeats of an instance share, and need not draw again: class, size, kinds of claim and difficulty. */
  private drawInstance(now: number): void {
    const classShift = this.drawClass();
    this.drawSize();
    this.drawKinds();
    this.drawDifficulty(classShift, now);
  }

  private clear(): void {
    this.versions.clear();
    this.mailbag.clear();
    const slots = this.slot(this.plan.agents.count, 0);
    this.held.fill(0, 0, slots);
    this.beliefs.open(slots);
    this.marks.open(this.size);
    this.deliveries.open();
    this.worklists?.open(this.size);
    this.attempts.fill(0, 0, slots);
    this.looks.fill(0, 0, slots * CHECK_KINDS.length);
    this.counts.fill(0);
    this.completedAt.fill(Number.POSITIVE_INFINITY);
    if (this.plan.agents.hasShifts) this.askedAt.fill(-1);
    this.spent.fill(0);
    this.outcome.fill(0);
    this.author = -1;
    this.step = 0;
    this.sends = 0;
    this.plans = 0;
    this.changes = 0;
    this.checkPhases = 0;
    this.revisions = 0;
    this.outstanding = 0;
    this.working = 0;
  }

  private drawClass(): number {
    const { classCumulative, classDifficulty } = this.plan.task;
    this.taskClass = 0;
    if (classCumulative.length === 0) return 0;
    const u = this.coordinates.coordinate(TASK_CLASS);
    const last = classCumulative.length - 1;
    while (this.taskClass < last && u >= classCumulative[this.taskClass]) this.taskClass++;
    return classDifficulty[this.taskClass];
  }

  private drawSize(): void {
    const { task } = this.plan;
    this.size = task.claims;
    if (task.fixedSize) return;
    const factor = task.classSizeFactor.length > 0 ? task.classSizeFactor[this.taskClass] : 1;
    const u = this.coordinates.coordinate(SIZE);
    const drawn = Math.round(lognormal(u, task.sizeMean * factor, task.sizeCv));
    this.size = clamp(drawn, 1, task.claims);
  }

  private drawKinds(): void {
    const cumulative = this.plan.task.kinds?.cumulative;
    if (cumulative === undefined || cumulative.length === 0) return;
    for (let claim = 0; claim < this.size; claim++) {
      const u = this.instanceDraws.uniform(KIND, 0, claim, 0);
      let kind = 0;
      while (kind < cumulative.length - 1 && u >= cumulative[kind]) kind++;
      this.kindOf[claim] = kind;
    }
  }

  private drawDifficulty(classShift: number, now: number): void {
    const { task, agents } = this.plan;
    let difficulty = task.difficulty + classShift;
    this.relativeDifficulty = classShift;
    if (task.difficultySpread > 0) {
      const u = this.coordinates.coordinate(DIFFICULTY);
      const own = task.difficultySpread * normalQuantile(u);
      difficulty += own;
      this.relativeDifficulty += own;
    }
    const days = now / TICKS_PER_DAY;
    for (let agent = 0; agent < agents.count; agent++)
      this.odds[agent] = Math.exp(
        agents.errorLogOdds[agent] + difficulty + agents.drift[agent] * days,
      );
    if (agents.isDifficultToCheck) this.hardenChecks(difficulty);
  }

  /** What is hard to make is hard to check, as far as the difficulty reaches the checks. */
  private hardenChecks(difficulty: number): void {
    const { count, difficultyEffect, recall, falseAlarm } = this.plan.agents;
    const kinds = CHECK_KINDS.length;
    for (let agent = 0; agent < count; agent++)
      for (let row = agent * kinds; row < (agent + 1) * kinds; row++) {
        this.recall[row] = shifted(recall[row], -difficultyEffect[agent] * difficulty);
        this.falseAlarm[row] = shifted(falseAlarm[row], difficultyEffect[agent] * difficulty);
      }
  }

  /**
   * Agents that may choose begin at a random claim, or evenly spaced. So isolated agents come to cover different
   * parts.
   */
  private drawStarts(): void {
    const { count, key, diversity, spacing } = this.plan.agents;
    for (let agent = 0; agent < count; agent++) {
      const isApart =
        diversity[agent] > 0 && this.draws.uniform(START, key[agent], 0, 1) < diversity[agent];
      const place = isApart
        ? (this.draws.uniform(START, 0, 0, 2) + spacing[agent]) % 1
        : this.draws.uniform(START, key[agent], 0, 0);
      this.startClaim[agent] = Math.floor(place * this.size);
    }
  }

  /** Whether the claim is a policy-critical action: the same in all repeats of the instance. */
  isPolicyCritical(claim: number): boolean {
    const { policyCritical } = this.plan.task;
    return policyCritical === 1 || this.instanceDraws.uniform(POLICY, 0, claim, 0) < policyCritical;
  }

  /** The agent that owns a claim; -1: nobody does. */
  ownerOf(claim: number): number {
    const { ownerOf, kinds } = this.plan.task;
    const owners = kinds?.owners[this.kindOf[claim]];
    if (owners === undefined || owners.length === 0) return ownerOf[claim];
    return owners[claim % owners.length];
  }

  /** Pays for an agent. */
  pay(agent: number, dollars: number): void {
    this.outcome[FIELD.cost] += dollars;
    this.spent[agent] += dollars;
  }

  slot(agent: number, claim: number): number {
    return agent * this.size + claim;
  }

  /**
   * Puts a version into an agent's ledger, or none (0).
   * @param weight with which the agent believes it
   */
  hold(agent: number, claim: number, version: number, weight: number): void {
    const slot = this.slot(agent, claim);
    this.changes++;
    if (this.held[slot] === 0) this.ledgerSize[agent]++;
    if (version === 0) this.ledgerSize[agent]--;
    this.held[slot] = version;
    this.beliefs.held[slot] = weight;
    this.marks.renew(agent, claim, version !== 0, this.versions.carrier[version] > 0);
    if (version === 0) this.worklists?.reopen(agent, claim);
    else this.worklists?.hold(agent, claim);
  }

  /** Holds a version that the agent makes itself. A rival with the same answer speaks for it. */
  holdOwn(agent: number, claim: number, version: number): void {
    const { beliefs, versions } = this;
    const slot = this.slot(agent, claim);
    this.hold(agent, claim, version, this.plan.agents.belief.self[agent]);
    if (beliefs.first[slot] === 0) return;
    const rival = beliefs.find(slot, versions.value[version], versions.value);
    if (rival === 0) return;
    beliefs.held[slot] += beliefs.weight[rival];
    beliefs.remove(slot, rival);
    if (beliefs.first[slot] === 0) this.marks.remove(agent, claim, CONTESTED);
  }

  /** Puts a claim into an agent's scope. */
  give(agent: number, claim: number): void {
    this.marks.add(agent, claim, IN_SCOPE);
    this.worklists?.reopen(agent, claim);
  }

  /** Marks a version in an agent's ledger as one that is to be made again. */
  flag(agent: number, claim: number): void {
    this.marks.add(agent, claim, REDO);
    this.worklists?.flag(agent, claim);
  }

  /** Puts a version beside the one held, as the last rival. */
  contest(agent: number, claim: number, version: number, weight: number): void {
    this.changes++;
    this.beliefs.add(this.slot(agent, claim), version, weight);
    this.marks.add(agent, claim, CONTESTED);
  }

  /** A rival takes the place of the version held, which stands where it stood. */
  adopt(agent: number, claim: number, rival: number): void {
    const { beliefs } = this;
    const slot = this.slot(agent, claim);
    const version = beliefs.version[rival];
    const weight = beliefs.weight[rival];
    beliefs.version[rival] = this.held[slot];
    beliefs.weight[rival] = beliefs.held[slot];
    this.hold(agent, claim, version, weight);
  }

  /** Forgets what stands beside the version held. */
  settle(agent: number, claim: number): void {
    const slot = this.slot(agent, claim);
    if (this.beliefs.first[slot] === 0) return;
    this.changes++;
    this.beliefs.first[slot] = 0;
    this.marks.remove(agent, claim, CONTESTED);
  }

  /** A version of a claim is lost on an edge. */
  lose(edge: number, claim: number): void {
    this.changes++;
    this.obstacle[claim] = edge + 1;
  }

  /** A version of a claim gets there. */
  arrive(edge: number, claim: number): void {
    if (this.obstacle[claim] === edge + 1) this.obstacle[claim] = 0;
  }

  /** An agent rejects a version of a claim. */
  reject(agent: number, claim: number): void {
    this.obstacle[claim] = -agent - 1;
  }
}
