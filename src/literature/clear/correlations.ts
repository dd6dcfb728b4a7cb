// How well figures of the lab rank configurations by what they are worth in production: rank correlations with intervals.
import type { MetricValue } from "../../experiment/result.ts";
import { type Clear, composites, DIMENSIONS, type Weights } from "../../metrics/score.ts";
import { Draws, rootKey } from "../../numerics/draws.ts";
import { resampledSpearman, spearmanInterval } from "../../numerics/ranks.ts";
import { fromInterval } from "../estimates.ts";
import type { Tried } from "./population.ts";

const BOOTSTRAP_DOMAIN = 18;

const NONE: Weights = { cost: 0, latency: 0, efficacy: 0, assurance: 0, reliability: 0 };
const ALL: Weights = { cost: 1, latency: 1, efficacy: 1, assurance: 1, reliability: 1 };

export interface Predictor {
  readonly name: string;
  readonly title: string;
  readonly weights: Weights;
}

/** The three that the source compares, in the order of their published correlations. */
export const COMPARED = [
  { name: "efficacy", title: "efficacy alone", weights: { ...NONE, efficacy: 1 } },
  {
    name: "efficacyAndCost",
    title: "efficacy and cost",
    weights: { ...NONE, efficacy: 1, cost: 1 },
  },
  { name: "all", title: "all five", weights: ALL },
] as const satisfies readonly Predictor[];

/** The three, each dimension by itself, and the composite of what sustained success is made of. */
export const PREDICTORS: readonly Predictor[] = [
  ...COMPARED,
  ...DIMENSIONS.filter((dimension) => dimension !== "efficacy").map((dimension) => ({
    name: dimension,
    title: `${dimension} alone`,
    weights: { ...NONE, [dimension]: 1 },
  })),
  {
    name: "withoutCost",
    title: "latency, efficacy, reliability",
    weights: { ...NONE, latency: 1, efficacy: 1, reliability: 1 },
  },
];

/** What production success can be taken to mean. A late success counts as none, or as any other. */
export const TRUTHS = [
  { name: "sustained", title: "sustained success", of: (one: Tried) => one.sustained },
  { name: "repeated", title: "repeats after drift", of: (one: Tried) => one.repeated },
  { name: "onTime", title: "success on time under load", of: (one: Tried) => one.onTime },
  { name: "underLoad", title: "success under load", of: (one: Tried) => one.underLoad },
] as const;

/** What configurations are ranked by in production. */
export interface Truth {
  readonly of: (one: Tried) => number;
}

/** Spearman's ρ of a predictor with a truth over configurations; the bootstrap's draws follow from the seed. */
export function correlation(
  tried: readonly Tried[],
  predictor: Predictor,
  truth: Truth,
  seed: string,
): MetricValue {
  const rho = spearmanInterval(...pairsOf(tried, predictor, truth), drawsOf(seed));
  return rho === undefined
    ? { mean: null, ci: [null, null], undefined: "one of the two does not vary" }
    : fromInterval(rho);
}

/**
 * In what share of the bootstrap's resamples the correlations of the three {@link COMPARED} stand in the order of the source:
 * each above the one before.
 */
export function shareInOrder(tried: readonly Tried[], truth: Truth, seed: string): number {
  const whole = tried.filter(({ lab }) => DIMENSIONS.every((dimension) => lab[dimension] !== null));
  const [first, second, third] = COMPARED.map((predictor) =>
    resampledSpearman(...pairsOf(whole, predictor, truth), drawsOf(seed)),
  );
  const inOrder = first.filter((rho, i) => rho < second[i] && second[i] < third[i]);
  return inOrder.length / first.length;
}

/** Scores by a predictor and truths of the configurations that have a score. */
function pairsOf(
  tried: readonly Tried[],
  { weights }: Predictor,
  truth: Truth,
): [scores: number[], truths: number[]] {
  const scores = composites(
    tried.map(({ lab }): Clear => lab),
    weights,
  );
  const whole = tried.flatMap((one, i) =>
    scores[i] === null ? [] : [{ score: scores[i], truth: truth.of(one) }],
  );
  return [whole.map(({ score }) => score), whole.map((one) => one.truth)];
}

/** The same resamples whatever is correlated. */
function drawsOf(seed: string) {
  const draws = new Draws(rootKey(seed), BOOTSTRAP_DOMAIN);
  return (resample: number, i: number) => draws.uniform(0, resample, i, 0);
}

/** The middle third by efficacy: agents that a leaderboard by efficacy hardly tells apart. */
export function alikeInEfficacy(tried: readonly Tried[]): Tried[] {
  const order = [...tried].sort((a, b) => (a.lab.efficacy ?? 0) - (b.lab.efficacy ?? 0));
  const third = Math.floor(order.length / 3);
  return order.slice(third, order.length - third);
}
