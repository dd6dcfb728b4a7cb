/** Means of a function while one input is low and while it is high, from the points of a design. */
import type { RootKey } from "../draws.ts";
import type { Interval } from "../intervals.ts";
import { NetBootstrap, type NetSums } from "./netBootstrap.ts";

/** A coordinate in (0, 1) and the value there. */
export type Placed = readonly [u: number, value: number];

export interface MeansOfThirds {
  /** Where the coordinate is below 1/3. */
  readonly low: Interval;
  /** Where it is above 2/3. */
  readonly high: Interval;
}

/** @param nets values by independent net, evenly spread over the coordinate; at least two nets have some in both thirds */
export function meansOfThirds(nets: readonly (readonly Placed[])[], root: RootKey): MeansOfThirds {
  const bootstrap = new NetBootstrap(nets.map(sumsOf), root);
  return {
    low: bootstrap.estimate(([sum, count]) => sum / count),
    high: bootstrap.estimate(([, , sum, count]) => sum / count),
  };
}

function sumsOf(points: readonly Placed[]): NetSums {
  const sums = [0, 0, 0, 0];
  for (const [u, value] of points) {
    const at = u < 1 / 3 ? 0 : u > 2 / 3 ? 2 : undefined;
    if (at === undefined) continue;
    sums[at] += value;
    sums[at + 1]++;
  }
  return { sums, count: points.length };
}
