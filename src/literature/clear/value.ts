// What a configuration is worth in production: its successes at what one is worth, less what it spends.
//
// Worths are multiples of what the configurations spend, so no price of the source is an input. Two prices need no number of
// their own. What lateness costs lies in the success that is paid for: a late one counts as none, or as any other. And a loss
// for every task that fails makes a success worth more: w s - l (1 - s) is (w + l) s less a constant.
import { quantile } from "../../numerics/statistics.ts";
import type { Truth } from "./correlations.ts";
import type { Tried } from "./population.ts";

/** What a success is worth, in medians of what a task costs. The last is the limit, success alone. */
export const WORTHS = [1, 2, 5, 10, 20, 50, 100, Number.POSITIVE_INFINITY] as const;

export const worthTitle = (worth: number) =>
  Number.isFinite(worth) ? `${worth} × cost` : "success alone";

/** Value per task of a kind of success, in medians of what a task costs over the configurations. */
export function productionValue(success: Truth, worth: number, tried: readonly Tried[]): Truth {
  if (!Number.isFinite(worth)) return success;
  const unit = quantile(
    tried.map(({ spent }) => spent),
    0.5,
  );
  return { of: (one) => worth * success.of(one) - one.spent / unit };
}
