// The ranking: predicted success of every architecture with its interval, and the chance that it is the best.
import { type MetricTree, type MetricValue, readMetric } from "../experiment/result.ts";
import { wilson } from "../numerics/intervals.ts";
import { outlook, shareInterval } from "./belief/chances.ts";
import type { Lesson } from "./belief/experience.ts";
import { logOdds, logOddsVariance } from "./belief/logOdds.ts";
import { ARCHITECTURES, type Architecture, TEAMS, type Team } from "./candidates/architectures.ts";

/** One candidate's success in log-odds. */
interface Guess {
  readonly logOdds: number;
  /** Variance that it shares with no other candidate. */
  readonly ownVariance: number;
}

export interface ArchitectureAdvice {
  readonly name: Architecture;
  /** Predicted success. */
  readonly success: { readonly mean: number; readonly ci: readonly [number, number] };
  readonly probabilityBest: number;
  /**
   * What was simulated. Ratios to the single agent are formed at the same value of the model's number: that of the teams.
   */
  readonly metrics: MetricTree;
}

export interface Circumstances {
  readonly singleSuccess: number;
  readonly instances: number;
  readonly replications: number;
  readonly seed: string;
}

/**
 * All architectures by predicted success. The single agent's is known, but for the error of its measurement; those of
 * the teams come from the simulation.
 * @param errors covariance of the teams' errors in log-odds, where it is known
 */
export function ranked(
  { singleSuccess, instances, replications, seed }: Circumstances,
  metrics: ReadonlyMap<Architecture, MetricTree>,
  errors: Lesson["errors"],
): ArchitectureAdvice[] {
  const measurement = wilson(singleSuccess * instances, instances);
  const guesses = ARCHITECTURES.map((name): Guess => {
    if (name === "single")
      return {
        logOdds: logOdds(singleSuccess, instances),
        ownVariance: 1 / (instances * singleSuccess * (1 - singleSuccess)),
      };
    const success = successOf(metrics.get(name) as MetricTree);
    return {
      logOdds: logOdds(success.mean as number, replications),
      ownVariance: logOddsVariance(success, replications),
    };
  });
  const shared = ARCHITECTURES.map((a) => ARCHITECTURES.map((b) => covariance(errors, a, b)));
  const belief = {
    mean: guesses.map(({ logOdds }) => logOdds),
    covariance: shared.map((row, i) =>
      row.map((c, j) => c + (i === j ? guesses[i].ownVariance : 0)),
    ),
  };
  const { chances } = outlook(belief, seed);
  const rows = ARCHITECTURES.map((name, i): ArchitectureAdvice => {
    const tree = metrics.get(name) as MetricTree;
    return {
      name,
      success:
        name === "single"
          ? { mean: singleSuccess, ci: [measurement.lo, measurement.hi] }
          : teamSuccess(successOf(tree), guesses[i], shared[i][i]),
      probabilityBest: chances[i],
      metrics: tree,
    };
  });
  return rows.sort((a, b) => b.success.mean - a.success.mean);
}

function covariance(errors: Lesson["errors"], a: Architecture, b: Architecture): number {
  const [i, j] = [a, b].map((name) => TEAMS.indexOf(name as Team));
  return errors === undefined || i < 0 || j < 0 ? 0 : errors[i][j];
}

function teamSuccess(
  simulated: MetricValue,
  { logOdds, ownVariance }: Guess,
  variance: number,
): ArchitectureAdvice["success"] {
  const mean = simulated.mean as number;
  if (variance === 0) return { mean, ci: [simulated.ci[0] ?? 0, simulated.ci[1] ?? 1] };
  const [low, high] = shareInterval(logOdds, ownVariance + variance);
  return { mean, ci: [Math.min(low, mean), Math.max(high, mean)] };
}

const successOf = (metrics: MetricTree) => readMetric(metrics, "success") as MetricValue;
