// Runs a study of benchmarks: simulates each of them in all architectures, and holds every published figure against what
// comes out.
import { compare } from "../../experiment/experiment.ts";
import { average } from "../../numerics/statistics.ts";
import { repeatsOf } from "../../scenario/compiling/compile.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { judged, type TargetResult } from "../judging.ts";
import { seriesScenarios, shippedScenarios } from "../shipped.ts";
import type { StudyOptions, StudyResult, SuccessSummary } from "../study.ts";
import type { Target } from "../target.ts";
import type { BenchmarkStudy } from "./benchmarkStudy.ts";
import { type Group, Observations } from "./observations.ts";

/**
 * Simulates the shipped scenarios of a study of benchmarks and judges every target. Where it is interrupted, figures are
 * made of what is complete by then, and have no value where nothing is.
 *
 * Every benchmark and every series is one comparison, with the seed `SEED/NAME`: they must not share their draws, since
 * their instances count as independent.
 */
export async function runBenchmarks(
  study: BenchmarkStudy,
  replications: number,
  { seed = study.name, jobs, onProgress, signal }: Omit<StudyOptions, "replications">,
): Promise<StudyResult> {
  const works = worksOf(study, replications);
  const observed = new Observations(works);
  const total = benchmarkRuns(study, replications);
  let done = 0;
  for (const work of works) {
    if (signal?.aborted) break;
    const scenarios = await work.load();
    await compare(scenarios, scenarios[0].name, {
      replications: work.replications,
      seed: `${seed}/${work.name}`,
      jobs: jobs ?? "auto",
      onReplication: observed.recorder(work.name, repeatsOf(scenarios[0]), work.replications),
      onProgress: (share) => onProgress?.((done + share * runsOf(work)) / total),
      ...(signal && { signal }),
    });
    done += runsOf(work);
  }
  const results = new Map(study.targets.map((target) => [target, resultOf(target, observed)]));
  const targets = [...results.values()];
  return {
    study: study.name,
    seed,
    replications,
    interrupted: signal?.aborted ?? false,
    targets,
    ...(study.successTargets.length > 0 && {
      success: successSummary(
        study.successTargets.map((target) => results.get(target) as TargetResult),
        study.successTolerance,
      ),
    }),
    ...study.findings(observed, targets),
  };
}

/** Replications of all scenarios of such a study. */
export function benchmarkRuns(study: BenchmarkStudy, replications: number): number {
  return worksOf(study, replications).reduce((sum, work) => sum + runsOf(work), 0);
}

/** One comparison that a study needs. */
interface Work extends Group {
  readonly replications: number;
  load(): Promise<Scenario[]>;
}

const runsOf = ({ scenarios, replications }: Work) => scenarios.length * replications;

function worksOf(study: BenchmarkStudy, replications: number): Work[] {
  const benchmarks = study.benchmarks.map((name) => ({
    name,
    scenarios: study.architectures,
    replications,
    load: () => shippedScenarios(study, name),
  }));
  const series = study.series.map((part) => ({
    name: part.name,
    scenarios: part.variants.map((variant) => variant.name),
    fields: part.fields,
    replications: Math.ceil(replications * part.effort),
    load: () => seriesScenarios(study, part),
  }));
  return [...benchmarks, ...series];
}

function resultOf(
  { of, other, publishedCi, note, ...target }: Target,
  observed: Observations,
): TargetResult {
  return judged({
    ...target,
    publishedCi: publishedCi ?? null,
    simulated: of(observed),
    ...(other && { other: { definition: other.definition, simulated: other.of(observed) } }),
    ...(note === undefined ? {} : { note }),
  });
}

function successSummary(cells: readonly TargetResult[], tolerance: number): SuccessSummary {
  const known = { cells: cells.length, tolerance };
  const errors = cells.flatMap(({ simulated: { mean }, published }) =>
    mean === null ? [] : [Math.abs(mean - published)],
  );
  if (errors.length < cells.length)
    return { ...known, meanAbsoluteError: null, largestError: null, pass: null };
  const meanAbsoluteError = average(errors);
  return {
    ...known,
    meanAbsoluteError,
    largestError: Math.max(...errors),
    pass: meanAbsoluteError <= tolerance,
  };
}
