// Rules about agents and phases that never have anything to do, and conditions that never hold.
import { cellsAmong } from "./cells.ts";
import type { Context, Finding } from "./context.ts";
import { aggregated, groupBy, stepsOf } from "./context.ts";
import * as messages from "./messages.ts";
import { anyIsEnough, handsOver, targetCells, workingCells } from "./reach.ts";

/** Agents that work and never make a claim: the scopes of all their work phases are empty, or wait for premises. */
export function idleWorkers({ plan, reach, paths, named, isMade }: Context): Finding[] {
  const idle = stepsOf(plan, "work").flatMap(({ step, position }) =>
    workingCells(plan, reach.cells, step)
      .filter((cell) => reach.made.isEmpty(cell))
      .map((cell) => ({ position, cell, scope: reach.at[position].claims.list(cell) }))
      // Claims that nobody makes are told of by themselves.
      .filter(({ scope }) => scope.every((claim) => isMade[claim] === 1)),
  );
  const isEmpty = ({ scope }: { scope: readonly number[] }) => scope.length === 0;
  return groupBy(idle, (one) => `${one.position} ${isEmpty(one)}`).map((group) => {
    const agents = named(group.map(({ cell }) => cell));
    const text = isEmpty(group[0])
      ? messages.nothingInScope(agents)
      : messages.nothingReady(agents);
    return { path: paths[group[0].position], text };
  });
}

/** Members of a group that takes part in the protocol, who do not. Groups without a part are told of elsewhere. */
export function strangers({ scenario, plan, reach, named }: Context): Finding[] {
  const busy = new Set<number>();
  for (const step of plan.steps) for (const agent of agentsIn(step)) busy.add(agent);
  let first = 0;
  return Object.entries(scenario.agents).flatMap(([group, { count }]) => {
    const members = Array.from({ length: count }, (_, i) => first + i);
    first += count;
    const idle = members.filter((agent) => !busy.has(agent));
    const isCell = idle.every((agent) => reach.cells.members[reach.cells.of[agent]].length === 1);
    if (idle.length === 0 || idle.length === count || !isCell) return [];
    const { names } = named(idle.map((agent) => reach.cells.of[agent]));
    return [{ path: ["agents", group], text: messages.noPhase(names) }];
  });
}

function agentsIn(step: Context["plan"]["steps"][number]): number[] {
  switch (step.op) {
    case "assign":
      return [step.by, ...step.to];
    case "work":
    case "check":
      return [...step.who];
    case "send":
      return [...step.from, ...[...step.isTarget.keys()].filter((a) => step.isTarget[a] === 1)];
    case "escalate":
      return [...step.goal.from];
    case "aggregate":
      return [step.by, ...step.from];
    default:
      return [];
  }
}

export function idleCheckers({ plan, reach, paths, named }: Context): Finding[] {
  return stepsOf(plan, "check").flatMap(({ step, position }) => {
    const idle = cellsAmong(reach.cells, step.who).filter((cell) =>
      reach.at[position].claims.isEmpty(cell),
    );
    if (idle.length === 0) return [];
    return [{ path: paths[position], text: messages.nothingToCheck(named(idle), step.of) }];
  });
}

/** Send phases that carry no version, and tell nobody what was assigned. */
export function idleSends({ plan, reach, paths, named }: Context): Finding[] {
  const planners = new Set(stepsOf(plan, "assign").map(({ step }) => step.by));
  return stepsOf(plan, "send").flatMap(({ step, position }) => {
    const targets = step.isTarget.reduce((sum, isTarget) => sum + isTarget, 0);
    const isAlone = step.from.length === 1 && targets === 1 && step.isTarget[step.from[0]] === 1;
    if (reach.at[position].can || isAlone || step.from.some((agent) => planners.has(agent)))
      return [];
    const senders = named(cellsAmong(reach.cells, step.from));
    return [{ path: paths[position], text: messages.nothingToSend(senders, step.what) }];
  });
}

/** Send phases in which everybody sends back only what came from the receiver. */
export function echoes({ plan, reach, paths, named }: Context): Finding[] {
  const { cells, carried, made } = reach;
  const sourcesOf = (cell: number, claim: number) =>
    cells.members.flatMap((_, sender) => {
      for (let edge = cells.start[sender]; edge < cells.start[sender + 1]; edge++)
        if (cells.to[edge] === cell && carried.has(edge, claim)) return [sender];
      return [];
    });
  const isEcho = (from: number, edge: number) =>
    carried
      .list(edge)
      .every(
        (claim) =>
          !made.has(from, claim) &&
          sourcesOf(from, claim).every((sender) => sender === cells.to[edge]),
      );
  return stepsOf(plan, "send").flatMap(({ step, position }) => {
    if (!reach.at[position].can) return [];
    const senders = cellsAmong(cells, step.from);
    const isTarget = targetCells(cells, step);
    const receivers = new Set<number>();
    for (const from of senders)
      for (let edge = cells.start[from]; edge < cells.start[from + 1]; edge++) {
        if (isTarget[cells.to[edge]] === 0 || carried.isEmpty(edge)) continue;
        if (from === cells.to[edge] || !isEcho(from, edge)) return [];
        receivers.add(cells.to[edge]);
      }
    return [{ path: paths[position], text: messages.onlyEchoes(named(senders), named(receivers)) }];
  });
}

/** Loops whose condition never holds although all claims are delivered in the end. */
export function hopelessLoops({ plan, reach, paths, name }: Context): Finding[] {
  const { aggregate } = plan;
  const from = aggregated(reach);
  return stepsOf(plan, "repeat").flatMap(({ step, position }) => {
    const { lacked } = reach.at[position];
    const isDelivered = (claim: number) =>
      from.some((cell) => handsOver(reach, aggregate, cell, claim));
    // What is never delivered at all is told of by itself.
    if (lacked.length === 0 || !lacked.every(isDelivered)) return [];
    const isEach = !anyIsEnough(aggregate);
    const hint = isEach
      ? "send what one of them makes to the others inside the loop, or aggregate from fewer agents"
      : "put the phases that bring claims to the aggregator inside the loop";
    const text = messages.neverSettled(step.until, name(lacked), isEach, hint);
    return [{ path: [...paths[position], "until"], text }];
  });
}
