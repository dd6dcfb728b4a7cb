// Instances one by one, for figures that the tallies do not keep.
import { CHUNK_INSTANCES, ChunkRunner } from "../../../src/experiment/chunk.ts";
import { atOnce } from "../../../src/experiment/inThread.ts";
import { OUTCOME_SIZE } from "../../../src/model/outcome.ts";
import { rootKey } from "../../../src/numerics/draws.ts";
import { compile } from "../../../src/scenario/compiling/compile.ts";
import type { Scenario } from "../../../src/scenario/schema.ts";

/** The outcome rows of all instances of a run, each summed over the repeats, in order. */
export function* instancesOf(
  scenario: Scenario,
  seed: string,
  instances: number,
): Generator<Float64Array> {
  const plan = compile(scenario);
  const replications = instances * plan.repeats;
  const runner = new ChunkRunner({ plans: [plan], root: rootKey(seed), replications });
  for (let chunk = 0; chunk < instances / CHUNK_INSTANCES; chunk++) {
    const { parts } = atOnce(runner.run(chunk, chunk + 1, false));
    const [sums] = parts[0].rows;
    for (let first = 0; first < sums.length; first += OUTCOME_SIZE)
      yield sums.subarray(first, first + OUTCOME_SIZE);
  }
}
