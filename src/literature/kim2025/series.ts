// What the study kim2025 simulates: each benchmark in all architectures, and variants of them that some figure needs.
import { runCell } from "../../experiment/cell.ts";
import { loadVariant, type Variant } from "../shipped.ts";
import { someAtOnce } from "../simulate.ts";
import type { StudyRun } from "../study.ts";
import { FIGURE_FIELDS } from "./definitions.ts";
import { type Group, Observations } from "./observations.ts";
import { ARCHITECTURES, BENCHMARKS } from "./published.ts";

/** Scenarios on the same instances. All others are paired with the first. */
export interface Series extends Pick<Group, "name" | "fields"> {
  /** Share of the study's replications. */
  readonly effort: number;
  readonly variants: readonly (Variant & { readonly name: string })[];
}

/** The file of a benchmark in an architecture. */
export const fileOf = (benchmark: string, architecture: string) =>
  `kim2025/${benchmark}-${architecture}.yaml`;

/** One replication per instance: no figure is about repeats. */
export const ONCE = { repeats: 1 };

/** The benchmarks, each in all architectures. */
export const BENCHMARK_SERIES: readonly Series[] = BENCHMARKS.map((benchmark) => ({
  name: benchmark,
  fields: FIGURE_FIELDS,
  effort: 1,
  variants: ARCHITECTURES.map((name) => ({ name, file: fileOf(benchmark, name), changes: ONCE })),
}));

export const groupOf = ({ name, fields, variants }: Series): Group => ({
  name,
  fields,
  scenarios: variants.map((variant) => variant.name),
});

const replicationsOf = ({ effort }: Series, replications: number) =>
  Math.ceil(replications * effort);

const runsOf = (one: Series, replications: number) =>
  one.variants.length * replicationsOf(one, replications);

/** Replications of all scenarios of the series. */
export function runsOfSeries(series: readonly Series[], replications: number): number {
  return series.reduce((sum, one) => sum + runsOf(one, replications), 0);
}

/**
 * Simulates the series. Where it is aborted, the observations are those that are complete by then.
 *
 * Every series has the seed `SEED/NAME`: series must not share their draws, since their instances count as independent.
 */
export async function observe(
  series: readonly Series[],
  { replications, seed, pool, part }: StudyRun,
): Promise<Observations> {
  const observed = new Observations(series.map(groupOf));
  const observeOne = async (one: Series): Promise<void> => {
    const { onProgress } = part(runsOf(one, replications));
    const scenarios = await Promise.all(one.variants.map(loadVariant));
    const size = replicationsOf(one, replications);
    await runCell(
      pool,
      { scenarios, baseline: 0, seed: `${seed}/${one.name}`, sampling: { replications: size } },
      { onProgress, onReplication: observed.recorder(one.name, ONCE.repeats, size) },
    );
  };
  await someAtOnce(series, observeOne);
  return observed;
}
