// Compiles the task of a scenario: its graph of claims, who owns them, and of which kinds they are.
import {
  ancestorCounts,
  type ClaimGraph,
  chain,
  explicit,
  generated,
  layers,
} from "../../model/graph.ts";
import type { ClaimKinds, TaskPlan } from "../../model/plan.ts";
import { clamp } from "../../numerics/statistics.ts";
import { agentResolver } from "../agents/references.ts";
import { states } from "../objectives/subjects.ts";
import type { Scenario } from "../schema.ts";
import {
  type ClaimProperties,
  ownersOf,
  premisesByName,
  propertiesOf,
  statedProperties,
} from "../task/claims.ts";
import type { Task, TaskGraph } from "../task/schema.ts";

/** The graph of the largest instance. */
export function claimGraph({ graph, classes }: Pick<Task, "graph" | "classes">): ClaimGraph {
  switch (graph.shape) {
    case "chain":
      return chain(graph.size);
    case "layers":
      return layers(graph.layers);
    case "graph":
      return explicit(premisesByName(graph.claims));
    case "generated":
      return generated(
        largestSize(graph, Math.max(1, ...Object.values(classes).map((c) => c.sizeFactor))),
        graph.sequentiality,
      );
  }
}

function largestSize(graph: Extract<TaskGraph, { shape: "generated" }>, factor: number): number {
  return graph.spread > 0 ? graph.limit : clamp(Math.round(graph.size * factor), 1, graph.limit);
}

/** @throws RangeError where an owner is no agent */
export function compileTask(scenario: Scenario): TaskPlan {
  const { task } = scenario;
  const classes = Object.values(task.classes);
  const graph = claimGraph(task);
  const isGenerated = task.graph.shape === "generated";
  const size = task.graph.shape === "generated" ? task.graph.size : graph.names.length;
  const spread = task.graph.shape === "generated" ? task.graph.spread : 0;
  let sum = 0;
  return {
    claims: graph.names.length,
    claimNames: graph.names,
    ...compressRows(graph.premises),
    ancestors: ancestorCounts(graph),
    ownerOf: compileOwners(scenario, graph.names),
    kinds: compileKinds(scenario, graph.names),
    sizeMean: size,
    sizeCv: spread / size,
    fixedSize: !isGenerated || (spread === 0 && classes.every((c) => c.sizeFactor === 1)),
    difficulty: task.difficulty,
    difficultySpread: task.difficultySpread,
    tools: task.tools,
    sharedState: task.sharedState,
    deviation: task.deviation,
    policyCritical: task.policyCritical,
    alternatives: task.alternatives,
    classNames: Object.keys(task.classes),
    classCumulative: Float64Array.from(classes, (c) => (sum += c.share)),
    classDifficulty: Float64Array.from(classes, (c) => c.difficulty),
    classSizeFactor: Float64Array.from(classes, (c) => c.sizeFactor),
    ...compilePriorities(task.classes),
  };
}

/** A queue for each priority that is stated. Tasks without a class are of one priority. */
function compilePriorities(
  classes: Scenario["task"]["classes"],
): Pick<TaskPlan, "queues" | "classQueue"> {
  const stated = Object.values(classes).map(({ priority = 0 }) => priority);
  const priorities = stated.length > 0 ? stated : [0];
  const highestFirst = [...new Set(priorities)].sort((a, b) => b - a);
  return {
    queues: highestFirst.length,
    classQueue: Int32Array.from(priorities, (priority) => highestFirst.indexOf(priority)),
  };
}

/** The owner of each claim. Claims with the same owners go round among them, in topological order. */
function compileOwners(scenario: Scenario, names: readonly string[]): Int32Array {
  const { graph } = scenario.task;
  const resolve = agentResolver(scenario);
  const turns = new Map<string, number>();
  return Int32Array.from(names, (name) => {
    const { owner } = propertiesOfClaim(graph, name);
    if (owner === undefined) return -1;
    const owners = resolve(owner);
    const turn = turns.get(owners.join()) ?? 0;
    turns.set(owners.join(), turn + 1);
    return owners[turn % owners.length];
  });
}

/** Undefined where nothing is stated that the engine has to know. @param names of the claims in topological order */
export function compileKinds(scenario: Scenario, names: readonly string[]): ClaimKinds | undefined {
  const { graph } = scenario.task;
  const hasValue = states("valued", scenario);
  const bearsOnMaking = ({ difficulty, tools }: ClaimProperties) =>
    difficulty !== undefined || tools !== undefined;
  const isDrawnFor = graph.shape === "generated" && ownersOf(graph).length > 0;
  if (!hasValue && !isDrawnFor && !statedProperties(graph).some(bearsOnMaking)) return undefined;
  const drawn = graph.shape === "generated" && graph.kinds ? kindsWithRest(graph.kinds) : [];
  const kinds: readonly NamedKind[] =
    drawn.length > 0 ? drawn : names.map((name) => ({ name, ...propertiesOfClaim(graph, name) }));
  const resolve = agentResolver(scenario);
  let sum = 0;
  return {
    names: kinds.map(({ name }) => name),
    owners: drawn.map(({ owner = [] }) => Int32Array.from(resolve(owner))),
    cumulative: Float64Array.from(drawn, ({ share }) => (sum += share)),
    oddsFactor: Float64Array.from(kinds, ({ difficulty = 0 }) => Math.exp(difficulty)),
    hasValue,
    loss: Float64Array.from(kinds, ({ loss = 0 }) => loss),
    weight: Float64Array.from(kinds, ({ weight = 1 }) => weight),
    isCritical: Uint8Array.from(kinds, ({ critical }) => (critical ? 1 : 0)),
    toolCalls: Int32Array.from(kinds, ({ tools = 0 }) => tools),
  };
}

const propertiesOfClaim = (graph: TaskGraph, name: string): ClaimProperties =>
  graph.shape === "graph" ? propertiesOf(graph.claims[name]) : {};

type NamedKind = ClaimProperties & { readonly name: string };
type DrawnKind = ClaimProperties & { readonly share: number };

/** What the claims are called that are of no kind: no name of a kind has a blank. */
const OF_NO_KIND = "other claims";

/** The kinds of a generated graph, and the one of the claims that are of none of them. */
function kindsWithRest(kinds: Readonly<Record<string, DrawnKind>>): (NamedKind & DrawnKind)[] {
  const stated = Object.entries(kinds).map(([name, kind]) => ({ name, ...kind }));
  const rest = 1 - stated.reduce((sum, { share }) => sum + share, 0);
  return [...stated, { name: OF_NO_KIND, share: rest }];
}

function compressRows(rows: readonly (readonly number[])[]): {
  premiseStart: Int32Array;
  premises: Int32Array;
} {
  const premiseStart = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    premiseStart[i + 1] = premiseStart[i] + row.length;
  });
  const premises = new Int32Array(premiseStart[rows.length]);
  for (const [i, row] of rows.entries()) premises.set(row, premiseStart[i]);
  return { premiseStart, premises };
}
