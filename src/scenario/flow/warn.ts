// Warns of protocols in which something can never happen, before a run does: claims that nobody can make or deliver,
// rejections that nobody hears, agents with nothing to do. What is warned of is certain; what is not may happen still.

import type { Problems, Warning } from "../../documents/checking/problems.ts";
import { locate, type MapNode, type Path } from "../../documents/reading/tree.ts";
import { ascending } from "../../numerics/grouping.ts";
import { type AgentRange, agentFinder, type Team } from "../agents/references.ts";
import { compile } from "../compiling/compile.ts";
import { definitionOf, type Phase, partOf } from "../protocol/phases.ts";
import type { Scenario } from "../schema.ts";
import type { Context, Stall } from "./context.ts";
import { explore } from "./explore.ts";
import { agentParties, groupParties } from "./parties.ts";
import type { Reach } from "./reach.ts";
import { listed, type Named, verb } from "./wording.ts";

/** Findings of one rule at one place that are told in full. */
const MOST_ALIKE = 3;

/** Adds to `problems` what can never happen in a valid scenario. Says nothing where finding out would take too long. */
export function warnOfStalls(scenario: Scenario, tree: MapNode, problems: Problems): void {
  const plan = compile(scenario);
  const reach =
    explore(plan, agentParties(plan), false) ?? explore(plan, groupParties(plan, scenario), false);
  if (reach === undefined) return;
  const warn = (path: Path, text: Warning) => problems.warning(locate(tree, path), path, text);
  const context = contextOf(scenario, reach);
  const paths = stepPaths(scenario.protocol, ["protocol"]);
  for (const [position, step] of plan.steps.entries()) {
    const stalls = definitionOf(step.op)?.stalls?.(step, position, context) ?? [];
    for (const { field, ...text } of stalls.flatMap(fewOf))
      warn(field === undefined ? paths[position] : [...paths[position], field], text);
  }
  for (const { group, ...text } of strangers(context)) warn(["agents", group], text);
}

/** The first few, the last of which says how many more there are. */
function fewOf(alike: readonly Stall[]): Stall[] {
  const more = alike.length - MOST_ALIKE;
  return alike.slice(0, MOST_ALIKE).map((stall, i) => {
    const isLast = more > 0 && i === MOST_ALIKE - 1;
    return isLast ? { ...stall, message: `${stall.message} (and ${more} more like this)` } : stall;
  });
}

// ---------------------------------------------------------------- context

export function contextOf(scenario: Scenario, reach: Reach): Context {
  const { plan, parties } = reach;
  return {
    team: scenario,
    plan,
    reach,
    withinRounds: () => explore(plan, parties, true),
    isMade: madeClaims(reach),
    named: (among) => named(scenario, reach, among),
    name: (claims) => ascending(claims).map((claim) => plan.task.claimNames[claim]),
  };
}

/** Paths of the steps that phases are compiled to, in order: a loop has one more step at its end. */
function stepPaths(phases: readonly Phase[], path: Path): Path[] {
  return phases.flatMap((phase, i) => {
    const { kind, definition, inside } = partOf(phase);
    const at = [...path, i, kind];
    const end = definition.encloses?.rounds ? [at] : [];
    return [at, ...stepPaths(inside, [...at, "phases"]), ...end];
  });
}

function madeClaims({ plan, parties, made }: Reach): Uint8Array {
  const isMade = new Uint8Array(plan.task.claims);
  for (let party = 0; party < parties.count; party++)
    for (const claim of made.list(party)) isMade[claim] = 1;
  return isMade;
}

function named({ agents }: Team, { plan, parties }: Reach, among: Iterable<number>): Named {
  const chosen = new Set([...among].flatMap((party) => parties.members[party]));
  const names = groupMembers({ agents }).flatMap(([group, members]) => {
    const there = members.filter((agent) => chosen.has(agent));
    const isWhole = members.length > 0 && there.length === members.length;
    return isWhole ? [group] : there.map((agent) => plan.agents.names[agent]);
  });
  return { names, areSeveral: chosen.size > 1 };
}

/** Members of a group that takes part in the protocol, who do not. Groups without a part are told of elsewhere. */
function strangers({ team, plan, reach, named }: Context): (Warning & { group: string })[] {
  const { of, members: agentsOf } = reach.parties;
  const busy = new Set<number>();
  for (const step of plan.steps)
    for (const agent of definitionOf(step.op)?.agents?.(step) ?? []) busy.add(agent);
  return groupMembers(team).flatMap(([group, members]) => {
    const idle = members.filter((agent) => !busy.has(agent));
    const isParty = idle.every((agent) => agentsOf[of[agent]].length === 1);
    if (idle.length === 0 || idle.length === members.length || !isParty) return [];
    const { names } = named(idle.map((agent) => of[agent]));
    return {
      group,
      topic: "agents-in-no-phase",
      message: `${listed(names)} ${verb(names, "takes", "take")} part in no phase`,
      hint: "name the whole group in the protocol, or lower its count",
    };
  });
}

/** Every group with the numbers of its members. */
function groupMembers(team: Team): [group: string, members: number[]][] {
  const find = agentFinder(team);
  return Object.keys(team.agents).map((group) => {
    const { first, count } = find(group) as AgentRange;
    return [group, Array.from({ length: count }, (_, i) => first + i)];
  });
}
