// A trace: one replication followed event by event, with the lineage of every error. It watches the same engine that
// experiments use, and watching changes nothing.
import { toSeconds } from "../kernel/time.ts";
import type { Injection, TaskCase } from "../model/case.ts";
import { CAUSES, type CauseName } from "../model/causes.ts";
import { Engine } from "../model/engine.ts";
import { MISSING, type MissingReason, obstacleOf } from "../model/missing.ts";
import type { Observer } from "../model/observer.ts";
import { OUTCOME_FIELDS, type OutcomeField } from "../model/outcome.ts";
import { CHECK_KINDS, type Plan } from "../model/plan.ts";
import type { Step } from "../model/steps.ts";
import { rootKey } from "../numerics/draws.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { atOnce, slices } from "./inThread.ts";
import { ENGINE } from "./result.ts";

export type CheckKind = (typeof CHECK_KINDS)[number];
export type Outcome = Readonly<Record<OutcomeField, number>>;

/** What happened, in the order in which it did. Times are seconds; versions and messages are numbered from 1 in a task. */
export type TraceEvent = {
  readonly t: number;
  /** Number of the task, from 0; only where tasks arrive as a stream. */
  readonly task?: number;
} & (
  | ({ readonly event: "began"; readonly schema: "faultline/trace@1" } & TraceSubject)
  | { readonly event: "arrived"; readonly size: number; readonly class?: string }
  | {
      readonly event: "phase";
      readonly step: number;
      readonly phase: Step["op"];
      readonly roundsDone?: number;
    }
  | { readonly event: "turnBegan"; readonly agent: string }
  | { readonly event: "turnEnded"; readonly agent: string; readonly tokens: number }
  | ({ readonly event: "made"; readonly agent: string } & VersionFacts)
  | {
      readonly event: "stopped";
      readonly agent: string;
      readonly claim: string;
      readonly violates: boolean;
    }
  | {
      /** The sender's version of a claim was left out of the message that is sent next. */
      readonly event: "omitted";
      readonly message: number;
      readonly from: string;
      readonly to: string;
      readonly claim: string;
      readonly version: number;
    }
  | {
      readonly event: "sent";
      readonly message: number;
      readonly from: string;
      readonly to: string;
      readonly versions: readonly number[];
    }
  | {
      readonly event: "delivered";
      readonly message: number;
      readonly from: string;
      readonly to: string;
    }
  | ({
      readonly event: "received";
      readonly agent: string;
      readonly message: number;
    } & VersionFacts)
  | {
      readonly event: "checked";
      readonly agent: string;
      readonly check: CheckKind;
      readonly version: number;
      readonly claim: string;
      readonly erroneous: boolean;
      readonly flagged: boolean;
    }
  /** A loop ends since its last round, counted from 1, changed nothing. */
  | { readonly event: "stalled"; readonly round: number }
  | ({ readonly event: "missing" } & MissingClaim)
  | {
      readonly event: "finished";
      readonly success: boolean;
      readonly deliverable: Readonly<Record<string, number | null>>;
    }
  | {
      readonly event: "outcome";
      readonly events: number;
      readonly fingerprint: string;
      readonly outcome: Outcome;
    }
);

interface VersionFacts {
  readonly version: number;
  readonly claim: string;
  readonly cause: CauseName;
  /** Version that it was copied from or inherited its error from. */
  readonly parent?: number;
  /** Version in which its error began; missing where the version is correct. */
  readonly origin?: number;
}

/** A claim that the deliverable lacks, with what stood in its way: see model/missing.ts. */
export interface MissingClaim {
  readonly claim: string;
  readonly reason: MissingReason;
  /** Reason waiting: the premise that its maker lacks. */
  readonly premise?: string;
  /** The agent that rejected it, ran out of turns, has it unchecked or unsent, or whose calls failed. */
  readonly agent?: string;
  /** Reason lost: the edge on which it was lost. */
  readonly from?: string;
  readonly to?: string;
}

/** A look at an erroneous version by the agent that held it. */
export interface Look {
  readonly t: number;
  readonly check: CheckKind;
  readonly caught: boolean;
}

/** An erroneous version and what became of it. */
export interface ErroneousVersion {
  readonly version: number;
  readonly claim: string;
  /** Agent in whose ledger it came to be. */
  readonly agent: string;
  readonly t: number;
  readonly cause: CauseName;
  /** Version in which the error began: itself for a fault. */
  readonly origin: number;
  /** Version that handed the error on; null for a fault. */
  readonly parent: number | null;
  /** Message that carried it, and who sent that. */
  readonly carrier: { readonly message: number; readonly from: string } | null;
  readonly looks: readonly Look[];
  /** In the deliverable; in its ledger to the end; in dispute there with another version; or gone from it. */
  readonly fate: "delivered" | "kept" | "disputed" | "gone";
}

/** What is traced. */
export interface TraceSubject {
  readonly scenario: string;
  readonly seed: string;
  readonly replication: number;
  readonly engine: typeof ENGINE;
  /** The fault that was asked for; claim null: the first one that the agent makes. */
  readonly fault?: { readonly agent: string; readonly claim: string | null };
}

export interface TaskLineage {
  /** Number of the task, from 0. */
  readonly task: number;
  readonly success: boolean;
  readonly size: number;
  readonly missing: readonly MissingClaim[];
  /** Every erroneous version, in the order in which they came to be: parents before children. */
  readonly errors: readonly ErroneousVersion[];
}

export interface Trace extends TraceSubject {
  readonly schema: "faultline/lineage@1";
  readonly tasks: readonly TaskLineage[];
  /** Sums over the tasks of the replication. */
  readonly outcome: Outcome;
  readonly events: number;
  readonly fingerprint: string;
}

export interface TraceOptions {
  /** Default: the scenario's own seed. */
  readonly seed?: string | undefined;
  /** Number of the replication, from 0 (the default) to 2^32 - 1. */
  readonly replication?: number | undefined;
  /** A fault to put in: numbers of agent and claim in the plan; claim -1: the first one that the agent makes. */
  readonly fault?: Injection | undefined;
  readonly onEvent?: ((event: TraceEvent) => void) | undefined;
}

/** A replication in which so much happens that what is told of it does not fit into memory. */
export class TooLongError extends Error {
  constructor(scenario: string, replication: number, what: string) {
    super(`replication ${replication} of ${scenario} has more than ${what}: too many to be told`);
  }
}

/**
 * Runs one replication and tells everything that happened in it.
 * @throws RangeError when the number of the replication, of the agent or of the claim is out of range
 * @throws TooLongError when it has too many erroneous versions
 */
export function trace(scenario: Scenario, options: TraceOptions = {}): Trace {
  return atOnce(tracing(scenario, options));
}

/** As `trace`, but that it yields now and then, so that the caller can look up or leave. */
export function* tracing(scenario: Scenario, options: TraceOptions = {}): Generator<number, Trace> {
  const { seed = scenario.seed, replication = 0, fault, onEvent } = options;
  const plan = compile(scenario);
  if (fault !== undefined) checkFault(plan, fault);
  const subject: TraceSubject = {
    scenario: scenario.name,
    seed,
    replication,
    engine: ENGINE,
    ...(fault === undefined ? {} : { fault: namedFault(plan, fault) }),
  };
  onEvent?.({ t: 0, event: "began", schema: "faultline/trace@1", ...subject });
  const observer = new Tracer(plan, subject, onEvent);
  const injection = fault === undefined ? {} : { injection: fault };
  const engine = new Engine(plan, rootKey(seed), { observer, ...injection });
  yield* slices(engine, replication);
  const { events, fingerprint } = engine;
  const outcome = namedOutcome(engine.outcome);
  onEvent?.({ t: toSeconds(observer.at), event: "outcome", events, fingerprint, outcome });
  const { tasks } = observer;
  return { schema: "faultline/lineage@1", ...subject, tasks, outcome, events, fingerprint };
}

function checkFault({ agents, task }: Plan, { agent, claim }: Injection): void {
  if (!Number.isInteger(agent) || agent < 0 || agent >= agents.count)
    throw new RangeError(`agent ${agent}: must be a whole number from 0 to ${agents.count - 1}`);
  if (!Number.isInteger(claim) || claim < -1 || claim >= task.claims)
    throw new RangeError(`claim ${claim}: must be a whole number from -1 to ${task.claims - 1}`);
}

function namedFault({ agents, task }: Plan, { agent, claim }: Injection) {
  return { agent: agents.names[agent], claim: claim < 0 ? null : task.claimNames[claim] };
}

function namedOutcome(row: Float64Array): Outcome {
  return Object.fromEntries(OUTCOME_FIELDS.map((field, i) => [field, row[i]])) as Outcome;
}

/** What is remembered of a task in flight besides its versions. */
interface Memory {
  readonly task: number;
  /** Time of each version, in ticks. */
  readonly madeAt: number[];
  readonly missing: MissingClaim[];
  /** Looks at each erroneous version. */
  readonly looks: Map<number, Look[]>;
}

/** Most erroneous versions of a replication that are told. */
const MOST_ERRORS = 1_000_000;

class Tracer implements Observer<TaskCase> {
  at = 0;
  readonly tasks: TaskLineage[] = [];
  private readonly plan: Plan;
  private readonly subject: TraceSubject;
  private readonly onEvent: TraceOptions["onEvent"];
  private readonly memories = new Map<TaskCase, Memory>();
  private arrivals = 0;
  /** Erroneous versions so far. */
  private told = 0;

  constructor(plan: Plan, subject: TraceSubject, onEvent: TraceOptions["onEvent"]) {
    this.plan = plan;
    this.subject = subject;
    this.onEvent = onEvent;
  }

  arrived(task: TaskCase): void {
    this.memories.set(task, {
      task: this.arrivals++,
      madeAt: [],
      missing: [],
      looks: new Map(),
    });
    const { classNames } = this.plan.task;
    this.tell(task, {
      event: "arrived",
      size: task.size,
      ...(classNames.length > 0 ? { class: classNames[task.taskClass] } : {}),
    });
  }

  phaseBegan(task: TaskCase, position: number): void {
    const step = this.plan.steps[position];
    if (step.op === "again") return;
    const rounds = step.op === "repeat" ? { roundsDone: task.rounds[step.index] } : {};
    this.tell(task, { event: "phase", step: position, phase: step.op, ...rounds });
  }

  turnBegan(task: TaskCase, agent: number): void {
    this.tell(task, { event: "turnBegan", agent: this.agent(agent) });
  }

  turnEnded(task: TaskCase, agent: number, tokens: number): void {
    this.tell(task, { event: "turnEnded", agent: this.agent(agent), tokens });
  }

  made(task: TaskCase, agent: number, version: number): void {
    this.memoryOf(task).madeAt[version] = this.at;
    this.tell(task, { event: "made", agent: this.agent(agent), ...this.factsOf(task, version) });
  }

  stopped(task: TaskCase, agent: number, claim: number, violates: boolean): void {
    const names = { agent: this.agent(agent), claim: this.claim(claim) };
    this.tell(task, { event: "stopped", ...names, violates });
  }

  omitted(task: TaskCase, message: number, claim: number): void {
    const version = task.held[task.slot(task.mailbag.from[message], claim)];
    const named = { ...this.messageOf(task, message), claim: this.claim(claim), version };
    this.tell(task, { event: "omitted", ...named });
  }

  sent(task: TaskCase, message: number): void {
    const { start, items } = task.mailbag;
    const versions = [...items.subarray(start[message], start[message + 1])];
    this.tell(task, { event: "sent", ...this.messageOf(task, message), versions });
  }

  delivered(task: TaskCase, message: number): void {
    this.tell(task, { event: "delivered", ...this.messageOf(task, message) });
  }

  received(task: TaskCase, agent: number, version: number): void {
    this.memoryOf(task).madeAt[version] = this.at;
    this.tell(task, {
      event: "received",
      agent: this.agent(agent),
      message: task.versions.carrier[version],
      ...this.factsOf(task, version),
    });
  }

  checked(task: TaskCase, agent: number, kind: number, version: number, flagged: boolean): void {
    const erroneous = task.versions.isErroneous(version);
    const check = CHECK_KINDS[kind];
    if (erroneous) this.remember(task, version, { t: toSeconds(this.at), check, caught: flagged });
    const claim = this.claim(task.versions.claim[version]);
    const agentName = this.agent(agent);
    this.tell(task, {
      event: "checked",
      agent: agentName,
      check,
      version,
      claim,
      erroneous,
      flagged,
    });
  }

  stalled(task: TaskCase, round: number): void {
    this.tell(task, { event: "stalled", round });
  }

  missing(task: TaskCase, claim: number, reason: number, detail: number): void {
    const { premise, agent, from, to } = obstacleOf(this.plan, reason, detail);
    const missing = {
      claim: this.claim(claim),
      reason: MISSING[reason].name,
      ...(premise === undefined ? {} : { premise: this.claim(premise) }),
      ...(agent === undefined ? {} : { agent: this.agent(agent) }),
      ...(from === undefined ? {} : { from: this.agent(from) }),
      ...(to === undefined ? {} : { to: this.agent(to) }),
    };
    this.memoryOf(task).missing.push(missing);
    this.tell(task, { event: "missing", ...missing });
  }

  finished(task: TaskCase): void {
    const deliverable = [...task.deliverable.subarray(0, task.size)];
    const isCorrect = (version: number) => version > 0 && !task.versions.isErroneous(version);
    const success = deliverable.every(isCorrect);
    this.tasks.push({
      task: this.memoryOf(task).task,
      success,
      size: task.size,
      missing: this.memoryOf(task).missing,
      errors: this.errorsOf(task),
    });
    const named = deliverable.map((version, claim) => [this.claim(claim), version || null]);
    this.tell(task, { event: "finished", success, deliverable: Object.fromEntries(named) });
    this.memories.delete(task);
  }

  private errorsOf(task: TaskCase): ErroneousVersion[] {
    const errors: ErroneousVersion[] = [];
    for (let version = 1; version < task.versions.count; version++)
      if (task.versions.isErroneous(version)) errors.push(this.errorOf(task, version));
    this.told += errors.length;
    if (this.told > MOST_ERRORS) {
      const { scenario, replication } = this.subject;
      throw new TooLongError(scenario, replication, "a million erroneous versions");
    }
    return errors;
  }

  private errorOf(task: TaskCase, version: number): ErroneousVersion {
    const { claim, owner, cause, origin, parent, carrier } = task.versions;
    const { madeAt, looks } = this.memoryOf(task);
    const message = carrier[version];
    return {
      version,
      claim: this.claim(claim[version]),
      agent: this.agent(owner[version]),
      // Synthesis ends the task: what went wrong in it has no earlier moment.
      t: toSeconds(madeAt[version] ?? this.at),
      cause: CAUSES[cause[version]].name,
      origin: origin[version],
      parent: origin[version] === version ? null : parent[version],
      carrier: message > 0 ? { message, from: this.agent(task.mailbag.from[message - 1]) } : null,
      looks: looks.get(version) ?? [],
      fate: fateOf(task, version),
    };
  }

  private factsOf(task: TaskCase, version: number): VersionFacts {
    const { claim, cause, parent, origin } = task.versions;
    return {
      version,
      claim: this.claim(claim[version]),
      cause: CAUSES[cause[version]].name,
      ...(parent[version] > 0 ? { parent: parent[version] } : {}),
      ...(origin[version] > 0 ? { origin: origin[version] } : {}),
    };
  }

  private messageOf(task: TaskCase, message: number) {
    const { from, to } = task.mailbag;
    return { message: message + 1, from: this.agent(from[message]), to: this.agent(to[message]) };
  }

  private remember(task: TaskCase, version: number, look: Look): void {
    const { looks } = this.memoryOf(task);
    const known = looks.get(version);
    if (known === undefined) looks.set(version, [look]);
    else known.push(look);
  }

  private tell(task: TaskCase, what: DistributiveOmit<TraceEvent, "t" | "task">): void {
    if (this.onEvent === undefined) return;
    const isStream = this.plan.arrivals !== undefined;
    const number = isStream ? { task: this.memoryOf(task).task } : {};
    this.onEvent({ t: toSeconds(this.at), ...number, ...what } as TraceEvent);
  }

  private memoryOf(task: TaskCase): Memory {
    return this.memories.get(task) as Memory;
  }

  private agent(agent: number): string {
    return this.plan.agents.names[agent];
  }

  private claim(claim: number): string {
    return this.plan.task.claimNames[claim];
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function fateOf(task: TaskCase, version: number): ErroneousVersion["fate"] {
  const { claim, owner } = task.versions;
  const slot = task.slot(owner[version], claim[version]);
  if (task.deliverable[claim[version]] === version) return "delivered";
  if (task.held[slot] === version) return "kept";
  return task.rival[slot] === version ? "disputed" : "gone";
}
