// Compiles a scenario to a plan: names become indices and parameters typed arrays; for the phases see protocol/compile.ts.
import { type ArrivalSpec, prepareArrivals } from "../../kernel/arrivals.ts";
import { prepareProfile, type RateProfile } from "../../kernel/rateProfile.ts";
import { prepareShifts, type Shifts } from "../../kernel/shifts.ts";
import { TICKS_PER_SECOND, toTicks } from "../../kernel/time.ts";
import {
  type AgentsPlan,
  CHECK_KINDS,
  type Plan,
  type RateLimitsPlan,
  type SuccessRule,
  type TopologyPlan,
} from "../../model/plan.ts";
import { buildEdges } from "../../model/topology.ts";
import {
  type DistributionSpec,
  normalQuantile,
  prepareDistribution,
} from "../../numerics/distributions.ts";
import { hash32, mix } from "../../numerics/draws.ts";
import { logit, shifted } from "../../numerics/logit.ts";
import type { QuantileTable } from "../../numerics/quantileTable.ts";
import { asItsKind, kindOf } from "../agents/kinds.ts";
import { agentNames, agentResolver, defaultHub } from "../agents/references.ts";
import type { AgentSpec } from "../agents/schema.ts";
import { SECONDS_PER_WEEK, secondsOfMoment, union, weeklySpans } from "../calendar.ts";
import type { LatencySpec } from "../fields.ts";
import type { ModelSpec } from "../models/schema.ts";
import { states } from "../objectives/subjects.ts";
import { compileProtocol } from "../protocol/compile.ts";
import type { Scenario } from "../schema.ts";
import { watchesBacklog } from "../workload/backlog.ts";
import { isUneven, weeklyRates } from "../workload/profile.ts";
import { breakdownLayoutOf } from "./breakdown.ts";
import { compileTask } from "./task.ts";

/**
 * Compiles a valid scenario.
 * @throws RangeError where the scenario was not validated and its names or numbers make no sense
 */
export function compile(scenario: Scenario): Plan {
  const agents = compileAgents(scenario);
  const task = compileTask(scenario);
  const topology = compileTopology(scenario, agents);
  const { workload } = scenario;
  const isOpen = workload.arrivals !== "one";
  return {
    name: scenario.name,
    task,
    agents,
    topology,
    rateLimits: compileRateLimits(scenario),
    latencyObjective: scenario.objectives.latency,
    lateLoss: scenario.objectives.loss,
    success: successRule(scenario.success),
    canToolsFail: states("tooled", scenario),
    ...compileProtocol(scenario, agents, task, topology),
    breakdown: breakdownLayoutOf(scenario),
    budgetTokens: scenario.budget.tokens,
    budgetExponent: scenario.budget.exponent,
    budgetDepth: scenario.budget.depth,
    budgetCovers: scenario.budget.covers,
    tasks: tasksOf(scenario),
    warmUp: warmUpOf(scenario),
    arrivals: isOpen
      ? prepareArrivals(arrivalSpec(workload), compileProfile(workload, weekStart(scenario)))
      : undefined,
    weekStart: weekStart(scenario),
    backlog: compileBacklog(scenario),
    repeats: repeatsOf(scenario),
    isSpread: isSpread(scenario),
    eventLimit: scenario.limits.events,
    timeLimit: toTicks(scenario.limits.time),
    inFlightLimit: scenario.limits.inFlight,
  };
}

/** Where nothing is stated, people are at work when a replication begins. */
const WORKING_HOURS_BEGIN = "mon 9:00";

const weekStart = ({ workload }: Scenario) =>
  toTicks(secondsOfMoment(workload.start ?? WORKING_HOURS_BEGIN));

/** Replications that share an instance: the tasks of a stream are all different. */
export function repeatsOf({ workload, repeats }: Scenario): number {
  return workload.arrivals === "one" ? repeats : 1;
}

/** Whether instances are spread over nets: the tasks of a stream meet each other, so that streams are independent. */
export function isSpread({ workload, sampling }: Scenario): boolean {
  return workload.arrivals === "one" && sampling === "nets";
}

function successRule(success: Scenario["success"]): SuccessRule {
  return success?.atLeast ?? (success?.critical ? "critical" : "all");
}

/** Tasks of a replication. */
export function tasksOf({ workload }: Scenario): number {
  return workload.arrivals === "one" ? 1 : workload.tasks;
}

/** Tasks at the beginning of a replication that results leave out. */
export function warmUpOf({ workload }: Scenario): number {
  return workload.arrivals === "one" ? 0 : (workload.warmUp ?? 0);
}

type Stream = Exclude<Scenario["workload"], { arrivals: "one" }>;

function arrivalSpec(workload: Stream): ArrivalSpec {
  const interval = workload.interval * TICKS_PER_SECOND;
  return workload.arrivals === "bursts"
    ? { kind: "bursts", interval, burst: workload.burst }
    : { kind: workload.arrivals, interval };
}

function compileProfile({ profile }: Stream, weekStart: number): RateProfile | undefined {
  if (!isUneven(profile)) return undefined;
  const pieces = weeklyRates(profile).map(({ from, factor }) => ({ from: toTicks(from), factor }));
  return prepareProfile(pieces, toTicks(SECONDS_PER_WEEK), weekStart);
}

function compileBacklog(scenario: Scenario): Plan["backlog"] {
  return watchesBacklog(scenario) ? { objective: scenario.objectives.backlog } : undefined;
}

// ---------------------------------------------------------------- agents

const TICKS_PER_HOUR = 3600 * TICKS_PER_SECOND;

interface Member {
  readonly spec: AgentSpec;
  /** Of people and programs: what is left of a model. */
  readonly model: ModelSpec;
  /** Index of the model; -1: none. */
  readonly modelIndex: number;
  /** Whose common causes it shares. */
  readonly family: string;
  /** In ticks; of a group, one for all. */
  readonly latency: QuantileTable;
  readonly shifts: Shifts | undefined;
}

/** Place of each member among those of its role, from 0, and how many these are. */
function placesInRole(members: readonly Member[]): { place: number; of: { count: number } }[] {
  const roles = new Map<string, { count: number }>();
  return members.map(({ spec: { role } }) => {
    const of = roles.get(role) ?? { count: 0 };
    roles.set(role, of);
    return { place: of.count++, of };
  });
}

function compileAgents(scenario: Scenario): AgentsPlan {
  const members = listMembers(scenario);
  const places = placesInRole(members);
  const families = [...new Set(members.map(({ family }) => family))];
  const column = (of: (member: Member) => number) => Float64Array.from(members, of);
  const checks = (of: "recall" | "falseAlarm", sign: number) =>
    Float64Array.from(
      members.flatMap((m) =>
        CHECK_KINDS.map((kind) => shifted(m.spec.checks[kind][of], sign * m.model.ability)),
      ),
    );
  /** A chance to go wrong, which ability lowers. */
  const risk = (of: (member: Member) => number) =>
    column((member) => shifted(of(member), -member.model.ability));
  return {
    count: members.length,
    names: agentNames(scenario),
    // The n-th agent of a role has the same draws in every scenario, whatever it is called and whoever else is there.
    key: Uint32Array.from(places, ({ place }, i) => mix(hash32(members[i].spec.role), place)),
    isOrchestrator: Uint8Array.from(members, (m) => (m.spec.role === "orchestrator" ? 1 : 0)),
    kind: members.map(({ spec }) => kindOf(spec)),
    isModel: Uint8Array.from(members, (m) => (m.modelIndex >= 0 ? 1 : 0)),
    staff: Int32Array.from(members, (m) => m.spec.staff ?? 1),
    shifts: members.map(({ shifts }) => shifts),
    hasShifts: members.some(({ shifts }) => shifts !== undefined),
    fatigue: column((m) => m.spec.fatigue ?? 0),
    isTiring: members.some((m) => (m.spec.fatigue ?? 0) > 0),
    pricePerTurn: column((m) => m.spec.price?.perTurn ?? 0),
    pricePerTick: column((m) => (m.spec.price?.perHour ?? 0) / TICKS_PER_HOUR),
    maxTurns: Int32Array.from(members, (m) => m.spec.maxTurns),
    reviewEvery: Int32Array.from(members, (m) => m.spec.reviewEvery),
    propagation: column((m) => m.spec.propagation),
    guess: risk((m) => m.spec.guess),
    handoff: risk((m) => m.spec.handoff),
    omission: risk((m) => m.spec.omission),
    distortion: risk((m) => m.spec.distortion),
    conflict: column((m) => m.spec.conflict),
    synthesisLoss: risk((m) => m.spec.synthesisLoss),
    distraction: column((m) => m.spec.distraction),
    toolFailure: column((m) => m.spec.toolFailure ?? 0),
    heed: column((m) => m.spec.heed),
    overlap: column((m) => m.spec.overlap),
    diversity: column((m) => m.spec.diversity),
    spacing: Float64Array.from(places, ({ place, of }) => place / of.count),
    recall: checks("recall", 1),
    falseAlarm: checks("falseAlarm", -1),
    difficultyEffect: column((m) => m.spec.difficultyEffect),
    confidenceGap: column(confidenceGap),
    isDifficultToCheck: members.some((m) => m.spec.difficultyEffect > 0),
    belief: {
      self: column((m) => m.spec.belief.self),
      peer: column((m) => m.spec.belief.peer),
      orchestrator: column((m) => m.spec.belief.orchestrator),
      discernment: column(discernment),
    },
    violation: column((m) => m.model.violation),
    guardRecall: column((m) => m.spec.checks.guard.recall),
    guardFalseAlarm: column((m) => m.spec.checks.guard.falseAlarm),
    errorLogOdds: column(
      (m) =>
        logit(m.model.errorRate) -
        m.model.ability +
        m.spec.toolEffect * (m.spec.tools ?? scenario.task.tools) +
        m.model.drift * m.model.age,
    ),
    drift: column((m) => m.model.drift),
    pace: column((m) => m.model.pace),
    thinking: column((m) => m.model.thinking),
    prompt: column((m) => m.model.prompt),
    priceInput: column((m) => m.model.price.input / 1e6),
    priceOutput: column((m) => m.model.price.output / 1e6),
    latency: members.map(({ latency }) => latency),
    model: Int32Array.from(members, (m) => m.modelIndex),
    failure: column((m) => m.model.failure),
    timeout: column((m) => timeoutTicks(m.model)),
    retries: Int32Array.from(members, (m) => m.model.retries),
    backoff: column((m) => toTicks(m.model.backoff)),
    isUnreliable: Uint8Array.from(members, (m) => (canFail(m.model) ? 1 : 0)),
    family: Int32Array.from(members, (m) => families.indexOf(m.family)),
    familyKey: Uint32Array.from(members, (m) => hash32(m.family)),
    commonCause: column((m) => m.model.commonCause),
  };
}

function listMembers(scenario: Scenario): Member[] {
  const modelNames = Object.keys(scenario.models);
  return Object.entries(scenario.agents).flatMap(([group, written]) => {
    const spec = asItsKind(written);
    const isModel = kindOf(spec) === "model";
    const modelName = spec.model ?? modelNames[0];
    const model = isModel ? scenario.models[modelName] : withoutModel(spec);
    const member: Member = {
      spec,
      model,
      modelIndex: isModel ? modelNames.indexOf(modelName) : -1,
      // No name of a family has a dot: people share no common cause with models.
      family: isModel ? (model.family ?? modelName) : `agents.${group}`,
      latency: prepareLatency(model.latency),
      shifts: spec.shifts && compileShifts([spec.shifts].flat(), weekStart(scenario)),
    };
    return Array.from({ length: spec.count }, () => member);
  });
}

/** People and programs as models without tokens, calls that fail, or anything in common. @throws RangeError where they are not described */
function withoutModel({ errorRate, duration }: AgentSpec): ModelSpec {
  if (errorRate === undefined || duration === undefined)
    throw new RangeError("A person has an error rate and a duration.");
  const tokens = { thinking: 0, prompt: 0, price: { input: 0, output: 0 } };
  const changes = { ability: 0, pace: 1, commonCause: 0, drift: 0, age: 0, violation: 0 };
  const calls = { failure: 0, retries: 0, backoff: 0 };
  return { errorRate, latency: duration, ...tokens, ...changes, ...calls };
}

/** Undefined where the agent works all the time. */
function compileShifts(
  shifts: readonly { days: string | string[]; hours: string | string[] }[],
  start: number,
): Shifts | undefined {
  const spans = union(shifts.flatMap(({ days, hours }) => weeklySpans(days, hours)));
  const inTicks = spans.map(({ from, to }) => ({ from: toTicks(from), to: toTicks(to) }));
  return prepareShifts(inTicks, toTicks(SECONDS_PER_WEEK), start);
}

/** Ability makes an agent that tells right from wrong tell it better; it gives no eye to one that has none. */
const discernment = ({ spec: { belief }, model: { ability } }: Member) =>
  1 + (belief.discernment - 1) * Math.exp(ability);

/** The gap between two normal distributions of variance 1 at which the higher one gives the higher value with chance AUC. */
function confidenceGap({ spec: { confidence } }: Member): number {
  if (confidence === undefined) return Number.NaN;
  return confidence.auc === 1
    ? Number.POSITIVE_INFINITY
    : Math.SQRT2 * normalQuantile(confidence.auc);
}

const timeoutTicks = ({ timeout }: ModelSpec) =>
  timeout === undefined ? Number.POSITIVE_INFINITY : toTicks(timeout);

const canFail = (model: ModelSpec) => model.failure > 0 || model.timeout !== undefined;

function compileRateLimits({ models }: Scenario): RateLimitsPlan {
  const limits = Object.values(models).map(({ rateLimit }) => rateLimit);
  return {
    interval: Float64Array.from(limits, (limit) =>
      limit === undefined ? 0 : (60 * TICKS_PER_SECOND) / limit.calls,
    ),
    burst: Int32Array.from(limits, (limit) => limit?.burst ?? 1),
  };
}

/** Tables made last, by what they are of: cells of a sweep and groups of agents share theirs. */
const prepared = new Map<string, QuantileTable>();
const MOST_PREPARED = 64;

function prepareLatency(spec: LatencySpec): QuantileTable {
  const key = JSON.stringify(spec);
  const known = prepared.get(key);
  if (known !== undefined) return known;
  if (prepared.size === MOST_PREPARED) prepared.clear();
  const table = tabulateLatency(spec);
  prepared.set(key, table);
  return table;
}

/** Latencies are given in seconds and sampled in ticks. */
function tabulateLatency({ distribution: kind, ...spec }: LatencySpec): QuantileTable {
  const inTicks = Object.entries(spec).map(([name, value]: [string, number | number[]]) => [
    name,
    DURATIONS.has(name) ? ticksOf(value) : value,
  ]);
  return prepareDistribution({ kind, ...Object.fromEntries(inTicks) } as DistributionSpec);
}

/** Parameters of a distribution that are durations; the others are ratios. */
const DURATIONS = new Set(["mean", "low", "high", "quantiles"]);

const ticksOf = (seconds: number | readonly number[]) =>
  typeof seconds === "number"
    ? seconds * TICKS_PER_SECOND
    : seconds.map((each) => each * TICKS_PER_SECOND);

// ---------------------------------------------------------------- topology

function compileTopology(scenario: Scenario, agents: AgentsPlan): TopologyPlan {
  const { topology } = scenario;
  const edges = buildEdges(topology, agents.count, agentResolver(scenario), defaultHub(scenario));
  const start = new Int32Array(agents.count + 1);
  for (const from of edges.from) start[from + 1]++;
  for (let agent = 0; agent < agents.count; agent++) start[agent + 1] += start[agent];
  return {
    start,
    to: Int32Array.from(edges.to),
    weight: Float64Array.from(edges.weight),
    trust: Float64Array.from(edges.trust),
    key: Uint32Array.from(edges.to, (to, i) => mix(agents.key[edges.from[i]], agents.key[to])),
    latency: prepareLatency(topology.latency),
    header: topology.header,
    versionTokens: topology.versionTokens,
  };
}
