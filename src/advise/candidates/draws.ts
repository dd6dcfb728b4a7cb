// Plausible circumstances in which candidates are simulated: a parameter set of the study for each draw and, where the task
// leaves its shape unsaid, the shape of a benchmark.
import type { Overrides } from "../../documents/reading/overrides.ts";
import { Candidates, shippedBenchmarks, shippedParts } from "./candidates.ts";
import type { ParameterSet } from "./members.ts";
import { type KnownShape, shapeOf } from "./shapes.ts";

export interface Draw {
  /** Number of the parameter set. */
  readonly set: number;
  /** Whose shape fills in; undefined where the task states its own. */
  readonly benchmark?: string;
  /** Values for the generic architectures alone: the parameter set. */
  readonly genericOverrides: Overrides;
  /** Values for all candidates: the shape of the task that they share. */
  readonly taskOverrides: Overrides;
}

/** One draw for each parameter set. The benchmarks take turns, so that each has its share. */
export async function drawsOf(
  candidates: Candidates,
  sets: readonly ParameterSet[],
  known: KnownShape,
): Promise<Draw[]> {
  const isOpen = known.unstated.length > 0;
  const names = isOpen ? shippedBenchmarks() : [];
  const benchmarks = names.map((name) => new Candidates(shippedParts(name)));
  const draws = sets.map(async ({ id, values }, i): Promise<Draw> => {
    const draw = { set: id, genericOverrides: candidates.valuesOf(values), taskOverrides: {} };
    if (!isOpen) return draw;
    const turn = i % names.length;
    const taskOverrides = await shapeFrom(benchmarks[turn], values, known);
    return { ...draw, benchmark: names[turn], taskOverrides };
  });
  return Promise.all(draws);
}

/** A benchmark's values of what is not stated, under a parameter set. */
export async function shapeFrom(
  benchmark: Candidates,
  values: ParameterSet["values"],
  known: KnownShape,
): Promise<Overrides> {
  const { task } = await benchmark.scenario("single", benchmark.valuesOf(values));
  return shapeOf(task, known);
}
