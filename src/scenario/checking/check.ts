// Checks the meaning of a scenario: what the schema cannot say, since it takes several values together. Every section has
// checks of its own; `checkMeaning` runs them.

import type { Examined } from "../../documents/checking/examined.ts";
import { checkAgents, checkReferences, checkUnusedGroups, isTeam } from "../agents/check.ts";
import { kindOf } from "../agents/kinds.ts";
import { agentResolver, countAgents } from "../agents/references.ts";
import type { Agents } from "../agents/schema.ts";
import { checkImprovements } from "../improvements/check.ts";
import { checkModels } from "../models/check.ts";
import { checkObjectives } from "../objectives/check.ts";
import type { KnownMetrics } from "../objectives/thresholds.ts";
import { checkParameters } from "../parameters.ts";
import { checkPhasesOfTeam, checkProtocol, protocolReferences } from "../protocol/check.ts";
import type { TeamMeaning } from "../protocol/definition.ts";
import type { Phase } from "../protocol/phases.ts";
import type { Scenario } from "../schema.ts";
import { checkTask } from "../task/check.ts";
import { largestTask, ownersOf } from "../task/claims.ts";
import { checkEdges, checkTopology } from "../topology/check.ts";
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
  if (models) checkModels(models, needsModel(agents), found);
  if (agents) checkAgents(agents, models, task, found);
  if (topology) checkTopology(topology, found);
  if (protocol) checkProtocol(protocol, sections, found);
  const isBounded = protocol && areRoundsBounded(protocol, found);
  if (workload) checkStream(workload, found);
  if (workload) checkRepetition(sections.repeats, workload, found);
  if (workload) checkSampling(sections.sampling, workload, found);
  checkObjectives(sections, metrics, found);
  if (sections.improvements) checkImprovements(sections.improvements, found);

  if (!agents || !isTeam(agents)) return;
  const hasEdges = topology !== undefined && checkEdges(topology, agents, found);
  const areOwners = !task || checkReferences(ownersOf(task.graph), agents, found);
  const team = {
    agents,
    topology: hasEdges ? topology : undefined,
    task: areOwners ? task : undefined,
  };
  if (!protocol || !checkPhases(protocol, team, found)) return;
  if (!hasEdges || !workload || !limits || !task || !areOwners) return;
  const claims = largestTask(task.graph);
  checkLedgers(workload, limits, countAgents({ agents }) * claims, found);
  if (isBounded) checkEvents(protocol, { agents, topology, workload, limits }, claims, found);
}

/** Whether there is a model in the team, also where it is not valid. */
const needsModel = (agents: Agents | undefined) =>
  agents === undefined || Object.values(agents).some((agent) => kindOf(agent) === "model");

/** Checks whom the phases name, and the phases of this team. Returns whether all references name agents. */
function checkPhases(
  protocol: readonly Phase[],
  team: Pick<TeamMeaning, "topology" | "task"> & { readonly agents: Agents },
  found: Examined,
): boolean {
  const { agents } = team;
  const references = protocolReferences(protocol);
  if (!checkReferences(references, agents, found)) return false;
  checkUnusedGroups(agents, references, found);
  checkPhasesOfTeam(protocol, { ...team, found, resolve: agentResolver({ agents }) });
  return true;
}
