// Observations of the benchmarks' own scenarios that are made up: every replication has the same outcome.
import { Observations } from "../../../src/literature/kim2025/observations.ts";
import type { Architecture, Benchmark } from "../../../src/literature/kim2025/published.ts";
import { BENCHMARK_SERIES, groupOf } from "../../../src/literature/kim2025/series.ts";
import { FIELD, OUTCOME_SIZE, type OutcomeField } from "../../../src/model/outcome.ts";

type Outcome = Partial<Readonly<Record<OutcomeField, number>>>;

/** @param outcomeOf what comes out of a task, for each benchmark and architecture */
export function observed(
  outcomeOf: (benchmark: Benchmark, architecture: Architecture) => Outcome,
): Observations {
  const observations = new Observations(BENCHMARK_SERIES.map(groupOf));
  for (const { name, variants } of BENCHMARK_SERIES) {
    const record = observations.recorder(name, 1, 2);
    for (let replication = 0; replication < 2; replication++)
      variants.forEach((variant, i) => {
        const outcome = new Float64Array(OUTCOME_SIZE);
        const made = outcomeOf(name as Benchmark, variant.name as Architecture);
        for (const [field, value] of Object.entries({ tasks: 1, ...made }))
          outcome[FIELD[field as OutcomeField]] = value;
        record(i, replication, outcome);
      });
  }
  return observations;
}
