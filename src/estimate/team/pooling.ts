// One estimate of a share that several groups have in common.
import { wilson } from "../../numerics/intervals.ts";
import type { Estimate } from "../estimates.ts";

/** The mean of the estimates, each by its observations; undefined of none. A beta distribution is pooled by its counts. */
export function pooled(estimates: readonly Estimate[]): Estimate | undefined {
  const [first] = estimates;
  if (estimates.length < 2) return first;
  const count = estimates.reduce((sum, one) => sum + one.count, 0);
  const value = estimates.reduce((sum, one) => sum + one.value * one.count, 0) / count;
  const betas = estimates.flatMap(({ uncertain }) => ("beta" in uncertain ? [uncertain.beta] : []));
  const beta =
    betas.length === estimates.length
      ? ([0, 1] as const).map((i) => betas.reduce((sum, one) => sum + one[i], 0))
      : undefined;
  // Half-widths of independent estimates add up in squares.
  const half = (side: 0 | 1) =>
    Math.sqrt(
      estimates.reduce((sum, one) => {
        const weighed = ((one.value - one.interval[side]) * one.count) / count;
        return sum + weighed * weighed;
      }, 0),
    );
  const spread = [Math.max(0, value - half(0)), Math.min(1, value + half(1))] as const;
  const { lo, hi } = wilson(value * count, count);
  const interval = half(0) + half(1) > 0 ? spread : ([lo, hi] as const);
  return {
    ...first,
    value,
    count,
    interval,
    method: `${first.method}, ${estimates.length} agents together`,
    uncertain: beta === undefined ? { value, interval } : { beta: [beta[0], beta[1]] },
  };
}
