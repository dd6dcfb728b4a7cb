// The study kim2025: which architecture amplifies errors, and which succeeds.
import { average } from "../../numerics/statistics.ts";
import type { TargetResult } from "../judging.ts";
import { defineStudy, type StudyPart, type SuccessSummary } from "../study.ts";
import { ABLATIONS_OF_KIM2025 } from "./ablations.ts";
import { judgedBy, type Target } from "./definitions.ts";
import { findings } from "./findings.ts";
import { LAW_SERIES } from "./laws.ts";
import { PAPER } from "./published.ts";
import { BENCHMARK_SERIES, observe, runsOfSeries, type Series } from "./series.ts";
import { BRIEF_TARGETS, CELLS, TARGETS } from "./targets.ts";

/** Largest mean absolute error of the success rates that is near enough. */
const SUCCESS_TOLERANCE = 0.035;

/** Figures that are made of some series. Where it is interrupted, figures without data have no value. */
function part(series: readonly Series[], targets: readonly Target[], most: number): StudyPart {
  return {
    replications: most,
    runs: (replications) => runsOfSeries(series, replications),
    run: async (under) => {
      const observed = await observe(series, under);
      const results = targets.map((target) => judgedBy(observed, target));
      const rates = results.filter(({ id }) => CELLS.some((cell) => cell.id === id));
      return {
        targets: results,
        ...(rates.length > 0 && { success: successSummary(rates) }),
        ...findings(observed, results),
      };
    },
  };
}

function successSummary(rates: readonly TargetResult[]): SuccessSummary {
  const known = { cells: rates.length, tolerance: SUCCESS_TOLERANCE };
  const errors = rates.flatMap(({ simulated: { mean }, published }) =>
    mean === null ? [] : [Math.abs(mean - published)],
  );
  if (errors.length < rates.length)
    return { ...known, meanAbsoluteError: null, largestError: null, pass: null };
  const meanAbsoluteError = average(errors);
  return {
    ...known,
    meanAbsoluteError,
    largestError: Math.max(...errors),
    pass: meanAbsoluteError <= SUCCESS_TOLERANCE,
  };
}

/** The study of Kim et al. (arXiv 2512.08296): five architectures on four benchmarks. */
export const KIM2025 = defineStudy({
  name: "kim2025",
  title: "Towards a Science of Scaling Agent Systems",
  question: "How much do five architectures amplify errors, and when does a team pay?",
  source: PAPER,
  // Enough for intervals well below the tolerances; of the brief part, for less than 10 seconds on two cores.
  ...part([...BENCHMARK_SERIES, ...LAW_SERIES], TARGETS, 8192),
  ablations: ABLATIONS_OF_KIM2025,
  brief: part(BENCHMARK_SERIES, BRIEF_TARGETS, 4096),
});
