// Checks the meaning of a scenario: what the schema cannot say, since it takes several values together.
// Every check is a short function that looks at the sections it needs; `checkMeaning` lists them all.

import { Findings } from "../../documents/checking/findings.ts";
import type { Report, Text } from "../../documents/checking/problems.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import { RESERVED_NAMES } from "../../documents/formulas/language.ts";
import type { MapNode, Path } from "../../documents/reading/tree.ts";
import { hasNull } from "../../documents/reading/tree.ts";
import { HUB_PRESETS } from "../../model/topology.ts";
import { MAX_AGENTS, MAX_CLAIMS, MAX_EDGES, MAX_LEDGER } from "../limits.ts";
import { VARIABLE_PATTERN } from "../names.ts";
import { checkPhasesOfTeam, checkProtocol, protocolReferences } from "../protocol/check.ts";
import { type Reference, toOne, toSeveral } from "../protocol/fields.ts";
import type { Phase } from "../protocol/phases.ts";
import type { AgentRange } from "../references.ts";
import { agentFinder, agentResolver, countAgents, splitReference } from "../references.ts";
import type { LatencySpec, Scenario, TaskGraph } from "../schema.ts";
import { edgeBound, largestTask } from "../size.ts";
import {
  isPercentage,
  type KnownMetrics,
  meantThreshold,
  parseThreshold,
  type Threshold,
} from "../thresholds.ts";
import { areRoundsBounded, checkEvents, checkLedgers } from "./bounds.ts";
import * as messages from "./messages.ts";
import type { Sections } from "./validate.ts";

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
  if (protocol) checkProtocol(protocol, sections, found);
  const isBounded = protocol && areRoundsBounded(protocol, found);
  if (workload) checkRepetition(sections.repeats, workload, found);
  if (thresholds) checkThresholds(thresholds, metricNames, found);
  if (objectives) checkObjectives(objectives, found);
  if (objectives && thresholds) checkTimedThresholds(thresholds, objectives, found);
  if (topology) checkHub(topology, found);
  const isSound = agents && isTeam(agents) && checkTeam(agents, topology, protocol, found);
  if (isSound && topology && protocol && workload && limits && task) {
    const sizes = { agents, topology, workload, limits };
    const claims = largestTask(task.graph);
    checkLedgers(sizes, claims, found);
    if (isBounded) checkEvents(protocol, sizes, claims, found);
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

/** Whether all references name agents, and edges are few enough to be built. */
function checkTeam(
  agents: Scenario["agents"],
  topology: Scenario["topology"] | undefined,
  protocol: readonly Phase[] | undefined,
  found: Findings,
): boolean {
  const find = agentFinder({ agents });
  const inTopology = topology ? topologyReferences(topology) : [];
  const inProtocol = protocolReferences(protocol ?? []);
  const isSound = (references: readonly Reference[]) =>
    references.map((reference) => checkReference(reference, agents, find, found)).every(Boolean);

  const isTopologySound = isSound(inTopology);
  const isProtocolSound = isSound(inProtocol);
  if (topology && isTopologySound) checkSelfEdges(topology, find, found);
  const isSmall =
    topology !== undefined && isTopologySound && checkEdgeCount(topology, agents, found);
  if (!protocol || !isProtocolSound) return false;
  checkUnusedGroups(agents, inProtocol, found);
  const resolve = agentResolver({ agents });
  checkPhasesOfTeam(protocol, { found, agents, resolve, topology: isSmall ? topology : undefined });
  return isSmall;
}

function topologyReferences({ among, hub, edges }: Scenario["topology"]): Reference[] {
  const path = ["topology"];
  return [
    ...toSeveral(among, [...path, "among"]),
    ...toOne(hub, [...path, "hub"]),
    ...edges.flatMap(({ from, to }, i) => [
      { reference: from, path: [...path, "edges", i, "from"], isOne: false },
      { reference: to, path: [...path, "edges", i, "to"], isOne: false },
    ]),
  ];
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

// ---------------------------------------------------------------- edges

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
