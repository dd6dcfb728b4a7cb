// What is said of the topology.

import type { Text, Warning } from "../../documents/checking/problems.ts";
import { plural } from "../../documents/quoting.ts";

export const tooManyEdges = (count: number, most: number): Text => ({
  message: `the topology has about ${plural(Math.round(count), "edge")}`,
  rule: `a topology has at most ${plural(most, "edge")}`,
  hint: "use a sparser preset, or write edges between single agents",
});

export const edgeToItself = (reference: string): Text => ({
  message: `the edge runs from ${reference} to itself`,
  rule: "an edge joins two different agents",
});

export const unusedHub = (preset: string): Warning => ({
  topic: "hub-without-star-or-tree",
  message: `the hub has no meaning in the preset ${preset}`,
  rule: "star and tree have a hub",
});
