// What measurements teach: the belief after some candidates have been tried on real tasks.
//
// The successes in n tasks are binomial, and an empirical logit with half counts and a variance by the delta method would
// say little where they are few: a belief of 50 ± 15 % would be at 31 % after 0 of 100, where Bayes' rule leads to 7 %. So
// the belief is updated by Laplace's method: its mean becomes the mode of the posterior distribution, and its covariance
// follows from the curvature there (Rasmussen and Williams, "Gaussian processes for machine learning", 2006, section 3.4).
import { logistic } from "../../numerics/logit.ts";
import { clamp } from "../../numerics/statistics.ts";
import { type JointNormal, observe } from "./jointNormal.ts";
import { samplingVariance } from "./logOdds.ts";

/** What was found of one candidate, on tasks that are independent of those of all other measurements. */
export interface Measurement {
  /** Name of the candidate. */
  readonly candidate: string;
  /** Share of the tasks in which it succeeded, in [0, 1]. */
  readonly rate: number;
  /** Number of tasks, > 0. */
  readonly instances: number;
}

/** The same by the index of the candidate. */
export interface Finding {
  readonly index: number;
  readonly rate: number;
  readonly instances: number;
}

/**
 * The measurements in their order.
 * @param names of all candidates
 * @throws RangeError when a measurement is of none of them, or a number is out of its range
 */
export function findings(
  names: readonly string[],
  measurements: readonly Measurement[],
): readonly Finding[] {
  return measurements.map(({ candidate, rate, instances }) => {
    const index = names.indexOf(candidate);
    if (index < 0)
      throw new RangeError(`Measurement of ${candidate}: must be one of ${names.join(", ")}`);
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`Rate ${rate}: must be in [0, 1]`);
    if (!(instances > 0 && Number.isFinite(instances)))
      throw new RangeError(`Instances ${instances}: must be finite and > 0`);
    return { index, rate, instances };
  });
}

/** Step of the log-odds at which the mode is found. */
const PRECISE = 1e-10;
/** Most beliefs take about 5; rounding may keep steps from being precise where a vague one meets millions of tasks. */
const MAX_STEPS = 1000;

/**
 * The belief after findings, whose order does not matter.
 *
 * The mode is found by Newton's method: each step is Kalman's update by findings whose likelihood is taken as normal,
 * with its slope and curvature where the last step led. Steps of at most 1 always go uphill, since the logistic
 * likelihood is self-concordant (Bach, "Self-concordant analysis for logistic regression", Electronic Journal of
 * Statistics 4, 2010).
 */
export function updated(prior: JointNormal, found: readonly Finding[]): JointNormal {
  let around = prior.mean;
  let next = prior;
  for (let i = 0, step = 1; i < MAX_STEPS && step >= PRECISE; i++) {
    const part = 1 / Math.max(1, step);
    around = around.map((x, c) => x + (next.mean[c] - x) * part);
    next = found.reduce((belief, finding) => taught(belief, finding, around), prior);
    step = Math.max(0, ...found.map(({ index: c }) => Math.abs(next.mean[c] - around[c])));
  }
  return next;
}

/** Log-odds beyond which shares of failures or successes would soon be too small for a number. */
const FARTHEST = 500;

/** The belief after one finding, with the slope and curvature of its likelihood at `around`. */
function taught(
  belief: JointNormal,
  { index, rate, instances }: Finding,
  around: readonly number[],
): JointNormal {
  const x = clamp(around[index], -FARTHEST, FARTHEST);
  // (rate - share) / (share (1 - share)), written so that nothing cancels next to 0 and 1.
  const distance = rate / logistic(x) - (1 - rate) / logistic(-x);
  return observe(belief, index, x + distance, samplingVariance(x, instances));
}

/**
 * The belief after measurements, whose order does not matter.
 * @param names of the candidates of the belief
 * @throws RangeError as {@link findings}
 */
export function measured(
  prior: JointNormal,
  names: readonly string[],
  measurements: readonly Measurement[],
): JointNormal {
  return updated(prior, findings(names, measurements));
}
