// Which measurement would decide an open choice, the cheapest first: preposterior analysis (Raiffa and Schlaifer, "Applied
// statistical decision theory", 1961).
//
// A measurement of one candidate has an outcome of one dimension. So what it would lead to is a mean over one normal
// number, which is taken at equally probable quantiles; only the success of the candidates after it is drawn, and the
// draws are the same for all outcomes. Outcomes are planned as normal in log-odds, with the sampling variance at the
// predicted rate; those that were really found are taken as counts (`measurement.ts`).
import { normalQuantile } from "../../numerics/distributions.ts";
import { average } from "../../numerics/statistics.ts";
import { type Outlook, outlook, Scatter, standardNormals } from "./chances.ts";
import { type JointNormal, observe } from "./jointNormal.ts";
import { samplingVariance } from "./logOdds.ts";

/** Success that one may expect to lose by a choice that is clear: one point. */
export const CLEAR = 0.01;
/** Chance from which a measurement is worth proposing as the one that decides. */
export const ENOUGH = 0.8;
/** Share of the largest gain that is sought where none is enough; the rest would cost many times as much. */
const MOST = 0.8;
/** Numbers of tasks that are considered. */
export const LADDER: readonly number[] = [10, 20, 30, 50, 100, 200];

/** Enough for a standard error of about .001 of losses next to {@link CLEAR}. */
const DRAWS = 2_000;
const POINTS = 32;
/** Each stands for 1/32 of the outcomes, so that a chance is right to about .03. */
const OUTCOMES = Array.from({ length: POINTS }, (_, k) => normalQuantile((k + 0.5) / POINTS));

/** Whether the best choice is expected to lose at most {@link CLEAR}. */
export function isClear({ losses, best }: Outlook): boolean {
  return losses[best] <= CLEAR;
}

/** What a measurement holds out before it is made. */
export interface Prospect {
  /** Chance that the choice is clear after it, in [0, 1]. */
  readonly chanceClear: number;
  /**
   * Expected value of sample information: by how much the mean success of the best choice is expected to rise, as a
   * share of the tasks. Never negative.
   */
  readonly gain: number;
}

/**
 * What a measurement of one candidate holds out.
 * @param index of the candidate
 * @param instances number of tasks, > 0
 * @param normals a row of standard normal numbers for each draw of the candidates' success
 * @param eligible whether each candidate may be chosen; all may where it is left out
 * @throws RangeError when no candidate may be chosen
 */
export function prospect(
  belief: JointNormal,
  index: number,
  instances: number,
  normals: Float64Array,
  eligible?: readonly boolean[],
): Prospect {
  const predicted = belief.mean[index];
  const variance = samplingVariance(predicted, instances);
  const deviation = Math.sqrt(belief.covariance[index][index] + variance);
  const beliefs = OUTCOMES.map((z) => observe(belief, index, predicted + z * deviation, variance));
  // How uncertain the candidates are after the measurement does not depend on its outcome.
  const scatter = new Scatter(beliefs[0].covariance, normals);
  const outcomes = beliefs.map(({ mean }) => scatter.around(mean, eligible));
  // The same outcomes without and with the freedom to choose after them, so that freedom never loses.
  const lossOf = (choice: number) => average(outcomes.map(({ losses }) => losses[choice]));
  const choices = belief.mean.map((_, i) => i).filter((i) => eligible?.[i] ?? true);
  const before = Math.min(...choices.map(lossOf));
  const after = average(outcomes.map(({ losses, best }) => losses[best]));
  return {
    chanceClear: average(outcomes.map((outcome) => Number(isClear(outcome)))),
    gain: Math.max(0, before - after),
  };
}

/** A choice between candidates, and what it costs to try them. */
export interface Choice {
  readonly belief: JointNormal;
  /** Names of the candidates of the belief. */
  readonly names: readonly string[];
  /** US dollars per task, finite and >= 0; undefined where a candidate cannot be measured. */
  readonly prices: readonly (number | undefined)[];
  readonly seed: string;
  /** Whether each candidate may be chosen; all may where it is left out. The others may still be measured. */
  readonly eligible?: readonly boolean[] | undefined;
}

/** A measurement to make. */
export interface Proposal extends Prospect {
  readonly candidate: string;
  /** Number of tasks. */
  readonly instances: number;
  /** US dollars for all of them. */
  readonly cost: number;
  /** Whether `chanceClear` is at least {@link ENOUGH}. */
  readonly enough: boolean;
}

/**
 * The cheapest measurement of the {@link LADDER} after which the choice is clear with a chance of at least
 * {@link ENOUGH}. Where there is none, it takes more than one measurement: the first of them is the cheapest one that
 * gains {@link MOST} of what any would gain.
 * @returns undefined when the choice is clear already, or no measurement would help
 * @throws RangeError when no candidate may be chosen, or a price is out of its range
 */
export function nextMeasurement(choice: Choice): Proposal | undefined {
  const { belief, names, seed, eligible } = choice;
  if (isClear(outlook(belief, seed, eligible))) return undefined;
  const normals = standardNormals(belief.mean.length, DRAWS, seed);
  const proposals: Proposal[] = [];
  for (const { index, instances, cost } of plans(choice)) {
    const held = prospect(belief, index, instances, normals, eligible);
    const enough = held.chanceClear >= ENOUGH;
    const proposal = { candidate: names[index], instances, cost, ...held, enough };
    if (enough) return proposal;
    proposals.push(proposal);
  }
  const most = MOST * Math.max(...proposals.map(({ gain }) => gain));
  return proposals.find(({ gain }) => gain > 0 && gain >= most);
}

/** All that can be measured, the cheapest first. */
function plans({ prices }: Choice) {
  return prices
    .flatMap((price, index) => {
      if (price === undefined) return [];
      if (!(price >= 0 && Number.isFinite(price)))
        throw new RangeError(`Price ${price}: must be finite and >= 0`);
      return LADDER.map((instances) => ({ index, instances, cost: price * instances }));
    })
    .sort((a, b) => a.cost - b.cost);
}
