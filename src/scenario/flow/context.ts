// What the rules share that look for stalls: what may be reached, where each step was written, and what agents are called.

import type { Text } from "../../documents/checking/problems.ts";
import type { Path } from "../../documents/reading/tree.ts";
import type { Plan, Step } from "../../model/plan.ts";
import type { Phase, Scenario } from "../schema.ts";
import { cellsAmong } from "./cells.ts";
import type { Named } from "./messages.ts";
import type { Reach } from "./reach.ts";

export interface Finding {
  /** The value that the finding is about. */
  readonly path: Path;
  readonly text: Text;
}

export interface Context {
  readonly scenario: Scenario;
  readonly plan: Plan;
  /** With loops that go on as long as something changes. */
  readonly reach: Reach;
  /** Where each step of the plan was written. */
  readonly paths: readonly Path[];
  /** 1 for the claims that somebody may make. */
  readonly isMade: Uint8Array;
  /** The agents of some cells as references: a group where all its members are among them. */
  named(cells: Iterable<number>): Named;
  /** Names of claims. */
  name(claims: Iterable<number>): string[];
}

export function contextOf(scenario: Scenario, reach: Reach): Context {
  const { plan } = reach;
  return {
    scenario,
    plan,
    reach,
    paths: stepPaths(scenario.protocol, ["protocol"]),
    isMade: madeClaims(reach),
    named: (cells) => named(scenario, reach, cells),
    name: (claims) => ascending(claims).map((claim) => plan.task.claimNames[claim]),
  };
}

/** Paths of the steps that phases are compiled to, in order: a loop or an escalation has one more step at its end. */
function stepPaths(phases: readonly Phase[], path: Path): Path[] {
  return phases.flatMap((phase, i) => {
    const kind = Object.keys(phase).find(
      (key) => phase[key as keyof Phase] !== undefined,
    ) as string;
    const at = [...path, i, kind];
    if (phase.repeat) return [at, ...stepPaths(phase.repeat.phases, [...at, "phases"]), at];
    return phase.escalate ? [at, ...stepPaths(phase.escalate.phases, [...at, "phases"])] : [at];
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

export function ascending(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** Cells that may make a claim. */
export function makersOf({ cells, made }: Reach, claim: number): number[] {
  return cells.members.flatMap((_, cell) => (made.has(cell, claim) ? [cell] : []));
}

/** Steps of one kind, with their positions. */
export function stepsOf<Op extends Step["op"]>(
  { steps }: Plan,
  op: Op,
): { step: Extract<Step, { op: Op }>; position: number }[] {
  return steps.flatMap((step, position) =>
    step.op === op ? [{ step: step as Extract<Step, { op: Op }>, position }] : [],
  );
}

/** Whether a step can come after another one: it stands behind it, or both are repeated together. */
export function canFollow({ steps }: Plan, position: number, other: number): boolean {
  if (other > position) return true;
  return steps.some(
    (loop, head) =>
      loop.op === "repeat" &&
      loop.rounds > 1 &&
      head < Math.min(position, other) &&
      Math.max(position, other) < loop.exit,
  );
}

/** Cells in whose ledgers the aggregator looks. */
export function aggregated({ plan, cells }: Reach): number[] {
  return cellsAmong(cells, plan.aggregate.from);
}

/** Items that agree in a key, in the order of the first of each. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
