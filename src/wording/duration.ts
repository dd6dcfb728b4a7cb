// Durations: simulated and real seconds in the unit that people would choose, the same in charts, tables and messages.
import { powerOfTen } from "../numerics/power.ts";
import { grouped } from "./text.ts";

/** A unit of time. */
export interface DurationUnit {
  /** Symbol: `s`, `min` or `h`. */
  readonly symbol: "s" | "min" | "h";
  /** In words, for axes. */
  readonly words: "seconds" | "minutes" | "hours";
  /** Seconds that it has. */
  readonly seconds: number;
  /** Seconds from which on it is chosen. */
  readonly from: number;
}

const UNITS: readonly DurationUnit[] = [
  { symbol: "h", words: "hours", seconds: 3600, from: 7200 },
  { symbol: "min", words: "minutes", seconds: 60, from: 300 },
  { symbol: "s", words: "seconds", seconds: 1, from: 0 },
];

/**
 * The unit for durations that are written side by side: minutes from five minutes on, hours from two hours on.
 * @param longest the longest of them in seconds, >= 0
 */
export function durationUnit(longest: number): DurationUnit {
  return UNITS.find(({ from }) => longest >= from) ?? UNITS[UNITS.length - 1];
}

/**
 * One duration on its own: `0.25 s`, `35 s`, `36.3 min`, `2.5 h`.
 * @param seconds >= 0
 * @param digits that are not 0, at most; whole numbers keep all of theirs
 */
export function durationText(seconds: number, digits = 3): string {
  const unit = durationUnit(seconds);
  const value = seconds / unit.seconds;
  const rounded =
    value >= powerOfTen(digits) ? Math.round(value) : Number(value.toPrecision(digits));
  return `${grouped(rounded)} ${unit.symbol}`;
}
