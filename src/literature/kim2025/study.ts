// The study kim2025 as `reproduce` runs it: which architecture amplifies errors, and which succeeds.

import type { Study } from "../study.ts";
import type { BenchmarkStudy } from "./benchmarkStudy.ts";
import { benchmarkRuns, runBenchmarks } from "./benchmarks.ts";
import { KIM2025_BENCHMARKS, KIM2025_BRIEF } from "./targets.ts";

/** Enough for intervals well below the tolerances. */
const REPLICATIONS = 20_000;
/** Less than 20 seconds on two cores. */
const BRIEF_REPLICATIONS = 6_000;

const simulated = (study: BenchmarkStudy, most: number): NonNullable<Study["brief"]> => ({
  name: study.name,
  replications: most,
  runs: (replications) => benchmarkRuns(study, replications),
  run: ({ replications = most, ...options } = {}) => runBenchmarks(study, replications, options),
});

const known = simulated(KIM2025_BRIEF, BRIEF_REPLICATIONS);

export const KIM2025: Study = {
  ...simulated(KIM2025_BENCHMARKS, REPLICATIONS),
  brief: {
    ...known,
    run: async (options) => ({ ...(await known.run(options)), brief: true }),
  },
  title: KIM2025_BENCHMARKS.title,
  question: "How much do five architectures amplify errors, and when does a team pay?",
  source: KIM2025_BENCHMARKS.source,
  mechanism: [
    "Five architectures work on the same tasks with one set of agent parameters: only topology, protocol and published run limits differ. Errors arise when claims are made, travel with messages, and end where a check finds them; amplification is what is left of them at aggregation, relative to the single agent.",
  ],
  limits: [
    "The parameters are fitted to published means over models, not measured. What was calibrated, what was predicted, and where the source contradicts itself stands in docs/reproduction.md.",
  ],
};
