// How well figures of the lab rank configurations by what they are worth in production: rank correlations with intervals.
import type { MetricValue } from "../../experiment/result.ts";
import { type Clear, composites, DIMENSIONS, type Weights } from "../../metrics/score.ts";
import { Draws, rootKey } from "../../numerics/draws.ts";
import { spearmanInterval } from "../../numerics/ranks.ts";
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

/** The three that the source compares. */
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

/** What production success can be taken to mean. */
export const TRUTHS = [
  { name: "sustained", title: "sustained success", of: (one: Tried) => one.sustained },
  { name: "rush", title: "sustained success in a rush", of: (one: Tried) => one.sustainedInRush },
  { name: "repeated", title: "repeats after drift", of: (one: Tried) => one.repeated },
  { name: "underLoad", title: "success on time under load", of: (one: Tried) => one.underLoad },
] as const;

export type Truth = (typeof TRUTHS)[number];

/** Spearman's ρ of a predictor with a truth over configurations; the bootstrap's draws follow from the seed. */
export function correlation(
  tried: readonly Tried[],
  { weights }: Predictor,
  truth: Pick<Truth, "of">,
  seed: string,
): MetricValue {
  const scores = composites(
    tried.map(({ lab }): Clear => lab),
    weights,
  );
  const whole = tried.flatMap((one, i) =>
    scores[i] === null ? [] : [{ score: scores[i], truth: truth.of(one) }],
  );
  const draws = new Draws(rootKey(seed), BOOTSTRAP_DOMAIN);
  const rho = spearmanInterval(
    whole.map(({ score }) => score),
    whole.map((one) => one.truth),
    (resample, i) => draws.uniform(0, resample, i, 0),
  );
  return rho === undefined
    ? { mean: null, ci: [null, null], undefined: "one of the two does not vary" }
    : fromInterval(rho);
}

/** The middle third by efficacy: agents that a leaderboard by efficacy hardly tells apart. */
export function alikeInEfficacy(tried: readonly Tried[]): Tried[] {
  const order = [...tried].sort((a, b) => (a.lab.efficacy ?? 0) - (b.lab.efficacy ?? 0));
  const third = Math.floor(order.length / 3);
  return order.slice(third, order.length - third);
}
