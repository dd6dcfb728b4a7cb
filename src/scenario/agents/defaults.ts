// Spreads the top-level agentDefaults under every group of agents; a group's own values win. What is wrong with the
// defaults is told here, once, and not spread: neither problems nor work grow with defaults × groups.
import { Examined } from "../../documents/checking/examined.ts";
import { Explainer } from "../../documents/checking/explain.ts";
import { RULES, wrongValue } from "../../documents/checking/messages.ts";
import type { Problems } from "../../documents/checking/problems.ts";
import { isFormula } from "../../documents/formulas/language.ts";
import {
  type Entry,
  isForm,
  locate,
  type MapNode,
  merge,
  nodeAt,
  type Path,
  type TreeNode,
  toPlain,
  without,
} from "../../documents/reading/tree.ts";
import { SCENARIOS } from "../format.ts";
import { scenarioFileSchema } from "../schema.ts";
import { agentDefaults } from "./schema.ts";

const PATH = ["agentDefaults"];

/** The tree without agentDefaults, their values laid under each group. Groups that are no maps stay as they are. */
export function spreadAgentDefaults(root: MapNode, problems: Problems): MapNode {
  const defaults = nodeAt(root, PATH);
  const agents = root.entries.get("agents");
  const rest = without(root, ...PATH);
  if (defaults !== undefined && defaults.kind !== "map") {
    const rule = RULES.names("Agent defaults");
    problems.error(locate(root, PATH), PATH, wrongValue(PATH, toPlain(defaults), rule));
  }
  if (defaults?.kind !== "map") return rest;
  const base = withOrigin(soundPart(root, defaults, problems), PATH);
  if (agents?.value.kind !== "map") return rest;

  const groups = new Map<string, Entry>();
  for (const [name, group] of agents.value.entries)
    groups.set(name, { ...group, value: merge(base, group.value) });
  const spread = { ...agents, value: { ...agents.value, entries: groups } };
  return { ...rest, entries: new Map(rest.entries).set("agents", spread) };
}

const FORMAT = { ...SCENARIOS, schema: scenarioFileSchema };

/** The defaults without what cannot stand there, which is added to `problems`. Formulas and uncertain numbers are not looked at yet. */
function soundPart(root: MapNode, defaults: MapNode, problems: Problems): MapNode {
  const plain = toPlain(defaults);
  const issues = agentDefaults.safeParse(plain).error?.issues ?? [];
  if (issues.length === 0) return defaults;
  const explainer = new Explainer(FORMAT, new Examined(root, problems), { agentDefaults: plain });
  explainer.explainAll(issues.map((issue) => ({ ...issue, path: [...PATH, ...issue.path] })));
  const wrong = issues.flatMap((issue) => {
    const path = issue.path as Path;
    return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
  });
  return pruned(defaults, new Set(wrong.map((path) => JSON.stringify(path))), []);
}

/** The map without the entries at some paths, which are given as JSON. */
function pruned(map: MapNode, wrong: ReadonlySet<string>, path: Path): MapNode {
  const entries = new Map<string, Entry>();
  for (const [key, entry] of map.entries) {
    const { value } = entry;
    const place = [...path, key];
    const isPending = value.kind === "scalar" ? isFormula(value.value) : isUncertain(value);
    if (wrong.has(JSON.stringify(place)) && !isPending) continue;
    entries.set(
      key,
      value.kind === "map" ? { ...entry, value: pruned(value, wrong, place) } : entry,
    );
  }
  return { ...map, entries };
}

const isUncertain = (node: TreeNode) => node.kind === "map" && isForm(node);

/** The map with every entry saying where in agentDefaults it was written. */
function withOrigin<T extends TreeNode>(node: T, path: Path): T {
  if (node.kind !== "map") return node;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of node.entries) {
    const writtenAt = [...path, key];
    entries.set(key, { ...entry, value: withOrigin(entry.value, writtenAt), writtenAt });
  }
  return { ...node, entries };
}
