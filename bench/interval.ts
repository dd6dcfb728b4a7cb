// Time to an interval: how long Faultline and its peers compute until metrics of the centralized team are known well enough.
// It is the processor time of a replication times the replications that the interval needs.
import { run } from "../src/experiment/experiment.ts";
import type { PrecisionTarget } from "../src/experiment/halfWidth.ts";
import { type ExperimentResult, type MetricValue, readMetric } from "../src/experiment/result.ts";
import type { Scenario } from "../src/scenario/schema.ts";
import {
  type Benchmark,
  type Comparison,
  centralizedScenario,
  compareCentralized,
} from "./centralized.ts";
import { type Counts, estimate } from "./peers/agreement.ts";
import type { Peer } from "./peers/peers.ts";
import { type Measure, processorSeconds, ratio } from "./rounds.ts";

/** Standard errors in half of a peer's 95 % interval: it has instances enough for the normal quantile. */
const NORMAL = 1.96;

/** Replications of the first pilot. */
const FEWEST = 1024;

/** What a contestant needs until the interval of a metric is narrow enough. */
export interface Need {
  readonly replications: number;
  /** Replications a second of processor time, one a round. */
  readonly rates: readonly number[];
}

export interface IntervalComparison extends Comparison {
  /** For every target the needs of Faultline and of each peer. */
  readonly needs: readonly Readonly<Record<string, Need>>[];
}

/** What {@link compareCentralized} does, and in the same rounds whole runs through the library, of one thread. */
export async function compareIntervals(
  benchmark: Benchmark,
  targets: readonly PrecisionTarget[],
  peers: readonly Peer[],
  rounds: number,
): Promise<IntervalComparison> {
  const scenario = await centralizedScenario(benchmark);
  const runs: Runs[] = [];
  for (const target of targets) runs.push(await runsTowards(target, scenario));
  const measures = Object.fromEntries(runs.map(({ measure }, i) => [`run ${i}`, measure]));
  const comparison = await compareCentralized(benchmark, peers, rounds, measures);
  const { rates, counts } = comparison;
  const needs = targets.map((target, i) => {
    const all: Record<string, Need> = {
      Faultline: { replications: runs[i].needed(), rates: rates[`run ${i}`] },
    };
    for (const { name } of peers) {
      const replications = neededByPeer(target, counts[name], scenario.repeats);
      all[name] = { replications, rates: rates[name] };
    }
    return all;
  });
  return { ...comparison, needs };
}

/** How many times sooner one contestant has its interval than another. */
export function timesSooner(one: Need, other: Need): number {
  return (ratio(one.rates, other.rates).median * other.replications) / one.replications;
}

interface Runs {
  readonly measure: Measure;
  /** Replications that the runs so far would have needed. */
  needed(): number;
}

/** Runs, each with a seed of its own, with about as many replications as the target needs: the nearest power of two. */
async function runsTowards(target: PrecisionTarget, scenario: Scenario): Promise<Runs> {
  let replications = FEWEST;
  while ((await runOnce(target, scenario, replications, "pilot")).growth > Math.SQRT2)
    replications *= 2;
  const growths: number[] = [];
  return {
    measure: async (round) => {
      const { seconds, growth } = await runOnce(target, scenario, replications, `bench ${round}`);
      growths.push(growth);
      return replications / seconds;
    },
    // The mean of squared half-widths, since variances are what is estimated without bias.
    needed: () => (replications * growths.reduce((sum, growth) => sum + growth)) / growths.length,
  };
}

async function runOnce(
  target: PrecisionTarget,
  scenario: Scenario,
  replications: number,
  seed: string,
) {
  let result: ExperimentResult | undefined;
  const seconds = await processorSeconds(async () => {
    result = await run([scenario], { replications, seed });
  });
  return { seconds, growth: growthAfter(result as ExperimentResult, target) };
}

function growthAfter({ scenarios }: ExperimentResult, target: PrecisionTarget): number {
  const value = readMetric(scenarios[0].metrics, target.metric) as MetricValue;
  const [low, high] = value.ci as readonly [number, number];
  return growthTo(target, value.mean as number, (high - low) / 2);
}

function neededByPeer(target: PrecisionTarget, counts: Counts, repeats: number): number {
  const { mean, standardError } = estimate(counts, target.metric);
  return counts.clusters * repeats * growthTo(target, mean, NORMAL * standardError);
}

/** Factor on the replications that makes the interval as narrow as wanted: half-widths shrink with their square root. */
function growthTo({ halfWidth }: PrecisionTarget, mean: number, reached: number): number {
  const wanted = "relative" in halfWidth ? halfWidth.relative * mean : halfWidth.absolute;
  return (reached / wanted) ** 2;
}
