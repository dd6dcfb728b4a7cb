// Checks the meaning of a scenario: what the schema cannot say, since it takes several values together. Every section has
// checks of its own; `checkMeaning` runs them.

import type { Examined } from "../../documents/checking/examined.ts";
import type { Path } from "../../documents/reading/tree.ts";
import { visitEdges } from "../../model/topology.ts";
import {
  checkAgents,
  checkReferences,
  isTeam,
  one,
  type Reference,
  several,
} from "../agents/check.ts";
import type { Agents } from "../agents/schema.ts";
import { checkModels } from "../models/check.ts";
import type { Models } from "../models/schema.ts";
import { checkObjectives } from "../objectives/check.ts";
import { checkParameters } from "../parameters.ts";
import { agentResolver, countAgents, defaultHub, splitReference } from "../references.ts";
import type { Phase, Scenario } from "../schema.ts";
import { largestTask } from "../size.ts";
import { checkTask } from "../task/check.ts";
import type { Task } from "../task/schema.ts";
import type { KnownMetrics } from "../thresholds.ts";
import { checkEdges, checkTopology } from "../topology/check.ts";
import type { Topology } from "../topology/schema.ts";
import { checkLedgers, checkRepetition } from "../workload/check.ts";
import { areRoundsBounded, SizeCheck } from "./bounds.ts";
import * as messages from "./messages.ts";

/**
 * Reports what makes no sense in valid sections.
 * @param metrics that thresholds can name; any name will do where it is missing
 */
export function checkMeaning(
  sections: Partial<Scenario>,
  found: Examined,
  metrics?: readonly string[] | KnownMetrics,
): void {
  const { task, models, agents, topology, protocol, workload, limits } = sections;
  if (sections.parameters) checkParameters(sections.parameters, found);
  if (task) checkTask(task, found);
  if (models) checkModels(models, found);
  if (agents) checkAgents(agents, models, task, found);
  if (topology) checkTopology(topology, found);
  const isBounded = protocol !== undefined && checkProtocol(protocol, task, models, found);
  if (workload) checkRepetition(sections.repeats, workload, found);
  checkObjectives(sections.objectives, sections.thresholds, metrics, found);

  if (!agents || !isTeam(agents)) return;
  const hasEdges = topology && checkEdges(topology, agents, found);
  const isSound = protocol && checkPhases(protocol, agents, found);
  if (!hasEdges || !isSound) return;
  checkSends(protocol, topology, agents, found);
  if (!workload || !limits || !task) return;
  const claims = largestTask(task.graph);
  checkLedgers(workload, limits, countAgents({ agents }) * claims, found);
  if (isBounded)
    new SizeCheck({ agents, topology, workload, limits }, claims, found).checkProtocol(protocol);
}

// ---------------------------------------------------------------- protocol

/** Deepest nesting of repeat phases. */
export const MAX_REPEAT_DEPTH = 8;

/** Checks the protocol by itself. Returns whether its loops are bounded. */
function checkProtocol(
  protocol: readonly Phase[],
  task: Task | undefined,
  models: Models | undefined,
  found: Examined,
): boolean {
  checkProtocolEnd(protocol, found);
  checkRepeats(protocol, found);
  const isBounded = areRoundsBounded(protocol, found);
  checkPlans(protocol, found);
  if (task) checkRoutes(protocol, task.classes, found);
  if (models) checkTierPrices(protocol, models, found);
  return isBounded;
}

/** Checks whom the phases name. Returns whether all of them are agents. */
function checkPhases(protocol: readonly Phase[], agents: Agents, found: Examined): boolean {
  const phases = allPhases(protocol);
  const references = phases.flatMap(phaseReferences);
  if (!checkReferences(references, agents, found)) return false;
  checkUnusedGroups(agents, references, found);
  checkCopies(phases, agents, found);
  checkAccepted(phases, agents, found);
  return true;
}

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

function checkProtocolEnd(protocol: readonly Phase[], found: Examined): void {
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

function checkRepeats(protocol: readonly Phase[], found: Examined): void {
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
function checkPlans(protocol: readonly Phase[], found: Examined): void {
  let isPlanned = false;
  for (const { phase, path } of allPhases(protocol)) {
    if (phase.assign?.by !== undefined) isPlanned = true;
    if (phase.work?.observe === false && !isPlanned)
      found.warning([...path, "work", "observe"], messages.planOfNobody);
  }
}

function checkRoutes(protocol: readonly Phase[], classes: Task["classes"], found: Examined): void {
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
function checkTierPrices(protocol: readonly Phase[], models: Models, found: Examined): void {
  const names = Object.keys(models);
  const hasTiers = allPhases(protocol).some(
    ({ phase: { assign, escalate } }) => escalate !== undefined || assign?.mode === "route",
  );
  if (!hasTiers || names.length < 2) return;
  for (const name of names)
    if (!found.isWritten(["models", name, "price"]))
      found.warning(["models", name], messages.tierWithoutPrice(name, models[name].price));
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

function checkUnusedGroups(
  agents: Agents,
  references: readonly Reference[],
  found: Examined,
): void {
  const used = new Set(references.map(({ reference }) => splitReference(reference).group));
  for (const [group, { count }] of Object.entries(agents))
    if (count > 0 && !used.has(group))
      found.warning(["agents", group], messages.unusedGroup(group));
}

function checkCopies(phases: readonly Placed[], agents: Agents, found: Examined): void {
  const resolve = agentResolver({ agents });
  for (const { phase, path } of phases) {
    if (phase.assign?.mode !== "replicate") continue;
    const { k, to } = phase.assign;
    const count = resolve(to).length;
    if (k > count) found.error([...path, "assign", "k"], messages.tooManyCopies(k, count));
  }
}

function checkSends(
  protocol: readonly Phase[],
  topology: Topology,
  agents: Agents,
  found: Examined,
): void {
  const resolve = agentResolver({ agents });
  const count = countAgents({ agents });
  let missing = allPhases(protocol).flatMap(({ phase: { send }, path }) => {
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
function checkAccepted(phases: readonly Placed[], agents: Agents, found: Examined): void {
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
