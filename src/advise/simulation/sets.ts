// How often what is simulated: so many parameter sets of the ensemble share the replications.
import { clamp } from "../../numerics/statistics.ts";

/** Parameter sets, where there are replications for so many. */
export const SETS = 16;
/** Fewer replications of a set say little of a rate. */
const FEWEST = 64;

/** How many parameter sets share so many replications, and how many each gets. */
export function shares(replications: number): { sets: number; replications: number } {
  const sets = clamp(Math.floor(replications / FEWEST), 1, SETS);
  return { sets, replications: Math.ceil(replications / sets) };
}

/** Seed of a parameter set: the sets are simulated on instances of their own. */
export const seedOf = (seed: string, set: number) => `${seed}/${set}`;

/** So many of the indices 0 to n - 1, evenly spaced; all of them where there are no more. */
export function evenly(n: number, count: number): number[] {
  const taken = Math.min(count, n);
  return Array.from({ length: taken }, (_, i) => Math.floor(((i + 0.5) * n) / taken));
}
