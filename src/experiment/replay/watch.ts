// Watches one replication and records its replay. The engine is the one that experiments use, and its ledgers are read after
// every event, so that a replay shows what was and reconstructs nothing.
import { toSeconds } from "../../kernel/time.ts";
import type { TaskCase } from "../../model/case.ts";
import { CAUSES } from "../../model/causes.ts";
import { Engine } from "../../model/engine.ts";
import { ACCEPTED, HELD, REDO } from "../../model/marks.ts";
import { MISSING, obstacleOf } from "../../model/missing.ts";
import type { Observer } from "../../model/observer.ts";
import { FIELD, namedOutcome } from "../../model/outcome.ts";
import { CHECK_KINDS, type Plan } from "../../model/plan.ts";
import { rootKey } from "../../numerics/draws.ts";
import { compile } from "../../scenario/compiling/compile.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { dutiesOf } from "../duties.ts";
import { atOnce, slices, TooLongError } from "../inThread.ts";
import { ENGINE } from "../result.ts";
import type {
  ReplayAgent,
  ReplayClaim,
  ReplayDocument,
  ReplayEvent,
  ReplayMessage,
  ReplayMissing,
  ReplaySlot,
  ReplayStake,
  ReplayTask,
  ReplayVersion,
} from "./document.ts";

export interface ReplayOptions {
  /** Default: the scenario's own seed. */
  readonly seed?: string | undefined;
  /** Number of the replication, from 0 (the default) to 2^32 - 1. */
  readonly replication?: number | undefined;
}

/**
 * Runs one replication and returns all that happened in it.
 * @throws RangeError when the number of the replication is out of range
 * @throws TooLongError when it has more than MOST_EVENTS events
 */
export function replayOf(scenario: Scenario, options: ReplayOptions = {}): ReplayDocument {
  return atOnce(replaying(scenario, options));
}

/** As `replayOf`, but yields now and then, so that the caller can pause or stop. */
export function* replaying(
  scenario: Scenario,
  options: ReplayOptions = {},
): Generator<number, ReplayDocument> {
  const { seed = scenario.seed, replication = 0 } = options;
  const plan = compile(scenario);
  const watcher = new Watcher(plan);
  const engine = new Engine(plan, rootKey(seed), { observer: watcher });
  for (const share of slices(engine, replication)) {
    if (watcher.told > MOST_EVENTS)
      throw new TooLongError(scenario.name, replication, `${MOST_EVENTS / 1000} thousand events`);
    yield share;
  }
  return {
    schema: "faultline/replay@1",
    scenario: scenario.name,
    seed,
    replication,
    engine: ENGINE,
    agents: agentsOf(scenario, plan),
    edges: edgesOf(plan),
    claims: claimsOf(plan),
    sources: [...plan.aggregate.from],
    tasks: watcher.tasks.sort((a, b) => a.task - b.task),
    outcome: namedOutcome(engine.outcome),
    fingerprint: engine.fingerprint,
  };
}

function agentsOf(scenario: Scenario, plan: Plan): ReplayAgent[] {
  const { names, isOrchestrator, key } = plan.agents;
  return dutiesOf(scenario, plan).map((duty, agent) => ({
    name: names[agent],
    isOrchestrator: isOrchestrator[agent] === 1,
    key: key[agent],
    ...duty,
  }));
}

function edgesOf({ agents, topology }: Plan): [number, number][] {
  const edges: [number, number][] = [];
  for (let from = 0; from < agents.count; from++)
    for (let edge = topology.start[from]; edge < topology.start[from + 1]; edge++)
      edges.push([from, topology.to[edge]]);
  return edges;
}

const claimsOf = ({ task }: Plan): ReplayClaim[] =>
  task.claimNames.map((name, claim) => ({
    name,
    premises: premisesOf(task, claim),
    ...(task.ownerOf[claim] >= 0 ? { owner: task.ownerOf[claim] } : {}),
  }));

const premisesOf = ({ premiseStart, premises }: Plan["task"], claim: number): number[] => [
  ...premises.subarray(premiseStart[claim], premiseStart[claim + 1]),
];

/** Facts of a task in flight. */
interface Memory {
  readonly task: number;
  readonly arrived: number;
  readonly events: ReplayEvent[];
  readonly missing: ReplayMissing[];
  /** The head of a loop of which it is not known yet whether another round begins. */
  head: { readonly position: number; readonly round: number } | undefined;
  readonly madeAt: Map<number, number>;
  readonly premises: Map<number, number[]>;
  readonly sentAt: Map<number, number>;
  readonly arrivedAt: Map<number, number>;
  /** The ledgers as they were last recorded, slot by slot. */
  readonly held: Int32Array;
  readonly rival: Int32Array;
  readonly mark: Uint8Array;
}

const MARKS = ["held", "accepted", "flagged"] as const;

/** Position in MARKS; what an agent holds no version of has no mark. */
function markOf({ marks }: TaskCase, agent: number, claim: number): number {
  if (!marks.has(agent, claim, HELD)) return 0;
  if (marks.has(agent, claim, REDO)) return 2;
  return marks.has(agent, claim, ACCEPTED) ? 1 : 0;
}

/** What was lost, and what hung on every claim. */
function stakesOf({ plan, outcome, size, kindOf }: TaskCase): Partial<ReplayTask> {
  const { kinds } = plan.task;
  if (!kinds?.hasValue) return {};
  const isDrawn = kinds.cumulative.length > 0;
  const stakes = Array.from({ length: size }, (_, claim): ReplayStake => {
    const kind = kindOf[claim];
    return {
      ...(isDrawn ? { kind: kinds.names[kind] } : {}),
      loss: kinds.loss[kind],
      ...(kinds.isCritical[kind] === 1 ? { critical: true } : {}),
    };
  });
  return { lost: outcome[FIELD.loss], lostLate: outcome[FIELD.lossLate], stakes };
}

type Told = ReplayEvent extends infer E ? (E extends unknown ? Omit<E, "t"> : never) : never;

/** Most events of a replay. */
const MOST_EVENTS = 300_000;

class Watcher implements Observer<TaskCase> {
  at = 0;
  readonly tasks: ReplayTask[] = [];
  /** Events so far. */
  told = 0;
  private readonly plan: Plan;
  private readonly memories = new Map<TaskCase, Memory>();
  private arrivals = 0;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  arrived(task: TaskCase): void {
    const slots = this.plan.agents.count * task.size;
    this.memories.set(task, {
      task: this.arrivals++,
      arrived: toSeconds(this.at),
      events: [],
      missing: [],
      head: undefined,
      madeAt: new Map(),
      premises: new Map(),
      sentAt: new Map(),
      arrivedAt: new Map(),
      held: new Int32Array(slots),
      rival: new Int32Array(slots),
      mark: new Uint8Array(slots),
    });
  }

  phaseBegan(task: TaskCase, position: number): void {
    const step = this.plan.steps[position];
    const memory = this.memoryOf(task);
    const { head } = memory;
    memory.head = undefined;
    if (head !== undefined && position === head.position + 1)
      this.tell(task, { event: "phase", step: head.position, phase: "repeat", round: head.round });
    if (step.op === "repeat") memory.head = { position, round: task.rounds[step.index] + 1 };
    else if (step.op !== "again")
      this.tell(task, { event: "phase", step: position, phase: step.op, round: 0 });
  }

  turnBegan(task: TaskCase, agent: number): void {
    // An agent hears of rejections when it begins to work: its ledger may have changed since its last event.
    this.tellLedger(task, agent);
    this.tell(task, { event: "turnBegan", agent });
  }

  turnEnded(task: TaskCase, agent: number, tokens: number): void {
    this.tellLedger(task, agent);
    this.tell(task, { event: "turnEnded", agent, tokens, ...this.spentOn(task) });
  }

  made(task: TaskCase, agent: number, version: number): void {
    const memory = this.memoryOf(task);
    const premises = premisesOf(this.plan.task, task.versions.claim[version]);
    memory.madeAt.set(version, this.at);
    memory.premises.set(
      version,
      premises.map((premise) => task.held[task.slot(agent, premise)]),
    );
    this.tell(task, { event: "made", version });
  }

  received(task: TaskCase, _agent: number, version: number): void {
    this.memoryOf(task).madeAt.set(version, this.at);
    this.tell(task, { event: "received", version });
  }

  checked(task: TaskCase, agent: number, kind: number, version: number, flagged: boolean): void {
    this.tell(task, { event: "checked", agent, check: CHECK_KINDS[kind], version, flagged });
  }

  acceptedUnseen(task: TaskCase, agent: number, version: number): void {
    this.tell(task, { event: "acceptedUnseen", agent, version });
    // No turn of the agent needs to follow.
    this.tellLedger(task, agent);
  }

  revised(task: TaskCase, agent: number, before: number, after: number): void {
    this.tell(task, { event: "revised", agent, before, after });
  }

  omitted(task: TaskCase, message: number, claim: number): void {
    const version = task.held[task.slot(task.mailbag.from[message], claim)];
    this.tell(task, { event: "omitted", message: message + 1, version });
  }

  sent(task: TaskCase, message: number): void {
    this.memoryOf(task).sentAt.set(message, this.at);
    this.tell(task, { event: "sent", message: message + 1 });
  }

  delivered(task: TaskCase, message: number): void {
    this.memoryOf(task).arrivedAt.set(message, this.at);
    this.tellLedger(task, task.mailbag.to[message]);
    this.tell(task, { event: "arrived", message: message + 1 });
  }

  stalled(task: TaskCase, round: number): void {
    this.tell(task, { event: "stalled", round });
  }

  missing(task: TaskCase, claim: number, reason: number, detail: number): void {
    const { name } = MISSING[reason];
    const obstacle = obstacleOf(this.plan, reason, detail);
    this.memoryOf(task).missing.push({ claim, reason: name, ...obstacle });
  }

  finished(task: TaskCase): void {
    for (let agent = 0; agent < this.plan.agents.count; agent++) this.tellLedger(task, agent);
    this.tell(task, { event: "delivered" });
    const { task: number, arrived, events, missing } = this.memoryOf(task);
    this.tasks.push({
      task: number,
      arrived,
      ended: toSeconds(this.at),
      success: task.outcome[FIELD.success] === 1,
      size: task.size,
      versions: this.versionsOf(task),
      messages: this.messagesOf(task),
      events,
      deliverable: [...task.deliverable.subarray(0, task.size)],
      missing,
      ...this.spentOn(task),
      ...stakesOf(task),
    });
    this.memories.delete(task);
  }

  private spentOn({ outcome }: TaskCase): { spent?: number } {
    return this.plan.breakdown === undefined ? {} : { spent: outcome[FIELD.cost] };
  }

  private versionsOf(task: TaskCase): ReplayVersion[] {
    const { count, claim, owner, cause, parent, origin, carrier } = task.versions;
    const { madeAt, premises } = this.memoryOf(task);
    return Array.from({ length: count - 1 }, (_, i) => {
      const version = i + 1;
      return {
        claim: claim[version],
        agent: owner[version],
        // Synthesis ends the task: what went wrong in it has no earlier moment.
        t: toSeconds(madeAt.get(version) ?? this.at),
        cause: CAUSES[cause[version]].name,
        erroneous: task.versions.isErroneous(version),
        parent: parent[version],
        origin: origin[version],
        message: carrier[version],
        premises: premises.get(version) ?? [],
      };
    });
  }

  private messagesOf(task: TaskCase): ReplayMessage[] {
    const { count, from, to, start, items } = task.mailbag;
    const { sentAt, arrivedAt } = this.memoryOf(task);
    return Array.from({ length: count }, (_, message) => {
      const arrived = arrivedAt.get(message);
      return {
        from: from[message],
        to: to[message],
        sent: toSeconds(sentAt.get(message) ?? this.at),
        arrived: arrived === undefined ? null : toSeconds(arrived),
        versions: [...items.subarray(start[message], start[message + 1])],
      };
    });
  }

  /** Records what changed in an agent's ledger since it was last recorded. */
  private tellLedger(task: TaskCase, agent: number): void {
    const { held, rival, mark } = this.memoryOf(task);
    const slots: ReplaySlot[] = [];
    for (let claim = 0; claim < task.size; claim++) {
      const slot = task.slot(agent, claim);
      const version = task.held[slot];
      const beside = task.beliefs.firstVersion(slot);
      const now = markOf(task, agent, claim);
      if (held[slot] === version && rival[slot] === beside && mark[slot] === now) continue;
      held[slot] = version;
      rival[slot] = beside;
      mark[slot] = now;
      slots.push({ claim, version, mark: MARKS[now], rival: beside });
    }
    if (slots.length > 0) this.tell(task, { event: "ledger", agent, slots });
  }

  private tell(task: TaskCase, what: Told): void {
    this.told++;
    this.memoryOf(task).events.push({ t: toSeconds(this.at), ...what } as ReplayEvent);
  }

  private memoryOf(task: TaskCase): Memory {
    return this.memories.get(task) as Memory;
  }
}
