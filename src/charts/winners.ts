// Winners: which of several scenarios is the best at a place, whether that is certain, and who wins how often.
import type { MetricValue } from "../experiment/result.ts";
import type { MetricDefinition } from "../metrics/definitions.ts";
import { estimateLabel, type Measure } from "./measure.ts";
import type { Series } from "./series.ts";

/** 1 where more is better, else -1. */
export const signOf = ({ better }: MetricDefinition) => (better === "lower" ? -1 : 1);

export interface Winner {
  /** Label of the best. */
  readonly best: string;
  /** Whether its interval lies apart from that of the second. */
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
  const [best, second] = ranked;
  const said = ranked.map(({ one, value }) => `${one.label} ${estimateLabel(unit, value)}`);
  return {
    best: best.one.label,
    isClear: second === undefined || isApart(best.value, second.value),
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

/** Of several estimates the greatest, where its interval lies apart from that of the second. */
export function clearlyGreatest<E extends { readonly value: MetricValue }>(
  entries: readonly E[],
): E | undefined {
  const [first, second] = [...entries].sort((a, b) => (b.value.mean ?? 0) - (a.value.mean ?? 0));
  return second !== undefined && isApart(first.value, second.value) ? first : undefined;
}

/** Whether the intervals have nothing in common. */
function isApart(
  { ci: [low, high] }: MetricValue,
  { ci: [otherLow, otherHigh] }: MetricValue,
): boolean {
  if (low === null || high === null || otherLow === null || otherHigh === null) return false;
  return low > otherHigh || high < otherLow;
}
