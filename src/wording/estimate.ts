// Estimates as text: as many digits as the interval supports.

import type { MetricValue } from "../experiment/result.ts";
import { powerOfTen } from "../numerics/power.ts";
import { grouped } from "./text.ts";

export interface EstimateText {
  readonly text: string;
  /** `±.012` or `[14.3, 20.1]`; without one it is no number. */
  readonly interval?: string;
}

/**
 * Writes an estimate and its interval: symmetric ones as ±, others as bounds; neither has the 0 before a decimal
 * point. A bound that the data do not give is infinite.
 */
export function estimateText({ mean, ci }: MetricValue): EstimateText {
  if (mean === null) return { text: "undefined" };
  const [below, above] = sidesOf(mean, ci);
  const digits = decimals(mean, below, above);
  return { text: fixed(mean, digits), interval: intervalText(ci, below, above, digits) };
}

/**
 * The estimate in at most `width` characters, where the digits before the decimal point leave room for that: with the
 * longer side of its interval, which is rounded up where digits are left out; without, where it has no width.
 */
export function shortEstimate({ mean, ci }: MetricValue, width: number): EstimateText {
  if (mean === null) return { text: "undef." };
  const [below, above] = sidesOf(mean, ci);
  const longer = Math.max(below, above);
  const supported = decimals(mean, below, above);
  const size = Math.max(Math.abs(mean), ...[below, above].filter(Number.isFinite));
  // The last digit is never worth more than the whole.
  const fewest = size === 0 ? 0 : Math.max(0, -exponent(size));
  for (let digits = supported; ; digits--) {
    const text = fixed(mean, digits);
    const interval = sideText(longer, digits, digits < supported);
    if (text.length + 1 + interval.length <= width || digits <= fewest) return { text, interval };
  }
}

function sideText(side: number, digits: number, isCut: boolean): string {
  if (side === 0) return "";
  if (!Number.isFinite(side)) return "±∞";
  const unit = powerOfTen(-digits);
  return `±${bare(isCut ? Math.ceil(side / unit - 1e-9) * unit : side, digits)}`;
}

/** How far the interval reaches below and above the mean. */
function sidesOf(mean: number, [low, high]: MetricValue["ci"]): [below: number, above: number] {
  return [
    low === null ? Number.POSITIVE_INFINITY : mean - low,
    high === null ? Number.POSITIVE_INFINITY : high - mean,
  ];
}

/** An estimate as one text. */
export function plainEstimate(value: MetricValue): string {
  const { text, interval } = estimateText(value);
  return interval === undefined ? text : `${text} ${interval}`;
}

/** A number without an interval, with up to four digits that are not 0, and all digits before the decimal point. */
export function plainNumber(x: number): string {
  return fixed(x, decimals(x, 0, 0));
}

/** A value of a factor: numbers as {@link plainNumber} writes them. */
export const factorValueText = (value: number | string | boolean) =>
  typeof value === "number" ? plainNumber(value) : String(value);

/** The estimate in a unit that is `factor` times as large. */
export function inUnitsOf(factor: number, value: MetricValue): MetricValue {
  if (factor === 1 || value.mean === null) return value;
  const scale = (x: number | null) => (x === null ? null : x / factor);
  return { mean: value.mean / factor, ci: [scale(value.ci[0]), scale(value.ci[1])] };
}

/** From this number of decimals on a number is written with an exponent. */
const MAX_DECIMALS = 9;

/** Decimals such that the last digit is of the order of the uncertainty; without one, four digits that are not 0. */
function decimals(mean: number, below: number, above: number): number {
  const half = Math.max(...[below, above].filter(Number.isFinite), 0);
  if (half > 0) return Math.max(0, significant(half) - 1 - exponent(half));
  if (mean === 0) return 0;
  const most = Math.min(MAX_DECIMALS + 1, Math.max(0, 3 - exponent(Math.abs(mean))));
  return split(mean.toFixed(most).replace(/\.?0+$/, ""))[1].replace(".", "").length;
}

const exponent = (x: number) => Math.floor(Math.log10(x));

/** Digits that an uncertainty deserves: two up to 3.54, one above (Particle Data Group, Review of Particle Physics). */
function significant(uncertainty: number): number {
  return uncertainty / powerOfTen(exponent(uncertainty)) < 3.545 ? 2 : 1;
}

function split(number: string): [whole: string, fraction: string] {
  const at = number.indexOf(".");
  return at < 0 ? [number, ""] : [number.slice(0, at), number.slice(at)];
}

function fixed(x: number, digits: number): string {
  if (x === 0) return "0";
  if (digits > MAX_DECIMALS || Math.abs(x) >= 1e15) return x.toExponential(2);
  const [whole, fraction] = split(Math.abs(x).toFixed(digits));
  const isNegative = x < 0 && /[1-9]/.test(whole + fraction);
  return `${isNegative ? "-" : ""}${grouped(Number(whole))}${fraction}`;
}

/** Sides that differ by less than this share of the longer one count as equal. */
const LOPSIDED = 0.2;

function intervalText(
  [low, high]: MetricValue["ci"],
  below: number,
  above: number,
  digits: number,
): string {
  if (low === null && high === null) return "±∞";
  const longer = Math.max(below, above);
  const isSymmetric =
    Number.isFinite(longer) &&
    (longer - Math.min(below, above) <= LOPSIDED * longer ||
      fixed(below, digits) === fixed(above, digits));
  if (isSymmetric) return `±${bare(longer, digits)}`;
  return `[${low === null ? "-∞" : bare(low, digits)}, ${high === null ? "∞" : bare(high, digits)}]`;
}

/** Without the 0 before a decimal point. */
const bare = (x: number, digits: number) => fixed(x, digits).replace(/^(-?)0(?=\.\d*[1-9])/, "$1");
