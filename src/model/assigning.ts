// Assignment: which claims are in whose scope. A planner shares out what it has not accepted yet; without a planner
// the whole task is shared out.
import { normalQuantile } from "../kernel/distributions.ts";
import { ACCEPTED, IN_SCOPE, SENT, type TaskCase } from "./case.ts";
import { OVERLAP, ROUTE } from "./decisions.ts";
import { FIELD } from "./outcome.ts";
import type { AssignStep, DifficultySplit } from "./plan.ts";

/** Carries out an assign phase. */
export function assign(task: TaskCase, step: AssignStep): void {
  for (let i = 0; i < step.to.length; i++) clearScope(task, step.to[i]);
  switch (step.mode) {
    case "whole":
      for (const agent of step.to) assignOpen(task, step, agent);
      break;
    case "route":
      for (const agent of routed(task, step)) assignOpen(task, step, agent);
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
  const { flags, size } = task;
  const base = task.slot(agent, 0);
  task.newAssignment[agent] = 0;
  for (let claim = 0; claim < size; claim++) flags[base + claim] &= ~IN_SCOPE;
}

/** A claim that the planner holds and has accepted needs no more work. */
function isOpen(task: TaskCase, planner: number, claim: number): boolean {
  if (planner < 0) return true;
  return (task.flags[task.slot(planner, claim)] & ACCEPTED) === 0;
}

function assignOpen(task: TaskCase, step: AssignStep, agent: number): void {
  for (let claim = 0; claim < task.size; claim++)
    if (isOpen(task, step.by, claim)) giveClaim(task, step, agent, claim);
}

/**
 * Each open claim to one agent, in blocks of consecutive claims, so that chains are cut as seldom as may be. A planner
 * may give a claim to the next agent as well.
 */
function partition(task: TaskCase, step: AssignStep): void {
  let open = 0;
  for (let claim = 0; claim < task.size; claim++) if (isOpen(task, step.by, claim)) open++;
  let position = 0;
  for (let claim = 0; claim < task.size; claim++) {
    if (!isOpen(task, step.by, claim)) continue;
    const share = Math.floor((position * step.to.length) / Math.max(open, step.to.length));
    giveClaim(task, step, step.to[share], claim);
    if (overlaps(task, step, claim))
      giveClaim(task, step, step.to[(share + 1) % step.to.length], claim);
    position++;
  }
}

/** Whether the planner gives the claim to two agents. */
function overlaps(task: TaskCase, step: AssignStep, claim: number): boolean {
  const { overlap, key } = task.plan.agents;
  if (step.by < 0 || overlap[step.by] === 0) return false;
  return task.draws.uniform(OVERLAP, key[step.by], claim, task.plans) < overlap[step.by];
}

/** Each open claim to `copies` agents, going round. */
function replicate(task: TaskCase, step: AssignStep): void {
  const agents = step.to.length;
  let position = 0;
  for (let claim = 0; claim < task.size; claim++) {
    if (!isOpen(task, step.by, claim)) continue;
    for (let copy = 0; copy < Math.min(step.copies, agents); copy++)
      giveClaim(task, step, step.to[(position * step.copies + copy) % agents], claim);
    position++;
  }
}

/** Puts a claim into a scope. Work that the planner never got is sent again. */
function giveClaim(task: TaskCase, step: AssignStep, agent: number, claim: number): void {
  const slot = task.slot(agent, claim);
  task.flags[slot] = (task.flags[slot] | IN_SCOPE) & ~SENT;
  task.newAssignment[agent] = step.by + 1;
}
