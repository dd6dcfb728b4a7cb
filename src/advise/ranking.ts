// The ranking: what is believed of every candidate, with its interval, the chance that it is the best, and what one expects to
// lose by choosing it.
import type { Constraint } from "../decide/constraints.ts";
import { type MetricTree, readMetric } from "../experiment/result.ts";
import { holds } from "../numerics/comparisons.ts";
import { wilson } from "../numerics/intervals.ts";
import { type Outlook, outlook, shareInterval } from "./belief/chances.ts";
import type { JointNormal } from "./belief/jointNormal.ts";
import { logOdds, samplingVariance } from "./belief/logOdds.ts";

export interface CandidateAdvice {
  /** Name of an architecture, or of the team of one's own. */
  readonly name: string;
  /** Predicted success. */
  readonly success: { readonly mean: number; readonly ci: readonly [number, number] };
  /** Chance of having the highest success of those that meet all constraints. */
  readonly probabilityBest: number;
  /** Success that one expects to lose by choosing it, against the best one, whichever that is. */
  readonly expectedLoss: number;
  /** Whether it meets each constraint; null where the metric has no value. */
  readonly meets: readonly (boolean | null)[];
  /**
   * What was simulated. Ratios to the single agent are formed at the same value of the model's number: that of the teams.
   */
  readonly metrics: MetricTree;
}

/** What was found of the single agent. */
export interface SingleAgent {
  readonly success: number;
  readonly instances: number;
}

/** The belief about all candidates, of which the single agent comes first and is known but for the error of its measurement. */
export function withSingle({ success, instances }: SingleAgent, teams: JointNormal): JointNormal {
  const x = logOdds(success, instances);
  return {
    mean: [x, ...teams.mean],
    covariance: [
      [samplingVariance(x, instances), ...teams.mean.map(() => 0)],
      ...teams.covariance.map((row) => [0, ...row]),
    ],
  };
}

export interface Ranking {
  /** From the highest predicted success to the lowest. */
  readonly candidates: readonly CandidateAdvice[];
  readonly outlook: Outlook;
  /** Whether each candidate, in the order of the belief, meets all constraints. */
  readonly eligible: readonly boolean[];
}

/**
 * @param names of the candidates, in the order of the belief
 * @param metrics by name
 * @param single what is known of the first candidate, if it was not measured once more
 * @returns undefined when no candidate meets all constraints
 */
export function ranked(
  belief: JointNormal,
  names: readonly string[],
  metrics: ReadonlyMap<string, MetricTree>,
  {
    constraints,
    seed,
    single,
  }: {
    readonly constraints: readonly Constraint[];
    readonly seed: string;
    readonly single?: SingleAgent | undefined;
  },
): Ranking | undefined {
  const ofAll = outlook(belief, seed);
  const { means } = ofAll;
  const met = names.map((name, i) =>
    constraints.map((constraint) => meets(constraint, means[i], metrics.get(name) ?? {})),
  );
  const eligible = met.map((all) => all.every((one) => one === true));
  if (!eligible.includes(true)) return undefined;
  const held = eligible.includes(false) ? outlook(belief, seed, eligible) : ofAll;
  const candidates = names.map((name, i): CandidateAdvice => {
    const success = { mean: means[i], ci: shareInterval(belief.mean[i], belief.covariance[i][i]) };
    return {
      name,
      success: i === 0 && single !== undefined ? measuredSuccess(single) : success,
      probabilityBest: held.chances[i],
      expectedLoss: held.losses[i],
      meets: met[i],
      metrics: metrics.get(name) ?? {},
    };
  });
  return {
    candidates: candidates.sort((a, b) => b.success.mean - a.success.mean),
    outlook: held,
    eligible,
  };
}

/**
 * Whether a candidate meets a constraint; null where the metric has no value, for which its `undefined` gives the reason.
 * @param success predicted success of the candidate, 0..1, which `success` speaks of
 * @param metrics what was simulated of it, which all other names speak of
 */
export function meets(
  constraint: Constraint,
  success: number,
  metrics: MetricTree,
): boolean | null {
  const { metric } = constraint;
  const value = metric === "success" ? success : (readMetric(metrics, metric)?.mean ?? null);
  return value === null ? null : holds(constraint, value);
}

function measuredSuccess({ success, instances }: SingleAgent): CandidateAdvice["success"] {
  const { lo, hi } = wilson(success * instances, instances);
  return { mean: success, ci: [lo, hi] };
}
