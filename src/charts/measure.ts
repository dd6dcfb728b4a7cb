// The measure of a metric: how its values are drawn and labelled, shares in percent, times in seconds, minutes or hours.
import type { MetricValue } from "../experiment/result.ts";
import type { MetricDefinition } from "../metrics/definitions.ts";
import { durationUnit } from "../wording/duration.ts";
import { estimateText, inUnitsOf, plainEstimate } from "../wording/estimate.ts";
import type { Scale } from "./scales.ts";

export interface Measure {
  /** Of the axis. */
  readonly title: string;
  readonly isShare: boolean;
  /** What values are divided by to be drawn. */
  readonly divisor: number;
  /** What stands after a value: ` %`, ` min`, or nothing. */
  readonly suffix: string;
}

/** @param values those that are drawn, from which the unit of times follows */
export function measureOf(
  { title, unit }: Pick<MetricDefinition, "title" | "unit">,
  values: readonly MetricValue[] = [],
): Measure {
  if (unit === "share") return { title: `${title} (%)`, isShare: true, divisor: 1, suffix: " %" };
  if (unit === "seconds") {
    const longest = values.reduce((most, { mean }) => Math.max(most, mean ?? 0), 0);
    const { words, symbol, seconds } = durationUnit(longest);
    return { title: `${title} (${words})`, isShare: false, divisor: seconds, suffix: ` ${symbol}` };
  }
  const shown = unit === "ratio" ? title : `${title} (${unit})`;
  return { title: shown, isShare: false, divisor: 1, suffix: "" };
}

/** An estimate as it is drawn. */
export const inMeasure = ({ divisor }: Measure, value: MetricValue) => inUnitsOf(divisor, value);

/** Labels of an axis. */
const AXIS_LABELS = 6;

/** The format of an axis, where it is not that of plain numbers: percent, with decimals where labels are so close. */
export function formatOf({ isShare }: Measure, { domain: [low, high] }: Scale) {
  if (!isShare) return {};
  const decimals = Math.max(0, Math.ceil(-Math.log10((100 * (high - low)) / AXIS_LABELS) - 1e-9));
  return { format: `.${Math.min(6, decimals)}%` };
}

/** The value that all estimates share; undefined where two differ, or there are not two. */
export function sharedValue(values: readonly MetricValue[]): MetricValue | undefined {
  const known = values.filter(({ mean }) => mean !== null);
  const isShared = known.length > 1 && known.every(({ mean }) => mean === known[0].mean);
  return isShared ? known[0] : undefined;
}

const asText = ({ isShare }: Measure, value: MetricValue) =>
  isShare ? inUnitsOf(0.01, value) : value;

/** The mean of an estimate in the measure, with as many digits as the interval supports. */
export function meanLabel(measure: Measure, value: MetricValue): string {
  return `${estimateText(asText(measure, value)).text}${measure.suffix}`;
}

/** The estimate with its interval, to show where somebody points. */
export function estimateLabel(measure: Measure, value: MetricValue): string {
  return `${plainEstimate(asText(measure, value))}${measure.suffix}`;
}
