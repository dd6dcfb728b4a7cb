// A scenario of one's own as a candidate, and what the generic architectures take over from it.
//
// A comparison is fair where only the architecture differs. So the generic candidates get the model, the budget and all other
// circumstances as they take effect in the own team: what its file leaves unsaid of these has the default of the format for
// all. How agents behave (`agentDefaults`) is another matter, since few files say much of it: the generic candidates have the
// agents that ship, with what the file says of agents in place of that. The own team is simulated as it is written.
import type { Problem } from "../../documents/checking/problems.ts";
import { remembering, type SourceFiles } from "../../documents/reading/files.ts";
import type { Overrides } from "../../documents/reading/overrides.ts";
import {
  type Entry,
  type MapNode,
  merge,
  nodeAt,
  withEntry,
  without,
} from "../../documents/reading/tree.ts";
import { KNOWN_METRICS } from "../../metrics/naming.ts";
import { kindOf, OF_KINDS } from "../../scenario/agents/kinds.ts";
import { loadScenario } from "../../scenario/load.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { ARCHITECTURES } from "./architectures.ts";

/** A valid scenario of one's own, ready to be a candidate. */
export interface OwnTeam {
  readonly file: string;
  readonly files: SourceFiles;
  /** Values that are set in the file, in its own terms. They count as what it says. */
  readonly overrides: Overrides;
  /** As a candidate: the scenario's name, or `yours` where an architecture is called so. */
  readonly name: string;
  /**
   * Name of the model that most of its agents have, of several the first in the file: that of the generic architectures.
   * Undefined where it has none: then these have the one that ships.
   */
  readonly model: string | undefined;
  /** Names of all its models. With more than one, the generic architectures do without some. */
  readonly models: readonly string[];
  /** What is valid in the file but can hardly be meant. */
  readonly warnings: readonly Problem[];
}

/** What a team of one's own is called where its name is taken. */
const YOURS = "yours";

/** What the model of the generic architectures is called in their scenarios. */
const GENERIC_MODEL = "base";

/**
 * Loads a scenario file as a candidate.
 * @param overrides values by dotted path, in the terms of the file
 * @throws ScenarioError with all problems, when the scenario is not valid
 */
export async function loadOwnTeam(
  file: string,
  files: SourceFiles,
  overrides: Overrides = {},
): Promise<OwnTeam> {
  // A pipe can be read once only.
  const kept = remembering(files, new Map());
  const options = { files: kept, overrides, metricNames: KNOWN_METRICS };
  const { scenario, warnings } = await loadScenario(file, options);
  const isTaken = (ARCHITECTURES as readonly string[]).includes(scenario.name);
  return {
    file,
    files: kept,
    overrides,
    name: isTaken ? YOURS : scenario.name,
    model: mainModel(scenario),
    models: Object.keys(scenario.models),
    warnings,
  };
}

function mainModel({ models, agents }: Scenario): string | undefined {
  const groups = Object.values(agents).filter((agent) => kindOf(agent) === "model");
  const agentsWith = (name: string) =>
    groups.reduce((sum, { model, count }) => sum + (model === name ? count : 0), 0);
  // Sorting is stable: of ties the first in the file is taken.
  return Object.keys(models).sort((a, b) => agentsWith(b) - agentsWith(a))[0];
}

/** Sections that say under which circumstances teams work. They hold for all candidates alike. */
const CIRCUMSTANCES = [
  "parameters",
  "task",
  "budget",
  "workload",
  "objectives",
  "success",
  "limits",
  "sampling",
] as const;

/** Fields of `agentDefaults` that say what a team is made of, which is up to the architectures: theirs are language models. */
const OF_THE_TEAM = [
  ...["role", "count", "kind", "staff", "shifts"],
  ...Object.keys(OF_KINDS),
] satisfies string[];

/**
 * What generic architectures are laid over: the agents that ship, with the circumstances of the team's scenario.
 * @param own tree of that scenario
 */
export function underGeneric(agents: MapNode, own: MapNode, { model }: OwnTeam): MapNode {
  const shared = [...(model === undefined ? [] : ["models"]), ...CIRCUMSTANCES];
  const taken = new Set([...shared, "agentDefaults"]);
  const layer = { ...own, entries: new Map([...own.entries].filter(([key]) => taken.has(key))) };
  const base = withoutTeam(model === undefined ? layer : withOnlyModel(layer, model));
  return merge(without(agents, ...shared), base) as MapNode;
}

/**
 * Parameters of agents of which the study says something and the file of the own team nothing, neither for all its agents
 * nor for some: there its agents have the defaults of the format, and those of the generic architectures what ships.
 */
export function unsaidOfAgents(agents: MapNode, own: MapNode): string[] {
  const groups = nodeAt(own, ["agents"]) as MapNode;
  const paths = [["agentDefaults"], ...[...groups.entries.keys()].map((name) => ["agents", name])];
  const shipped = nodeAt(agents, ["agentDefaults"]);
  const keys = shipped?.kind === "map" ? [...shipped.entries.keys()] : [];
  return keys.filter((key) => paths.every((path) => nodeAt(own, [...path, key]) === undefined));
}

/** The tree with one of its models, under the name that it has in generic architectures. */
function withOnlyModel(tree: MapNode, name: string): MapNode {
  const models = nodeAt(tree, ["models"]) as MapNode;
  const entry = models.entries.get(name) as Entry;
  const model = entry.value as MapNode;
  // What agents have in common is drawn by the name of the family: all candidates draw the same.
  const family = { kind: "scalar", value: name, at: model.at } as const;
  const isStated = nodeAt(model, ["family"]) !== undefined;
  const value = isStated ? model : withEntry(model, "family", family);
  const only: Entry = { ...entry, value, writtenAt: ["models", name] };
  return withEntry(tree, "models", { ...models, entries: new Map([[GENERIC_MODEL, only]]) });
}

function withoutTeam(tree: MapNode): MapNode {
  const defaults = nodeAt(tree, ["agentDefaults"]);
  return defaults?.kind === "map"
    ? withEntry(tree, "agentDefaults", without(defaults, ...OF_THE_TEAM))
    : without(tree, "agentDefaults");
}

/** The tree without the owners of claims: the agents of generic architectures have other names. */
export function withoutOwners(tree: MapNode): MapNode {
  const claims = nodeAt(tree, ["task", "graph", "claims"]);
  if (claims?.kind !== "map") return tree;
  const entries = [...claims.entries].map(([name, entry]): [string, Entry] => {
    const { value } = entry;
    const isOwned = nodeAt(value, ["owner"]) !== undefined;
    return [name, isOwned ? { ...entry, value: without(value as MapNode, "owner") } : entry];
  });
  const [task, graph] = [["task"], ["task", "graph"]].map((path) => nodeAt(tree, path) as MapNode);
  const unowned = withEntry(graph, "claims", { ...claims, entries: new Map(entries) });
  return withEntry(tree, "task", withEntry(task, "graph", unowned));
}

const MODEL_PATH = new RegExp(`^models\\.${GENERIC_MODEL}(?=\\.|$)`);

/**
 * Overrides of a generic architecture, with its model called as in the team's own file. Other models stay as they are. A team
 * without a model has nothing of it: people stay people.
 */
export function inOwnTerms(overrides: Overrides, { model }: OwnTeam): Overrides {
  return Object.fromEntries(
    Object.entries(overrides).flatMap(([path, value]) =>
      model === undefined && MODEL_PATH.test(path)
        ? []
        : [[path.replace(MODEL_PATH, `models.${model}`), value]],
    ),
  );
}
