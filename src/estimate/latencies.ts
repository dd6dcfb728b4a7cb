// How long the turns of a model take that did not fail, with the tools that they called, and those of people and programs. In a scenario
// a tool takes no time of its own: it is part of the turn.
import type { LoggedRun, LoggedTurn } from "../logs/run.ts";
import { type FittedDistribution, fitDuration } from "../numerics/fitting/fitDuration.ts";
import { quantile } from "../numerics/statistics.ts";
import type { LatencySpec } from "../scenario/fields.ts";
import type { LatencyFit, ModelEstimates, Unidentified } from "./estimates.ts";
import { clustersOf, each, meanOf } from "./measures.ts";

const PROBABILITIES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/** @returns undefined where no turn has a time above 0 */
export function estimateLatency(
  runs: readonly LoggedRun[],
  isOwn: (turn: LoggedTurn) => boolean,
): LatencyFit | undefined {
  const seconds = ({ turns }: LoggedRun) =>
    turns
      .filter((turn) => isOwn(turn) && turn.failure === undefined)
      .map(({ seconds: own = 0, toolSeconds = 0 }) => (own > 0 ? own + toolSeconds : 0))
      .filter((own) => own > 0 && Number.isFinite(own));
  const sample = runs.flatMap(seconds);
  const fit = fitDuration(Float64Array.from(sample));
  const mean = meanOf(
    clustersOf(runs, (run) => seconds(run).map(each)),
    "turns",
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

/** Share of the time of runs that nobody asks about. */
const LITTLE = 0.05;

/** The time in which neither a model nor a tool is at work: code, queues and people between turns. */
export function openIdleTime(runs: readonly LoggedRun[]): Unidentified[] {
  const timed = runs.filter(
    ({ isComplete, seconds = 0, turns }) =>
      isComplete && seconds > 0 && turns.length > 0 && turns.every(isTimed),
  );
  const all = timed.reduce((sum, { seconds = 0 }) => sum + seconds, 0);
  const idle = timed.reduce((sum, run) => sum + idleSeconds(run), 0);
  if (idle <= LITTLE * all) return [];
  const share = Math.round((100 * idle) / all);
  return [
    {
      what: "time between turns",
      why: `in ${share} % of the time of ${timed.length === 1 ? "one run" : `${timed.length} runs`} neither a model nor a tool is at work, and no number of the scenario stands for it`,
      remedy: "put spans of tools around that work, or add it to topology.latency",
    },
  ];
}

const isTimed = ({ start, seconds }: LoggedTurn) => start !== undefined && seconds !== undefined;

function idleSeconds({ seconds = 0, turns }: LoggedRun): number {
  const times = turns
    .map(({ start = 0, seconds: own = 0, toolSeconds = 0 }) => ({
      start,
      end: start + own + toolSeconds,
    }))
    .sort((a, b) => a.start - b.start);
  let busy = 0;
  let until = 0;
  for (const { start, end } of times) {
    busy += Math.max(0, Math.min(end, seconds) - Math.max(start, until));
    until = Math.max(until, end);
  }
  return Math.max(0, seconds - busy);
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
