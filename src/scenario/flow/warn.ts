// Warns of protocols in which something can never happen, before a run does: claims that nobody can make or deliver,
// rejections that nobody hears, agents with nothing to do. What is warned of is certain; what is not may happen still.
import type { Report, Text } from "../../documents/checking/problems.ts";
import { locate, type MapNode, type Path } from "../../documents/reading/tree.ts";
import { compile } from "../compiling/compile.ts";
import { definitionOf, PHASES, type Phase, partOf } from "../protocol/phases.ts";
import type { Scenario } from "../schema.ts";
import { agentCells, groupCells } from "./cells.ts";
import { ascending, type Context, type Finding, type Rule } from "./context.ts";
import { explore } from "./explore.ts";
import type { Reach } from "./reach.ts";
import { listed, type Named, verb } from "./wording.ts";

const RULES: readonly Rule[] = [
  ...Object.values(PHASES).flatMap(({ rules = [] }) => rules),
  strangers,
];

/** Findings of one rule at one place that are told in full. */
const MOST_ALIKE = 3;

/** Adds to the report what can never happen in a valid scenario. Says nothing where finding out would take too long. */
export function warnOfStalls(scenario: Scenario, tree: MapNode, report: Report): void {
  for (const { path, text } of findStalls(scenario)) report.warning(locate(tree, path), path, text);
}

/** What can never happen in a valid scenario, rule by rule. */
export function findStalls(scenario: Scenario): Finding[] {
  const plan = compile(scenario);
  const reach =
    explore(plan, agentCells(plan), false) ?? explore(plan, groupCells(plan, scenario), false);
  if (reach === undefined) return [];
  const context = contextOf(scenario, reach);
  return RULES.flatMap((rule) => fewOfEach(rule(context)));
}

/** Of many findings at one place the first few, the last of which says how many more there are. */
function fewOfEach(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  const placeOf = ({ path }: Finding) => path.join(".");
  for (const finding of findings)
    counts.set(placeOf(finding), (counts.get(placeOf(finding)) ?? 0) + 1);
  const told = new Map<string, number>();
  return findings.flatMap((finding) => {
    const place = placeOf(finding);
    const number = (told.get(place) ?? 0) + 1;
    told.set(place, number);
    const more = (counts.get(place) as number) - MOST_ALIKE;
    if (number > MOST_ALIKE) return [];
    if (number < MOST_ALIKE || more <= 0) return [finding];
    const message = `${finding.text.message} (and ${more} more like this)`;
    return [{ ...finding, text: { ...finding.text, message } }];
  });
}

// ---------------------------------------------------------------- context

export function contextOf(scenario: Scenario, reach: Reach): Context {
  const { plan, cells } = reach;
  return {
    team: scenario,
    plan,
    reach,
    withinRounds: () => explore(plan, cells, true),
    paths: stepPaths(scenario.protocol, ["protocol"]),
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

function madeClaims({ plan, cells, made }: Reach): Uint8Array {
  const isMade = new Uint8Array(plan.task.claims);
  for (let cell = 0; cell < cells.count; cell++)
    for (const claim of made.list(cell)) isMade[claim] = 1;
  return isMade;
}

function named(scenario: Scenario, { plan, cells }: Reach, among: Iterable<number>): Named {
  const agents = new Set([...among].flatMap((cell) => cells.members[cell]));
  let first = 0;
  const names = Object.entries(scenario.agents).flatMap(([group, { count }]) => {
    const members = Array.from({ length: count }, (_, i) => first + i);
    first += count;
    const there = members.filter((agent) => agents.has(agent));
    if (count > 0 && there.length === count) return [group];
    return there.map((agent) => plan.agents.names[agent]);
  });
  return { names, areSeveral: agents.size > 1 };
}

// ---------------------------------------------------------------- agents without a part

/** Members of a group that takes part in the protocol, who do not. Groups without a part are told of elsewhere. */
function strangers({ team, plan, reach, named }: Context): Finding[] {
  const busy = new Set<number>();
  for (const step of plan.steps)
    for (const agent of definitionOf(step.op)?.agents?.(step) ?? []) busy.add(agent);
  let first = 0;
  return Object.entries(team.agents).flatMap(([group, { count }]) => {
    const members = Array.from({ length: count }, (_, i) => first + i);
    first += count;
    const idle = members.filter((agent) => !busy.has(agent));
    const isCell = idle.every((agent) => reach.cells.members[reach.cells.of[agent]].length === 1);
    if (idle.length === 0 || idle.length === count || !isCell) return [];
    const { names } = named(idle.map((agent) => reach.cells.of[agent]));
    return [{ path: ["agents", group], text: noPhase(names) }];
  });
}

const noPhase = (agents: readonly string[]): Text => ({
  message: `${listed(agents)} ${verb(agents, "takes", "take")} part in no phase`,
  hint: "name the whole group in the protocol, or lower its count",
});
