/**
 * Repeated trials of several tasks, some harder than others: the success of a task is drawn once, from a beta distribution
 * or by normal log-odds, and its trials are independent given it.
 *
 * Beta-binomial: Skellam, "A probability distribution derived from the binomial distribution", JRSS B 10 (1948), by mean
 * and intraclass correlation. Logit-normal: {@link RandomIntercept}. Both by maximum likelihood.
 */

import { groupBy } from "../grouping.ts";
import { LEVEL, upperProbability } from "../intervals.ts";
import { logistic, logit } from "../logit.ts";
import { normalMean } from "../normalMean.ts";
import { power } from "../power.ts";
import { covariance, maximise, type Objective, profileIntervals } from "./newton.ts";
import { RandomIntercept, spreadOf } from "./randomIntercept.ts";

/** Trials of one task. */
export interface Trials {
  readonly successes: number;
  readonly trials: number;
}

/** Success of a task ~ Beta of this mean; `intraclass` is the correlation of two of its trials, 0 to 1. */
export interface BetaBinomial {
  readonly kind: "betaBinomial";
  readonly mean: number;
  readonly intraclass: number;
}

/** Log-odds of the success of a task ~ N(mean, spread²). */
export interface LogitNormal {
  readonly kind: "logitNormal";
  readonly mean: number;
  readonly spread: number;
}

export type Interval = readonly [low: number, high: number];

export interface BetaBinomialFit extends BetaBinomial {
  readonly logLikelihood: number;
  readonly intervals: { readonly mean: Interval; readonly intraclass: Interval };
}

export interface LogitNormalFit extends LogitNormal {
  readonly logLikelihood: number;
  readonly intervals: { readonly mean: Interval; readonly spread: Interval };
  /** Of mean and spread: row-major 2 × 2. */
  readonly covariance: Float64Array;
}

export type TrialsModel = BetaBinomial | LogitNormal;

/** 0.999 stands for 1, at which each task succeeds always or never. */
const INTRACLASS: Interval = [0, 0.999];
const LOG_ODDS: Interval = [-20, 20];
const FIRST_INTRACLASS = 0.2;
const FIRST_SPREAD = 1;

/** Fits where there are a success and a failure, and a task with two trials. */
export const isFitted = (tasks: readonly Trials[]): boolean =>
  tasks.some(({ successes }) => successes > 0) &&
  tasks.some(({ successes, trials }) => successes < trials) &&
  tasks.some(({ trials }) => trials > 1);

/** @param tasks see {@link isFitted} */
export function fitBetaBinomial(tasks: readonly Trials[]): BetaBinomialFit {
  const objective = betaBinomialLikelihood(tasks);
  const start = Float64Array.of(meanLogOdds(tasks), FIRST_INTRACLASS);
  const maximum = maximise(objective, start);
  const [[low, high], intraclass] = profileIntervals(objective, maximum, tasks.length);
  return {
    kind: "betaBinomial",
    mean: logistic(maximum.point[0]),
    intraclass: maximum.point[1],
    logLikelihood: maximum.value,
    intervals: {
      mean: [logistic(low), logistic(high)],
      intraclass,
    },
  };
}

/** @param tasks see {@link isFitted} */
export function fitLogitNormal(tasks: readonly Trials[]): LogitNormalFit {
  const clusters = alikeTasks(tasks).map(({ successes, trials, count }) => ({
    cells: [{ group: 0, met: [], wrong: successes, right: trials - successes }],
    count,
  }));
  const layout = { groups: 1, ways: [[]], isSpread: true };
  const objective = new RandomIntercept(clusters, layout, false);
  const start = Float64Array.of(meanLogOdds(tasks), FIRST_SPREAD);
  const maximum = maximise(objective, start);
  const [mean, spread] = maximum.point;
  const [ofMean, [low, high]] = profileIntervals(objective, maximum, tasks.length);
  return {
    kind: "logitNormal",
    mean,
    spread: spreadOf(spread),
    logLikelihood: maximum.value,
    intervals: { mean: ofMean, spread: [spreadOf(low), spreadOf(high)] },
    covariance: covariance(objective, maximum),
  };
}

/** pass^k: the chance that k trials of a random task all succeed. @param k a whole number from 1 */
export function passHatOf(model: TrialsModel, k: number): number {
  if (model.kind === "logitNormal")
    return normalMean((z) => power(logistic(model.mean + model.spread * z), k));
  const { mean, intraclass } = model;
  let chance = 1;
  for (let i = 0; i < k; i++)
    chance *= (mean * (1 - intraclass) + i * intraclass) / (1 - intraclass + i * intraclass);
  return chance;
}

/** What one more trial of the same tasks will give. */
export interface Prediction {
  /** Share of the tasks whose next trial succeeds. */
  readonly success: { readonly value: number; readonly interval: Interval };
  /** Share of the tasks all of whose trials succeed, the next one included. */
  readonly always: { readonly value: number; readonly interval: Interval };
}

/**
 * Predicts one more trial of each task from those that were seen, by the logit-normal fit. The intervals hold the chance in the
 * trials to come, exactly, and the uncertainty of the fit, as normal. Takes a time that grows with the square of the tasks.
 */
export function predictTrial(fit: LogitNormalFit, tasks: readonly Trials[]): Prediction {
  const steady = tasks.filter(({ successes, trials }) => successes === trials);
  const shares = (chosen: readonly Trials[]) => {
    const { mean, low, high } = predictedSum(fit, chosen);
    const { length } = tasks;
    return { value: mean / length, interval: [low / length, high / length] as const };
  };
  return { success: shares(tasks), always: shares(steady) };
}

/** How many of the tasks succeed in their next trial. */
function predictedSum(fit: LogitNormalFit, tasks: readonly Trials[]) {
  const groups = alikeTasks(tasks);
  const probabilities = new Float64Array(tasks.length + 1);
  for (const { mean, spread, weight } of likelyModels(fit)) {
    const sum = new Float64Array(tasks.length + 1);
    sum[0] = 1;
    let added = 0;
    for (const { successes, trials, count } of groups) {
      const chance = nextSuccess(mean, spread, successes, trials);
      for (let i = 0; i < count; i++) addTrial(sum, ++added, chance);
    }
    for (const [k, p] of sum.entries()) probabilities[k] += weight * p;
  }
  const mean = probabilities.reduce((sum, p, k) => sum + p * k, 0);
  return { mean, low: countAt(probabilities, 1 - TAIL), high: countAt(probabilities, TAIL) };
}

const TAIL = upperProbability(LEVEL);

/** The distribution of a sum after one more trial, in place. */
function addTrial(sum: Float64Array, trials: number, chance: number): void {
  for (let k = trials; k >= 0; k--)
    sum[k] = sum[k] * (1 - chance) + (k > 0 ? sum[k - 1] * chance : 0);
}

/** The least count that is not exceeded with at least this probability. */
function countAt(probabilities: Float64Array, probability: number): number {
  let below = 0;
  const found = probabilities.findIndex((p) => (below += p) >= probability);
  return found < 0 ? probabilities.length - 1 : found;
}

/** Gauss-Hermite quadrature over the uncertainty of a fit, with three nodes each way. */
function likelyModels({ mean, spread, covariance: [a, b, , c] }: LogitNormalFit) {
  const byMean = Math.sqrt(a);
  const both = b / byMean;
  const alone = Math.sqrt(Math.max(0, c - both * both));
  const nodes = [
    { z: -Math.sqrt(3), weight: 1 / 6 },
    { z: 0, weight: 2 / 3 },
    { z: Math.sqrt(3), weight: 1 / 6 },
  ];
  if (!Number.isFinite(byMean + alone)) return [{ mean, spread, weight: 1 }];
  return nodes.flatMap((x) =>
    nodes.map((y) => ({
      mean: mean + byMean * x.z,
      spread: Math.abs(spread + both * x.z + alone * y.z),
      weight: x.weight * y.weight,
    })),
  );
}

/** Chance that the next trial succeeds of a task of which some have been seen. */
function nextSuccess(mean: number, spread: number, successes: number, trials: number): number {
  const chance = (more: number) =>
    normalMean((z) => {
      const p = logistic(mean + spread * z);
      return power(p, successes + more) * power(1 - p, trials - successes);
    });
  return chance(1) / chance(0);
}

/** Tasks that went alike, with how many of them there are, in a fixed order. */
function alikeTasks(tasks: readonly Trials[]): readonly (Trials & { readonly count: number })[] {
  return [...groupBy(tasks, ({ successes, trials }) => `${trials} ${successes}`).values()]
    .map((group) => ({ ...group[0], count: group.length }))
    .sort((a, b) => a.trials - b.trials || a.successes - b.successes);
}

function meanLogOdds(tasks: readonly Trials[]): number {
  const successes = tasks.reduce((sum, task) => sum + task.successes, 0);
  const trials = tasks.reduce((sum, task) => sum + task.trials, 0);
  return logit((successes + 0.5) / (trials + 1));
}

/** Log-likelihood by the log-odds of the mean and by the intraclass correlation, as products, which hold at 0 as well. */
function betaBinomialLikelihood(tasks: readonly Trials[]): Objective {
  const groups = alikeTasks(tasks);
  const at = (point: Float64Array) => {
    const mean = logistic(point[0]);
    const rho = point[1];
    const gradient = new Float64Array(2);
    let value = 0;
    let byMean = 0;
    for (const { successes, trials, count } of groups) {
      const add = (share: number, number: number, sign: number) => {
        for (let i = 0; i < number; i++) {
          const factor = share * (1 - rho) + i * rho;
          value += count * Math.log(factor);
          gradient[1] += (count * (i - share)) / factor;
          byMean += (count * sign * (1 - rho)) / factor;
        }
      };
      add(mean, successes, 1);
      add(1 - mean, trials - successes, -1);
      for (let k = 0; k < trials; k++) {
        value -= count * Math.log(1 - rho + k * rho);
        gradient[1] -= (count * (k - 1)) / (1 - rho + k * rho);
      }
    }
    gradient[0] = byMean * mean * (1 - mean);
    return { value, gradient };
  };
  return { at, bounds: [LOG_ODDS, INTRACLASS] };
}
