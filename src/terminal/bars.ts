// Small figures of a few characters for tables in a terminal: bars of eighth blocks, with a line to the upper end of the
// interval, and sparklines.
import { powerOfTen } from "../numerics/power.ts";
import { clamp } from "../numerics/statistics.ts";

/** A figure in two weights; written one after the other they are the whole. */
export interface Graphic {
  readonly solid: string;
  readonly faint: string;
}

/** Characters of a bar. */
export const BAR_WIDTH = 8;

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const LEVELS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/**
 * A bar of up to eight characters. What is above 0 shows at least a trace of one.
 * @param share its length, 0..1
 * @param reach where its line ends, 0..1; no line where that is no further than the bar
 */
export function bar(share: number, reach: number): Graphic {
  const eighths = Math.round(8 * BAR_WIDTH * within(share));
  const length = share > 0 ? Math.max(1, eighths) : 0;
  const solid = "█".repeat(Math.floor(length / 8)) + EIGHTHS[length % 8];
  const end = Math.round(BAR_WIDTH * within(reach));
  return { solid, faint: "─".repeat(Math.max(0, end - solid.length)) };
}

/** A column for each value, by its height, 0..1. */
export function sparkline(heights: readonly number[]): Graphic {
  const solid = heights.map((height) => LEVELS[Math.min(7, Math.floor(8 * within(height)))]);
  return { solid: solid.join(""), faint: "" };
}

const within = (share: number) => clamp(share, 0, 1);

/** Whole powers of ten around positive values; [1, 10] of none. */
export function decades(values: readonly number[]): readonly [low: number, high: number] {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return [1, 10];
  const low = Math.floor(Math.log10(positive.reduce((a, b) => Math.min(a, b))));
  const high = Math.ceil(Math.log10(positive.reduce((a, b) => Math.max(a, b))));
  return [powerOfTen(low), powerOfTen(Math.max(high, low + 1))];
}
