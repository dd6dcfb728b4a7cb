// Spreads the top-level agentDefaults under every group of agents; a group's own values win.
import { RULES, wrongValue } from "../checking/messages.ts";
import type { Report } from "../checking/problems.ts";
import type { Entry, MapNode, TreeNode } from "./tree.ts";
import { locate, merge, nodeAt, toPlain, without } from "./tree.ts";

const PATH = ["agentDefaults"];

/** The tree without agentDefaults, their values laid under each group. Groups that are no maps stay as they are. */
export function spreadAgentDefaults(root: MapNode, report: Report): MapNode {
  const defaults = nodeAt(root, PATH);
  const agents = root.entries.get("agents");
  const rest = without(root, ...PATH);
  if (defaults !== undefined && defaults.kind !== "map") {
    const rule = RULES.names("Agent defaults");
    report.error(locate(root, PATH), PATH, wrongValue(PATH, toPlain(defaults), rule));
  }
  if (defaults?.kind !== "map" || agents?.value.kind !== "map") return rest;

  const base = markAsDefault(defaults);
  const groups = new Map<string, Entry>();
  for (const [name, group] of agents.value.entries)
    groups.set(name, { ...group, value: merge(base, group.value) });
  const spread = { ...agents, value: { ...agents.value, entries: groups } };
  return { ...rest, entries: new Map(rest.entries).set("agents", spread) };
}

function markAsDefault<T extends TreeNode>(node: T): T {
  if (node.kind !== "map") return node;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of node.entries)
    entries.set(key, { ...entry, value: markAsDefault(entry.value), isDefault: true });
  return { ...node, entries };
}
