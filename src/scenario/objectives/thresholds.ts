// Thresholds: conditions on metrics such as `success >= 0.4`.

import { factorOf, numberText, readAmount } from "../../documents/checking/amounts.ts";
import type { Comparison, ComparisonOperator } from "../../numerics/comparisons.ts";

export interface Threshold extends Comparison {
  /** Name of a metric in the results, with dots between nested names. */
  readonly metric: string;
}

/** What thresholds have to know of metrics, which are defined elsewhere (`metrics/naming.ts`). */
export interface KnownMetrics {
  readonly names: readonly string[];
  /** The metric that is probably meant by a text, such as a title that tables print. */
  nearest(text: string): string | undefined;
  /** Unit of a metric: `share`, `%`, `seconds`, ... */
  unitOf(name: string): string;
  /** Field that counts the tasks which a metric is about, where it is not about all. */
  aboutOf(name: string): string | undefined;
}

const THRESHOLD =
  /^\s*([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)*)\s*(>=|<=|>|<)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/;

/** Reads METRIC OPERATOR NUMBER; undefined where the text is anything else. */
export function parseThreshold(text: string): Threshold | undefined {
  const parts = THRESHOLD.exec(text);
  if (parts === null) return undefined;
  const value = Number(parts[3]);
  if (!Number.isFinite(value)) return undefined;
  return { metric: parts[1], operator: parts[2] as ComparisonOperator, value };
}

const LOOSE = /^\s*(.*[\p{L}\p{N}])\s*(>=|<=|=>|=<|>|<|≥|≤)\s*([^<>=≥≤]+?)\s*$/u;
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ["=>", ">="],
  ["=<", "<="],
  ["≥", ">="],
  ["≤", "<="],
]);

/**
 * The threshold that is probably meant by a text that is none, or that no metric can have: METRIC as tables print it,
 * percentages, other signs. Undefined where that is not clear.
 */
export function meantThreshold(
  text: string,
  { names, nearest, unitOf }: KnownMetrics,
): string | undefined {
  const [, written, sign, figure] = LOOSE.exec(text.slice(0, LONGEST)) ?? [];
  if (written === undefined) return undefined;
  const metric = names.includes(written) ? written : nearest(written);
  const amount = readAmount(figure);
  if (metric === undefined || amount === undefined || amount.readings.length > 1) return undefined;
  const value = valueIn(unitOf(metric), amount.readings[0], amount.suffix);
  if (value === undefined) return undefined;
  const meant = `${metric} ${OPERATORS.get(sign) ?? sign} ${numberText(value)}`;
  return parseThreshold(meant) === undefined ? undefined : meant;
}

/** A threshold has at most so many characters. */
const LONGEST = 200;

/** The number in the unit of the metric: percentages are shares, and so is a number from 2 to 100. */
function valueIn(unit: string, number: number, suffix: string): number | undefined {
  const isPercent = suffix === "%";
  if (unit === "share") {
    if (isPercent || isPercentage(number)) return number / 100;
    return suffix === "" ? number : undefined;
  }
  if (isPercent) return unit === "%" ? number : undefined;
  const factor = factorOf(suffix.replace(/^s$/, "seconds"), unit);
  return factor === undefined ? undefined : number * factor;
}

/** Whether a number that should be a share is probably a percentage. */
export const isPercentage = (number: number): boolean => number >= 2 && number <= 100;
