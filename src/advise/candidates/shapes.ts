// The shape of a task: how large, how sequential and how unlike its instances are, and what a benchmark puts in the place of
// what a file leaves unsaid of it.
//
// The defaults of the format are no guess at the shape. With them all instances are alike, and a team fails in nearly all
// of them or in nearly none.
import type { Overrides } from "../../documents/reading/overrides.ts";
import { MAX_CLAIMS } from "../../scenario/limits.ts";
import type { Task, TaskGraph } from "../../scenario/task/schema.ts";
import type { Candidates } from "./candidates.ts";

/** The fields that make the shape. The limit of the size (`task.graph.limit`) goes with its spread. */
export const SHAPE_FIELDS = [
  "task.graph.size",
  "task.graph.sequentiality",
  "task.graph.spread",
  "task.difficultySpread",
] as const;

export type ShapeField = (typeof SHAPE_FIELDS)[number];

/** What is known of the shape of a task. */
export interface KnownShape {
  /** Fields that nothing states. */
  readonly unstated: readonly ShapeField[];
  /** Of a generated graph: mean number of claims, where it is stated. */
  readonly size?: number | undefined;
  /** Of a generated graph: largest number of claims, where it is stated. */
  readonly limit?: number | undefined;
  /** Whether there is a graph at all. */
  readonly hasGraph: boolean;
}

/**
 * What the task of some candidates states of its shape. Where the graph is anything but generated, it states all that there
 * is to say of it.
 * @param overrides values from outside: they count as stated
 * @throws ScenarioError when the task is not valid, whatever is filled in
 */
export async function knownShape(
  candidates: Candidates,
  overrides: Overrides = {},
): Promise<KnownShape> {
  const isStated = (path: string) => candidates.stated(path, overrides) !== undefined;
  const hasGraph = isStated("task.graph");
  const isOpen = !hasGraph || candidates.stated("task.graph.shape", overrides) === "generated";
  const unstated = SHAPE_FIELDS.filter(
    (path) => !isStated(path) && (isOpen || !path.startsWith("task.graph.")),
  );
  if (!hasGraph || !isOpen) return { unstated, hasGraph };
  const hasSize = isStated("task.graph.size");
  // A size for now, so that the other fields, which may be formulas, have values.
  const least = hasSize ? {} : { "task.graph.size": 1 };
  const { task } = await candidates.scenario("single", least, overrides);
  const { size, limit } = generated(task);
  return {
    unstated,
    hasGraph,
    ...(hasSize && { size }),
    ...(isStated("task.graph.limit") && { limit }),
  };
}

/**
 * A benchmark's values of the fields that are not stated. It is as unlike in size as the benchmark relative to its size,
 * which may be stated.
 * @param model the task of the benchmark
 * @throws RangeError when the graph of that task is not generated
 */
export function shapeOf(model: Task, { unstated, size, limit, hasGraph }: KnownShape): Overrides {
  const graph = generated(model);
  const mean = size ?? Math.min(graph.size, limit ?? MAX_CLAIMS);
  const scale = mean / graph.size;
  const values = {
    "task.graph.size": mean,
    "task.graph.sequentiality": graph.sequentiality,
    "task.graph.spread": Math.min(MAX_CLAIMS, graph.spread * scale),
    "task.graph.limit": limit ?? Math.min(MAX_CLAIMS, Math.ceil(graph.limit * scale)),
    "task.difficultySpread": model.difficultySpread,
  };
  const isSpreadOpen = unstated.includes("task.graph.spread");
  const limitToo = isSpreadOpen && limit === undefined ? (["task.graph.limit"] as const) : [];
  const filled = [...unstated, ...limitToo].map((path) => [path, values[path]]);
  // A shape first: it says which other keys a graph has.
  return { ...(!hasGraph && { "task.graph": GENERATED }), ...Object.fromEntries(filled) };
}

const GENERATED = { shape: "generated" };

function generated({ graph }: Task): Extract<TaskGraph, { shape: "generated" }> {
  if (graph.shape !== "generated")
    throw new RangeError(`A task graph of shape ${graph.shape}: must be generated`);
  return graph;
}
