// The study kim2025 as `reproduce` runs it: which architecture amplifies errors, and which succeeds.

import type { Study } from "../study.ts";
import { benchmarkRuns, runBenchmarks } from "./benchmarks.ts";
import { KIM2025_BENCHMARKS } from "./targets.ts";

/** Enough for intervals well below the tolerances, and well under a minute on one core. */
const REPLICATIONS = 20_000;

export const KIM2025: Study = {
  name: KIM2025_BENCHMARKS.name,
  title: KIM2025_BENCHMARKS.title,
  question: "How much do five architectures amplify errors, and when does a team pay?",
  source: KIM2025_BENCHMARKS.source,
  replications: REPLICATIONS,
  runs: (replications) => benchmarkRuns(KIM2025_BENCHMARKS, replications),
  run: ({ replications = REPLICATIONS, ...options } = {}) =>
    runBenchmarks(KIM2025_BENCHMARKS, replications, options),
  mechanism: [
    "Five architectures work on the same tasks with one set of agent parameters: only topology, protocol and published run limits differ. Errors arise when claims are made, travel with messages, and end where a check finds them; amplification is what is left of them at aggregation, relative to the single agent.",
  ],
  limits: [
    "The parameters are fitted to published means over models, not measured. What was calibrated, what was predicted, and where the source contradicts itself stands in docs/reproduction.md.",
  ],
};
