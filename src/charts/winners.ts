// Winners: which of several scenarios is the best at a place, whether that is certain, and who wins how often.
//
// A best is clear where it is better than every other one with a joint confidence of 95 %: multiple comparisons with the best
// (Hsu, "Multiple Comparisons", 1996) with one-sided differences and Bonferroni's share for each. The interval of a difference
// comes of those of the two (Zou and Donner, "Construction of confidence limits about effect measures", 2008) as if they were
// independent: shared random numbers make the difference vary less, so that the confidence is rather higher.
import type { MetricValue } from "../experiment/result.ts";
import type { MetricDefinition } from "../metrics/definitions.ts";
import { normalQuantile } from "../numerics/distributions.ts";
import { LEVEL, upperProbability } from "../numerics/intervals.ts";
import { square } from "../numerics/power.ts";
import { estimateLabel, type Measure } from "./measure.ts";
import type { Series } from "./series.ts";

/** 1 where more is better, else -1. */
export const signOf = ({ better }: MetricDefinition) => (better === "lower" ? -1 : 1);

export interface Winner {
  /** Label of the best. */
  readonly best: string;
  /** Whether it is better than all others with a joint confidence of 95 %. */
  readonly isClear: boolean;
  /** All of them with their values, the best first. */
  readonly tip: string;
}

/**
 * The best at a place; undefined where no scenario has a value.
 * @param values one for each series, in the unit
 */
export function bestAt(
  values: readonly (MetricValue | undefined)[],
  series: readonly Series[],
  metric: MetricDefinition,
  unit: Measure,
): Winner | undefined {
  const ranked = series
    .flatMap((one, k) => {
      const value = values[k];
      return value === undefined || value.mean === null ? [] : [{ one, value, mean: value.mean }];
    })
    .sort((a, b) => signOf(metric) * (b.mean - a.mean));
  if (ranked.length === 0) return undefined;
  const [best, ...others] = ranked;
  const said = ranked.map(({ one, value }) => `${one.label} ${estimateLabel(unit, value)}`);
  return {
    best: best.one.label,
    isClear: isClearOf(
      best.value,
      others.map(({ value }) => value),
    ),
    tip: said.join("; "),
  };
}

/** The series that win somewhere, how often each does, and the one that does most often. */
export function winnersOf(places: readonly Winner[], series: readonly Series[]) {
  const countOf = (label: string) => places.filter(({ best }) => best === label).length;
  const present = series.filter(({ label }) => countOf(label) > 0);
  const most = [...present].sort((a, b) => countOf(b.label) - countOf(a.label))[0].label;
  const where =
    countOf(most) === places.length
      ? "everywhere"
      : `in ${countOf(most)} of ${places.length} places`;
  return {
    present,
    shares: present.map(
      ({ label }) => `${label} is best in ${countOf(label)} of ${places.length} places`,
    ),
    finding: `${most} ${where}`,
  };
}

/** Of several estimates the greatest, where it is greater than all others with a joint confidence of 95 %. */
export function clearlyGreatest<E extends { readonly value: MetricValue }>(
  entries: readonly E[],
): E | undefined {
  const [first, ...others] = [...entries].sort((a, b) => (b.value.mean ?? 0) - (a.value.mean ?? 0));
  if (others.length === 0) return undefined;
  const isClear = isClearOf(
    first.value,
    others.map(({ value }) => value),
  );
  return isClear ? first : undefined;
}

/** Whether an estimate differs from each of the others, at one side, with a joint confidence of 95 %. */
function isClearOf(best: MetricValue, others: readonly MetricValue[]): boolean {
  const error = (1 - LEVEL) / others.length;
  const factor = normalQuantile(1 - error) / normalQuantile(upperProbability(LEVEL));
  return others.every((other) => gapOf(best, other) > factor * reachOf(best, other));
}

const gapOf = (a: MetricValue, b: MetricValue) => Math.abs((a.mean ?? 0) - (b.mean ?? 0));

/** Half-width at 95 % of the difference, on the side of 0: of each interval the side that looks towards the other counts. */
function reachOf(a: MetricValue, b: MetricValue): number {
  const [upper, lower] = (a.mean ?? 0) >= (b.mean ?? 0) ? [a, b] : [b, a];
  const [down, up] = [upper.ci[0], lower.ci[1]];
  if (down === null || up === null) return Number.POSITIVE_INFINITY;
  return Math.sqrt(square((upper.mean ?? 0) - down) + square(up - (lower.mean ?? 0)));
}
