// How a further agent joins a team so that nothing else of the team changes.
import type { Overrides } from "../../documents/reading/overrides.ts";
import { Inapplicable } from "./option.ts";
import type { View } from "./view.ts";

/**
 * What is set so that an agent with edges to and from some groups joins.
 * @throws Inapplicable where its name is taken
 */
export function joining(
  view: View,
  name: string,
  spec: Readonly<Record<string, unknown>>,
  partners: readonly string[],
): Overrides {
  const { agents, topology } = view.scenario;
  if (name in agents) throw new Inapplicable(`there is an agent ${name} already`);
  const isPreset = topology.preset !== "none";
  return {
    [`agents.${name}`]: spec,
    "topology.edges": [...view.edges, { from: name, to: partners, both: true }],
    // A preset joins all agents unless it is told which.
    ...(isPreset && topology.among === undefined && { "topology.among": Object.keys(agents) }),
  };
}
