// Checks the meaning of the team: its kinds, its models, its size, its guards, and references to its agents.

import type { Examined } from "../../documents/checking/examined.ts";
import type { Text } from "../../documents/checking/problems.ts";
import { hasNull, type Path } from "../../documents/reading/tree.ts";
import type { Reference } from "../fields.ts";
import { MAX_AGENTS, MAX_LEDGER } from "../limits.ts";
import type { Models } from "../models/schema.ts";
import { largestTask, statedProperties } from "../task/claims.ts";
import type { Task } from "../task/schema.ts";
import { checkKinds } from "./checkKinds.ts";
import { kindOf } from "./kinds.ts";
import * as messages from "./messages.ts";
import { agentFinder, countAgents, splitReference } from "./references.ts";
import type { Agents } from "./schema.ts";

/** Models and task are left out where they are not valid. */
export function checkAgents(
  agents: Agents,
  models: Models | undefined,
  task: Task | undefined,
  found: Examined,
): void {
  checkKinds(agents, found);
  if (models) checkModelsOfAgents(models, agents, found);
  checkTeamSize(agents, found);
  if (!task) return;
  checkGuards(agents, models, task, found);
  checkTools(agents, task.graph, found);
  checkLedgerSize(agents, largestTask(task.graph), found);
}

function checkModelsOfAgents(models: Models, agents: Agents, found: Examined): void {
  const names = Object.keys(models);
  const used = new Set<string>();
  for (const [group, agent] of Object.entries(agents)) {
    const { model } = agent;
    if (kindOf(agent) !== "model") continue;
    if (model !== undefined && !Object.hasOwn(models, model))
      found.error(
        ["agents", group, "model"],
        messages.unknownModel(model, names, found.suggest(model, names)),
      );
    if (model === undefined && names.length > 1)
      found.error(["agents", group], messages.modelNotNamed(group, names));
    used.add(model ?? names[0]);
  }
  // Files that others extend have models for all of them.
  for (const name of names)
    if (!used.has(name) && found.isOwn(["models", name]))
      found.warning(["models", name], messages.unusedModel(name));
}

/** Guards that let no action pass, and what says how policy-critical claims go where there are none. */
function checkGuards(
  agents: Agents,
  models: Models | undefined,
  { policyCritical }: Task,
  found: Examined,
): void {
  const violationOf = (agent: Agents[string]) =>
    kindOf(agent) === "model"
      ? (models?.[agent.model ?? Object.keys(models)[0]]?.violation ?? 0)
      : 0;
  for (const [group, agent] of Object.entries(agents)) {
    const path = ["agents", group, "checks", "guard"];
    const { recall, falseAlarm } = agent.checks.guard;
    const violation = violationOf(agent);
    if (policyCritical === 0 && found.isWritten(path))
      found.warning(path, messages.nothingCritical("a guard"));
    if (policyCritical > 0 && violation * recall + (1 - violation) * falseAlarm === 1)
      found.error(path, messages.guardStopsAll);
  }
  for (const name of Object.keys(models ?? {}))
    if (policyCritical === 0 && found.isWritten(["models", name, "violation"]))
      found.warning(["models", name, "violation"], messages.nothingCritical("a violation"));
}

/** Tools that can fail and that nobody calls, and the reverse. */
function checkTools(agents: Agents, graph: Task["graph"], found: Examined): void {
  const areCalled = statedProperties(graph).some(({ tools = 0 }) => tools > 0);
  const failing = Object.keys(agents).filter((group) => agents[group].toolFailure);
  if (!areCalled)
    for (const group of failing)
      found.warning(["agents", group, "toolFailure"], messages.noToolCalled);
  else if (failing.length === 0)
    found.warning(
      ["task", "graph", graph.shape === "graph" ? "claims" : "kinds"],
      messages.noToolFails,
    );
}

/** Whether the number of agents is one that can be simulated. */
export function isTeam(agents: Agents): boolean {
  const count = countAgents({ agents });
  return count >= 1 && count <= MAX_AGENTS;
}

function checkTeamSize(agents: Agents, found: Examined): void {
  const count = countAgents({ agents });
  if (count === 0) found.error(["agents"], messages.noAgents);
  if (count > MAX_AGENTS) found.error(["agents"], messages.tooManyAgents(count, MAX_AGENTS));
}

function checkLedgerSize(agents: Agents, claims: number, found: Examined): void {
  const count = countAgents({ agents });
  if (count * claims > MAX_LEDGER)
    found.error(["agents"], messages.ledgerTooLarge(count, claims, MAX_LEDGER));
}

// ---------------------------------------------------------------- references

/** Whether all references name agents; what is wrong with them is told to `found`. */
export function checkReferences(
  references: readonly Reference[],
  agents: Agents,
  found: Examined,
): boolean {
  const find = agentFinder({ agents });
  const groups = Object.keys(agents);
  const faultOf = ({ reference, isOne }: Reference, path: Path): Text | undefined => {
    const { group } = splitReference(reference);
    if (!Object.hasOwn(agents, group)) {
      if (hasNull(found.tree, ["agents", group])) return messages.emptiedGroup(group);
      const member = reference.slice(group.length);
      return messages.unknownGroup(group, groups, found.suggest(group, groups), member);
    }
    const members = agents[group].count;
    if (members === 0) return messages.groupWithoutMembers(group);
    const count = find(reference)?.count;
    if (count === undefined) return messages.unknownMember(reference, group, members);
    return isOne && count > 1 ? messages.notOneAgent(path, reference, count) : undefined;
  };
  const faults = references.map((reference) => {
    // A single reference may be written without a list.
    const isListed = found.isWritten(reference.path);
    const path = isListed ? reference.path : reference.path.slice(0, -1);
    const fault = faultOf(reference, path);
    if (fault) found.error(path, fault);
    return fault;
  });
  return faults.every((fault) => fault === undefined);
}

/** Warns of groups that nothing refers to. */
export function checkUnusedGroups(
  agents: Agents,
  references: readonly Reference[],
  found: Examined,
): void {
  const used = new Set(references.map(({ reference }) => splitReference(reference).group));
  for (const [group, { count }] of Object.entries(agents))
    if (count > 0 && !used.has(group))
      found.warning(["agents", group], messages.unusedGroup(group));
}
