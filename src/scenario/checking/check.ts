// Checks the meaning of a scenario: what the schema cannot say, since it takes several values together. Every section has
// checks of its own; `checkMeaning` runs them.

import type { Examined } from "../../documents/checking/examined.ts";
import { checkAgents, checkReferences, checkUnusedGroups, isTeam } from "../agents/check.ts";
import { agentResolver, countAgents } from "../agents/references.ts";
import type { Agents } from "../agents/schema.ts";
import { checkModels } from "../models/check.ts";
import { checkObjectives } from "../objectives/check.ts";
import type { KnownMetrics } from "../objectives/thresholds.ts";
import { checkParameters } from "../parameters.ts";
import { checkPhasesOfTeam, checkProtocol, protocolReferences } from "../protocol/check.ts";
import type { Phase } from "../protocol/phases.ts";
import type { Scenario } from "../schema.ts";
import { checkTask } from "../task/check.ts";
import { largestTask, ownersOf } from "../task/claims.ts";
import { checkEdges, checkTopology } from "../topology/check.ts";
import type { Topology } from "../topology/schema.ts";
import { checkLedgers, checkRepetition, checkSampling, checkStream } from "../workload/check.ts";
import { areRoundsBounded, checkEvents } from "./bounds.ts";

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
  if (protocol) checkProtocol(protocol, sections, found);
  const isBounded = protocol && areRoundsBounded(protocol, found);
  if (workload) checkStream(workload, found);
  if (workload) checkRepetition(sections.repeats, workload, found);
  if (workload) checkSampling(sections.sampling, workload, found);
  checkObjectives(sections, metrics, found);

  if (!agents || !isTeam(agents)) return;
  const hasEdges = topology !== undefined && checkEdges(topology, agents, found);
  const areOwners = !task || checkReferences(ownersOf(task.graph), agents, found);
  if (!protocol || !checkPhases(protocol, agents, hasEdges ? topology : undefined, found)) return;
  if (!hasEdges || !workload || !limits || !task || !areOwners) return;
  const claims = largestTask(task.graph);
  checkLedgers(workload, limits, countAgents({ agents }) * claims, found);
  if (isBounded) checkEvents(protocol, { agents, topology, workload, limits }, claims, found);
}

/**
 * Checks whom the phases name, and the phases of this team. Returns whether all references name agents.
 * @param topology undefined where its edges cannot be built
 */
function checkPhases(
  protocol: readonly Phase[],
  agents: Agents,
  topology: Topology | undefined,
  found: Examined,
): boolean {
  const references = protocolReferences(protocol);
  if (!checkReferences(references, agents, found)) return false;
  checkUnusedGroups(agents, references, found);
  checkPhasesOfTeam(protocol, { found, agents, resolve: agentResolver({ agents }), topology });
  return true;
}
