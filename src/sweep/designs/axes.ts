// Axes: what a factor varies over, as levels by number or as a range that is filled. Levels are computed one by one,
// so that a factor of a billion levels takes no memory.
import { power } from "../../numerics/power.ts";
import { clamp } from "../../numerics/statistics.ts";

/** What a factor can be. */
export type FactorValue = number | string | boolean;

/** Values that are numbered from 0. */
export interface Levels {
  readonly kind: "levels";
  readonly count: number;
  /** @param index 0 <= index < count */
  level(index: number): FactorValue;
}

/** All numbers between two ends, `from` < `to`; on a log scale equal steps are equal ratios, and `from` > 0. */
export interface Range {
  readonly kind: "range";
  readonly from: number;
  readonly to: number;
  readonly scale: Scale;
}

export type Axis = Levels | Range;
export type Scale = "linear" | "log";

/** Significant digits of computed values: few enough to take away what rounding adds, as in 0.1 + 0.2. */
const DIGITS = 12;

/** The number without the noise of its last digits. */
export function tidy(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

export function listed(values: readonly FactorValue[]): Levels {
  return { kind: "levels", count: values.length, level: (index) => values[index] };
}

/** The whole numbers from one to another, ends included. */
export function wholeNumbers(from: number, to: number): Levels {
  return { kind: "levels", count: to - from + 1, level: (index) => from + index };
}

/** `count` >= 2 values at equal steps of the range's scale, ends included. */
export function spaced(range: Range, count: number): Levels {
  return { kind: "levels", count, level: (index) => within(range, index / (count - 1)) };
}

/**
 * As `spaced`, each rounded to the nearest whole number; of equal ones the first stays, so that there may be fewer
 * than `count`.
 */
export function spacedWhole(range: Range, count: number): Levels {
  const values = Array.from({ length: count }, (_, i) =>
    Math.round(within(range, i / (count - 1))),
  );
  return listed([...new Set(values)]);
}

/** The value at a share 0 <= u < 1 of the axis: the level that the share falls to, or a number of the range. */
export function valueAtShare(axis: Axis, u: number): FactorValue {
  return axis.kind === "levels" ? axis.level(Math.floor(u * axis.count)) : within(axis, u);
}

/** The number at a share 0 <= u <= 1 of the range; its ends exactly. */
function within({ from, to, scale }: Range, u: number): number {
  if (u === 0) return from;
  if (u === 1) return to;
  const value = scale === "log" ? from * power(to / from, u) : from + u * (to - from);
  return clamp(tidy(value), from, to);
}
