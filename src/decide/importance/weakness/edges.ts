// Edges as components: all edges from one group of agents to another, whatever preset or list they come of.
import { buildEdges } from "../../../model/topology.ts";
import {
  agentNames,
  agentResolver,
  countAgents,
  defaultHub,
} from "../../../scenario/agents/references.ts";
import type { Scenario } from "../../../scenario/schema.ts";
import type { Topology } from "../../../scenario/topology/schema.ts";
import { BETTER, type Change, type Component, FAULTLESS, type Found } from "./component.ts";

type Edge = Topology["edges"][number];

/** Each pair of groups that an edge joins, by the name `FROM → TO`. */
export function edgesOf(scenario: Scenario): Found {
  const pairs = new Set(joined(scenario).map(({ from, to }) => pairOf(from, to)));
  return { components: [...pairs].map(edgeComponent), leftOut: [] };
}

function edgeComponent(name: string): Component {
  const weighing =
    (weigh: (weight: number) => number): Change =>
    (scenario) => {
      const changed = joined(scenario)
        .filter(({ from, to }) => pairOf(from, to) === name)
        .map((edge) => ({ ...edge, weight: weigh(edge.weight), was: edge.weight }));
      if (changed.every(({ weight, was }) => weight === was)) return scenario;
      // Of edges between the same two agents the last one counts.
      const edges = [...scenario.topology.edges, ...changed.map(({ was: _, ...edge }) => edge)];
      return { ...scenario, topology: { ...scenario.topology, edges } };
    };
  return {
    kind: "edge",
    name,
    changes: {
      perfect: weighing(FAULTLESS.merit),
      better: weighing(BETTER.merit),
      absent: weighing(() => 0),
    },
  };
}

interface Joined extends Edge {
  readonly from: string;
  readonly to: string;
}

/** Every edge between two agents. */
function joined(scenario: Scenario): Joined[] {
  const names = agentNames(scenario);
  const { from, to, weight, trust } = buildEdges(
    scenario.topology,
    countAgents(scenario),
    agentResolver(scenario),
    defaultHub(scenario),
  );
  return Array.from(from, (agent, i) => ({
    from: names[agent],
    to: names[to[i]],
    weight: weight[i],
    trust: trust[i],
    both: false,
  }));
}

const groupOf = (agent: string) => agent.split(".")[0];
const pairOf = (from: string, to: string) => `${groupOf(from)} → ${groupOf(to)}`;
