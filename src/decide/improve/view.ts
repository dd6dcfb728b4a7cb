// A scenario as options look at it: as it is written, with what it means beside it.
import { type MapNode, toPlain } from "../../documents/reading/tree.ts";
import { kindOf } from "../../scenario/agents/kinds.ts";
import { splitReference } from "../../scenario/agents/references.ts";
import type { AgentSpec } from "../../scenario/agents/schema.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { type Fields, type Phase, phasesWithin } from "./phases.ts";

export type CheckKind = "self" | "peer" | "orchestrator";

/** How well somebody checks. */
export interface CheckRates {
  readonly recall: number;
  readonly falseAlarm: number;
}

export class View {
  readonly scenario: Scenario;
  /** The protocol as it is written. */
  readonly protocol: readonly Phase[];
  /** Explicit edges as they are written. */
  readonly edges: readonly unknown[];

  constructor(tree: MapNode, scenario: Scenario) {
    const { protocol, topology } = toPlain(tree) as Written;
    this.scenario = scenario;
    this.protocol = protocol;
    this.edges = topology?.edges ?? [];
  }

  /** Groups with agents. */
  get groups(): readonly string[] {
    return Object.keys(this.scenario.agents).filter((name) => this.agent(name).count > 0);
  }

  agent(group: string): AgentSpec {
    return this.scenario.agents[group];
  }

  /** Groups behind which a model stands, with its name. */
  get modelled(): readonly (readonly [group: string, model: string])[] {
    return this.groups.flatMap((group) => {
      const { model } = this.agent(group);
      return model !== undefined && kindOf(this.agent(group)) === "model" ? [[group, model]] : [];
    });
  }

  /** All phases of a kind, those inside others too. */
  phases(kind: string): readonly Fields[] {
    return phasesWithin(this.protocol).flatMap((phase) => {
      const fields = phase[kind];
      return fields === undefined ? [] : [fields];
    });
  }

  /** Groups that make claims, in the order of the file. */
  get makers(): readonly string[] {
    return this.among(this.phases("work").map(({ who }) => who));
  }

  /** Groups named in some fields, in the order of the file. */
  among(references: readonly unknown[]): readonly string[] {
    const named = new Set(references.flatMap(groupsOf));
    return this.groups.filter((group) => named.has(group));
  }

  /** The kind of check that is a group's usual one. */
  usualCheck(group: string): "peer" | "orchestrator" {
    return this.agent(group).role === "orchestrator" ? "orchestrator" : "peer";
  }

  /** The best rates of a kind that the scenario states of a group behind which a model stands, with whose they are. */
  best(kind: CheckKind): { readonly group: string; readonly rates: CheckRates } | undefined {
    const all = this.modelled.map(([group]) => ({ group, rates: this.agent(group).checks[kind] }));
    const [best] = all.sort((a, b) => b.rates.recall - a.rates.recall);
    return best === undefined || best.rates.recall === 0 ? undefined : best;
  }
}

interface Written {
  readonly protocol: readonly Phase[];
  readonly topology?: { readonly edges?: readonly unknown[] };
}

/** The groups of one reference or a list of them. */
export function groupsOf(references: unknown): readonly string[] {
  const all = Array.isArray(references) ? references : references === undefined ? [] : [references];
  return all.map((reference) => splitReference(String(reference)).group);
}
