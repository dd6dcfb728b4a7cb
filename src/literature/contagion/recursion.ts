// Spread of one falsehood over a network, without simulation: the mean-field recursion of "From Spark to Fire"
// (arXiv 2603.04474, product form), the chain of all states that it approximates, and the spectral radius that governs
// the growth of a small outbreak.
import { power } from "../../numerics/power.ts";
import { average } from "../../numerics/statistics.ts";

/** Weight of the edge from agent i to agent j, in rows: 0 where there is none. */
export type Adjacency = readonly (readonly number[])[];

export interface Spread {
  readonly adjacency: Adjacency;
  /** Agent that holds the falsehood at first. */
  readonly source: number;
  /** Chance that a falsehood which is sent along an edge of weight 1 is taken over; beta times the weight along others. */
  readonly beta: number;
  /** Chance per round that a holder drops it. */
  readonly delta: number;
}

/**
 * The network with every edge weighted by how much its reader believes its writer, so that agent i hears nothing new with
 * Π_j (1 - beta a_ji t_ji s_j). A pair may believe each other unequally.
 * @param trust share of what `from` says that `to` believes, 0..1
 * @throws RangeError for trust outside 0..1
 */
export function trusting(
  adjacency: Adjacency,
  trust: (from: number, to: number) => number,
): Adjacency {
  return adjacency.map((row, from) =>
    row.map((weight, to) => {
      if (weight === 0) return 0;
      const believed = trust(from, to);
      if (!isShare(believed)) throw new RangeError(`Trust ${believed}: must be in 0..1`);
      return weight * believed;
    }),
  );
}

/** Largest network of which all states are looked at. */
const MAX_EXACT = 10;

/**
 * s_i(t + 1) = (1 - delta) s_i + (1 - s_i) (1 - Π_j (1 - beta a_ji s_j)): agents counted as independent of each other.
 * @returns share of agents that hold the falsehood after 0, 1, …, rounds
 * @throws RangeError as {@link exactShares}, but for the size
 */
export function recursionShares(spread: Spread, rounds: number): number[] {
  checkSpread(spread, rounds);
  const { adjacency, source, beta, delta } = spread;
  let held = adjacency.map((_, i) => Number(i === source));
  const shares = [average(held)];
  for (let t = 0; t < rounds; t++) {
    held = held.map((s, i) => (1 - delta) * s + (1 - s) * (1 - spared(adjacency, beta, held, i)));
    shares.push(average(held));
  }
  return shares;
}

/**
 * The same spread as a Markov chain over all 2^n sets of holders: what the recursion would be if agents who caught the
 * falsehood from each other were not counted as independent.
 * @returns share of agents that hold the falsehood after 0, 1, …, rounds
 * @throws RangeError for rates outside 0..1, a source that is no agent, a network that is not square, rounds that are no
 *   integer >= 0, or more than 10 agents
 */
export function exactShares(spread: Spread, rounds: number): number[] {
  checkSpread(spread, rounds);
  const n = spread.adjacency.length;
  if (n > MAX_EXACT) throw new RangeError(`${n} agents: must be at most ${MAX_EXACT}`);
  let chance = new Float64Array(power(2, n));
  chance[1 << spread.source] = 1;
  const shares = [1 / n];
  for (let t = 0; t < rounds; t++) {
    const next = new Float64Array(power(2, n));
    for (let state = 0; state < chance.length; state++)
      if (chance[state] > 0) pass(spread, state, chance[state], next);
    chance = next;
    shares.push(chance.reduce((sum, p, state) => sum + (p * holders(state)) / n, 0));
  }
  return shares;
}

/** Spreads the chance of one set of holders over the sets that may follow it. */
function pass(spread: Spread, state: number, chance: number, next: Float64Array): void {
  const { adjacency, beta, delta } = spread;
  const held = adjacency.map((_, i) => (state >> i) & 1);
  const holds = held.map((s, i) => (s === 1 ? 1 - delta : 1 - spared(adjacency, beta, held, i)));
  for (let following = 0; following < next.length; following++)
    next[following] += holds.reduce(
      (product, p, i) => product * (((following >> i) & 1) === 1 ? p : 1 - p),
      chance,
    );
}

/** Chance that agent i takes over the falsehood from nobody. */
function spared(adjacency: Adjacency, beta: number, held: readonly number[], i: number): number {
  return held.reduce((product, s, j) => product * (1 - beta * adjacency[j][i] * s), 1);
}

function holders(state: number): number {
  let count = 0;
  for (let rest = state; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

const isShare = (x: number) => x >= 0 && x <= 1;

function checkSpread({ adjacency, source, beta, delta }: Spread, rounds: number): void {
  if (!isShare(beta) || !isShare(delta))
    throw new RangeError(`beta ${beta}, delta ${delta}: must be in 0..1`);
  if (adjacency.some((row) => row.length !== adjacency.length))
    throw new RangeError("Adjacency: must be square");
  if (!adjacency.flat().every((weight) => isShare(beta * weight)))
    throw new RangeError(`Adjacency: each weight times beta ${beta} must be in 0..1`);
  if (adjacency[source] === undefined)
    throw new RangeError(`Source ${source}: must be one of ${adjacency.length} agents`);
  if (!Number.isInteger(rounds) || rounds < 0)
    throw new RangeError(`Rounds ${rounds}: must be an integer >= 0`);
}

/** Steps of the power iteration; its error shrinks with (|second eigenvalue + 1| / |largest + 1|)^steps. */
const STEPS = 2000;

/**
 * Largest absolute eigenvalue ρ(A), by power iteration on A + I, which has the eigenvalues of A moved by 1, so that a
 * network in two camps (a star) does not swing. A small outbreak grows by about 1 + beta ρ(A) - delta per round. A network
 * without a cycle has ρ(A) = 0, and the criterion says nothing of it: there the estimate goes to 0 like agents / steps.
 */
export function spectralRadius(adjacency: Adjacency): number {
  let vector = adjacency.map(() => 1);
  let radius = 0;
  for (let step = 0; step < STEPS; step++) {
    const next = vector.map((x, i) => vector.reduce((sum, y, j) => sum + adjacency[j][i] * y, x));
    const largest = Math.max(...next);
    radius = largest - 1;
    vector = next.map((x) => x / largest);
  }
  return radius;
}

/** Whether no agent can hear from itself again: then the spectral radius is 0 and bounds nothing. */
export function isAcyclic(adjacency: Adjacency): boolean {
  const left = new Set(adjacency.keys());
  for (;;) {
    const ends = [...left].filter((i) => ![...left].some((j) => adjacency[i][j] > 0));
    if (ends.length === 0) return left.size === 0;
    for (const end of ends) left.delete(end);
  }
}
