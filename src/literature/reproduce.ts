// Reproduces a study: simulates its benchmarks in its architectures and holds every published figure against what
// comes out.
import { compare } from "../experiment/experiment.ts";
import { ENGINE, type MetricValue } from "../experiment/result.ts";
import { repeatsOf } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { BenchmarkStudy } from "./benchmarkStudy.ts";
import { type Group, Observations } from "./observations.ts";
import { seriesScenarios, shippedScenarios } from "./shipped.ts";
import { type Provenance, passes, type Target, type Tolerance } from "./target.ts";

export interface ReproduceOptions {
  /** Replications of every scenario; default: {@link REPLICATIONS}. */
  readonly replications?: number | undefined;
  /** Default: {@link SEED}. */
  readonly seed?: string | undefined;
  /** Called now and then with the share that is done, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the simulations early; figures are made of what is complete by then. */
  readonly signal?: AbortSignal;
}

/** Enough for intervals well below the tolerances, and well under a minute on one core. */
export const REPLICATIONS = 20_000;

export const SEED = "kim2025";

/** A published figure beside the simulated one. */
export interface TargetResult {
  readonly id: string;
  readonly figure: string;
  readonly title: string;
  readonly unit: string;
  readonly published: number;
  readonly publishedCi: readonly [number, number] | null;
  readonly simulated: MetricValue;
  readonly tolerance: Tolerance | null;
  readonly kind: Provenance;
  /** Whether the simulated mean is within the tolerance; null where there is no tolerance or no value. */
  readonly pass: boolean | null;
  readonly source: string;
  readonly definition: string;
  /** The same figure by another definition. */
  readonly other?: { readonly definition: string; readonly simulated: MetricValue };
  readonly note?: string;
}

export interface Counts {
  readonly passed: number;
  readonly missed: number;
  /** Without tolerance or without value. */
  readonly open: number;
}

export interface SuccessSummary {
  readonly cells: number;
  /** Mean of |simulated - published|; null where a cell has no value. */
  readonly meanAbsoluteError: number | null;
  readonly largestError: number | null;
  readonly tolerance: number;
  readonly pass: boolean | null;
}

export interface Reproduction {
  readonly schema: "faultline/reproduce@1";
  readonly study: string;
  readonly seed: string;
  /** Replications of every scenario that were asked for. */
  readonly replications: number;
  readonly engine: typeof ENGINE;
  readonly interrupted: boolean;
  readonly targets: readonly TargetResult[];
  readonly summary: {
    readonly targets: number;
    readonly calibrated: Counts;
    readonly predicted: Counts;
    readonly success: SuccessSummary;
  };
}

/**
 * Simulates the shipped scenarios of a study and judges every target.
 *
 * Every benchmark and every series is one comparison, with the seed `SEED/NAME`: they must not share their draws, since
 * their instances count as independent.
 */
export async function reproduce(
  study: BenchmarkStudy,
  { seed = SEED, replications = REPLICATIONS, onProgress, signal }: ReproduceOptions = {},
): Promise<Reproduction> {
  const works = worksOf(study, replications);
  const observed = new Observations(works);
  const total = works.reduce((sum, work) => sum + runsOf(work), 0);
  let done = 0;
  for (const work of works) {
    if (signal?.aborted) break;
    const scenarios = await work.load();
    await compare(scenarios, scenarios[0].name, {
      replications: work.replications,
      seed: `${seed}/${work.name}`,
      onReplication: observed.recorder(work.name, repeatsOf(scenarios[0]), work.replications),
      onProgress: (share) => onProgress?.((done + share * runsOf(work)) / total),
      ...(signal && { signal }),
    });
    done += runsOf(work);
  }
  const results = new Map(study.targets.map((target) => [target, judge(target, observed)]));
  return {
    schema: "faultline/reproduce@1",
    study: study.name,
    seed,
    replications,
    engine: ENGINE,
    interrupted: signal?.aborted ?? false,
    targets: [...results.values()],
    summary: {
      targets: results.size,
      calibrated: countsOf([...results.values()].filter(({ kind }) => kind === "calibrated")),
      predicted: countsOf([...results.values()].filter(({ kind }) => kind === "predicted")),
      success: successSummary(
        study.successTargets.map((target) => results.get(target) as TargetResult),
        study.successTolerance,
      ),
    },
  };
}

/** Runs of a reproduction: those that its progress is a share of. */
export function runCount(study: BenchmarkStudy, replications: number): number {
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

function judge(target: Target, observed: Observations): TargetResult {
  const { of, other, note, publishedCi, tolerance, kind, source, definition, ...said } = target;
  const simulated = of(observed);
  return {
    ...said,
    publishedCi: publishedCi ?? null,
    simulated,
    tolerance,
    kind,
    pass: passes(target, simulated),
    source,
    definition,
    ...(other && { other: { definition: other.definition, simulated: other.of(observed) } }),
    ...(note === undefined ? {} : { note }),
  };
}

function countsOf(results: readonly TargetResult[]): Counts {
  const count = (verdict: boolean | null) => results.filter(({ pass }) => pass === verdict).length;
  return { passed: count(true), missed: count(false), open: count(null) };
}

function successSummary(cells: readonly TargetResult[], tolerance: number): SuccessSummary {
  const known = { cells: cells.length, tolerance };
  const errors = cells.flatMap(({ simulated: { mean }, published }) =>
    mean === null ? [] : [Math.abs(mean - published)],
  );
  if (errors.length < cells.length)
    return { ...known, meanAbsoluteError: null, largestError: null, pass: null };
  const meanAbsoluteError = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return {
    ...known,
    meanAbsoluteError,
    largestError: Math.max(...errors),
    pass: meanAbsoluteError <= tolerance,
  };
}
