// Compiles a scenario to a plan: names become indices and parameters typed arrays; for the phases see protocol/compile.ts.
import { type ArrivalSpec, prepareArrivals } from "../../kernel/arrivals.ts";
import { prepareProfile, type RateProfile } from "../../kernel/rateProfile.ts";
import { TICKS_PER_SECOND, toTicks } from "../../kernel/time.ts";
import {
  ancestorCounts,
  type ClaimGraph,
  chain,
  explicit,
  generated,
  layers,
} from "../../model/graph.ts";
import {
  type AgentsPlan,
  CHECK_KINDS,
  type ClaimKinds,
  type Plan,
  type RateLimitsPlan,
  type TaskPlan,
  type TopologyPlan,
} from "../../model/plan.ts";
import { buildEdges } from "../../model/topology.ts";
import { type DistributionSpec, prepareDistribution } from "../../numerics/distributions.ts";
import { hash32, mix } from "../../numerics/draws.ts";
import { logit, shifted } from "../../numerics/logit.ts";
import type { QuantileTable } from "../../numerics/quantileTable.ts";
import { clamp } from "../../numerics/statistics.ts";
import { agentNames, agentResolver, defaultHub } from "../agents/references.ts";
import type { AgentSpec } from "../agents/schema.ts";
import { SECONDS_PER_WEEK, secondsOfMoment } from "../calendar.ts";
import type { LatencySpec } from "../fields.ts";
import type { ModelSpec } from "../models/schema.ts";
import { compileProtocol } from "../protocol/compile.ts";
import type { Scenario } from "../schema.ts";
import {
  type ClaimProperties,
  premisesByName,
  propertiesOf,
  statedProperties,
  statesValue,
} from "../task/claims.ts";
import type { TaskGraph } from "../task/schema.ts";
import { watchesBacklog } from "../workload/backlog.ts";
import { isUneven, weeklyRates } from "../workload/profile.ts";

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
  const weekStart = toTicks(secondsOfMoment(workload.start ?? WORKING_HOURS_BEGIN));
  return {
    name: scenario.name,
    task,
    agents,
    topology,
    rateLimits: compileRateLimits(scenario),
    latencyObjective: scenario.objectives.latency,
    ...compileProtocol(scenario, agents, task, topology),
    budgetTokens: scenario.budget.tokens,
    budgetExponent: scenario.budget.exponent,
    budgetDepth: scenario.budget.depth,
    budgetCovers: scenario.budget.covers,
    tasks: tasksOf(scenario),
    warmUp: warmUpOf(scenario),
    arrivals: isOpen
      ? prepareArrivals(arrivalSpec(workload), compileProfile(workload, weekStart))
      : undefined,
    weekStart,
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

/** Replications that share an instance: the tasks of a stream are all different. */
export function repeatsOf({ workload, repeats }: Scenario): number {
  return workload.arrivals === "one" ? repeats : 1;
}

/** Whether instances are spread over nets: the tasks of a stream meet each other, so that streams are independent. */
export function isSpread({ workload, sampling }: Scenario): boolean {
  return workload.arrivals === "one" && sampling === "nets";
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

// ---------------------------------------------------------------- task

/** The graph of the largest instance. */
export function claimGraph(graph: TaskGraph, sizeFactor = 1): ClaimGraph {
  switch (graph.shape) {
    case "chain":
      return chain(graph.size);
    case "layers":
      return layers(graph.layers);
    case "graph":
      return explicit(premisesByName(graph.claims));
    case "generated":
      return generated(largestSize(graph, sizeFactor), graph.sequentiality);
  }
}

function largestSize(graph: Extract<TaskGraph, { shape: "generated" }>, factor: number): number {
  return graph.spread > 0 ? graph.limit : clamp(Math.round(graph.size * factor), 1, graph.limit);
}

function compileTask(scenario: Scenario): TaskPlan {
  const { task } = scenario;
  const classes = Object.values(task.classes);
  const graph = claimGraph(task.graph, Math.max(1, ...classes.map((c) => c.sizeFactor)));
  const isGenerated = task.graph.shape === "generated";
  const size = task.graph.shape === "generated" ? task.graph.size : graph.names.length;
  const spread = task.graph.shape === "generated" ? task.graph.spread : 0;
  let sum = 0;
  return {
    claims: graph.names.length,
    claimNames: graph.names,
    ...compressRows(graph.premises),
    ancestors: ancestorCounts(graph),
    ownerOf: compileOwners(scenario, graph.names),
    kinds: compileKinds(task.graph, graph.names),
    sizeMean: size,
    sizeCv: spread / size,
    fixedSize: !isGenerated || (spread === 0 && classes.every((c) => c.sizeFactor === 1)),
    difficulty: task.difficulty,
    difficultySpread: task.difficultySpread,
    tools: task.tools,
    sharedState: task.sharedState,
    deviation: task.deviation,
    policyCritical: task.policyCritical,
    alternatives: task.alternatives,
    classNames: Object.keys(task.classes),
    classCumulative: Float64Array.from(classes, (c) => (sum += c.share)),
    classDifficulty: Float64Array.from(classes, (c) => c.difficulty),
    classSizeFactor: Float64Array.from(classes, (c) => c.sizeFactor),
    ...compilePriorities(task.classes),
  };
}

/** A queue for each priority that is stated. Tasks without a class are of one priority. */
function compilePriorities(
  classes: Scenario["task"]["classes"],
): Pick<TaskPlan, "queues" | "classQueue"> {
  const stated = Object.values(classes).map(({ priority = 0 }) => priority);
  const priorities = stated.length > 0 ? stated : [0];
  const highestFirst = [...new Set(priorities)].sort((a, b) => b - a);
  return {
    queues: highestFirst.length,
    classQueue: Int32Array.from(priorities, (priority) => highestFirst.indexOf(priority)),
  };
}

/** The owner of each claim. Claims with the same owners go round among them, in topological order. */
function compileOwners(scenario: Scenario, names: readonly string[]): Int32Array {
  const { graph } = scenario.task;
  const resolve = agentResolver(scenario);
  const turns = new Map<string, number>();
  return Int32Array.from(names, (name) => {
    const owner = graph.shape === "graph" ? propertiesOf(graph.claims[name]).owner : undefined;
    if (owner === undefined) return -1;
    const owners = resolve(owner);
    const turn = turns.get(owners.join()) ?? 0;
    turns.set(owners.join(), turn + 1);
    return owners[turn % owners.length];
  });
}

/** Undefined where nothing is stated that the engine has to know. @param names of the claims in topological order */
function compileKinds(graph: TaskGraph, names: readonly string[]): ClaimKinds | undefined {
  const hasValue = statesValue(graph);
  const isHard = ({ difficulty }: ClaimProperties) => difficulty !== undefined;
  if (!hasValue && !statedProperties(graph).some(isHard)) return undefined;
  const kinds =
    graph.shape === "graph"
      ? names.map((name) => ({ share: 0, ...propertiesOf(graph.claims[name]) }))
      : kindsWithRest(graph);
  const isDrawn = graph.shape !== "graph";
  let sum = 0;
  return {
    cumulative: Float64Array.from(isDrawn ? kinds : [], ({ share }) => (sum += share)),
    oddsFactor: Float64Array.from(kinds, ({ difficulty = 0 }) => Math.exp(difficulty)),
    hasValue,
    loss: Float64Array.from(kinds, ({ loss = 0 }) => loss),
    weight: Float64Array.from(kinds, ({ weight = 1 }) => weight),
    isCritical: Uint8Array.from(kinds, ({ critical }) => (critical ? 1 : 0)),
  };
}

/** The kinds of a generated graph, and the one of the claims that are of none of them. */
function kindsWithRest(graph: TaskGraph): (ClaimProperties & { readonly share: number })[] {
  const kinds = graph.shape === "generated" ? Object.values(graph.kinds ?? {}) : [];
  return [...kinds, { share: 1 - kinds.reduce((sum, { share }) => sum + share, 0) }];
}

function compressRows(rows: readonly (readonly number[])[]): {
  premiseStart: Int32Array;
  premises: Int32Array;
} {
  const premiseStart = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    premiseStart[i + 1] = premiseStart[i] + row.length;
  });
  const premises = new Int32Array(premiseStart[rows.length]);
  for (const [i, row] of rows.entries()) premises.set(row, premiseStart[i]);
  return { premiseStart, premises };
}

// ---------------------------------------------------------------- agents

interface Member {
  readonly spec: AgentSpec;
  readonly model: ModelSpec;
  readonly modelName: string;
  /** In ticks; of a group, one for all. */
  readonly latency: QuantileTable;
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
  const families = [...new Set(members.map(familyOf))];
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
    heed: column((m) => m.spec.heed),
    overlap: column((m) => m.spec.overlap),
    diversity: column((m) => m.spec.diversity),
    spacing: Float64Array.from(places, ({ place, of }) => place / of.count),
    recall: checks("recall", 1),
    falseAlarm: checks("falseAlarm", -1),
    difficultyEffect: column((m) => m.spec.difficultyEffect),
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
        m.spec.toolEffect * scenario.task.tools +
        m.model.drift * m.model.age,
    ),
    drift: column((m) => m.model.drift),
    pace: column((m) => m.model.pace),
    thinking: column((m) => m.model.thinking),
    prompt: column((m) => m.model.prompt),
    priceInput: column((m) => m.model.price.input / 1e6),
    priceOutput: column((m) => m.model.price.output / 1e6),
    latency: members.map(({ latency }) => latency),
    model: Int32Array.from(members, (m) => Object.keys(scenario.models).indexOf(m.modelName)),
    failure: column((m) => m.model.failure),
    timeout: column((m) => timeoutTicks(m.model)),
    retries: Int32Array.from(members, (m) => m.model.retries),
    backoff: column((m) => toTicks(m.model.backoff)),
    isUnreliable: Uint8Array.from(members, (m) => (canFail(m.model) ? 1 : 0)),
    family: Int32Array.from(members, (m) => families.indexOf(familyOf(m))),
    familyKey: Uint32Array.from(members, (m) => hash32(familyOf(m))),
    commonCause: column((m) => m.model.commonCause),
  };
}

function listMembers(scenario: Scenario): Member[] {
  const modelNames = Object.keys(scenario.models);
  return Object.values(scenario.agents).flatMap((spec) => {
    const modelName = spec.model ?? modelNames[0];
    const model = scenario.models[modelName];
    const member = { spec, modelName, model, latency: prepareLatency(model.latency) };
    return Array.from({ length: spec.count }, () => member);
  });
}

/** Ability makes an agent that tells right from wrong tell it better; it gives no eye to one that has none. */
const discernment = ({ spec: { belief }, model: { ability } }: Member) =>
  1 + (belief.discernment - 1) * Math.exp(ability);

const familyOf = (member: Member) => member.model.family ?? member.modelName;

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
  const inTicks = Object.entries(spec).map(([name, value]) => [
    name,
    DURATIONS.has(name) ? value * TICKS_PER_SECOND : value,
  ]);
  return prepareDistribution({ kind, ...Object.fromEntries(inTicks) } as DistributionSpec);
}

/** Parameters of a distribution that are durations; the others are ratios. */
const DURATIONS = new Set(["mean", "low", "high"]);

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
