// What a set of options is expected to bring, from what its options bring alone and two by two: the expansion of its value to the
// second order. It is exact where no three options act together in a way that no two of them do.
import type { OptionSet } from "./combining.ts";
import { COST, GOAL, type Judge, TODAY } from "./judging.ts";

export interface Expected {
  readonly set: OptionSet;
  /** Gain of the goal: positive is better. */
  readonly gain: number;
  /** Extra cost with prices, US dollars per task. */
  readonly cost: number;
}

/**
 * A function that gives what is expected of sets; undefined where two of its options were not seen together.
 * @param blocks that count: all single options and pairs were observed in them
 */
export function expecting(judge: Judge, blocks: number): (set: OptionSet) => Expected | undefined {
  const effects = new Map<string, readonly [gain: number, cost: number]>();
  const valuesOf = (set: OptionSet) => {
    const key = set.join("+");
    const known = effects.get(key);
    if (known !== undefined) return known;
    const isSeen = judge.observations.countOf(set) >= blocks;
    const values = [
      isSeen ? judge.gain(set, TODAY, blocks).mean : Number.NaN,
      isSeen ? judge.extraCost(set, TODAY, blocks).mean : Number.NaN,
    ] as const;
    effects.set(key, values);
    return values;
  };
  return (set) => {
    const sums = [GOAL, COST].map((metric) => {
      const alone = set.reduce((sum, i) => sum + valuesOf([i])[metric], 0);
      // Every option stands in size - 1 pairs, each of which counts it once.
      const pairs = pairsOf(set).reduce((sum, pair) => sum + valuesOf(pair)[metric], 0);
      return pairs - (set.length - 2) * alone;
    });
    return sums.some(Number.isNaN) ? undefined : { set, gain: sums[GOAL], cost: sums[COST] };
  };
}

export const pairsOf = (set: OptionSet): OptionSet[] =>
  set.flatMap((i, at) => set.slice(at + 1).map((j) => [i, j]));
