/**
 * Subsets of inputs as bits: bit j of a mask says whether input j is in the set. And the Shapley value of a game on all of them.
 */
import { power } from "../power.ts";

/** Most inputs that a mask holds. */
export const MOST_INPUTS = 30;

/** How many subsets there are. */
export const subsetsOf = (inputs: number): number => power(2, inputs);

/** The mask of all inputs. */
export const allOf = (inputs: number): number => subsetsOf(inputs) - 1;

/** How many inputs are in the set. */
export function sizeOf(mask: number): number {
  let size = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) size++;
  return size;
}

/**
 * Shapley values of a game: each player's mean marginal contribution over all orders in which players can come,
 * φ_j = Σ_{u without j} |u|! (d - |u| - 1)! / d! (c(u ∪ j) - c(u)) (Shapley 1953).
 * @param worth of each subset, by mask; 2^players of them, the empty one worth 0
 * @returns one value per player; they add up to the worth of all players
 */
export function shapleyValues(players: number, worth: readonly number[]): number[] {
  const weights = marginalWeights(players);
  return Array.from({ length: players }, (_, j) => {
    const own = 1 << j;
    return worth.reduce(
      (sum, value, u) =>
        (u & own) === 0 ? sum + weights[sizeOf(u)] * (worth[u | own] - value) : sum,
      0,
    );
  });
}

/** |u|! (d - |u| - 1)! / d! by |u|: 1 / (d C(d - 1, |u|)). */
function marginalWeights(players: number): number[] {
  let choices = 1;
  return Array.from({ length: players }, (_, size) => {
    if (size > 0) choices = (choices * (players - size)) / size;
    return 1 / (players * choices);
  });
}
