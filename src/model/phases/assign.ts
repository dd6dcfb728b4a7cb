// Assign: which claims are in whose scope. A planner shares out what it has not accepted yet; without a planner the whole task
// is shared out.
import { normalQuantile } from "../../numerics/distributions.ts";
import type { TaskCase } from "../case.ts";
import { OVERLAP, ROUTE } from "../decisions.ts";
import { ACCEPTED, firstOf, HELD, IN_SCOPE } from "../marks.ts";
import { FIELD } from "../outcome.ts";
import { edgeBetween } from "../plan.ts";
import type { AssignStep, DifficultySplit } from "../steps.ts";
import { phase } from "./phase.ts";

export const assign = phase<AssignStep>({
  begin(task, step, scheduler) {
    if (step.by >= 0) scheduler.requestTurn(task, step.by);
    else shareOut(task, step);
  },

  act(task, step, _agent, tokens) {
    // Only the first plan is no overhead.
    if (task.plans++ > 0) task.outcome[FIELD.overheadTokens] += tokens;
    shareOut(task, step);
  },
});

function shareOut(task: TaskCase, step: AssignStep): void {
  for (let i = 0; i < step.to.length; i++) clearScope(task, step.to[i]);
  switch (step.mode) {
    case "whole":
      for (const agent of step.to) assignOpen(task, step, agent);
      break;
    case "route":
      for (const agent of routed(task, step)) assignOpen(task, step, agent);
      break;
    case "owners":
      assignOwners(task, step);
      break;
    case "partition":
      partition(task, step);
      break;
    case "replicate":
      replicate(task, step);
      break;
  }
}

/** The agents to whom the router gives the task. What it takes the task for stays the same as long as the task lasts. */
function routed(task: TaskCase, step: AssignStep): Int32Array {
  if (step.split === undefined) return step.routes[perceivedClass(task, step)];
  if (!looksHard(task, step, step.split)) return step.split.easy;
  task.outcome[FIELD.escalated] = 1;
  return step.split.hard;
}

/** The class of the task, or any other with the same chance. */
function perceivedClass(task: TaskCase, step: AssignStep): number {
  const { accuracy, routes } = step;
  if (accuracy === 1 || routes.length === 1) return task.taskClass;
  const u = task.draws.uniform(ROUTE, routerKey(task, step), 0, 0);
  if (u < accuracy) return task.taskClass;
  const others = routes.length - 1;
  const other = Math.min(others - 1, Math.floor(((u - accuracy) / (1 - accuracy)) * others));
  return other < task.taskClass ? other : other + 1;
}

function looksHard(task: TaskCase, step: AssignStep, split: DifficultySplit): boolean {
  const { threshold, noise } = split;
  if (noise === 0) return task.relativeDifficulty > threshold;
  const u = task.draws.uniform(ROUTE, routerKey(task, step), 0, 1);
  return task.relativeDifficulty + noise * normalQuantile(u) > threshold;
}

function routerKey(task: TaskCase, step: AssignStep): number {
  return step.by < 0 ? 0 : task.plan.agents.key[step.by];
}

function clearScope(task: TaskCase, agent: number): void {
  const { marks } = task;
  task.newAssignment[agent] = 0;
  for (let word = 0; word < marks.words; word++) marks.bits[marks.row(agent, word) + IN_SCOPE] = 0;
}

/** Claims that are shared out: one that the planner holds and has accepted needs no more work. */
function open({ marks }: TaskCase, { by, claims }: AssignStep, word: number): number {
  const named = claims.length === 0 ? marks.all(word) : marks.all(word) & claims[word];
  if (by < 0) return named;
  return named & ~marks.bits[marks.row(by, word) + ACCEPTED];
}

/** Lists the open claims in task.listed, and returns how many they are. */
function listOpen(task: TaskCase, step: AssignStep): number {
  let count = 0;
  for (let word = 0; word < task.marks.words; word++)
    for (let rest = open(task, step, word); rest !== 0; rest &= rest - 1)
      task.listed[count++] = firstOf(word, rest);
  return count;
}

function assignOpen(task: TaskCase, step: AssignStep, agent: number): void {
  const count = listOpen(task, step);
  for (let i = 0; i < count; i++) giveClaim(task, step, agent, task.listed[i]);
}

/** Each open claim to its owner. */
function assignOwners(task: TaskCase, step: AssignStep): void {
  const count = listOpen(task, step);
  for (let i = 0; i < count; i++) {
    const claim = task.listed[i];
    const owner = task.ownerOf(claim);
    if (owner >= 0) giveClaim(task, step, owner, claim);
  }
}

/**
 * Each open claim to one agent, in blocks of consecutive claims, so that chains are cut as seldom as may be. A planner
 * may give a claim to the next agent as well.
 */
function partition(task: TaskCase, step: AssignStep): void {
  const agents = step.to.length;
  const count = listOpen(task, step);
  for (let i = 0; i < count; i++) {
    const claim = task.listed[i];
    const share = Math.floor((i * agents) / Math.max(count, agents));
    giveClaim(task, step, step.to[share], claim);
    if (overlaps(task, step, claim)) giveClaim(task, step, step.to[(share + 1) % agents], claim);
  }
}

/** Whether the planner gives the claim to two agents. */
function overlaps(task: TaskCase, step: AssignStep, claim: number): boolean {
  const { overlap, key } = task.plan.agents;
  if (step.by < 0 || overlap[step.by] === 0) return false;
  task.changes++;
  return task.draws.uniform(OVERLAP, key[step.by], claim, task.plans) < overlap[step.by];
}

/** Each open claim to `copies` agents, going round. */
function replicate(task: TaskCase, step: AssignStep): void {
  const agents = step.to.length;
  const copies = Math.min(step.copies, agents);
  const count = listOpen(task, step);
  for (let i = 0; i < count; i++)
    for (let copy = 0; copy < copies; copy++)
      giveClaim(task, step, step.to[(i * step.copies + copy) % agents], task.listed[i]);
}

/** Puts a claim into a scope. Work that the planner does not have, although it came once, is sent to it again. */
function giveClaim(task: TaskCase, step: AssignStep, agent: number, claim: number): void {
  task.give(agent, claim);
  task.newAssignment[agent] = step.by + 1;
  if (step.by < 0 || !task.marks.has(agent, claim, HELD)) return;
  const edge = edgeBetween(task.plan.topology, agent, step.by);
  if (edge >= 0) task.deliveries.forget(edge, claim);
}
