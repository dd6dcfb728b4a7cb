// The five dimensions of CLEAR (arXiv 2511.14136) of every scenario of a result, and the composite over all of them.
import {
  type Clear,
  composites,
  DIMENSIONS,
  type Normalisation,
  paretoFront,
  type Weights,
} from "../metrics/score.ts";
import {
  type ExperimentResult,
  type MetricValue,
  readMetric,
  type ScenarioResult,
} from "./result.ts";

/** Runs of one task in a row that are all to succeed. */
export const RELIABILITY_REPEATS = 8;

export interface ScoreResult {
  readonly schema: "faultline/score@1";
  readonly seed: string;
  readonly replications: number;
  readonly engine: ExperimentResult["engine"];
  readonly interrupted: boolean;
  readonly weights: Weights;
  readonly normalisation: Normalisation;
  readonly scenarios: readonly ScoredScenario[];
}

export interface ScoredScenario {
  readonly name: string;
  /** US dollars per task, seconds per task, and shares. */
  readonly cost: MetricValue;
  readonly latency: MetricValue;
  readonly efficacy: MetricValue;
  readonly assurance: MetricValue;
  /** pass^8. */
  readonly reliability: MetricValue;
  /** Cost-normalised accuracy: percent of the tasks per dollar and task. */
  readonly cna: MetricValue;
  /** US dollars per success. */
  readonly costPerSuccess: MetricValue;
  /** Share of the tasks that end within the latency objective. */
  readonly onTime: MetricValue;
  /** 0..1, relative to the scenarios beside it; null where a dimension that has a weight has no value. */
  readonly composite: number | null;
  /** From 1, the highest composite first. */
  readonly rank: number | null;
  /** Whether no other scenario is as good in cost and efficacy, and better in one of them. */
  readonly onFront: boolean;
}

/** @throws RangeError when a weight is negative or all are 0 */
export function scoresOf(
  { seed, replications, engine, interrupted, scenarios }: ExperimentResult,
  weights: Weights,
  normalisation: Normalisation,
): ScoreResult {
  const figures = scenarios.map(figuresOf);
  const set = figures.map(
    (own) => Object.fromEntries(DIMENSIONS.map((name) => [name, own[name].mean])) as Clear,
  );
  const scores = composites(set, weights, normalisation);
  const front = paretoFront(set);
  return {
    schema: "faultline/score@1",
    seed,
    replications,
    engine,
    interrupted,
    weights,
    normalisation,
    scenarios: figures.map((own, i) => ({
      ...own,
      composite: scores[i],
      rank: rankOf(scores[i], scores),
      onFront: front[i],
    })),
  };
}

function figuresOf({ name, metrics }: ScenarioResult) {
  const read = (metric: string) => readMetric(metrics, metric) as MetricValue;
  const costPerSuccess = read("costPerSuccess");
  return {
    name,
    cost: read("cost"),
    latency: read("latency.mean"),
    efficacy: read("success"),
    assurance: read("policyAdherence"),
    reliability: read(`passHat${RELIABILITY_REPEATS}`),
    cna: percentOver(costPerSuccess),
    costPerSuccess,
    onTime: read("onTime"),
  };
}

/** Cost-normalised accuracy is 100 / cost per success, and so is its interval. */
function percentOver({ mean, ci: [low, high] }: MetricValue): MetricValue {
  if (mean === null || mean === 0)
    return { mean: null, ci: [null, null], undefined: "there is no success, or it costs nothing" };
  const over = (x: number | null) => (x === null || x <= 0 ? null : 100 / x);
  return { mean: 100 / mean, ci: [over(high) ?? 0, over(low)] };
}

function rankOf(score: number | null, scores: readonly (number | null)[]): number | null {
  return score === null ? null : 1 + scores.filter((one) => one !== null && one > score).length;
}
