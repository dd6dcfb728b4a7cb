// Checks the meaning of the topology: whom its edges join, and how many they are.

import type { Examined } from "../../documents/checking/examined.ts";
import { HUB_PRESETS } from "../../model/topology.ts";
import { checkReferences } from "../agents/check.ts";
import { agentResolver } from "../agents/references.ts";
import type { Agents } from "../agents/schema.ts";
import { edgeBound } from "../checking/size.ts";
import { type Reference, toOne, toSeveral } from "../fields.ts";
import { MAX_EDGES } from "../limits.ts";
import { checkLatency } from "../models/check.ts";
import * as messages from "./messages.ts";
import type { Topology } from "./schema.ts";

export function checkTopology(topology: Topology, found: Examined): void {
  checkLatency(topology.latency, ["topology", "latency"], found);
  checkHub(topology, found);
}

/** Whether all edges join agents, and are few enough to be built. */
export function checkEdges(topology: Topology, agents: Agents, found: Examined): boolean {
  if (!checkReferences(topologyReferences(topology), agents, found)) return false;
  checkSelfEdges(topology, agents, found);
  return checkEdgeCount(topology, agents, found);
}

function checkHub({ preset, hub }: Topology, found: Examined): void {
  if (hub !== undefined && !HUB_PRESETS.has(preset))
    found.warning(["topology", "hub"], messages.unusedHub(preset));
}

function topologyReferences({ among, hub, edges }: Topology): Reference[] {
  const path = ["topology"];
  return [
    ...toSeveral(among, [...path, "among"]),
    ...toOne(hub, [...path, "hub"]),
    ...edges.flatMap(({ from, to }, i) => [
      ...toSeveral([from].flat(), [...path, "edges", i, "from"]),
      ...toSeveral([to].flat(), [...path, "edges", i, "to"]),
    ]),
  ];
}

function checkSelfEdges({ edges }: Topology, agents: Agents, found: Examined): void {
  const resolve = agentResolver({ agents });
  for (const [i, { from, to }] of edges.entries()) {
    const [sender, ...others] = resolve([from].flat());
    const receivers = resolve([to].flat());
    if (others.length === 0 && receivers.length === 1 && receivers[0] === sender)
      found.error(["topology", "edges", i], messages.edgeToItself([from].flat()[0]));
  }
}

/** Whether the edges are few enough to be built. */
function checkEdgeCount(topology: Topology, agents: Agents, found: Examined): boolean {
  const count = edgeBound({ agents, topology });
  if (count <= MAX_EDGES) return true;
  found.error(["topology"], messages.tooManyEdges(count, MAX_EDGES));
  return false;
}
