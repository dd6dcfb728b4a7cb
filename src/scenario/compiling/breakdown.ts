// What is counted by agent, by claim and by class: in scenarios that state what claims are worth, who works and when, or who goes
// first.
import { BreakdownLayout } from "../../model/breakdownLayout.ts";
import { asItsKind } from "../agents/kinds.ts";
import { agentNames } from "../agents/references.ts";
import { states } from "../objectives/subjects.ts";
import type { Scenario } from "../schema.ts";
import { claimGraph, compileKinds } from "./task.ts";

/** Undefined where nothing is. */
export function breakdownLayoutOf(scenario: Scenario): BreakdownLayout | undefined {
  const { task } = scenario;
  const classes = Object.entries(task.classes);
  const hasPriorities = classes.some(([, { priority }]) => priority !== undefined);
  if (!states("valued", scenario) && !isStaffed(scenario) && !hasPriorities) return undefined;
  const { names: claims = [], loss = new Float64Array(0) } =
    compileKinds(scenario, claimGraph(task).names) ?? {};
  const names = { agents: agentNames(scenario), claims, classes: classes.map(([name]) => name) };
  return new BreakdownLayout(names, {
    loss,
    lateLoss: scenario.objectives.loss,
    idlePrice: idlePrices(scenario),
  });
}

/** Whether there are people or programs, several servers of one agent, or shifts. */
const isStaffed = ({ agents }: Scenario) =>
  Object.values(agents).some(
    ({ kind = "model", staff, shifts }) =>
      kind !== "model" || staff !== undefined || shifts !== undefined,
  );

/** Whoever is paid by the hour is paid for waiting too. */
const idlePrices = ({ agents }: Scenario) =>
  Float64Array.from(
    Object.values(agents).flatMap((agent) => {
      const perHour = asItsKind(agent).price?.perHour ?? 0;
      return Array<number>(agent.count).fill(perHour / SECONDS_PER_HOUR);
    }),
  );

const SECONDS_PER_HOUR = 3600;
