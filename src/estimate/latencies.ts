// How long the calls of a model take that did not fail, and the turns of people and programs.
import type { LoggedRun, LoggedTurn } from "../logs/run.ts";
import { type FittedDistribution, fitDuration } from "../numerics/fitting/fitDuration.ts";
import { quantile } from "../numerics/statistics.ts";
import type { LatencySpec } from "../scenario/fields.ts";
import type { LatencyFit, ModelEstimates, Unidentified } from "./estimates.ts";
import { clustersOf, each, meanOf } from "./measures.ts";

const PROBABILITIES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/** @returns undefined where no call has a time above 0 */
export function estimateLatency(
  runs: readonly LoggedRun[],
  isOwn: (turn: LoggedTurn) => boolean,
): LatencyFit | undefined {
  const seconds = ({ turns }: LoggedRun) =>
    turns
      .filter((turn) => isOwn(turn) && turn.failure === undefined)
      .flatMap(({ seconds: own = 0 }) => (own > 0 && Number.isFinite(own) ? [own] : []));
  const sample = runs.flatMap(seconds);
  const fit = fitDuration(Float64Array.from(sample));
  const mean = meanOf(
    clustersOf(runs, (run) => seconds(run).map(each)),
    "calls",
  );
  if (fit === undefined || mean === undefined) return undefined;
  const sorted = sample.sort((a, b) => a - b);
  return {
    distribution: asWritten(fit.tried[0]),
    mean,
    tried: fit.tried.map((one) => ({
      distribution: asWritten(one).distribution,
      logLikelihood: one.logLikelihood,
      distance: one.distance,
    })),
    quantiles: PROBABILITIES.map((p) => quantile(sorted, p)),
  };
}

/** Kinds of distributions are called alike in scenarios. */
function asWritten({ spec }: FittedDistribution): LatencySpec {
  const { kind, ...parameters } = spec;
  return { distribution: kind, ...parameters } as LatencySpec;
}

export function openLatency(model: string, { latency }: ModelEstimates): Unidentified[] {
  if (latency !== undefined) return [];
  return [
    {
      what: `models.${model}.latency`,
      why: "no call states how long it took",
      remedy: "log start and end of every call",
    },
  ];
}
