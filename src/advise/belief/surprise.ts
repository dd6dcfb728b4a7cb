// How unlikely measurements are: those of one candidate beside each other, and all of them beside what was believed before.
//
// Both are likelihood ratios, by the deviance of binomial shares (McCullagh and Nelder, "Generalized linear models", 1989,
// section 4.4). Tests of log-odds by their standard errors would miss shares of 0 and 1, where these errors are large
// (Hauck and Donner, "Wald's test as applied to hypotheses in logit analysis", JASA 72, 1977).
import { logistic } from "../../numerics/logit.ts";
import { chiSquaredTail } from "../../numerics/quantiles.ts";
import type { JointNormal } from "./jointNormal.ts";
import { type Finding, findings, type Measurement, updated } from "./measurement.ts";

/** How likely it is that measurements differ so much by chance. */
export interface Surprise {
  /** What they differ from: what was believed of the candidates, or each other, whatever was believed. */
  readonly from: "belief" | "each other";
  /** Chance of a difference that is at least as large, if beliefs and measurements are right; in [0, 1]. */
  readonly p: number;
  /** The measurements, by index. Those that differ from each other are all of one candidate. */
  readonly measurements: readonly number[];
}

/**
 * One surprise for the measurements of each candidate that was measured more than once, in the order in which candidates
 * were first measured; the last one is for all of them and the belief. What is said of the belief does not count again what
 * is said of single candidates: there, the measurements of a candidate are pooled.
 * @param names of the candidates of the belief
 * @returns nothing without measurements
 * @throws RangeError when a measurement is of none of the candidates, or a number is out of its range
 */
export function surprises(
  prior: JointNormal,
  names: readonly string[],
  measurements: readonly Measurement[],
): Surprise[] {
  const found = findings(names, measurements);
  if (found.length === 0) return [];
  const candidates = [...new Set(found.map(({ index }) => index))];
  const groups = candidates.map((c) => [...found.keys()].filter((i) => found[i].index === c));
  const repeated = groups.filter((group) => group.length > 1);
  const pooled = groups.map((group) => pool(group.map((i) => found[i])));
  return [
    ...repeated.map((group): Surprise => {
      const p = homogeneity(group.map((i) => found[i]));
      return { from: "each other", p, measurements: group };
    }),
    { from: "belief", p: agreement(prior, pooled), measurements: [...found.keys()] },
  ];
}

/** Findings of one candidate as one. */
function pool(found: readonly Finding[]): Finding {
  const instances = found.reduce((sum, finding) => sum + finding.instances, 0);
  const successes = found.reduce((sum, finding) => sum + finding.rate * finding.instances, 0);
  return { index: found[0].index, rate: Math.min(1, successes / instances), instances };
}

/** Chance that findings of one candidate differ so much. */
function homogeneity(found: readonly Finding[]): number {
  const { rate } = pool(found);
  const total = found.reduce((sum, finding) => sum + deviance(finding, rate, 1 - rate), 0);
  return chiSquaredTail(total, found.length - 1);
}

/**
 * Chance that findings, one for each candidate, are so far from a belief: the deviance at the mode of the posterior
 * distribution, and the squared Mahalanobis distance between mode and prior. Where the likelihood is normal, they add up
 * to the squared Mahalanobis distance of the findings under the prior and their sampling errors.
 */
function agreement(prior: JointNormal, found: readonly Finding[]): number {
  const { mean } = updated(prior, found);
  const shares = found.map(({ index }) => logistic(mean[index]));
  // The mode is the prior mean + covariance · slopes, so that the distance needs no inverse of the covariance.
  const slopes = found.map(({ rate, instances }, k) => instances * (rate - shares[k]));
  let total = 0;
  found.forEach((finding, k) => {
    total += deviance(finding, shares[k], logistic(-mean[finding.index]));
    found.forEach(({ index }, l) => {
      total += slopes[k] * slopes[l] * prior.covariance[finding.index][index];
    });
  });
  return chiSquaredTail(Math.max(0, total), found.length);
}

/** Twice the log-likelihood ratio of the rate that was found to an expected share of successes and of failures. */
function deviance({ rate, instances }: Finding, success: number, failure: number): number {
  const part = (seen: number, expected: number) =>
    seen === 0 ? 0 : seen * Math.log(seen / expected);
  return Math.max(0, 2 * instances * (part(rate, success) + part(1 - rate, failure)));
}
