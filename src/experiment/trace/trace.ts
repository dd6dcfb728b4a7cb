// A trace: one replication followed event by event, with the lineage of every error. It watches the same engine that
// experiments use, and watching changes nothing.
import { toSeconds } from "../../kernel/time.ts";
import type { Injection, TaskCase } from "../../model/case.ts";
import { CAUSES } from "../../model/causes.ts";
import { Engine } from "../../model/engine.ts";
import { MISSING, obstacleOf } from "../../model/missing.ts";
import type { Observer } from "../../model/observer.ts";
import { FIELD, namedOutcome } from "../../model/outcome.ts";
import { CHECK_KINDS, type Plan } from "../../model/plan.ts";
import { rootKey } from "../../numerics/draws.ts";
import { addTo } from "../../numerics/grouping.ts";
import { momentAt } from "../../scenario/calendar.ts";
import { compile } from "../../scenario/compiling/compile.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { dutiesOf } from "../duties.ts";
import { atOnce, slices, TooLongError } from "../inThread.ts";
import { ENGINE } from "../result.ts";
import type {
  ErroneousVersion,
  Look,
  MessageFacts,
  MissingClaim,
  StaffedAgent,
  TaskLineage,
  Trace,
  TraceEvent,
  TraceSubject,
  VersionFacts,
} from "./document.ts";

export interface TraceOptions {
  /** Default: the scenario's own seed. */
  readonly seed?: string | undefined;
  /** Number of the replication, from 0 (the default) to 2^32 - 1. */
  readonly replication?: number | undefined;
  /** A fault to inject: numbers of agent and claim in the plan; claim -1: the first one that the agent makes. */
  readonly fault?: Injection | undefined;
  readonly onEvent?: ((event: TraceEvent) => void) | undefined;
}

/**
 * Runs one replication and reports everything that happened in it.
 * @throws RangeError when the number of the replication, of the agent or of the claim is out of range
 * @throws TooLongError when it has too many erroneous versions
 */
export function trace(scenario: Scenario, options: TraceOptions = {}): Trace {
  return atOnce(tracing(scenario, options));
}

/** As `trace`, but yields now and then, so that the caller can pause or stop. */
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
  const agents = staffedAgents(scenario, plan);
  const staffed = {
    ...(agents.length > 0 ? { agents } : {}),
    ...(plan.agents.hasShifts ? { start: momentAt(toSeconds(plan.weekStart)) } : {}),
  };
  onEvent?.({ t: 0, event: "began", schema: "faultline/trace@1", ...subject, ...staffed });
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

/** Those of whom there is more to tell than their names. */
const staffedAgents = (scenario: Scenario, plan: Plan): StaffedAgent[] =>
  dutiesOf(scenario, plan).flatMap((duty, agent) =>
    Object.keys(duty).length > 0 ? [{ name: plan.agents.names[agent], ...duty }] : [],
  );

function checkFault({ agents, task }: Plan, { agent, claim }: Injection): void {
  if (!Number.isInteger(agent) || agent < 0 || agent >= agents.count)
    throw new RangeError(`agent ${agent}: must be a whole number from 0 to ${agents.count - 1}`);
  if (!Number.isInteger(claim) || claim < -1 || claim >= task.claims)
    throw new RangeError(`claim ${claim}: must be a whole number from -1 to ${task.claims - 1}`);
}

function namedFault({ agents, task }: Plan, { agent, claim }: Injection) {
  return { agent: agents.names[agent], claim: claim < 0 ? null : task.claimNames[claim] };
}

/** Facts of a task in flight that its case does not keep. */
interface Memory {
  readonly task: number;
  /** Time of each version, in ticks. */
  readonly madeAt: number[];
  readonly missing: MissingClaim[];
  /** Looks at each erroneous version. */
  readonly looks: Map<number, Look[]>;
}

/** Most erroneous versions of a replication. */
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
    this.memories.set(task, { task: this.arrivals++, madeAt: [], missing: [], looks: new Map() });
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
    const { looks } = this.memoryOf(task);
    const erroneous = task.versions.isErroneous(version);
    const check = CHECK_KINDS[kind];
    if (erroneous) addTo(looks, version, { t: toSeconds(this.at), check, caught: flagged });
    const claim = this.claim(task.versions.claim[version]);
    const facts = { check, version, claim, erroneous, flagged };
    this.tell(task, { event: "checked", agent: this.agent(agent), ...facts });
  }

  acceptedUnseen(task: TaskCase, agent: number, version: number): void {
    const claim = this.claim(task.versions.claim[version]);
    const erroneous = task.versions.isErroneous(version);
    const facts = { version, claim, erroneous };
    this.tell(task, { event: "acceptedUnseen", agent: this.agent(agent), ...facts });
  }

  revised(task: TaskCase, agent: number, before: number, version: number): void {
    const claim = this.claim(task.versions.claim[version]);
    const erroneous = task.versions.isErroneous(version);
    const facts = { claim, before, version, erroneous };
    this.tell(task, { event: "revised", agent: this.agent(agent), ...facts });
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
    const { size } = task;
    const { task: number, missing } = this.memoryOf(task);
    const success = task.outcome[FIELD.success] === 1;
    this.tasks.push({ task: number, success, size, missing, errors: this.errorsOf(task) });
    const deliverable = [...task.deliverable.subarray(0, size)];
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

  private messageOf(task: TaskCase, message: number): MessageFacts {
    const { from, to } = task.mailbag;
    return { message: message + 1, from: this.agent(from[message]), to: this.agent(to[message]) };
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
  return task.beliefs.has(slot, version) ? "disputed" : "gone";
}
