/**
 * CLEAR: cost, latency, efficacy, assurance and reliability as one score (Mehta 2025, arXiv 2511.14136), and the Pareto
 * front over cost and success. Shares are 0..1, cost is US dollars per task, latency seconds per task.
 */

/** The five dimensions, in the order of the name. */
export const DIMENSIONS = ["cost", "latency", "efficacy", "assurance", "reliability"] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** The five figures of one agent; null where there is none. */
export type Clear = Readonly<Record<Dimension, number | null>>;

export type Weights = Readonly<Record<Dimension, number>>;

/** All five alike, as published. */
export const EQUAL_WEIGHTS: Weights = {
  cost: 0.2,
  latency: 0.2,
  efficacy: 0.2,
  assurance: 0.2,
  reliability: 0.2,
};

/**
 * How cost and latency, of which less is better, become scores 0..1 within a set. min-max, as published: the least has 1,
 * the most 0, the others stand in proportion between them. best: the least over the own, so that the score does
 * not depend on the worst of the set.
 */
export const NORMALISATIONS = ["min-max", "best"] as const;

export type Normalisation = (typeof NORMALISATIONS)[number];

/** Cost-normalised accuracy: efficacy in percent per dollar and task. Null where it costs nothing. */
export function costNormalisedAccuracy(efficacy: number, cost: number): number | null {
  return cost > 0 ? (100 * efficacy) / cost : null;
}

/** Cost per success in dollars; null without success. */
export function costPerSuccess(cost: number, efficacy: number): number | null {
  return efficacy > 0 ? cost / efficacy : null;
}

/**
 * Scores 0..1 of amounts of which less is better. Where all are equal, all have 1.
 * @throws RangeError when an amount is negative or not finite
 */
export function lowerIsBetter(
  amounts: readonly number[],
  normalisation: Normalisation = "min-max",
): number[] {
  const wrong = amounts.find((x) => !(Number.isFinite(x) && x >= 0));
  if (wrong !== undefined) throw new RangeError(`Amount ${wrong}: must be finite and >= 0`);
  const least = Math.min(...amounts);
  const range = Math.max(...amounts) - least;
  if (range === 0) return amounts.map(() => 1);
  return amounts.map((x) => (normalisation === "best" ? least / x : 1 - (x - least) / range));
}

/**
 * The composite score 0..1 of every agent of a set: the weighted mean of the normalised dimensions. Null where a dimension
 * that has a weight is missing; the others are normalised without that agent.
 * @throws RangeError when a weight is negative or not finite, or all are 0
 */
export function composites(
  set: readonly Clear[],
  weights: Weights = EQUAL_WEIGHTS,
  normalisation: Normalisation = "min-max",
): (number | null)[] {
  checkWeights(weights);
  const used = DIMENSIONS.filter((dimension) => weights[dimension] > 0);
  const isWhole = (one: Clear) => used.every((dimension) => one[dimension] !== null);
  const whole = set.filter(isWhole);
  const scores = new Map(used.map((dimension) => [dimension, scoresOf(whole, dimension)]));
  const sum = used.reduce((total, dimension) => total + weights[dimension], 0);
  let next = 0;
  return set.map((one) => {
    if (!isWhole(one)) return null;
    const place = next++;
    return used.reduce((total, dimension) => {
      const score = (scores.get(dimension) as number[])[place];
      return total + (weights[dimension] / sum) * score;
    }, 0);
  });

  function scoresOf(of: readonly Clear[], dimension: Dimension): number[] {
    const values = of.map((one) => one[dimension] as number);
    const isLowerBetter = dimension === "cost" || dimension === "latency";
    return isLowerBetter ? lowerIsBetter(values, normalisation) : values;
  }
}

/** @throws RangeError when a weight is negative or not finite, or all are 0 */
export function checkWeights(weights: Weights): void {
  const values = DIMENSIONS.map((dimension) => weights[dimension]);
  const wrong = values.find((x) => !(Number.isFinite(x) && x >= 0));
  if (wrong !== undefined) throw new RangeError(`Weight ${wrong}: must be finite and >= 0`);
  if (values.every((x) => x === 0)) throw new RangeError("Weights: one at least must be above 0");
}

/**
 * Whether each agent is on the Pareto front: no other is at least as good in cost and efficacy and better in one of them.
 * Without one of the two figures it is not on the front.
 */
export function paretoFront(set: readonly Pick<Clear, "cost" | "efficacy">[]): boolean[] {
  return set.map((one) => isWhole(one) && !set.some((other) => dominates(other, one)));
}

const isWhole = ({ cost, efficacy }: Pick<Clear, "cost" | "efficacy">) =>
  cost !== null && efficacy !== null;

function dominates(a: Pick<Clear, "cost" | "efficacy">, b: Pick<Clear, "cost" | "efficacy">) {
  if (!isWhole(a) || !isWhole(b)) return false;
  const cheaper = (b.cost as number) - (a.cost as number);
  const better = (a.efficacy as number) - (b.efficacy as number);
  return cheaper >= 0 && better >= 0 && cheaper + better > 0;
}
