// Which of two sets of options is better: one that keeps to the budget and the constraints, then one with more of the goal, then
// the cheaper one, then the smaller one.
import { holds } from "../../numerics/comparisons.ts";
import { studentQuantile } from "../../numerics/quantiles.ts";
import type { Constraint } from "../constraints.ts";
import { keyOf, type OptionSet } from "./combining.ts";
import type { BlockMean, Contrast, Observations } from "./observations.ts";
import type { Option } from "./option.ts";

/** The set of nothing: the scenario as it is today. */
export const TODAY: OptionSet = [];

/** Places of the metrics that trials answer with. */
export const GOAL = 0;
export const COST = 1;
const FIRST_CONSTRAINT = 2;

export interface Aim {
  /** 1 where more of the goal is better, -1 where less is. */
  readonly sign: 1 | -1;
  /** Whether the goal is what a task costs, so that stated prices count in it. */
  readonly isCost: boolean;
  /** Most that a set may cost more than today, US dollars per task; undefined: no limit. */
  readonly budget?: number | undefined;
  /** Their metrics stand behind goal and cost in the trials, in this order. */
  readonly constraints: readonly Constraint[];
}

export class Judge {
  readonly observations: Observations;
  readonly aim: Aim;
  private readonly options: readonly Option[];

  constructor(observations: Observations, aim: Aim, options: readonly Option[]) {
    this.observations = observations;
    this.aim = aim;
    this.options = options;
  }

  /** A contrast of the goal, with stated prices where it is a cost. */
  goal(contrast: Contrast, most?: number): BlockMean {
    const found = this.observations.meanOf(contrast, GOAL, most);
    if (!this.aim.isCost) return found;
    const prices = contrast.map(([sign, set]) => sign * this.priceOf(set));
    return { ...found, mean: found.mean + exactSum(prices) };
  }

  /** How much better than another set the goal is: positive is better, also where less of it is. */
  gain(set: OptionSet, over: OptionSet, most?: number): BlockMean {
    const { sign } = this.aim;
    const contrast: Contrast = [
      [1, set],
      [-1, over],
    ];
    const found = this.goal(contrast, most);
    return { ...found, mean: sign * found.mean };
  }

  /** What a set costs more than another, its price included, US dollars per task. */
  extraCost(set: OptionSet, over: OptionSet = TODAY, most?: number): BlockMean {
    const cost = this.observations.meanOf(
      [
        [1, set],
        [-1, over],
      ],
      COST,
      most,
    );
    return { ...cost, mean: cost.mean + this.priceOf(set) - this.priceOf(over) };
  }

  /** By how much a set misses the budget and the constraints: 0 where it keeps to all of them. */
  violation(set: OptionSet, most?: number): number {
    return this.limits(set, most).reduce(
      (sum, { mean, scale }) => sum + Math.max(0, mean) / scale,
      0,
    );
  }

  isAllowed(set: OptionSet, most?: number): boolean {
    return this.violation(set, most) === 0;
  }

  /** Whether a set misses the budget or a constraint by more than chance, given the quantile of Student's t. */
  isSurelyOut(set: OptionSet, t: number, most?: number): boolean {
    return this.limits(set, most).some(({ mean, error }) => mean - t * error > 0);
  }

  /** Negative where the first is better. */
  readonly compare = (a: OptionSet, b: OptionSet, most?: number): number =>
    this.violation(a, most) - this.violation(b, most) ||
    -this.gain(a, b, most).mean ||
    this.extraCost(a, b, most).mean ||
    a.length - b.length ||
    (keyOf(a) < keyOf(b) ? -1 : 1);

  /** The sets, the best first. @param most blocks that count */
  ranked(sets: readonly OptionSet[], most: number): readonly OptionSet[] {
    const judged = sets.map((set) => ({
      set,
      violation: this.violation(set, most),
      gain: this.gain(set, TODAY, most).mean,
      cost: this.extraCost(set, TODAY, most).mean,
    }));
    return judged
      .filter(({ gain }) => !Number.isNaN(gain))
      .sort(
        (a, b) =>
          a.violation - b.violation ||
          b.gain - a.gain ||
          a.cost - b.cost ||
          a.set.length - b.set.length ||
          (keyOf(a.set) < keyOf(b.set) ? -1 : 1),
      )
      .map(({ set }) => set);
  }

  private priceOf(set: OptionSet): number {
    return set.reduce((sum, i) => sum + this.options[i].price, 0);
  }

  /** What each limit is missed by (negative: kept), with the size by which misses of different units compare. */
  limits(set: OptionSet, most?: number) {
    const { budget, constraints } = this.aim;
    const cost =
      budget === undefined
        ? []
        : [
            {
              ...this.beyond(this.extraCost(set, TODAY, most), budget, true),
              scale: budget || 1e-6,
            },
          ];
    return [
      ...cost,
      ...constraints.map(({ operator, value }, i) => {
        const found = this.observations.meanOf([[1, set]], FIRST_CONSTRAINT + i, most);
        const kept = holds({ operator, value }, found.mean);
        const missed = this.beyond(found, value, operator.startsWith("<"));
        // What stands exactly at a strict bound misses it.
        const mean = kept ? Math.min(missed.mean, 0) : Math.max(missed.mean, Number.EPSILON);
        return {
          ...missed,
          mean: Number.isNaN(found.mean) ? 1 : mean,
          scale: Math.abs(value) || 1,
        };
      }),
    ];
  }

  private beyond({ mean, ...rest }: BlockMean, bound: number, isUpper: boolean): BlockMean {
    return { ...rest, mean: isUpper ? mean - bound : bound - mean };
  }
}

/** A sum of amounts in dollars, to a billionth of a cent: amounts that cancel make 0. */
const exactSum = (amounts: readonly number[]) =>
  Math.round(1e11 * amounts.reduce((sum, amount) => sum + amount, 0)) / 1e11;

/** The quantile of Student's t for a mean over blocks. @param chance that it is exceeded, by chance, on one side */
export const quantileFor = (chance: number, blocks: number): number =>
  studentQuantile(1 - chance, Math.max(1, blocks - 1));
