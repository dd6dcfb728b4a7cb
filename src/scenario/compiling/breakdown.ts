// What is counted by agent, by claim and by class: in scenarios that state what claims are worth.
import { BreakdownLayout } from "../../model/breakdown.ts";
import { agentNames } from "../agents/references.ts";
import { states } from "../objectives/subjects.ts";
import type { Scenario } from "../schema.ts";
import { claimGraph, compileKinds } from "./task.ts";

/** Undefined where nothing is. */
export function breakdownOf(scenario: Scenario): BreakdownLayout | undefined {
  if (!states("valued", scenario)) return undefined;
  const { graph, classes } = scenario.task;
  const { names: claims = [], loss = new Float64Array(0) } =
    compileKinds(scenario, claimGraph(graph).names) ?? {};
  const names = { agents: agentNames(scenario), claims, classes: Object.keys(classes) };
  return new BreakdownLayout(names, loss);
}
