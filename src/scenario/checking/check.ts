// Checks the meaning of a scenario: what the schema cannot say, since it takes several values together.
// Every check is a short function that looks at the sections it needs; `checkMeaning` lists them all.

import { Findings } from "../../documents/checking/findings.ts";
import type { Report, Text } from "../../documents/checking/problems.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import { RESERVED_NAMES } from "../../documents/formulas/language.ts";
import type { MapNode, Path } from "../../documents/reading/tree.ts";
import { hasNull } from "../../documents/reading/tree.ts";
import { HUB_PRESETS, visitEdges } from "../../model/topology.ts";
import { VARIABLE_PATTERN } from "../names.ts";
import type { AgentRange } from "../references.ts";
import {
  agentFinder,
  agentResolver,
  countAgents,
  defaultHub,
  splitReference,
} from "../references.ts";
import type { LatencySpec, Phase, Scenario, TaskGraph } from "../schema.ts";
import { MAX_AGENTS, MAX_CLAIMS, MAX_EDGES, MAX_LEDGER } from "../schema.ts";
import { edgeBound, largestTask } from "../size.ts";
import {
  isPercentage,
  type KnownMetrics,
  meantThreshold,
  parseThreshold,
  type Threshold,
} from "../thresholds.ts";
import { areRoundsBounded, SizeCheck } from "./bounds.ts";
import * as messages from "./messages.ts";
import type { Sections } from "./validate.ts";

/** Deepest nesting of repeat phases. */
export const MAX_REPEAT_DEPTH = 8;

/**
 * Reports what makes no sense in valid sections.
 * @param metricNames metrics that thresholds can name; any name will do where it is missing
 */
export function checkMeaning(
  sections: Sections,
  tree: MapNode,
  report: Report,
  metricNames?: readonly string[] | KnownMetrics,
): void {
  const { task, models, agents, topology, protocol, workload, parameters, thresholds } = sections;
  const { objectives, limits } = sections;
  const found = new Findings(tree, report);
  if (parameters) checkParameterNames(parameters, found);
  if (task) checkGraph(task.graph, found);
  if (task) checkClassShares(task.classes, found);
  if (models) checkModels(models, found);
  if (models) checkCalls(models, found);
  if (topology) checkBounds(topology.latency, ["topology", "latency"], found);
  if (models && agents) checkModelsOfAgents(models, agents, found);
  if (agents) checkTeamSize(agents, found);
  if (agents && task) checkGuards(agents, models, task, found);
  if (agents && task) checkLedgerSize(agents, task.graph, found);
  if (protocol) checkProtocolEnd(protocol, found);
  if (protocol) checkRepeats(protocol, found);
  const isBounded = protocol && areRoundsBounded(protocol, found);
  if (protocol) checkPlans(protocol, found);
  if (protocol && task) checkRoutes(protocol, task.classes, found);
  if (protocol && models) checkTierPrices(protocol, models, found);
  if (workload) checkRepetition(sections.repeats, workload, found);
  if (thresholds) checkThresholds(thresholds, metricNames, found);
  if (objectives) checkObjectives(objectives, found);
  if (objectives && thresholds) checkTimedThresholds(thresholds, objectives, found);
  if (topology) checkHub(topology, found);
  const isSound = agents && isTeam(agents) && checkTeam(agents, topology, protocol, found);
  if (isSound && topology && protocol && workload && limits && task) {
    const sizes = { agents, topology, workload, limits };
    const check = new SizeCheck(sizes, largestTask(task.graph), found);
    check.checkLedgers();
    if (isBounded) check.checkProtocol(protocol);
  }
}

// ---------------------------------------------------------------- parameters, task

function checkParameterNames(parameters: Scenario["parameters"], found: Findings): void {
  for (const name of Object.keys(parameters))
    if (!VARIABLE_PATTERN.test(name) || RESERVED_NAMES.includes(name))
      found.errorAtKey(["parameters", name], messages.parameterName(name, RESERVED_NAMES));
}

function checkGraph(graph: TaskGraph, found: Findings): void {
  const path = ["task", "graph"];
  const claims = largestTask(graph);
  if (claims === 0) found.error([...path, "claims"], messages.noClaims);
  if (claims > MAX_CLAIMS) found.error(path, messages.tooManyClaims(claims, MAX_CLAIMS));
  if (graph.shape === "generated" && graph.size > graph.limit)
    found.error([...path, "size"], messages.sizeAboveLimit(graph.size, graph.limit));
  if (graph.shape === "graph" && checkPremises(graph.claims, found))
    checkCycle(graph.claims, found);
}

type Claims = Readonly<Record<string, readonly string[]>>;

/** Whether every premise is a claim. */
function checkPremises(claims: Claims, found: Findings): boolean {
  const names = Object.keys(claims);
  let isSound = true;
  for (const claim of names)
    for (const [i, premise] of claims[claim].entries()) {
      if (Object.hasOwn(claims, premise)) continue;
      const text = messages.unknownPremise(claim, premise, found.suggest(premise, names));
      found.error(["task", "graph", "claims", claim, i], text);
      isSound = false;
    }
  return isSound;
}

function checkCycle(claims: Claims, found: Findings): void {
  const cycle = findCycle(claims);
  if (cycle.length > 0)
    found.errorAtKey(["task", "graph", "claims", cycle[0]], messages.claimCycle(cycle));
}

/** Claims of which each builds on the next, the first one named again at the end; empty where there is no cycle. */
function findCycle(claims: Claims): string[] {
  const stuck = neverReady(claims);
  const way = new Set<string>();
  let claim = [...stuck][0];
  while (claim !== undefined && !way.has(claim)) {
    way.add(claim);
    // What is never ready has a premise that is never ready either.
    claim = claims[claim].find((premise) => stuck.has(premise)) as string;
  }
  const ways = [...way];
  return claim === undefined ? [] : [...ways.slice(ways.indexOf(claim)), claim];
}

/** Claims that are left when all whose premises are done are done, again and again (Kahn 1962). */
function neverReady(claims: Claims): Set<string> {
  const missing = new Map(
    Object.entries(claims).map(([name, premises]) => [name, premises.length]),
  );
  const dependents = new Map<string, string[]>(Object.keys(claims).map((name) => [name, []]));
  for (const [name, premises] of Object.entries(claims))
    for (const premise of premises) dependents.get(premise)?.push(name);
  const stuck = new Set(missing.keys());
  const ready = [...stuck].filter((name) => missing.get(name) === 0);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    stuck.delete(name);
    for (const dependent of dependents.get(name) ?? []) {
      const left = (missing.get(dependent) ?? 0) - 1;
      missing.set(dependent, left);
      if (left === 0) ready.push(dependent);
    }
  }
  return stuck;
}

function checkClassShares(classes: Scenario["task"]["classes"], found: Findings): void {
  const shares = Object.values(classes).map(({ share }) => share);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.length > 0 && Math.abs(sum - 1) > 1e-9)
    found.error(["task", "classes"], messages.classShares(sum));
}

// ---------------------------------------------------------------- models

function checkModels(models: Scenario["models"], found: Findings): void {
  if (Object.keys(models).length === 0) found.error(["models"], messages.noModels);
  for (const [name, { latency }] of Object.entries(models))
    checkBounds(latency, ["models", name, "latency"], found);
}

/** What says how calls go that can never go well, or says it for nothing. */
function checkCalls(models: Scenario["models"], found: Findings): void {
  for (const [name, { failure, timeout, latency }] of Object.entries(models)) {
    const path = ["models", name];
    if (timeout !== undefined && timeout <= shortest(latency))
      found.error([...path, "timeout"], messages.timeoutTooShort(timeout, shortest(latency)));
    if (failure > 0 || timeout !== undefined) continue;
    for (const key of ["retries", "backoff"])
      if (found.isWritten([...path, key]))
        found.warning([...path, key], messages.nothingToRetry(key));
  }
}

/** Seconds that a call takes at least. */
function shortest(latency: LatencySpec): number {
  if (latency.distribution === "constant") return latency.mean;
  return latency.distribution === "uniform" ? latency.low : 0;
}

function checkObjectives({ latency }: Scenario["objectives"], found: Findings): void {
  if (latency === 0) found.error(["objectives", "latency"], messages.noTimeAtAll);
}

/** Metrics that only tasks with a latency objective have. */
const TIMED_METRICS = ["onTime", "successOnTime"];

function checkTimedThresholds(
  thresholds: readonly string[],
  { latency }: Scenario["objectives"],
  found: Findings,
): void {
  if (latency !== undefined) return;
  for (const [i, text] of thresholds.entries()) {
    const name = parseThreshold(text)?.metric;
    if (name !== undefined && TIMED_METRICS.includes(name))
      found.error(["thresholds", i], messages.metricNeedsObjective(name));
  }
}

function checkBounds(latency: LatencySpec, path: Path, found: Findings): void {
  if (latency.distribution === "uniform" && latency.low > latency.high)
    found.error([...path, "low"], messages.bounds(path, latency.low, latency.high));
}

function checkModelsOfAgents(
  models: Scenario["models"],
  agents: Scenario["agents"],
  found: Findings,
): void {
  const names = Object.keys(models);
  const used = new Set<string>();
  for (const [group, { model }] of Object.entries(agents)) {
    if (model !== undefined && !Object.hasOwn(models, model))
      found.error(
        ["agents", group, "model"],
        messages.unknownModel(model, names, found.suggest(model, names)),
      );
    if (model === undefined && names.length > 1)
      found.error(["agents", group], messages.modelNotNamed(group, names));
    used.add(model ?? names[0]);
  }
  for (const name of names)
    if (!used.has(name)) found.warning(["models", name], messages.unusedModel(name));
}

/** Guards that let no action pass, and what says how policy-critical claims go where there are none. */
function checkGuards(
  agents: Scenario["agents"],
  models: Scenario["models"] | undefined,
  { policyCritical }: Scenario["task"],
  found: Findings,
): void {
  const violationOf = (model: string | undefined) =>
    models?.[model ?? Object.keys(models)[0]]?.violation ?? 0;
  for (const [group, { model, checks }] of Object.entries(agents)) {
    const path = ["agents", group, "checks", "guard"];
    const { recall, falseAlarm } = checks.guard;
    const violation = violationOf(model);
    if (policyCritical === 0 && found.isWritten(path))
      found.warning(path, messages.nothingCritical("a guard"));
    if (policyCritical > 0 && violation * recall + (1 - violation) * falseAlarm === 1)
      found.error(path, messages.guardStopsAll);
  }
  for (const name of Object.keys(models ?? {}))
    if (policyCritical === 0 && found.isWritten(["models", name, "violation"]))
      found.warning(["models", name, "violation"], messages.nothingCritical("a violation"));
}

// ---------------------------------------------------------------- size of the team

function isTeam(agents: Scenario["agents"]): boolean {
  const count = countAgents({ agents });
  return count >= 1 && count <= MAX_AGENTS;
}

function checkTeamSize(agents: Scenario["agents"], found: Findings): void {
  const count = countAgents({ agents });
  if (count === 0) found.error(["agents"], messages.noAgents);
  if (count > MAX_AGENTS) found.error(["agents"], messages.tooManyAgents(count, MAX_AGENTS));
}

function checkLedgerSize(agents: Scenario["agents"], graph: TaskGraph, found: Findings): void {
  const count = countAgents({ agents });
  const claims = largestTask(graph);
  if (count * claims > MAX_LEDGER)
    found.error(["agents"], messages.ledgerTooLarge(count, claims, MAX_LEDGER));
}

// ---------------------------------------------------------------- protocol

/** A phase with its place. Phases in a repeat or an escalation follow the repeat or escalation itself. */
interface Placed {
  readonly phase: Phase;
  readonly path: Path;
}

/** All phases in order, with those inside repeats and escalations. */
function allPhases(phases: readonly Phase[], path: Path = ["protocol"]): Placed[] {
  return phases.flatMap((phase, i) => {
    const place = [...path, i];
    const { repeat, escalate } = phase;
    const inside = [
      ...(repeat ? allPhases(repeat.phases, [...place, "repeat", "phases"]) : []),
      ...(escalate ? allPhases(escalate.phases, [...place, "escalate", "phases"]) : []),
    ];
    return [{ phase, path: place }, ...inside];
  });
}

function checkProtocolEnd(protocol: readonly Phase[], found: Findings): void {
  const phases = allPhases(protocol);
  const ends = phases.filter(({ phase }) => phase.aggregate !== undefined);
  if (ends.length === 0) found.errorAtKey(["protocol"], messages.noAggregate);
  if (!phases.some(({ phase }) => phase.work !== undefined))
    found.errorAtKey(["protocol"], messages.noWork);
  const last = protocol.length - 1;
  for (const [i, { path, phase }] of ends.entries()) {
    const at = [...path, "aggregate"];
    const isInRepeat = path.length > 2;
    if (isInRepeat) found.errorAtKey(at, messages.aggregateInRepeat);
    else if (i < ends.length - 1) found.errorAtKey(at, messages.aggregateNotLast);
    else if (path[1] !== last) found.errorAtKey(at, messages.aggregateNotLast);
    if (phase.aggregate?.how === "synthesize" && phase.aggregate.by === undefined)
      found.errorAtKey(at, messages.synthesizeNeedsBy);
  }
}

function checkRepeats(protocol: readonly Phase[], found: Findings): void {
  const how = protocol.at(-1)?.aggregate?.how;
  for (const { phase, path } of allPhases(protocol)) {
    const { repeat, escalate } = phase;
    if (repeat === undefined && escalate === undefined) continue;
    const at = [...path, repeat ? "repeat" : "escalate"];
    if (path.filter((key) => key === "phases").length === MAX_REPEAT_DEPTH)
      found.errorAtKey(at, messages.repeatTooDeep(MAX_REPEAT_DEPTH));
    if (how === undefined || how === "ahead") continue;
    if (repeat?.until === "ahead")
      found.error([...at, "until"], messages.aheadNeedsAggregate("until", how));
    if (escalate?.unless === "ahead")
      found.error([...at, "unless"], messages.aheadNeedsAggregate("unless", how));
  }
}

/** Where nobody plans, a plan costs nothing. */
function checkPlans(protocol: readonly Phase[], found: Findings): void {
  let isPlanned = false;
  for (const { phase, path } of allPhases(protocol)) {
    if (phase.assign?.by !== undefined) isPlanned = true;
    if (phase.work?.observe === false && !isPlanned)
      found.warning([...path, "work", "observe"], messages.planOfNobody);
  }
}

function checkRoutes(
  protocol: readonly Phase[],
  classes: Scenario["task"]["classes"],
  found: Findings,
): void {
  const names = Object.keys(classes);
  for (const { phase, path } of allPhases(protocol)) {
    if (phase.assign === undefined) continue;
    const { mode, routes, split, accuracy } = phase.assign;
    const at = [...path, "assign"];
    const routed = Object.keys(routes);
    if (mode !== "route") {
      if (routed.length > 0) found.warning([...at, "routes"], messages.unusedRoutes(mode));
      if (split) found.warning([...at, "split"], messages.unusedSplit(mode));
      if (accuracy < 1) found.warning([...at, "accuracy"], messages.unusedAccuracy(mode));
      continue;
    }
    if (split) {
      if (routed.length > 0) found.errorAtKey([...at, "routes"], messages.routesAndSplit);
      if (accuracy < 1) found.error([...at, "accuracy"], messages.accuracyOfSplit);
      continue;
    }
    if (accuracy < 1 && names.length === 1)
      found.warning([...at, "accuracy"], messages.accuracyOfOneClass);
    if (names.length === 0) found.error([...at, "mode"], messages.routeNeedsClasses);
    for (const name of names)
      if (!routed.includes(name)) found.error([...at, "routes"], messages.missingRoute(name));
    for (const name of routed)
      if (names.length > 0 && !names.includes(name))
        found.errorAtKey(
          [...at, "routes", name],
          messages.unknownClass(name, names, found.suggest(name, names)),
        );
  }
}

/** Where models of different price share the work, a price that nobody stated is likely to be forgotten. */
function checkTierPrices(
  protocol: readonly Phase[],
  models: Scenario["models"],
  found: Findings,
): void {
  const names = Object.keys(models);
  const hasTiers = allPhases(protocol).some(
    ({ phase: { assign, escalate } }) => escalate !== undefined || assign?.mode === "route",
  );
  if (!hasTiers || names.length < 2) return;
  for (const name of names)
    if (!found.isWritten(["models", name, "price"]))
      found.warning(["models", name], messages.tierWithoutPrice(name, models[name].price));
}

// ---------------------------------------------------------------- workload, thresholds

/** The default number of repeats means nothing either, but nobody asked for it. */
function checkRepetition(
  repeats: number | undefined,
  workload: Scenario["workload"],
  found: Findings,
): void {
  if (workload.arrivals !== "one" && (repeats ?? 1) > 1 && found.isWritten(["repeats"]))
    found.warning(["repeats"], messages.repeatsWithoutMeaning);
}

function checkThresholds(
  thresholds: readonly string[],
  metrics: readonly string[] | KnownMetrics | undefined,
  found: Findings,
): void {
  const known: KnownMetrics | undefined =
    metrics && "names" in metrics ? metrics : metrics && namesOnly(metrics);
  for (const [i, text] of thresholds.entries()) {
    const threshold = parseThreshold(text);
    const meant = known && meantThreshold(text, known);
    const problem = faultOfThreshold(text, threshold, known, meant);
    if (problem) found.error(["thresholds", i], problem);
  }
}

function faultOfThreshold(
  text: string,
  threshold: Threshold | undefined,
  known: KnownMetrics | undefined,
  meant: string | undefined,
): Text | undefined {
  if (threshold === undefined) return messages.thresholdSyntax(text, meant);
  const { metric, value } = threshold;
  if (known === undefined) return undefined;
  if (!known.names.includes(metric))
    return messages.unknownThresholdMetric(metric, known.nearest(metric), meant);
  const isShare = known.unitOf(metric) === "share";
  return isShare && isPercentage(value) ? messages.notAShare(metric, value, meant) : undefined;
}

const namesOnly = (names: readonly string[]): KnownMetrics => ({
  names,
  nearest: (text) => suggest(text, names),
  unitOf: () => "",
});

// ---------------------------------------------------------------- who is who

function checkHub({ preset, hub }: Scenario["topology"], found: Findings): void {
  if (hub !== undefined && !HUB_PRESETS.has(preset))
    found.warning(["topology", "hub"], messages.unusedHub(preset));
}

/** A reference with its place, and whether it has to be one agent. */
interface Reference {
  readonly reference: string;
  readonly path: Path;
  readonly isOne: boolean;
}

/** Whether all references name agents, and edges are few enough to be built. */
function checkTeam(
  agents: Scenario["agents"],
  topology: Scenario["topology"] | undefined,
  protocol: readonly Phase[] | undefined,
  found: Findings,
): boolean {
  const find = agentFinder({ agents });
  const inTopology = topology ? topologyReferences(topology) : [];
  const phases = allPhases(protocol ?? []);
  const inProtocol = phases.flatMap(phaseReferences);
  const isSound = (references: readonly Reference[]) =>
    references.map((reference) => checkReference(reference, agents, find, found)).every(Boolean);

  const isTopologySound = isSound(inTopology);
  const isProtocolSound = isSound(inProtocol);
  if (topology && isTopologySound) checkSelfEdges(topology, find, found);
  if (protocol && isProtocolSound) {
    checkUnusedGroups(agents, inProtocol, found);
    checkCopies(phases, agents, found);
    checkAccepted(phases, agents, found);
  }
  const isSmall =
    topology !== undefined && isTopologySound && checkEdgeCount(topology, agents, found);
  if (!isSmall || !protocol || !isProtocolSound) return false;
  checkSends(phases, topology, agents, found);
  return true;
}

function topologyReferences({ among, hub, edges }: Scenario["topology"]): Reference[] {
  const path = ["topology"];
  return [
    ...several(among, [...path, "among"]),
    ...one(hub, [...path, "hub"]),
    ...edges.flatMap(({ from, to }, i) => [
      { reference: from, path: [...path, "edges", i, "from"], isOne: false },
      { reference: to, path: [...path, "edges", i, "to"], isOne: false },
    ]),
  ];
}

function phaseReferences({ phase, path }: Placed): Reference[] {
  const { assign, work, send, check, escalate, aggregate } = phase;
  const routes = Object.entries(assign?.routes ?? {});
  return [
    ...one(assign?.by, [...path, "assign", "by"]),
    ...several(assign?.to, [...path, "assign", "to"]),
    ...routes.map(([name, reference]) => ({
      reference,
      path: [...path, "assign", "routes", name],
      isOne: false,
    })),
    ...several(assign?.split?.easy, [...path, "assign", "split", "easy"]),
    ...several(assign?.split?.hard, [...path, "assign", "split", "hard"]),
    ...several(escalate?.among, [...path, "escalate", "among"]),
    ...several(work?.who, [...path, "work", "who"]),
    ...several(send?.from, [...path, "send", "from"]),
    ...several(send?.to, [...path, "send", "to"]),
    ...several(check?.by, [...path, "check", "by"]),
    ...several(aggregate?.from, [...path, "aggregate", "from"]),
    ...one(aggregate?.by, [...path, "aggregate", "by"]),
  ];
}

function one(reference: string | undefined, path: Path): Reference[] {
  return reference === undefined ? [] : [{ reference, path, isOne: true }];
}

function several(references: readonly string[] | undefined, path: Path): Reference[] {
  return (references ?? []).map((reference, i) => ({
    reference,
    path: [...path, i],
    isOne: false,
  }));
}

type Find = (reference: string) => AgentRange | undefined;

/** Whether the reference names agents. */
function checkReference(
  { reference, path: place, isOne }: Reference,
  agents: Scenario["agents"],
  find: Find,
  found: Findings,
): boolean {
  // A single reference may be written without a list.
  const path = found.isWritten(place) ? place : place.slice(0, -1);
  const problem = referenceProblem(reference, agents, find, found);
  const count = find(reference)?.count ?? 0;
  if (problem !== undefined) found.error(path, problem);
  else if (isOne && count > 1) found.error(path, messages.notOneAgent(path, reference, count));
  return problem === undefined && !(isOne && count > 1);
}

function referenceProblem(
  reference: string,
  agents: Scenario["agents"],
  find: Find,
  found: Findings,
): Text | undefined {
  const { group } = splitReference(reference);
  if (!Object.hasOwn(agents, group)) {
    if (hasNull(found.tree, ["agents", group])) return messages.emptiedGroup(group);
    const names = found.namesOf(agents);
    const near = found.suggest(group, names);
    const member = reference.slice(group.length);
    return messages.unknownGroup(group, names, near, member);
  }
  const { count } = agents[group];
  if (count === 0) return messages.groupWithoutMembers(group);
  return find(reference) ? undefined : messages.unknownMember(reference, group, count);
}

function checkUnusedGroups(
  agents: Scenario["agents"],
  references: readonly Reference[],
  found: Findings,
): void {
  const used = new Set(references.map(({ reference }) => splitReference(reference).group));
  for (const [group, { count }] of Object.entries(agents))
    if (count > 0 && !used.has(group))
      found.warning(["agents", group], messages.unusedGroup(group));
}

function checkCopies(phases: readonly Placed[], agents: Scenario["agents"], found: Findings): void {
  const resolve = agentResolver({ agents });
  for (const { phase, path } of phases) {
    if (phase.assign?.mode !== "replicate") continue;
    const { k, to } = phase.assign;
    const count = resolve(to).length;
    if (k > count) found.error([...path, "assign", "k"], messages.tooManyCopies(k, count));
  }
}

// ---------------------------------------------------------------- edges and messages

function checkSelfEdges({ edges }: Scenario["topology"], find: Find, found: Findings): void {
  const agentOf = (reference: string) => {
    const range = find(reference);
    return range?.count === 1 ? range.first : undefined;
  };
  for (const [i, { from, to }] of edges.entries())
    if (agentOf(from) !== undefined && agentOf(from) === agentOf(to))
      found.error(["topology", "edges", i], messages.edgeToItself(from));
}

/** Whether the edges are few enough to be built. */
function checkEdgeCount(
  topology: Scenario["topology"],
  agents: Scenario["agents"],
  found: Findings,
): boolean {
  const count = edgeBound({ agents, topology });
  if (count <= MAX_EDGES) return true;
  found.error(["topology"], messages.tooManyEdges(count, MAX_EDGES));
  return false;
}

function checkSends(
  phases: readonly Placed[],
  topology: Scenario["topology"],
  agents: Scenario["agents"],
  found: Findings,
): void {
  const resolve = agentResolver({ agents });
  const count = countAgents({ agents });
  let missing = phases.flatMap(({ phase: { send }, path }) => {
    if (send === undefined) return [];
    const [from, to] = [resolve(send.from), resolve(send.to)];
    // A team of one has no peer to write to: a number of agents that is varied may begin at 1.
    if (new Set([...from, ...to]).size === 1) return [];
    return [{ send, path, isFrom: marks(from, count), isTo: marks(to, count) }];
  });
  if (missing.length === 0) return;
  let hasEdges = false;
  visitEdges(topology, count, resolve, defaultHub({ agents }), (from, to) => {
    hasEdges = true;
    if (missing.some(({ isFrom, isTo }) => isFrom[from] === 1 && isTo[to] === 1))
      missing = missing.filter(({ isFrom, isTo }) => isFrom[from] === 0 || isTo[to] === 0);
  });
  for (const { send, path } of missing)
    found.errorAtKey([...path, "send"], messages.noEdgesToSend(send.from, send.to, hasEdges));
}

/** 1 for the agents that are listed, 0 for the others. */
function marks(agents: readonly number[], count: number): Uint8Array {
  const marked = new Uint8Array(count);
  for (const agent of agents) marked[agent] = 1;
  return marked;
}

/** An agent that sends what it accepted must have checked before, or in a round before. */
function checkAccepted(
  phases: readonly Placed[],
  agents: Scenario["agents"],
  found: Findings,
): void {
  const resolve = agentResolver({ agents });
  for (const [i, { phase, path }] of phases.entries()) {
    if (phase.send?.what !== "accepted") continue;
    const checks = phases.filter(
      (other, j) => other.phase.check && (j < i || shareLoop(other.path, path)),
    );
    const checkers = new Set(checks.flatMap((check) => resolve(check.phase.check?.by ?? [])));
    const idle = phase.send.from.filter(
      (reference) => !resolve([reference]).some((a) => checkers.has(a)),
    );
    if (idle.length > 0) found.error([...path, "send", "what"], messages.neverAccepted(idle));
  }
}

/** Whether two phases are repeated together. */
function shareLoop(a: Path, b: Path): boolean {
  const parting = a.findIndex((key, i) => key !== b[i]);
  return a.slice(0, parting < 0 ? a.length : parting).includes("repeat");
}
